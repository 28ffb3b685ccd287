"""What is put into the database in bulk is what Django would have stored row by row."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from careers.models import Role
from publishing.bulk import numbers, put, roomy
from publishing.models import Document, Redirect
from tests.builders import make_live

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> Document:
    live: Document = make_live(Role)
    return live


def test_a_row_that_is_put_is_what_saving_it_would_have_left(document: Document) -> None:
    values: dict[str, Any] = {"path": "/old/", "live_from": timezone.now(), "document_id": document.pk}
    act = uuid4()
    put(Redirect, [*values, "act"], [[*values.values(), act.hex]])
    Redirect.objects.create(**values, act=act)
    as_put, saved = ({**row, "id": None} for row in Redirect.objects.values())
    assert as_put == saved


def test_where_there_are_no_rows_none_is_put() -> None:
    put(Redirect, ["path"], [])
    assert not Redirect.objects.exists()


def test_ids_that_were_given_out_are_given_to_no_other_row(document: Document) -> None:
    values: dict[str, Any] = {"live_from": timezone.now(), "document_id": document.pk}
    before = Redirect.objects.create(path="/before/", **values)
    ids = list(numbers(Redirect, 3))
    put(Redirect, ["id", "path", *values], [[each, f"/{each}/", *values.values()] for each in ids])
    after = Redirect.objects.create(path="/after/", **values)
    assert len({before.pk, *ids, after.pk}) == 5
    assert Redirect.objects.count() == 5


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite is told how much it may keep in memory.")
def test_sqlite_keeps_as_much_in_memory_as_before_once_it_has_grown() -> None:
    def kept() -> Any:
        with connection.cursor() as cursor:
            return cursor.execute("PRAGMA cache_size").fetchone()

    before = kept()
    with roomy():
        assert kept() != before
    assert kept() == before
