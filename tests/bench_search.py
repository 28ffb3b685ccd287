"""What the readers' search takes of the server's time, and how many queries: `script/bench_search`, on PostgreSQL with
`--postgres`, for which a server is started, and on a larger corpus with `--comparisons 100000`.

The corpus is a grown one (articles.growing): three of four comparisons have the commonest word in their title, and
every role has as many names of its occupation as are kept. The database ends with the script.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench_facts import ROOT, at, database
from tests.bench_growth import ASKED, begin, name_occupations, settle_planner

ROUNDS = 30


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a database, and measure in a process that works on it; return its exit code."""
    parser = ArgumentParser(prog="script/bench_search", description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL")
    parser.add_argument("--comparisons", type=int, default=10_000, help="how many there are")
    parser.add_argument("--here", action="store_true", help="on the database of DATABASE_URL, which is empty")
    options = parser.parse_args(arguments)
    if options.here:
        measure(options.comparisons)
        return 0
    command = [sys.executable, "-m", "tests.bench_search", "--here", "--comparisons", str(options.comparisons)]
    with database(postgres=options.postgres) as url:
        return subprocess.run(command, cwd=ROOT, env=at(url), check=False).returncode


def measure(comparisons: int) -> None:
    """Fill the database, and print what each query takes."""
    begin()
    from articles.growing import ROLES, grow

    call_command("migrate", verbosity=0)
    grow(comparisons=comparisons)
    name_occupations()
    settle_planner()
    say(f"{connection.vendor}, {comparisons:,} comparisons, {ROLES:,} roles: median ms, 95th percentile, queries")
    for name, typed in ASKED.items():
        _ask(f"{name}, results", "/search/", typed)
    for name, typed in ASKED.items():
        _ask(f"{name}, while typing", "/search/offered.json", typed)
    _ask("an address that is not there", "/roles/harbro-manager/", "", status=404)
    _ask("home", "/", "")


def _ask(name: str, path: str, typed: str, *, status: int = 200) -> None:
    client = Client()
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        response = client.get(path, {"q": typed} if typed else {})
        times.append((time.perf_counter() - started) * 1000)
        if response.status_code != status:
            raise SystemExit(f"{path} answered {response.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(path, {"q": typed} if typed else {})
    late = sorted(times)[int(ROUNDS * 0.95)]
    say(f"{name}: {statistics.median(times):.1f}, {late:.1f}, {len(captured)}")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
