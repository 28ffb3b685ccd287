"""Where people in a role go next."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Comparison
from articles.moves import SIZE, Move, moves
from careers.models import Role
from careers.reading import profiles
from publishing.withdraw import withdraw
from tests.builders import make_draft, make_live, make_user
from tests.careers.builders import make_occupation, make_wage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def make_paid(title: str, code: str, median: int | None = None, **fields: Any) -> Role:
    """Return a live role that is exactly the occupation of the code, which has that median pay."""
    if median:
        make_wage(code, annual_median=median)
    role: Role = make_live(Role, title=title, occupation=make_occupation(code), fit="exact", **fields)
    return role


def from_(role: Role) -> list[Move]:
    at = timezone.now()
    return moves(profiles([role.pk], at=at)[role.pk], at=at)


def test_a_move_says_what_changes_in_pay_and_what_is_to_be_learned_in_its_direction() -> None:
    lamp = make_paid("Lamp Keeper", "11-9111", 50_000, skills=["Oil", "Knots"])
    rope = make_paid("Rope Maker", "11-9021", 60_000, skills=["Knots", "Hemp", "Tar"])
    (up,), (down,) = from_(lamp), from_(rope)
    assert (up.to.name.title, up.learn, up.shared) == ("Rope Maker", ["Hemp", "Tar"], 1)
    assert up.pay == "Median pay about 20% more: $60,000 a year, after $50,000 a year"
    assert (down.to.name.title, down.learn) == ("Lamp Keeper", ["Oil"])
    assert down.pay == "Median pay about 17% less: $50,000 a year, after $60,000 a year"


def test_the_closest_come_first_and_they_are_few() -> None:
    skills = [f"Skill {n}" for n in range(8)]
    role = make_live(Role, skills=skills)
    others = [make_live(Role, skills=skills[:number]) for number in range(1, 8)]
    assert [move.to.edition.document_id for move in from_(role)] == [other.pk for other in reversed(others)][:SIZE]


def test_a_move_leads_to_the_comparison_that_was_written_or_else_to_the_page_of_both() -> None:
    lamp, rope = (make_live(Role, title=title, skills=["Knots"]) for title in ("Lamp Keeper", "Rope Maker"))
    assert [move.path for move in from_(rope)] == ["/compare/lamp-keeper-vs-rope-maker/"]
    make_live(Comparison, role_a=rope, role_b=lamp)
    assert [move.path for move in from_(lamp)] == ["/compare/rope-maker-vs-lamp-keeper/"]


def test_nothing_leads_to_a_role_that_is_not_live() -> None:
    role, gone = make_live(Role, skills=["Knots"]), make_live(Role, skills=["Knots"])
    make_draft(Role, skills=["Knots"])
    withdraw([gone], by=make_user())
    assert from_(role) == []


def test_pay_that_cannot_be_compared_is_not() -> None:
    lamp = make_paid("Lamp Keeper", "11-9111", 50_000, skills=["Knots"])
    make_live(Role, skills=["Knots"])
    assert [move.pay for move in from_(lamp)] == ["No pay figures that can be compared"]


def test_roles_of_one_occupation_are_not_said_to_earn_the_same() -> None:
    lamp = make_paid("Lamp Keeper", "11-9111", 50_000)
    make_paid("Lamp Watcher", "11-9111")
    assert [move.pay for move in from_(lamp)] == ["Counted in the same occupation"]


def test_moves_take_as_many_queries_for_many_as_for_one(client: Client) -> None:
    make_paid("Lamp Keeper", "11-9111", 50_000, skills=["Knots"])
    make_paid("Rope Walker", "11-9021", 60_000, skills=["Knots"])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert "go next" in client.get("/roles/lamp-keeper/").content.decode()
        return len(captured)

    few = queries()
    for number in range(4):
        make_paid(f"Rope Maker {number}", f"11-903{number}", 60_000, skills=["Knots"])
    assert queries() == few
