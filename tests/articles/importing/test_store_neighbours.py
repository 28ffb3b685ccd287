"""Neighbours that an article names: pinned where they exist, wished for where they do not."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from articles.models import Comparison

from .stored import article, put, rows

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


WEAVERS = {"role_b": "Weaver", "title": "Rope Maker vs. Weaver: What Are the Differences?"}
WISH = "Weaver vs. Rope Maker: What Are the Differences?"


def pinned_on(comparison: Comparison) -> list[Comparison]:
    return [pin.target for pin in comparison.pins.all()]


@pytest.mark.parametrize("wisher_first", [True, False])
def test_a_neighbour_is_pinned_whichever_article_comes_first(wisher_first: bool) -> None:  # noqa: FBT001
    wisher: dict[str, Any] = {"read": article(wishes=(WISH,)), "file": "ropes.txt"}
    wished: dict[str, Any] = {"read": article(**WEAVERS), "file": "weavers.txt"}
    for each in (wisher, wished) if wisher_first else (wished, wisher):
        put(each["read"], file=each["file"])
    ropes = Comparison.objects.get(role_b__title="Net Maker")
    weavers = Comparison.objects.get(role_b__title="Weaver")
    assert pinned_on(ropes) == [weavers]
    assert not ropes.wishes.exists()
    assert ropes.revisions.latest("pk").content["pins"][0]["target"] == weavers.pk
    assert pinned_on(weavers) == []


def test_a_neighbour_that_nobody_wrote_yet_stays_a_wish() -> None:
    put(article(wishes=(WISH, "Sail Maker vs. Tent Maker")))
    assert [wish.title for wish in Comparison.objects.get().wishes.all()] == [WISH, "Sail Maker vs. Tent Maker"]


def test_an_article_that_names_itself_is_not_pinned_on_itself() -> None:
    put(article(wishes=("Net Maker vs. Rope Maker",)))
    put(article(wishes=("Net Maker vs. Rope Maker",)), text="as it is now")
    assert pinned_on(Comparison.objects.get()) == []


def test_a_pin_that_came_true_is_no_edit_of_the_draft() -> None:
    put(article(wishes=(WISH,)))
    put(article(**WEAVERS), file="weavers.txt")
    before = rows()
    assert put(article(wishes=(WISH,))).outcome == "unchanged"
    assert rows() == before
    stored = put(article(wishes=(WISH,), intro="<p>Other.</p>"), text="as it is now")
    assert stored.outcome == "updated"
    assert len(pinned_on(Comparison.objects.get(role_b__title="Net Maker"))) == 1


def test_an_excluded_neighbour_is_not_pinned() -> None:
    put(article(**WEAVERS), file="weavers.txt")
    put(article(), file="ropes.txt")
    ropes, weavers = Comparison.objects.get(role_b__title="Net Maker"), Comparison.objects.get(role_b__title="Weaver")
    ropes.wishes.create(title="Weaver vs. Rope Maker")
    ropes.exclusions.create(target=weavers)
    put(article(**WEAVERS, intro="<p>Other.</p>"), file="weavers.txt", text="as it is now")
    assert pinned_on(ropes) == []


def test_a_neighbour_that_was_deleted_is_wished_for_like_one_that_nobody_wrote() -> None:
    put(article(**WEAVERS), file="weavers.txt")
    Comparison.objects.update(put_away_at=timezone.now())
    stored = put(article(wishes=(WISH,)))
    assert pinned_on(stored.comparison) == []
    assert [wish.title for wish in stored.comparison.wishes.all()] == [WISH]
