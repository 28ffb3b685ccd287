from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.closeness import KEPT, place, score, traits
from careers.models import Closeness, Role
from publishing.cancel import cancel
from publishing.publish import publish, schedule
from publishing.withdraw import withdraw
from tests.builders import ahead, make_draft, make_live, make_scheduled, make_user, revise

words = st.frozensets(st.sampled_from("abcdefgh"))


def table() -> set[tuple[int, int, float]]:
    return {(row.role_id, row.other_id, row.score) for row in Closeness.objects.all()}


@given(a=words, b=words)
def test_a_score_is_the_same_both_ways_and_between_0_and_1(a: frozenset[str], b: frozenset[str]) -> None:
    assert score(a, b) == score(b, a)
    assert 0 <= score(a, b) <= 1
    assert (score(a, b) == 1) == (a == b != frozenset())
    assert (score(a, b) == 0) == (not a & b)


def test_traits_are_skills_and_tags_however_they_are_capitalised() -> None:
    assert traits({"skills": ["Clear Writing", "tact"], "tags": ["Office", "Tact"]}) == {
        "clear writing",
        "tact",
        "office",
    }


@pytest.mark.django_db
def test_roles_that_share_skills_are_neighbours_of_each_other() -> None:
    first = make_live(Role, skills=["Tact", "Zeal"])
    second = make_live(Role, skills=["tact"], tags=["Office"])
    make_live(Role, skills=["Climbing"])
    assert table() == {(first.pk, second.pk, 1 / 3), (second.pk, first.pk, 1 / 3)}


@pytest.mark.django_db
def test_drafts_and_what_was_withdrawn_are_nobodys_neighbours() -> None:
    make_draft(Role, skills=["Tact"])
    leaver = make_live(Role, skills=["Tact"])
    make_live(Role, skills=["Tact"])
    assert table()
    withdraw([leaver], by=make_user())
    assert table() == set()


@pytest.mark.django_db
def test_what_is_cancelled_is_taken_back() -> None:
    role, other = make_live(Role, skills=["Climbing"]), make_live(Role, skills=["Tact"])
    coming = schedule(revise(role, skills=["Tact"]), by=make_user(), at=ahead(days=1))
    assert {row.other_id for row in role.neighbours.all()} == {other.pk}
    cancel(coming, by=make_user())
    assert table() == set()


@pytest.mark.django_db
def test_a_scheduled_role_is_placed_before_readers_see_it() -> None:
    live, coming = make_live(Role, skills=["Tact"]), make_scheduled(Role, skills=["Tact"], at=ahead(days=1))
    assert {(row.role_id, row.other_id) for row in Closeness.objects.all()} == {
        (live.pk, coming.pk),
        (coming.pk, live.pk),
    }


@pytest.mark.django_db
def test_a_role_that_changes_is_placed_anew() -> None:
    changed = make_live(Role, skills=["Tact"])
    left, joined = make_live(Role, skills=["Tact"]), make_live(Role, skills=["Climbing"])
    publish(revise(changed, skills=["climbing"]), by=make_user())
    assert table() == {(changed.pk, joined.pk, 1.0), (joined.pk, changed.pk, 1.0)}
    assert not left.neighbours.exists()


@pytest.mark.django_db
def test_placing_a_role_again_changes_nothing() -> None:
    for skills in (["a", "b"], ["b", "c"], ["a", "c", "d"], ["d"]):
        make_live(Role, skills=skills)
    before = table()
    for role in Role.objects.all():
        place(role.pk)
    assert table() == before


@pytest.mark.django_db
def test_a_role_brings_a_bounded_number_of_neighbours_the_closest_and_oldest_first() -> None:
    close = [make_live(Role, skills=["Tact"]) for _ in range(KEPT + 2)]
    Closeness.objects.all().delete()
    role = make_live(Role, skills=["Tact"])
    neighbours = [row.other_id for row in Closeness.objects.closest_to(role.pk)]
    assert neighbours == [each.pk for each in close[:KEPT]]
    assert Closeness.objects.count() == 2 * KEPT


@pytest.mark.django_db
def test_the_closest_comes_first() -> None:
    role = make_live(Role, skills=["a", "b", "c"])
    far, near, middle = (make_live(Role, skills=skills) for skills in (["a", "x", "y"], ["a", "b", "c"], ["a", "b"]))
    ordered: list[Any] = [row.other for row in Closeness.objects.closest_to(role.pk)]
    assert ordered == [near, middle, far]
