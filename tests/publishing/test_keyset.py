from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.models import Role, RoleEdition
from publishing.keyset import KeysetPage, page_of
from publishing.models import FOREVER
from tests.builders import make_draft, make_role

pytestmark = pytest.mark.django_db

START = datetime(2024, 1, 1, tzinfo=UTC)


def make_editions(days: list[int]) -> None:
    """Make an edition for each day, first published on it; several may share a day."""
    revision = make_draft(Role).revisions.get()
    roles = [make_role() for _ in days]
    RoleEdition.objects.bulk_create(
        RoleEdition(
            document=role,
            revision=revision,
            slug=role.slug,
            title=role.title,
            live_from=START,
            live_until=FOREVER,
            first_published_at=START + timedelta(days=day, microseconds=day),
            significant_at=START,
            reviewed_at=START,
            act=uuid4(),
            issued_by=revision.author,
        )
        for role, day in zip(roles, days, strict=True)
    )


def pages(size: int, *, along: str, query: dict[str, str] | None = None) -> list[KeysetPage]:
    """Return the page that the query asks for, and those after it, walking along "older" or "newer"."""
    walked = [page_of(RoleEdition.objects.live(), query=query or {}, size=size)]
    while cursor := getattr(walked[-1], along):
        walked.append(page_of(RoleEdition.objects.live(), query={along: cursor}, size=size))
    return walked


def ids(walked: list[KeysetPage]) -> list[int]:
    return [edition.document_id for page in walked for edition in page.editions]


@settings(max_examples=25)
@given(days=st.lists(st.integers(0, 4), max_size=9), size=st.integers(1, 4))
def test_a_walk_meets_every_item_once_in_order_there_and_back(days: list[int], size: int) -> None:
    with transaction.atomic():
        make_editions(days)
        expected = RoleEdition.objects.order_by("-first_published_at", "-document_id").values_list("document_id")
        there = pages(size, along="older")
        assert ids(there) == [document for (document,) in expected]
        assert all(len(page.editions) == size for page in there[:-1])
        if len(there) > 1:
            back = pages(size, along="newer", query={"newer": there[-1].newer or ""})
            assert ids(back[::-1]) == ids(there[:-1])
            assert [page.older for page in back[::-1]] == [page.older for page in there[:-1]]
        transaction.set_rollback(True)


def test_the_first_page_has_nothing_newer_and_the_last_nothing_older() -> None:
    make_editions([1, 2, 3])
    first, last = pages(2, along="older")
    assert (first.newer, last.older) == (None, None)
    assert first.older
    assert last.newer


def test_an_empty_list_is_one_empty_page() -> None:
    assert pages(3, along="older") == [KeysetPage(editions=[], query="", newer=None, older=None)]


def test_a_page_costs_one_query(django_assert_num_queries: Any) -> None:
    make_editions([1, 2, 3])
    cursor = pages(1, along="older")[0].older
    with django_assert_num_queries(1):
        page_of(RoleEdition.objects.live(), query={"older": cursor}, size=1)


@pytest.mark.parametrize("direction", ["older", "newer"])
@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "2",
        "x",
        "20240101T000000000000",
        "20240101T000000000000-",
        "20240101T000000000000-x",
        "20241301T000000000000-1",
        "00000101T000000000000-1",
        "20240101T000000000000-1 ",
        "20240101T000000000000-1\n",
        "20240101T000000000000-9999999999999999999",
        "２０２４0101T000000000000-1",
        "20240101T000000000000-1' OR 1=1",
    ],
)
def test_a_cursor_that_nobody_was_given_is_not_found(direction: str, cursor: str) -> None:
    with pytest.raises(Http404, match="There is no such page of this list"):
        page_of(RoleEdition.objects.live(), query={direction: cursor}, size=3)


@pytest.mark.parametrize("cursor", ["00010101T000000000000-1", "99991231T235959999999-999999999999999999"])
def test_the_ends_of_time_are_cursors_like_any_other(cursor: str) -> None:
    make_editions([1])
    assert {
        len(page_of(RoleEdition.objects.live(), query={side: cursor}, size=3).editions) for side in ("older", "newer")
    } == {0, 1}
