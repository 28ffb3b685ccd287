"""Long lists: every entry once, in an order that stays, and a page costs the same however long the list is."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careers.models import Area, Occupation, Wage
from tests.articles.builders import Corpus, Entry
from tests.careers.builders import make_area, make_occupation, make_release, make_wage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def corpus() -> Corpus:
    """Give a corpus of eight roles, ten comparisons, and wages of an occupation in ten places."""
    corpus = Corpus()
    corpus.add_shelves(2)
    corpus.add_roles(8)
    corpus.add([Entry(*pair, age=place % 3) for place, pair in enumerate(list(combinations(range(8), 2))[:10])])
    add_wages(10)
    return corpus


def add_wages(number: int) -> None:
    """Add wages of one occupation in so many further areas, and of so many further occupations."""
    release, occupation = make_release(), make_occupation()
    first = Area.objects.count()
    places = [
        Area(code=f"{n:07}", slug=f"place-{n}", title=f"Place {n}", kind="state") for n in range(first, first + number)
    ]
    others = [
        Occupation(code=f"13-{n:04}", title=f"Counters {n}", level="detailed") for n in range(first, first + number)
    ]
    Area.objects.bulk_create(places)
    Occupation.objects.bulk_create(others)
    Wage.objects.bulk_create(
        [Wage(release=release, occupation=occupation, area=place, annual_mean=50_000) for place in places]
        + [Wage(release=release, occupation=other, area=places[0], annual_mean=50_000) for other in others]
    )


LISTS = ["roles", "comparisons", "occupations", "areas", "wages/11-9111"]


def pages(client: Client, path: str) -> list[list[Any]]:
    """Return the pages of a list, from its first, by following what each says is next."""
    found = []
    address: str | None = f"/api/v1/{path}?size=3"
    while address:
        page = client.get(address).json()
        found.append(page["items"])
        address = page["next"]
    return found


@pytest.mark.parametrize("path", LISTS)
def test_following_next_gives_every_entry_once(client: Client, corpus: Corpus, path: str) -> None:
    whole = client.get(f"/api/v1/{path}?size=100").json()
    assert whole["next"] is None
    assert len(whole["items"]) >= 8
    followed = pages(client, path)
    assert [item for page in followed for item in page] == whole["items"]
    assert all(len(page) == 3 for page in followed[:-1])


def test_what_is_added_meanwhile_moves_nothing_twice(client: Client, corpus: Corpus) -> None:
    first = client.get("/api/v1/comparisons?size=5").json()
    corpus.add([Entry(6, 7, age=-1)])
    second = client.get(first["next"]).json()
    slugs = [item["slug"] for item in first["items"] + second["items"]]
    assert len(slugs) == len(set(slugs)) == 10


def test_next_keeps_what_else_was_asked(client: Client, corpus: Corpus) -> None:
    next_ = client.get("/api/v1/areas?kind=state&size=2").json()["next"]
    assert next_.startswith("http://testserver/api/v1/areas?kind=state&size=2&cursor=")


def test_a_cursor_of_no_list_leads_nowhere(client: Client, corpus: Corpus) -> None:
    assert client.get("/api/v1/comparisons?cursor=20261399T000000000000-1").status_code == 404


def queries(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/api/v1/{path}").status_code == 200, path
    return [query["sql"] for query in captured]


def test_what_is_asked_of_the_database_does_not_grow(client: Client, corpus: Corpus) -> None:
    make_wage("11-9111", area=make_area())
    most = dict.fromkeys(LISTS, 1) | {
        "roles/keeper-000": 1,
        "comparisons/keeper-000-vs-keeper-001": 3,
        "compare?a=keeper-000&b=keeper-007": 2,
        "wages/11-9111/united-states": 1,
    }
    few = {path: len(queries(client, path)) for path in most}
    assert few == most
    corpus.add_roles(60)
    corpus.add([Entry(*pair) for pair in list(combinations(range(8, 68), 2))[:1000]])
    add_wages(400)
    assert {path: len(queries(client, path)) for path in most} == few
    assert not any("COUNT(" in sql for path in most for sql in queries(client, path))
