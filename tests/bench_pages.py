"""What pages with facts take of the server's time, on the database of DATABASE_URL, which holds wages and no document:
the page of any two of many roles, a written comparison, and a role. `script/bench_facts` runs it.
"""

from __future__ import annotations

import random
import statistics
import sys
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench_growth import begin

WRITTEN = 500
ROUNDS = 60


def main() -> None:
    """Fill the database, and print what each kind of page takes."""
    begin()
    for name, paths in _filled().items():
        _measure(name, paths)


def _filled() -> dict[str, list[str]]:
    """Fill the database with roles and some comparisons; return the paths of each kind of page."""
    from articles.growing import grow
    from articles.models import ComparisonEdition
    from careers.models import RoleEdition

    grow(comparisons=WRITTEN)
    chosen = random.Random(1)  # noqa: S311
    roles, written = list(RoleEdition.objects.live()), list(ComparisonEdition.objects.live())
    slugs = {each.slug for each in written}
    pairs = (sorted(role.slug for role in chosen.sample(roles, 2)) for _ in range(2 * ROUNDS))
    unwritten = [f"/compare/{a}-vs-{b}/" for a, b in pairs if not {f"{a}-vs-{b}", f"{b}-vs-{a}"} & slugs][:ROUNDS]
    return {
        "a page of any two": unwritten,
        "the same in a state": [f"{path}?area=california" for path in unwritten],
        "a written comparison": [chosen.choice(written).get_absolute_url() for _ in range(ROUNDS)],
        "a role": [chosen.choice(roles).get_absolute_url() for _ in range(ROUNDS)],
        "roles for what was typed": [f"/roles/found.json?q=manager+{letter}" for letter in "abcdefghijklmnop"],
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
        f"{name}: {median * 1000:.1f} ms (95th percentile {late * 1000:.1f} ms), {len(captured)} queries\n"
    )


def _time(client: Client, path: str) -> float:
    started = time.perf_counter()
    response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}")
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
