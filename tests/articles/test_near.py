"""What is offered in place of a page that was taken down."""

from __future__ import annotations

from typing import Any

import pytest

from articles.models import Comparison, Page
from articles.near import Near, near
from careers.models import Role
from tests.builders import ahead, editions, make_category, make_draft, make_live, make_withdrawn
from tests.careers.builders import make_occupation

pytestmark = pytest.mark.django_db


def of(document: Any) -> Near:
    at = ahead()
    return near(editions(document).at(at).get(), at=at)


def titles(found: Any) -> list[str]:
    return [each.title for each in found]


def test_near_a_comparison_are_its_roles_what_is_related_and_its_category() -> None:
    shelf, role = make_category(), make_live(Role, title="Rope Maker")
    related = make_live(Comparison, role_a=role, category=shelf)
    gone = make_withdrawn(Comparison, role_a=role, role_b=make_live(Role, title="Net Maker"), category=shelf)
    found = of(gone)
    assert titles(found.roles) == ["Net Maker", "Rope Maker"]
    assert titles(found.comparisons) == [str(related)]
    assert found.category == shelf


def test_a_category_in_which_nothing_is_live_is_not_offered() -> None:
    make_live(Comparison)
    assert of(make_withdrawn(Comparison)).category is None


def test_near_a_role_are_those_with_its_tag_or_in_its_group_of_occupations() -> None:
    for code in ("11-9111", "11-9121", "11-3010"):
        make_occupation(code)
    make_live(Role, title="Sail Maker", tags=["Harbours"])
    make_live(Role, title="Pilot", occupation_id="11-9121", fit="exact", tags=["Harbours"])
    make_live(Role, title="Clerk", occupation_id="11-3010", fit="exact")
    make_draft(Role, title="Diver", tags=["Harbours"])
    gone = make_withdrawn(Role, occupation_id="11-9111", fit="exact", tags=["Harbours"])
    assert titles(of(gone).roles) == ["Pilot", "Sail Maker"]


def test_near_a_role_of_which_nothing_is_known_is_nothing() -> None:
    make_live(Role)
    assert titles(of(make_withdrawn(Role)).roles) == []


def test_near_one_of_the_sites_own_pages_is_nothing() -> None:
    assert of(make_withdrawn(Page)) == Near()


@pytest.mark.parametrize("kind", [Comparison, Role])
def test_what_is_near_costs_three_queries_at_most(kind: Any, django_assert_max_num_queries: Any) -> None:
    gone = make_withdrawn(kind, tags=["Harbours"])
    edition = editions(gone).at(ahead()).select_related("revision").get()
    with django_assert_max_num_queries(3):
        near(edition, at=ahead())
