"""What facts cost: how long an import takes, and how much memory, and then what pages take of the server's time.

`script/bench_facts` says how to run it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.postgres import packaged_programs, server, system_programs

ROOT = Path(__file__).resolve().parent.parent
NATIONAL = "data/oews-2025-national.csv"
STATES = "data/oews-2025-states.csv.gz"
ROWS = re.compile(r"([\d,]+) rows added")


class Cost(NamedTuple):
    """What a command took: seconds by the clock and of computing, and its peak memory in megabytes."""

    seconds: float
    computing: float
    peak: float
    said: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print a line for each measure; return 1 if an import fails."""
    parser = ArgumentParser(prog="script/bench_facts", description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL server that is started for it")
    options, further = parser.parse_known_args(arguments)
    try:
        for name, given in {"national": [NATIONAL], "full": [*further, NATIONAL, STATES]}.items():
            with database(postgres=options.postgres) as url:
                manage(url, "migrate", "--verbosity=0")
                report(f"import of {name}", manage(url, "import_wages", *given))
                if name == "full":
                    subprocess.run([sys.executable, "-m", "tests.bench_pages"], cwd=ROOT, env=at(url), check=True)
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


@contextmanager
def database(*, postgres: bool) -> Iterator[str]:
    """Give the DATABASE_URL of an empty database that ends with the block."""
    if postgres:
        with server(system_programs() or packaged_programs()) as url:
            yield url
        return
    with TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/bench.sqlite3"


def at(url: str) -> dict[str, str]:
    """Return the environment in which a command works on the database."""
    return os.environ | {"DATABASE_URL": url}


def manage(url: str, *command: str) -> Cost:
    """Run a management command in a process of its own; return what it took.

    Raises CalledProcessError if it fails; what it writes to standard error, such as progress, is shown.
    """
    started = time.perf_counter()
    called = [sys.executable, "manage.py", *command]
    with subprocess.Popen(called, cwd=ROOT, env=at(url), stdout=subprocess.PIPE, text=True) as process:
        said = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, called)
    seconds = time.perf_counter() - started
    unit = 1024 if sys.platform == "darwin" else 1
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit / 1024, said)


def report(name: str, cost: Cost) -> None:
    """Print a line with what an import took."""
    found = ROWS.search(cost.said)
    rows = int(found[1].replace(",", "")) if found else 0
    sys.stdout.write(
        f"{name}: {rows:,} rows in {cost.seconds:.1f} s ({rows / cost.seconds:,.0f} rows/s; {cost.computing:.1f} s of "
        f"computing), peak memory {cost.peak:.0f} MB\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
