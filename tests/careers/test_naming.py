"""Which roles a text names."""

from __future__ import annotations

import pytest

from careers.models import Role
from careers.naming import facts_of, mentions
from tests.builders import SOURCED, make_live, make_role, revise


def named(text: str, *roles: set[str]) -> list[tuple[int, str]]:
    return [(mention.role, text[mention.start : mention.end]) for mention in mentions(text, roles)]


def test_names_are_found_whatever_their_capitals() -> None:
    text = "Office managers and a Practice Manager"
    assert named(text, {"practice manager"}, {"office manager", "office managers"}) == [
        (1, "Office managers"),
        (0, "Practice Manager"),
    ]


def test_a_longer_name_hides_the_shorter_one_inside_it() -> None:
    assert named("An associate director and a director", {"director"}, {"associate director"}) == [
        (1, "associate director"),
        (0, "director"),
    ]


@pytest.mark.parametrize("text", ["directorship", "co-director", "", "the direct or"])
def test_a_name_inside_a_word_is_none(text: str) -> None:
    assert named(text, {"director"}) == []


def test_a_name_of_two_roles_is_that_of_the_first() -> None:
    assert named("a manager", {"manager"}, {"manager"}) == [(0, "manager")]
    assert named("a manager") == []


@pytest.mark.django_db
def test_a_role_of_several_words_is_named_by_its_initials_too() -> None:
    role = make_role("Human Resources Manager")
    [facts] = facts_of({role.pk}).values()
    assert {"human resources manager", "human resources managers", "hr manager", "hr managers"} == facts.names
    other = make_role("Office Manager")
    assert facts_of({other.pk})[other.pk].names == {"office manager", "office managers"}


@pytest.mark.django_db
def test_facts_are_those_that_readers_see_or_else_those_of_the_working_copy() -> None:
    live = make_live(Role, title="Rope Maker", figures=[SOURCED])
    revise(live, title="Rope Artist")
    draft = make_role("Net Maker", figures=[SOURCED | {"amount": "70000"}])
    found = facts_of({live.pk, draft.pk})
    assert [found[role.pk].name.title for role in (live, draft)] == ["Rope Maker", "Net Maker"]
    assert [found[role.pk].figures[0].amount for role in (live, draft)] == [65917, 70000]
