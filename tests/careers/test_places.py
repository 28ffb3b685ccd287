"""Where a reader may ask what roles are paid."""

from __future__ import annotations

import pytest
from django.utils import timezone

from careers.places import Places, places
from tests.careers.builders import make_area, make_wage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _country() -> None:
    ohio, guam = make_area("Ohio", "state"), make_area("Guam", "state")
    akron = make_area("Akron, OH", "metro", state=ohio)
    make_area("Toledo, OH", "metro", state=ohio)
    for area in (make_area(), ohio, akron):
        make_wage(area=area)
    make_wage("15-1252", area=guam)


def offered(slug: str, *codes: str) -> Places:
    found = places(codes or ("11-9111",), at=timezone.now(), slug=slug)
    assert found is not None
    return found


def test_places_are_offered_that_something_is_published_for() -> None:
    found = offered("united-states")
    assert [area.title for area in (*found.nation, *found.states)] == ["United States", "Ohio"]
    assert found.within == []
    assert [area.title for area in offered("united-states", "11-9111", "15-1252").states] == ["Guam", "Ohio"]


@pytest.mark.parametrize("slug", ["ohio", "akron-oh"])
def test_the_areas_of_a_state_are_offered_once_it_or_one_of_them_is_chosen(slug: str) -> None:
    found = offered(slug)
    assert [area.title for area in found.within] == ["Akron, OH"]
    assert found.chosen.slug == slug
    assert found.state == "Ohio"


@pytest.mark.parametrize("slug", ["guam", "toledo-oh", "nowhere", ""])
def test_a_place_without_anything_published_cannot_be_looked_at(slug: str) -> None:
    assert places(["11-9111"], at=timezone.now(), slug=slug) is None
