"""What the site takes with the corpus that is in the database of DATABASE_URL (articles.growing): a line of JSON with
every measure. `script/bench_scale` runs it at each size."""

from __future__ import annotations

import json
import logging
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.db import connection
from django.test import Client

ROUNDS = 40
FEW = 5
PUBLISHED = 10
"""How many articles are published anew: each time, so many windows more are in the database."""
SECOND = 1000.0
SITEMAP_MB = 200.0

ASKED = {
    "commonest word": "manager",
    "word of every text": "work",
    "two such words": "work day",
    "rare word": "quarry",
    "title": "harbor office manager",
    "slip": "harbro manager",
    "two roles": "harbor analyst vs farm planner",
    "nothing": "xylophone quartz",
}
SEARCH_MS, TYPING_MS, DESK_MS, PUBLISH_MS, RELATED_MS, TIMES = 100.0, 20.0, 300.0, 100.0, 5.0, 2.0


class Took(NamedTuple):
    """Milliseconds by the clock, and of computing: by this process and, on PostgreSQL, by the server's beside it."""

    clock: float
    computing: float


class Measure(NamedTuple):
    """One number: milliseconds, unless the name says what else. Beyond `limit`, it misses what was aimed at."""

    name: str
    clock: float
    computing: float
    limit: float | None = None


Ask = Callable[[], object]


def median(name: str, asks: Iterable[Ask], limit: float | None = None) -> Measure:
    """Return the medians of what each of the questions takes."""
    times = [_took(ask) for ask in asks]
    return Measure(
        name,
        statistics.median(each.clock for each in times),
        statistics.median(each.computing for each in times),
        limit,
    )


def late(name: str, asks: Iterable[Ask], limit: float | None = None) -> Measure:
    """Return the 95th percentiles of what each of the questions takes."""
    times = [_took(ask) for ask in asks]
    place = int(len(times) * 0.95)
    clock, computing = (sorted(each)[place] for each in zip(*times, strict=True))
    return Measure(f"{name}, 95th percentile", clock, computing, limit)


def _took(ask: Ask) -> Took:
    started, computed = time.perf_counter(), _computed()
    ask()
    return Took((time.perf_counter() - started) * 1000, (_computed() - computed) * 1000)


def _computed() -> float:
    """Return how many seconds have been computed, on Linux by the server too
    (https://docs.kernel.org/scheduler/sched-stats.html)."""
    served = Path(f"/proc/{_backend()}/schedstat") if _backend() else None
    return time.process_time() + (int(served.read_text().split()[0]) / 1e9 if served and served.exists() else 0)


@cache
def _backend() -> int:
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def main() -> None:
    """Measure, and print all of it as JSON."""
    begin()
    name_occupations()
    settle_planner()
    parts = (_sitemap, _readers, _related, _search, _desk, _publishing)
    sys.stdout.write(json.dumps([measure for part in parts for measure in part()]) + "\n")


def begin() -> None:
    """Set Django up to be asked by its own client, past the page cache."""
    django.setup()
    logging.disable()  # of answers 404
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def settle_planner() -> None:
    """Let PostgreSQL count rows, as autovacuum does on a running site. SQLite counts none there."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def name_occupations() -> None:
    """Give each role as many names of its occupation as are kept, one in ten of them with the commonest word."""
    from articles.grown_texts import titles
    from careers.finding import KEPT, by_words, spelled
    from careers.models import RoleEdition, RoleTitle

    chosen = random.Random(1)  # noqa: S311
    others = [title for title in titles() if not title.endswith("Manager")]
    for role in RoleEdition.objects.live().exclude(titles__kind=RoleTitle.Kind.OCCUPATION):
        names = {
            f"{chosen.choice(others)} {'manager' if chosen.random() < 0.1 else chosen.randrange(100)}"
            for _ in range(KEPT)
        }
        RoleTitle.objects.bulk_create(
            row for name in sorted(names) for row in by_words(role, spelled(name), RoleTitle.Kind.OCCUPATION)
        )


def _sitemap() -> Iterator[Measure]:
    """Yield what the sitemap takes. It comes first, so that the peak of the memory is its own."""
    from tests.sitemap import files

    client = Client()
    named = sorted(urlsplit(address).path for address in files(client))
    yield median("sitemap: index", [page(client, "/sitemap.xml")] * FEW, SECOND)
    of_comparisons = [path for path in named if "comparisons" in path]
    some = {*named} - {*of_comparisons} | {*of_comparisons[:: max(1, len(of_comparisons) // 2)]}
    of_each = [median("sitemap: slowest file", [page(client, path)] * FEW, SECOND) for path in sorted(some)]
    yield max(of_each, key=lambda measure: measure.clock)
    unit = 1024 if sys.platform == "darwin" else 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit / 1024
    yield Measure("sitemap: peak memory of the process, MB", peak, peak, SITEMAP_MB)


def _readers() -> Iterator[Measure]:
    from django.db.models import Count

    from articles.models import Category, ComparisonEdition
    from careers.models import RoleEdition
    from publishing.keyset import _cursor

    chosen = random.Random(2)  # noqa: S311
    client = Client()
    live = ComparisonEdition.objects.live()
    yield median("comparison page", [page(client, each.get_absolute_url()) for each in _some(live, chosen)])
    shelf = Category.objects.annotate(size=Count("editions")).latest("size")
    path = shelf.get_absolute_url()
    oldest = live.filter(category=shelf).order_by("first_published_at", "document_id")[25]
    first = median("category: first page", [page(client, path)] * ROUNDS)
    last = median("category: last page", [page(client, f"{path}?older={_cursor(oldest)}")] * ROUNDS)
    yield from (first, last)
    pairs = ((first.clock, last.clock), (first.computing, last.computing))
    clock, computing = (max(pair) / min(pair) for pair in pairs)
    yield Measure("category: the slower to the faster", clock, computing, TIMES)
    yield median("all comparisons", [page(client, "/compare/")] * ROUNDS)
    yield median("home", [page(client, "/")] * ROUNDS)
    yield median("role", [page(client, each.get_absolute_url()) for each in _some(RoleEdition.objects.live(), chosen)])
    yield median("commonest topic", [page(client, "/topics/management/")] * FEW)
    yield median("all topics", [page(client, "/topics/")] * FEW)
    yield median("feed of a category", [page(client, f"/feeds/categories/{shelf.slug}.xml")] * ROUNDS)


def _related() -> Iterator[Measure]:
    """Yield what the query for related comparisons takes, by itself and with the rows that Django makes of it."""
    from django.utils import timezone

    from articles.models import ComparisonEdition
    from articles.related import Picks, candidates

    at = timezone.now()
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    def alone(sql: str, params: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            cursor.fetchall()

    editions = _some(ComparisonEdition.objects.live().select_related("revision"), random.Random(3))  # noqa: S311
    with connection.execute_wrapper(note):
        for edition in editions:
            candidates(edition, picks=Picks.of(edition), at=at)
    yield median("related: the query", [partial(alone, *each) for each in asked], RELATED_MS)
    whole = [partial(candidates, edition, picks=Picks.of(edition), at=at) for edition in editions]
    yield median("related: with its rows", whole)


def _search() -> Iterator[Measure]:
    client = Client()
    for path, name, limit in (("/search/", "search", SEARCH_MS), ("/search/offered.json", "typing", TYPING_MS)):
        for what, typed in ASKED.items():
            yield late(f"{name}: {what}", [page(client, path, q=typed)] * ROUNDS, limit)


def _desk() -> Iterator[Measure]:
    from articles.models import Comparison
    from publishing.models import User

    client = Client()
    client.force_login(User.objects.get_or_create(username="bench", is_staff=True, is_superuser=True)[0])
    listed, last = "/admin/articles/comparison/", -(-Comparison.objects.count() // 100)
    yield median("desk: home", [page(client, "/admin/")] * FEW, DESK_MS)
    yield median("desk: list", [page(client, listed)] * FEW, DESK_MS)
    yield median("desk: list, last page", [page(client, listed, p=str(last))] * FEW)
    yield median("desk: list, those live", [page(client, listed, state="live")] * FEW)
    for what in ("commonest word", "rare word", "nothing"):
        yield median(f"desk: list searched for {what}", [page(client, listed, q=ASKED[what])] * FEW, DESK_MS)
    yield median("desk: schedule", [page(client, "/admin/schedule/")] * FEW, DESK_MS)
    yield median("desk: search for commonest word", [page(client, "/admin/search/", q="manager")] * FEW, DESK_MS)


def _publishing() -> Iterator[Measure]:
    from articles.demo import demo_desk
    from articles.models import Comparison
    from publishing.publish import publish
    from publishing.revisions import record

    desk = demo_desk()
    copies = _some(Comparison.objects.all(), random.Random(4))[:PUBLISHED]  # noqa: S311
    for copy in copies:
        copy.intro += "<p>Since then, both have changed a little.</p>"
        copy.save()
    yield median("saving an article", [partial(record, copy, by=desk) for copy in copies])
    newest = [copy.revisions.first() for copy in copies]
    yield median(
        "publishing an article", [partial(publish, revision, by=desk) for revision in newest if revision], PUBLISH_MS
    )


def _some(rows: Any, chosen: random.Random) -> list[Any]:
    """Return some of the rows, wherever they stand."""
    ids = list(rows.order_by().values_list("pk", flat=True))
    return list(rows.filter(pk__in=chosen.sample(ids, min(ROUNDS, len(ids)))))


def page(client: Client, path: str, **query: str) -> Ask:
    """Return the question for a page; whoever asks it gets 200 or ends the script."""

    def ask() -> None:
        response = client.get(path, query) if query else client.get(path)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")

    ask()  # templates are compiled once, and a database reads what it has not read
    return ask


if __name__ == "__main__":
    main()
