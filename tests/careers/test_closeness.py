from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.closeness import KEPT, place, placed, score, traits
from careers.models import Closeness, Role, RoleEdition
from publishing.cancel import cancel
from publishing.publish import publish, schedule
from publishing.withdraw import withdraw
from tests.builders import ahead, make_draft, make_live, make_scheduled, make_user, revise
from tests.publishing.test_concurrency import at_once

words = st.frozensets(st.sampled_from("abcdefgh"))


def others_of(role: Role) -> list[int]:
    return [row.other_id for row in Closeness.objects.closest_to(role.pk)]


def table() -> set[tuple[int, int, float]]:
    return {(row.role_id, row.other_id, row.score) for row in Closeness.objects.all()}


@given(a=words, b=words)
def test_a_score_is_the_same_both_ways_and_between_0_and_1(a: frozenset[str], b: frozenset[str]) -> None:
    assert score(a, b) == score(b, a)
    assert 0 <= score(a, b) <= 1
    assert (score(a, b) == 1) == (a == b != frozenset())
    assert (score(a, b) == 0) == (not a & b)


def test_traits_are_skills_and_tags_however_they_are_capitalised() -> None:
    content = {"skills": ["Clear Writing", "tact"], "tags": ["Office", "Tact"], "occupation": None}
    assert traits(content) == {"clear writing", "tact", "office"}


@pytest.mark.parametrize(
    ("other", "shared"), [("11-9111", 4), ("11-9112", 3), ("11-9020", 2), ("11-3121", 1), ("43-1011", 0)]
)
def test_the_finer_the_group_that_both_occupations_are_in_the_more_they_share(other: str, shared: int) -> None:
    own, theirs = (traits({"skills": [], "tags": [], "occupation": code}) for code in ("11-9111", other))
    assert len(own & theirs) == shared


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


@pytest.mark.django_db(transaction=True)
def test_new_roles_that_are_published_at_once_find_each_other() -> None:
    editor = make_user()
    roles = [make_draft(Role, skills=["Tact"]) for _ in range(4)]
    outcomes = at_once(*(lambda role=role: publish(role.revisions.first(), by=editor) for role in roles))
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert table() == {(a.pk, b.pk, 1.0) for a in roles for b in roles if a != b}


@pytest.mark.django_db
def test_a_role_that_changes_is_placed_anew() -> None:
    changed = make_live(Role, skills=["Tact"])
    left, joined = make_live(Role, skills=["Tact"]), make_live(Role, skills=["Climbing"])
    publish(revise(changed, skills=["climbing"]), by=make_user())
    assert table() == {(changed.pk, joined.pk, 1.0), (joined.pk, changed.pk, 1.0)}
    assert not left.neighbours.exists()


@pytest.mark.sqlite
@pytest.mark.django_db
def test_a_role_keeps_a_bounded_number_of_neighbours_the_closest_and_oldest_first() -> None:
    roles = [make_live(Role, skills=["Tact"]).pk for _ in range(KEPT + 3)]
    for role in roles:
        neighbours = [row.other_id for row in Closeness.objects.closest_to(role)]
        assert neighbours == [other for other in roles if other != role][:KEPT]


@pytest.mark.sqlite
@pytest.mark.django_db
def test_publishing_roles_again_unchanged_changes_nothing() -> None:
    hub, *others = [make_live(Role, skills=["Tact", f"Skill {n}"]) for n in range(KEPT + 10)]
    before = table()
    for role in (hub, others[-1], others[0]):
        publish(role.revisions.first(), by=make_user())
    assert table() == before


@pytest.mark.sqlite
@pytest.mark.django_db
def test_whoever_took_a_place_in_a_full_list_gives_it_back() -> None:
    roles = [make_live(Role, skills=["Tact"]) for _ in range(KEPT + 2)]
    first, last = roles[0], roles[-1]
    assert last.pk not in others_of(first)
    publish(revise(roles[1], skills=["Climbing"]), by=make_user())
    assert others_of(first) == [role.pk for role in roles[2:]]


@pytest.mark.django_db
def test_a_role_whose_time_is_over_holds_no_place() -> None:
    over, *stay = [make_live(Role, skills=["Tact"]) for _ in range(KEPT + 2)]
    RoleEdition.objects.filter(document=over).update(live_until=timezone.now())
    place([stay[-1].pk])
    assert table() == {(a.pk, b.pk, 1.0) for a in stay for b in stay if a != b}


@pytest.mark.django_db
def test_placing_an_unchanged_role_writes_nothing() -> None:
    role = make_live(Role, skills=["Tact"])
    make_live(Role, skills=["Tact"])
    with CaptureQueriesContext(connection) as captured:
        place([role.pk])
    assert not [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "DELETE", "UPDATE"))]


TRAITS = st.dictionaries(st.integers(1, KEPT + 14), words, min_size=KEPT)
CHANGES = st.lists(st.dictionaries(st.integers(1, KEPT + 14), st.none() | words, min_size=1, max_size=3), max_size=6)


@settings(max_examples=60)
@given(everyone=TRAITS, changes=CHANGES)
def test_what_stands_does_not_depend_on_how_it_came_about(
    everyone: dict[int, frozenset[str]], changes: list[dict[int, frozenset[str] | None]]
) -> None:
    """Each change (None: a role goes) leaves what comes out when all roles are placed at once."""
    standing = placed({}, everyone, changed=set(everyone))
    for change in changes:
        now = everyone | change
        everyone = {role: own for role, own in now.items() if own is not None}
        standing = placed(standing, everyone, changed=set(change))
        assert standing == {role: by_brute_force(role, everyone) for role in everyone}


def by_brute_force(role: int, everyone: dict[int, frozenset[str]]) -> dict[int, float]:
    ranked = sorted((-score(everyone[role], theirs), other) for other, theirs in everyone.items() if other != role)
    return {other: -negative for negative, other in ranked[:KEPT] if negative}


@pytest.mark.django_db
def test_the_closest_comes_first() -> None:
    role = make_live(Role, skills=["a", "b", "c"])
    far, near, middle = (make_live(Role, skills=skills) for skills in (["a", "x", "y"], ["a", "b", "c"], ["a", "b"]))
    ordered: list[Any] = [row.other for row in Closeness.objects.closest_to(role.pk)]
    assert ordered == [near, middle, far]
