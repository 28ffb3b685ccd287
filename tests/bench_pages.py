"""What pages with facts take of the server's time, on the database of DATABASE_URL, which holds wages and no document:
the page of any two of many roles, a written comparison, and a role. `script/bench_facts` runs it.
"""

from __future__ import annotations

import random
import statistics
import sys
import time

import django
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

ROLES = 1100
ROUNDS = 60
PROSE = "<p>" + " ".join(["They keep things in order, and say so where it is asked."] * 12) + "</p>"
SKILLS = ["Bookkeeping", "Budgeting", "Coaching", "Negotiation", "Planning", "Scheduling", "Spreadsheets", "Tact"]


def main() -> None:
    """Fill the database, and print what each kind of page takes."""
    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    for name, paths in _filled().items():
        _measure(name, paths)


def _filled() -> dict[str, list[str]]:
    """Fill the database with roles and some comparisons; return the paths of each kind of page."""
    from careers.closeness import place
    from careers.models import Occupation
    from tests.articles.builders import Corpus, Entry

    corpus = Corpus()
    corpus.add_shelves(1)
    codes = list(Occupation.objects.filter(level="detailed").values_list("pk", flat=True))
    prose = dict.fromkeys(("summary", "duties", "requirements", "environment"), PROSE)
    corpus.add_roles(ROLES, occupations=codes, skills=SKILLS, education="bachelor", **prose)
    place([role.pk for role in corpus.roles])
    chosen = random.Random(1)  # noqa: S311
    written = corpus.add([Entry(n, n + 1) for n in range(0, 200, 2)])
    pairs = [sorted(chosen.sample(corpus.roles[200:], 2), key=lambda role: role.slug) for _ in range(ROUNDS)]
    return {
        "a page of any two": [f"/compare/{a.slug}-vs-{b.slug}/" for a, b in pairs],
        "the same in a state": [f"/compare/{a.slug}-vs-{b.slug}/?area=california" for a, b in pairs],
        "a written comparison": [chosen.choice(written).get_absolute_url() for _ in range(ROUNDS)],
        "a role": [f"/roles/{chosen.choice(corpus.roles).slug}/" for _ in range(ROUNDS)],
        "roles for what was typed": [f"/roles/found.json?q=keeper+{number % 10}" for number in range(ROUNDS)],
    }


def _measure(name: str, paths: list[str]) -> None:
    client = Client()
    for path in paths[:5]:
        client.get(path)  # templates are compiled once
    times = sorted(_time(client, path) for path in paths)
    with CaptureQueriesContext(connection) as captured:
        client.get(paths[0])
    median, late = statistics.median(times), times[int(len(times) * 0.95)]
    sys.stdout.write(
        f"{name}, {ROLES:,} roles: {median * 1000:.1f} ms (95th percentile {late * 1000:.1f} ms), "
        f"{len(captured)} queries\n"
    )


def _time(client: Client, path: str) -> float:
    started = time.perf_counter()
    response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}")
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
