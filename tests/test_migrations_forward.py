"""Whatever version a site is of, it migrates to this one with all that it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from pytest_django import DjangoDbBlocker

from articles.models import Category, Comparison, ComparisonEdition
from careers.models import Figure, Role, RoleEdition, RoleTitle
from tests.earlier import LANDED, empty_database, fill, migrate_to

OURS = {"articles", "careers", "images", "publishing"}
NAMED_SINCE, FOUND_SINCE = 4, 6
"""Which landings brought the names of roles and the words of the search: migrations give them to what is older."""


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """Give an empty database, without a table."""
    with django_db_blocker.unblock(), empty_database(tmp_path):
        yield


@pytest.mark.usefixtures("db")
def test_what_was_written_in_any_version_is_there_and_is_read_in_this_one() -> None:
    every = range(len(LANDED))
    for number in every:
        fill(migrate_to(number), number)
    call_command("migrate", verbosity=0)

    assert {*Role.objects.values_list("title", flat=True)} == titles(len(LANDED))
    assert {*Category.objects.values_list("title", flat=True)} == {f"Shelf {n}" for n in every}
    assert Comparison.objects.count() == ComparisonEdition.objects.live().count() == len(LANDED)
    assert RoleEdition.objects.live().filter(tags__name="Care").count() == Figure.objects.count() == 2 * len(LANDED)
    for number in every:
        assert page(f"/roles/nurse-{number}/").count(f"About Nurse {number}.") == 1
        assert "Both keep things." in page(f"/compare/nurse-{number}-vs-baker-{number}/")
    assert page("/topics/care/").count('href="/compare/nurse-') >= len(LANDED)
    assert {*RoleEdition.objects.filter(found_by__isnull=False).values_list("title", flat=True)} == titles(FOUND_SINCE)
    assert {*RoleTitle.objects.values_list("edition__title", flat=True)} == titles(NAMED_SINCE)
    assert 'href="/roles/baker-0/"' in page("/search/?q=baker")
    call_command("check", databases=[DEFAULT_DB_ALIAS], fail_level="WARNING")


def test_every_landing_but_the_newest_is_among_the_earlier_states() -> None:
    graph = MigrationLoader(None).graph
    known = {key for landing in LANDED for app, name in landing.items() for key in graph.forwards_plan((app, name))}
    left = {key for key in graph.nodes if key[0] in OURS} - known
    newest = {key for key in graph.leaf_nodes() if key[0] in OURS}
    assert left <= newest, "a state landed that tests.earlier.LANDED does not have: add it"


def titles(landings: int) -> set[str]:
    """Return the titles of the roles that were written before so many landings."""
    return {f"{side} {number}" for side in ("Nurse", "Baker") for number in range(landings)}


def page(address: str) -> str:
    """Return what a reader gets."""
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.text
