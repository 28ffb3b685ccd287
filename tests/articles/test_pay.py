"""Published pay on the pages of roles and comparisons: the same record on each, in the place that a reader asks for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Comparison
from careers.models import Fit, Role
from publishing.as_of import KEY
from tests.articles.builders import sign_in
from tests.builders import make_live
from tests.careers.builders import make_area, make_occupation, make_release, make_wage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

QUERIES = 7


def make_paid(title: str, code: str, fit: str = Fit.EXACT) -> Role:
    """Return a live role whose figures are those of the occupation."""
    role: Role = make_live(Role, title=title, occupation=make_occupation(code), fit=fit)
    return role


@pytest.fixture
def path() -> str:
    """Return the path of a comparison of two roles that are paid in the nation, and one of them in Ohio."""
    make_wage("11-9111", annual_10=40_000, annual_median=66_000, annual_90=99_000, employment=12_340)
    make_wage("43-1011", annual_median=60_000)
    ohio = make_area("Ohio", "state")
    make_wage("11-9111", area=ohio, annual_median=58_000)
    roles = make_paid("Lamp Keeper", "11-9111"), make_paid("Rope Maker", "43-1011")
    return make_live(Comparison, role_a=roles[0], role_b=roles[1]).working_path()  # type: ignore[no-any-return]


def page(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def row(soup: BeautifulSoup, label: str) -> list[str]:
    for tr in soup.select(".glance tr"):
        if tr.th and tr.th.get_text(strip=True) == label:
            return [td.get_text(" ", strip=True) for td in tr.select("td")]
    return []


def test_both_roles_show_what_is_published_of_their_occupations(client: Client, path: str) -> None:
    soup = page(client, path)
    assert row(soup, "Median pay") == ["$66,000 a year", "$60,000 a year"]
    assert row(soup, "People employed") == ["12,340 people", "No figure published"]
    assert row(soup, "The difference") == ["At the median, lamp keepers earn about 10% more than rope makers."]
    assert "United States, May 2025" in row(soup, "Source")[0]
    assert [text.get_text() for text in soup.select(".pay-chart .middle")] == ["$66,000", "$60,000"]


def test_the_place_that_a_reader_asks_for_is_kept_in_the_address(client: Client, path: str) -> None:
    soup = page(client, f"{path}?area=ohio")
    assert row(soup, "Median pay") == ["$58,000 a year", "No figure published"]
    assert row(soup, "The difference") == []
    chosen = soup.select_one(".places option[selected]")
    assert chosen and chosen.get_text() == "Ohio"
    canonical = soup.select_one("link[rel=canonical]")
    assert canonical and str(canonical["href"]).endswith(path)


@pytest.mark.parametrize("area", ["nowhere", "guam", "%00"])
def test_a_place_of_which_nothing_is_published_leads_to_the_page_itself(client: Client, path: str, area: str) -> None:
    make_area("Guam", "state")
    response = client.get(f"{path}?area={area}")
    assert (response.status_code, response["Location"]) == (302, path)


def test_roles_that_are_counted_in_one_occupation_are_not_said_to_earn_the_same(client: Client) -> None:
    make_wage()
    roles = make_paid("Lamp Keeper", "11-9111", Fit.PART), make_paid("Rope Maker", "11-9111", Fit.PART)
    soup = page(client, make_live(Comparison, role_a=roles[0], role_b=roles[1]).working_path())
    assert row(soup, "The difference") == [
        "Both roles are counted in one and the same occupation, so no difference in their pay is published."
    ]


def test_a_newer_release_changes_every_page_at_once_and_leaves_the_past(client: Client, path: str) -> None:
    sign_in(client, "Editor")
    now = timezone.now()
    newer = make_release(2026, current_from=now + timedelta(days=1))
    make_wage("11-9111", release=newer, annual_median=72_000)

    def median(days: int) -> str:
        session = client.session
        session[KEY] = (now + timedelta(days=days)).isoformat()
        session.save()
        return row(page(client, path), "Median pay")[0]

    assert median(0) == "$66,000 a year"
    assert median(2) == "$72,000 a year"
    assert row(page(Client(), path), "Median pay")[0] == "$66,000 a year"


def test_the_page_of_a_role_says_whose_figures_these_are(client: Client) -> None:
    make_wage()
    make_paid("Lamp Keeper", "11-9111", Fit.PART)
    text = page(client, "/roles/lamp-keeper/").get_text(" ", strip=True)
    assert "$66,000 a year Lamp and rope managers, who include lamp keepers" in text


@pytest.mark.parametrize("query", ["", "?area=ohio"])
def test_a_comparison_with_facts_takes_few_queries(client: Client, path: str, query: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get(path + query)
    assert len(captured) <= QUERIES
