"""How the site behaves as its corpus grows: `script/bench_scale`, with `--postgres` on a PostgreSQL server that is
started for it, with `--sizes 1000 10000` at those sizes alone.

One database grows from size to size (`manage.py grow_demo`). A number with ! misses what was aimed at. What the clock
says holds for a machine that does nothing else; what was computed alone can be compared on one that others use too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Literal

from tests.bench_facts import NATIONAL, ROOT, at, database, manage
from tests.bench_growth import Measure
from tests.chart import Panel, draw

SIZES = (1_000, 10_000, 100_000, 500_000)
NAME = 44
"""How wide the column of names is."""
PANELS = {
    "Readers": {
        "comparison": "comparison page",
        "its related query": "related: the query",
        "category, first page": "category: first page",
        "category, last page": "category: last page",
        "home": "home",
    },
    "Search, 95th percentile": {
        "commonest word": "search: commonest word, 95th percentile",
        "two roles": "search: two roles, 95th percentile",
        "commonest word, typing": "typing: commonest word, 95th percentile",
        "two roles, typing": "typing: two roles, 95th percentile",
    },
    "Machines and publishing": {
        "index of the sitemap": "sitemap: index",
        "its slowest file": "sitemap: slowest file",
        "publishing an article": "publishing an article",
    },
    "The desk": {
        "its home": "desk: home",
        "list of comparisons": "desk: list",
        "searched for “manager”": "desk: list searched for commonest word",
    },
}
"""What is drawn, and where."""

Kind = Literal["clock", "computing"]
TITLES: dict[Kind, str] = {"clock": "By the clock, ms", "computing": "Computing alone, ms"}
Measured = dict[int, list[Measure]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Grow, measure at each size, print a table, and draw it."""
    parser = ArgumentParser(prog="script/bench_scale", description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="how many comparisons")
    parser.add_argument("--here", action="store_true", help="on the database of DATABASE_URL, which stays")
    parser.add_argument("--chart", type=Path, metavar="PNG", help="where to draw it (default: in var/)")
    options = parser.parse_args(arguments)
    kind = "PostgreSQL" if options.postgres else "SQLite"
    with nullcontext(os.environ["DATABASE_URL"]) if options.here else database(postgres=options.postgres) as url:
        manage(url, "migrate", "--verbosity=0")
        manage(url, "import_wages", "--if-empty", NATIONAL)
        measured: Measured = {}
        for size in sorted(options.sizes):
            measured[size] = _measure(url, size)
            say(table(measured, "clock"))
            say(table(measured, "computing"))
    chart = options.chart or ROOT / "var" / f"scale-{kind.lower()}.png"
    draw(_panels(measured), chart, title=f"Growth on {kind}", x_label="comparisons", y_label="ms of computing")
    say(f"Drawn: {chart}")
    return 0


def _measure(url: str, size: int) -> list[Measure]:
    grown = manage(url, "grow_demo", "--comparisons", str(size))
    command = [sys.executable, "-m", "tests.bench_growth"]
    said = subprocess.run(command, cwd=ROOT, env=at(url), check=True, stdout=subprocess.PIPE, text=True).stdout
    return [
        *(Measure(*each) for each in json.loads(said)),
        Measure("growing to this size, s", grown.seconds, grown.computing),
        Measure("growing: peak memory, MB", grown.peak, grown.peak),
    ]


def table(measured: Measured, kind: Kind) -> str:
    """Return the measures, by the clock or of computing alone, with the sizes as columns."""
    lines = [f"{TITLES[kind]:{NAME}}{'limit':>8}" + "".join(f"{size:>11,}" for size in measured)]
    by_size = [{measure.name: measure for measure in measures} for measures in measured.values()]
    for name, first in by_size[0].items():
        lines.append(f"{name:{NAME}}{first.limit or '':>8}" + "".join(_cell(each[name], kind) for each in by_size))
    return "\n".join(lines) + "\n"


def _cell(measure: Measure, kind: Kind) -> str:
    value = getattr(measure, kind)
    return f"{value:>10,.1f}{'!' if measure.limit is not None and value > measure.limit else ' '}"


def _panels(measured: Measured) -> list[Panel]:
    values = {size: {measure.name: measure.computing for measure in measures} for size, measures in measured.items()}
    return [
        Panel(title, {label: [(size, values[size][name]) for size in values] for label, name in curves.items()})
        for title, curves in PANELS.items()
    ]


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
