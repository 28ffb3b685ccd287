"""A reader asks while an editor takes the page down: what was there when the reading began is gone when it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from articles.models import Comparison, ComparisonEdition
from publishing.models import User
from publishing.withdraw import withdraw
from tests.builders import make_live, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def taken_down_after_the_first_query(comparison: Comparison, *, by: User) -> Iterator[None]:
    """Take the comparison and its roles down at a moment before the reader's, and commit after its first query."""
    begun, may_end = Event(), Event()

    def take_down() -> None:
        with transaction.atomic():
            withdraw([comparison, comparison.role_a, comparison.role_b], by=by)
            begun.set()
            may_end.wait()
        connection.close()

    editor = Thread(target=take_down)

    def read(execute: Any, sql: str, *args: Any) -> Any:
        result = execute(sql, *args)
        if ComparisonEdition._meta.db_table in sql and not may_end.is_set():
            may_end.set()
            editor.join()
        return result

    editor.start()
    begun.wait()
    with connection.execute_wrapper(read):
        yield
    assert may_end.is_set()


def test_the_reader_of_a_comparison_is_told_that_it_is_not_there(client: Client) -> None:
    comparison, editor = make_live(Comparison), make_user("editor")
    with taken_down_after_the_first_query(comparison, by=editor):
        assert client.get(comparison.working_path()).status_code == 404
    assert client.get(comparison.working_path()).status_code == 410


def test_the_home_page_opens_with_the_next_newest(client: Client) -> None:
    older, newest, editor = make_live(Comparison), make_live(Comparison), make_user("editor")
    with taken_down_after_the_first_query(newest, by=editor):
        page = client.get("/")
    assert page.context["featured"].edition.document == older
    assert list(page.context["newest"]) == []
