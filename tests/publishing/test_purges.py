"""A purge says from when on which pages are stale."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from articles.models import Comparison, Page
from careers.models import Role
from publishing.cancel import cancel
from publishing.models import Edition, Purge
from publishing.publish import publish, schedule
from publishing.withdraw import withdraw
from tests.builders import ahead, make_live, make_user, revise

pytestmark = pytest.mark.django_db


def purged_since(before: int) -> list[tuple[datetime, set[str]]]:
    """Return what was purged after the first rows of the table, in the order of the moments."""
    rows = Purge.objects.order_by("due_at", "pk")
    return [(row.due_at, set(row.tags.split())) for row in rows if row.pk > before]


def last() -> int:
    return max(Purge.objects.values_list("pk", flat=True), default=0)


def test_a_publication_is_due_at_once_and_names_the_document() -> None:
    role = make_live(Role)
    before = last()
    edition = publish(revise(role, definition="Keeps on."), by=make_user())
    [(moment, tags)] = purged_since(before)
    assert moment == edition.live_from
    assert tags == {"anything", "roles", f"d{role.pk}"}


def test_what_is_scheduled_is_due_at_its_moment_and_not_before() -> None:
    comparison = make_live(Comparison)
    before, moment = last(), ahead(days=3)
    schedule(revise(comparison, standfirst="Both keep on."), by=make_user(), at=moment)
    assert [due for due, _ in purged_since(before)] == [moment]


def test_what_is_called_off_is_no_news_to_readers() -> None:
    comparison = make_live(Comparison)
    coming = schedule(revise(comparison, standfirst="Never."), by=make_user(), at=ahead(days=3))
    before = last()
    cancel(coming, by=make_user())
    assert not purged_since(before)


def test_a_page_that_is_taken_down_leaves_the_lists_it_stood_in() -> None:
    comparison: Any = make_live(Comparison)
    before = last()
    withdraw([comparison], by=make_user(), kind=Edition.Kind.GONE)
    [(_, tags)] = purged_since(before)
    assert {f"d{comparison.pk}", f"category-{comparison.category_id}"} <= tags
    assert not any(tag.startswith("shelf") for tag in tags)


def test_a_page_of_the_site_itself_is_named_in_every_footer() -> None:
    before = last()
    make_live(Page)
    [(_, tags)] = purged_since(before)
    assert "everything" in tags
