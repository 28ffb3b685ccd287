"""What the site comes through, and whether anything is lost: `script/torture`, with `--postgres` on PostgreSQL.

The server is killed in the middle of saves and publications, under load; its database is full, read-only, locked and
gone; and its readers are given whatever comes to hypothesis's mind. A table is printed; the exit code is 1 if anything
was lost, or a finding made.
"""

from __future__ import annotations

import logging
import signal
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from tests.torture.database import prepared


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked for, and print the table."""
    parser = ArgumentParser(prog="script/torture", description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL")
    parser.add_argument("--kills", type=int, default=200, metavar="N", help="how often the server is killed")
    parser.add_argument("--fuzz-seconds", type=int, default=300, metavar="N", help="how long inputs are made up")
    parser.add_argument("--seed", type=int, default=0, help="of the moments at which the server is killed")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and not at once: servers end before
    with tempfile.TemporaryDirectory(prefix="torture-") as name, prepared(Path(name), postgres=options.postgres):
        return _torture(Path(name), kills=options.kills, fuzz_seconds=options.fuzz_seconds, seed=options.seed)


def _torture(folder: Path, *, kills: int, fuzz_seconds: int, seed: int) -> int:
    """Do it all; the modules that do are imported once Django is set up."""
    from tests.torture import faults, fuzz
    from tests.torture import kills as killing
    from tests.torture.desk import Tally

    logging.disable(logging.CRITICAL)
    tally, lost = Tally(), []
    if kills:
        lost += killing.kills(folder, number=kills, tally=tally, seed=seed)
        lost += faults.all_of_them(folder, tally)
    if fuzz_seconds:
        lost += fuzz.everywhere(fuzz_seconds, tally)
    width = max(map(len, tally.counts))
    print("\n".join(f"{name:{width}}{number:>12,}" for name, number in tally.counts.items()))  # noqa: T201
    print("Lost: " + ("\n  ".join(lost) or "nothing"))  # noqa: T201
    return bool(lost)


if __name__ == "__main__":
    sys.exit(main())
