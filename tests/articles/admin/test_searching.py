"""The search of the list of comparisons finds the same whichever way it takes."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from articles import admin_searching
from articles.models import Comparison
from careers.models import Role
from publishing.put_away import put_away
from tests.articles.admin.desk import page
from tests.articles.builders import sign_in
from tests.builders import make_draft

pytestmark = pytest.mark.django_db

BY_ROLES, BY_WALKING = 0, 1_000_000


@pytest.fixture(autouse=True, params=[BY_ROLES, BY_WALKING])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admin_searching, "RARE", request.param)


@pytest.fixture
def desk(client: Client) -> Client:
    sign_in(client, "Editor")
    office, harbor, planner = (make_draft(Role, title=title) for title in ("Office Manager", "Harbor 50%", "Planner"))
    make_draft(Comparison, role_a=office, role_b=harbor)
    make_draft(Comparison, role_a=harbor, role_b=planner)
    make_draft(Comparison, role_a=planner, role_b=office, title="Who runs the place?")
    return client


OFFICE_HARBOR = "Office Manager vs. Harbor 50%: What Are the Differences?"
HARBOR_PLANNER = "Harbor 50% vs. Planner: What Are the Differences?"
TITLED = "Who runs the place?"


def found(client: Client, words: str) -> list[str]:
    html = BeautifulSoup(page(client, f"/admin/articles/comparison/?{words}"), "html.parser")
    return [link.get_text() for link in html.select(".field-__str__ a")]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("q=manager", [TITLED, OFFICE_HARBOR]),
        ("q=MANAG", [TITLED, OFFICE_HARBOR]),
        ("q=harbor+manager", [OFFICE_HARBOR]),
        ("q=planner+harbor", [HARBOR_PLANNER]),
        ("q=runs", [TITLED]),
        ("q=planner+runs", [TITLED]),
        ("q=harbor+runs", []),
        ("q=%22office+manager%22+harbor", [OFFICE_HARBOR]),
        ("q=%22manager+office%22", []),
        ("q=50%25", [HARBOR_PLANNER, OFFICE_HARBOR]),
        ("q=5_%25", []),
        ("q=xylophone", []),
        ("q=+", [TITLED, HARBOR_PLANNER, OFFICE_HARBOR]),
    ],
)
def test_every_word_that_was_typed_stands_in_its_title_or_in_that_of_a_role(
    desk: Client, typed: str, expected: list[str]
) -> None:
    assert found(desk, typed) == expected


def test_what_was_found_is_ordered_and_filtered_like_the_list(desk: Client) -> None:
    first = Comparison.objects.order_by("pk")[0]
    first.save()
    assert found(desk, "q=manager&o=-5") == [OFFICE_HARBOR, TITLED]
    assert found(desk, "q=manager&state=live") == []


def test_what_was_deleted_is_found_where_it_is_asked_for(desk: Client) -> None:
    put_away(Comparison.objects.get(title=TITLED), by=sign_in(desk, "Editor"))
    assert found(desk, "q=manager") == [OFFICE_HARBOR]
    assert found(desk, "q=manager&deleted=yes") == [TITLED]
