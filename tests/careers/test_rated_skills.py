"""How important skills are in the occupations of two roles, as O*NET rates them."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from careers.models import Fit, OnetOccupation, Release
from careers.models.occupations import ONET
from careers.names import name_of
from careers.published import Published, wages
from careers.rated_skills import SHOWN, RatedSkills, rated_skills
from tests.careers.builders import LONG_AGO, make_wage

pytestmark = pytest.mark.django_db

NAME = name_of("Lamp Keeper")


def rate(code: str, importance: dict[str, float]) -> None:
    """Let a release of O*NET rate skills of the occupation of the code; without a part of it, of it as a whole."""
    release, _ = Release.objects.get_or_create(
        source=ONET,
        period="29.3",
        defaults={"reference": date(2025, 5, 1), "published_on": date(2025, 5, 1), "current_from": LONG_AGO},
    )
    code = code if "." in code else f"{code}.00"
    skills = [{"name": name, "importance": value} for name, value in importance.items()]
    OnetOccupation.objects.create(release=release, code=code, title="Keepers", content={"skills": skills})


def published(code: str) -> Published | None:
    found = wages([code], at=timezone.now())
    return Published(found[code], Fit.EXACT, NAME) if code in found else None


def rated(a: str = "11-9111", b: str = "43-1011") -> RatedSkills:
    found = rated_skills(published(a), published(b))
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def _wages() -> None:
    make_wage("11-9111")
    make_wage("43-1011")


def test_skills_are_important_in_both_or_clearly_more_so_in_one() -> None:
    rate("11-9111", {"Speaking": 4.1, "Analysis": 3.9, "Typing": 1.5, "Repairing": 2.4})
    rate("43-1011", {"Speaking": 4.0, "Analysis": 3.4, "Typing": 3.0, "Repairing": 2.9})
    found = rated()
    assert [tuple(each) for each in found.shared] == [("Speaking", 4.1, 4.0)]
    assert [tuple(each) for each in found.more_a] == [("Analysis", 3.9, 3.4)]
    assert [tuple(each) for each in found.more_b] == [("Typing", 1.5, 3.0)]


def test_the_most_important_come_first_and_they_are_few() -> None:
    skills = {f"Skill {number}": 3 + number / 10 for number in range(10)}
    rate("11-9111", skills)
    rate("43-1011", skills)
    assert [each.name for each in rated().shared] == [f"Skill {number}" for number in range(9, 9 - SHOWN, -1)]


def test_nothing_is_said_where_one_of_them_is_not_rated() -> None:
    rate("11-9111", {"Speaking": 4.1})
    rate("43-1011.01", {"Speaking": 4.1})
    assert rated_skills(published("11-9111"), published("43-1011")) is None
    assert rated_skills(published("11-9111"), None) is None


def test_an_occupation_is_not_compared_with_itself() -> None:
    rate("11-9111", {"Speaking": 4.1})
    assert rated_skills(published("11-9111"), published("11-9111")) is None


def test_the_release_is_credited() -> None:
    rate("11-9111", {"Speaking": 4.1})
    rate("43-1011", {"Speaking": 4.1})
    assert "O*NET 29.3 Database" in rated().credit
