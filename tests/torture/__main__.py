"""What the site comes through, and whether anything is lost: `script/torture`.

The server is killed in the middle of saves and publications, under load; its database is full, read-only, locked and
gone, its clock put forward and back; and its readers are given whatever comes to hypothesis's mind. A table is printed;
the exit code is 1 if anything was lost, or a finding made.
"""

from __future__ import annotations

import logging
import shutil
import signal
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from django.db import connection

from tests.torture.database import prepared


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked for, and print the table."""
    parser = ArgumentParser(prog="script/torture", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--kills", type=int, default=200, metavar="N", help="how often the server is killed")
    parser.add_argument("--fuzz", type=int, default=300, metavar="SECONDS", help="how long inputs are made up")
    parser.add_argument("--seed", type=int, default=0, help="of the moments at which the server is killed")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and not at once: servers end before
    is_postgres = options.database == "postgres"
    with tempfile.TemporaryDirectory(prefix="torture-") as name, prepared(Path(name), postgres=is_postgres):
        return _torture(Path(name), kills=options.kills, fuzz_seconds=options.fuzz, seed=options.seed)


def _torture(folder: Path, *, kills: int, fuzz_seconds: int, seed: int) -> int:
    """Do it all; the modules that do are imported once Django is set up."""
    from tests.torture import clocks, cuts, faults, fuzz, whole
    from tests.torture import kills as killing
    from tests.torture.desk import Tally

    logging.disable(logging.CRITICAL)
    tally, lost, found = Tally(), list[str](), list[str]()
    if kills:
        lost += killing.kills(folder, number=kills, tally=tally, seed=seed)
        lost += faults.all_of_them(folder, tally)
        lost += clocks.jumps(folder, tally)
        if connection.vendor == "postgresql":
            lost += cuts.cuts(folder, tally, seed=seed)
    if fuzz_seconds:
        found += fuzz.everywhere(fuzz_seconds, tally)
    broken = list(whole.database())
    wrong = {"lost": lost, "findings of inputs": found, "faults of the database's integrity": broken}
    lines = [*tally.table(), *(f"{name:50}{len(sentences):>10,}" for name, sentences in wrong.items())]
    if any(wrong.values()):
        kept = tempfile.mkdtemp(prefix="torture-logs-")
        for log in folder.glob("*.log"):
            shutil.copy(log, kept)
        lines.append(f"What the servers wrote is in {kept}.")
    print("\n".join([*lines, *chain(*wrong.values())]))  # noqa: T201
    return any(wrong.values())


if __name__ == "__main__":
    sys.exit(main())
