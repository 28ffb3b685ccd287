"""What readers notice while the desk publishes: how many are answered, errors, and how old what they get is.

`script/bench_publishing` runs it. The site is served as `script/run` serves it, under full load on all its pages,
first in quiet, then while one comparison after another is published and wages are corrected by imports. Beside the
load, somebody reads each page that was published, from a new connection every time, until the next publication. Load,
desk and site share the machine: with two cores, what the desk takes the readers lack.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

from tests.bench_serving import CODING, CONNECTIONS, said_by_wrk
from tests.browser.serving import ROOT, Site, served

ALLOWED_SECONDS = 1.0
"""How old at most a reader may find a page that was published anew."""
READ_EVERY = 0.05
"""Seconds between the reads that look for what is old: they are not the load."""
IMPORT_EVERY = 10
"""One act of so many is an import of corrected wages."""
READY = "ready\n"
PATHS = """
local paths = {{{paths}}}
local turn = 0
request = function()
    turn = turn % #paths + 1
    return wrk.format("GET", paths[turn])
end
"""


class Load(NamedTuple):
    """What readers got: answers a second, and how many of them were errors or did not come."""

    rate: float
    failed: int


class Act(NamedTuple):
    """What the desk did: when it was done (seconds, monotonic), where it shows, and by which words."""

    done: float
    path: str
    words: str


class Age(NamedTuple):
    """How long after an act a reader last got what was there before it, in seconds, and how often that was too late."""

    oldest: float
    too_late: int
    reads: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve, measure, and print a table."""
    parser = ArgumentParser(prog="script/bench_publishing", description=__doc__)
    parser.add_argument("--acts", type=int, default=100, help="how many publications and imports")
    parser.add_argument("--every", type=float, default=1.0, help="seconds from one to the next")
    options = parser.parse_args(arguments)
    seconds = round(options.acts * options.every)
    with tempfile.TemporaryDirectory(prefix="bench-") as name, served(Path(name)) as site:
        script = Path(name) / "paths.lua"
        script.write_text(PATHS.format(paths=", ".join(f'"{path}"' for path in _paths(site))))
        quiet = _finished(_loading(site, script, seconds=min(seconds, 20)))
        with _desk(site, Path(name), acts=options.acts, every=options.every) as desk:
            load = _loading(site, script, seconds=10 * seconds)
            age = _read_along(site, _acts(desk))
            load.send_signal(signal.SIGINT)
            busy = _finished(load)
    print(_table(quiet, busy, age, acts=options.acts))  # noqa: T201
    return 0


def _table(quiet: Load, busy: Load, age: Age, *, acts: int) -> str:
    return f"""\
| readers | answers/s | of quiet | failed |
|---|---|---|---|
| in quiet | {quiet.rate:,.0f} | 1 | {quiet.failed} |
| during {acts} acts | {busy.rate:,.0f} | {busy.rate / quiet.rate:.2f} | {busy.failed} |
Of {age.reads} reads, {age.too_late} were older than {ALLOWED_SECONDS} s; the oldest {age.oldest:.2f} s."""


def _paths(site: Site) -> list[str]:
    with urlopen(f"{site.url}/sitemap.xml", timeout=30) as answer:  # noqa: S310  our own server
        parts = re.findall(r"<loc>(.*?)</loc>", answer.read().decode())
    found: list[str] = []
    for part in parts:
        with urlopen(part, timeout=30) as answer:  # noqa: S310
            found += re.findall(r"<loc>.*?//[^/]+(/.*?)</loc>", answer.read().decode())
    return found


def _loading(site: Site, script: Path, *, seconds: int) -> subprocess.Popen[str]:
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "-s", str(script)]
    command = ["wrk", *options, "-H", f"Accept-Encoding: {CODING}", site.url]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _finished(load: subprocess.Popen[str]) -> Load:
    said, _ = load.communicate()
    rate = said_by_wrk(said, r"Requests/sec:\s+([\d.]+)")
    errors = [r"Non-2xx or 3xx responses: (\d+)", *(rf"Socket errors:.*{kind} (\d+)" for kind in ("connect", "read"))]
    return Load(rate, sum(int(found[1]) for each in errors if (found := re.search(each, said))))


@contextmanager
def _desk(site: Site, folder: Path, *, acts: int, every: float) -> Iterator[subprocess.Popen[str]]:
    """Start a process that will do one act after the other, and give it as soon as it could."""
    work = f"from tests.bench_publishing import work; work({str(folder)!r}, acts={acts}, every={every})"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", work]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=site.environment, stdin=pipe, stdout=pipe, text=True) as desk:
        assert desk.stdout
        next(line for line in desk.stdout if line == READY)
        yield desk


def _acts(desk: subprocess.Popen[str]) -> Iterator[Act]:
    """Let the desk begin, and yield each act as soon as it is committed."""
    assert desk.stdin
    assert desk.stdout
    desk.stdin.write("\n")
    desk.stdin.flush()
    for line in desk.stdout:
        if line.startswith("act "):
            _, done, path, words = line.rstrip().split(" ", 3)
            yield Act(float(done), path, words)


def work(folder: str, *, acts: int, every: float) -> None:
    """Publish comparisons of the demo one after the other, and correct wages in between, once told to begin."""
    from django.core.management import call_command

    from articles.models import Comparison
    from publishing.models import User
    from publishing.publish import publish
    from publishing.revisions import record

    editor = User.objects.get(username="editor")
    comparisons = list(Comparison.objects.filter(editions__isnull=False).distinct().order_by("pk"))

    def act(number: int) -> None:
        if number % IMPORT_EVERY == IMPORT_EVERY - 1:
            table = Path(folder) / "corrected.csv"
            table.write_text(_wages(median=60_000 + number))
            call_command("import_wages", str(table), correct=True, stdout=StringIO())
            return
        comparison = comparisons[number % len(comparisons)]
        comparison.standfirst = f"Said anew for the {number}th time."
        comparison.save()
        edition = publish(record(comparison, by=editor), by=editor)
        print("act", time.monotonic(), edition.get_absolute_url(), comparison.standfirst, flush=True)  # noqa: T201

    act(0)  # the first of a process takes seconds, for what it loads
    print(READY, end="", flush=True)  # noqa: T201
    sys.stdin.readline()
    begun = time.monotonic()
    for number in range(1, acts + 1):
        time.sleep(max(0, begun + number * every - time.monotonic()))  # the pace of the desk
        act(number)


def _wages(*, median: int) -> str:
    """Return the row of one occupation as the demo has it, with another median."""
    lines = (ROOT / "data/oews-2025-national.csv").read_text().splitlines()
    comments = [line for line in lines if line.startswith("#")]
    heading, *rows = [line for line in lines if not line.startswith("#")]
    row = next(row for row in rows if "11-9111" in row).split(",")
    row[heading.split(",").index("median_annual")] = str(median)
    return "\n".join([*comments, heading, ",".join(row), ""])


def _read_along(site: Site, acts: Iterable[Act]) -> Age:
    """Read what each act changed, again and again until the next one, and say how old it was."""
    oldest, too_late, reads = 0.0, 0, 0
    for act in acts:
        deadline = act.done + 2 * ALLOWED_SECONDS
        while (asked := time.monotonic()) < deadline:
            with urlopen(site.url + act.path, timeout=30) as answer:  # noqa: S310
                is_old = act.words not in answer.read().decode()
            reads += 1
            if is_old:
                oldest = max(oldest, asked - act.done)
                too_late += asked - act.done > ALLOWED_SECONDS
            elif asked > act.done + 0.8 * ALLOWED_SECONDS:
                break
            time.sleep(READ_EVERY)
    return Age(oldest, too_late, reads)


if __name__ == "__main__":
    sys.exit(main())
