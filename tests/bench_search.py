"""What the readers' search takes of the server's time: `script/bench_search`, with `--postgres` on a PostgreSQL server
that is started for it, with `--comparisons 100000` on a larger corpus.

Every comparison and every role has the commonest word in its title, and every role as many names of its occupation as
are kept. The database ends with the script.
"""

from __future__ import annotations

import logging
import random
import statistics
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from itertools import islice

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench_facts import ROOT, at, database

ROLES = 1100
ROUNDS = 30
PROSE = "<p>" + " ".join(["They keep things in order, and say so where it is asked."] * 60) + "</p>"
ASKED = {
    "the commonest word": "keeper",
    "a word that every text has": "order",
    "two such words": "things order",
    "a rare word": "zyzzyva",
    "a role's title": "keeper 123",
    "another name": "warden 123",
    "a slip": "keepre 123",
    "two roles": "keeper 123 vs keeper 321",
    "nothing": "xylophone quartz",
}


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
    django.setup()
    logging.disable()  # of answers 404
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    call_command("migrate", verbosity=0)
    _fill(comparisons)
    say(f"{connection.vendor}, {comparisons:,} comparisons, {ROLES:,} roles: median ms, 95th percentile, queries")
    for name, typed in ASKED.items():
        _ask(f"{name}, results", "/search/", typed)
    for name, typed in ASKED.items():
        _ask(f"{name}, while typing", "/search/offered.json", typed)
    _ask("an address that is not there", "/roles/keepre-123/", "", status=404)
    _ask("home", "/", "")


def _fill(comparisons: int) -> None:
    from careers.finding import KEPT
    from careers.models import RoleEdition, RoleTitle
    from tests.articles.builders import Corpus, Entry
    from tests.articles.search.builders import find_corpus

    chosen = random.Random(1)  # noqa: S311
    corpus = Corpus()
    corpus.add_shelves(12)
    for number in range(ROLES):
        corpus.add_roles(1, also_called=[f"Warden {number:03}", f"Custodian {number:03}"], summary=PROSE)
    pairs: dict[tuple[int, int], None] = {}
    while len(pairs) < comparisons:
        a, b = sorted(chosen.sample(range(ROLES), 2))
        pairs[a, b] = None
    rare = chosen.randrange(comparisons)
    entries = (
        Entry(a, b, shelf=n % 12, age=n % 900, content={"versus": PROSE + ("zyzzyva" if n == rare else "")})
        for n, (a, b) in enumerate(pairs)
    )
    while some := list(islice(entries, 5000)):
        corpus.add(some)
    started = time.perf_counter()
    find_corpus()
    names = (
        RoleTitle(edition=role, kind=RoleTitle.Kind.OCCUPATION, key=f"name{chosen.randrange(3000)} {number}")
        for role in RoleEdition.objects.all()
        for number in range(KEPT)
    )
    RoleTitle.objects.bulk_create(names, batch_size=5000)
    say(f"indexed in {time.perf_counter() - started:.1f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


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
