"""What the API gives."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles.models import Comparison
from careers.models import Role
from tests.builders import SOURCED, make_category, make_draft, make_live, make_scheduled, make_withdrawn
from tests.careers.builders import make_area, make_occupation, make_release, make_wage
from tests.catalogue import write

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def ask(client: Client, path: str, **parameters: Any) -> Any:
    """Return what is given at the address below /api/v1/."""
    response = client.get(f"/api/v1/{path}", parameters)
    assert response.status_code == 200, response.content
    return response.json()


def level(wage: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in wage["levels"] if each["name"] == name)


def test_a_role_is_given_with_its_figures_and_where_each_is_from(client: Client) -> None:
    make_live(Role, title="Lamp Keeper", figures=[SOURCED], skills=["Patience"], also_called=["Wickie"])
    role = ask(client, "roles/lamp-keeper")
    assert role["page"] == "http://testserver/roles/lamp-keeper/"
    assert (role["skills"], role["names"]["also_called"]) == (["Patience"], ["Wickie"])
    assert role["education"] == "Bachelor's degree"
    assert role["figures"] == [
        {
            "measure": "median_pay",
            "label": "Median pay",
            "amount": 65917,
            "amount_high": None,
            "unit": "year",
            "mark": None,
            "text": "$65,917 a year",
            "period": "May 2025",
            "place": "United States",
            "covers": "",
            "occupation": None,
            "source": "US Bureau of Labor Statistics",
            "source_url": "",
        }
    ]


def test_a_role_has_the_pay_of_its_occupation_in_the_area_asked_for(client: Client) -> None:
    make_wage(annual_median=66_000)
    make_wage(annual_median=50_000, area=make_area("Ohio", "state"))
    make_live(Role, title="Lamp Keeper", occupation_id="11-9111", fit="part")
    places = [ask(client, "roles/lamp-keeper", **asked) for asked in ({}, {"area": "ohio"})]
    assert [level(role["published"]["wage"], "annual_median")["amount"] for role in places] == [66_000, 50_000]
    assert [role["figures"][0]["place"] for role in places] == ["United States", "Ohio"]
    assert places[0]["published"]["covers"] == "Lamp and rope managers, who include lamp keepers"


def test_an_area_that_is_nowhere_is_not_found(client: Client) -> None:
    make_live(Role, title="Lamp Keeper")
    response = client.get("/api/v1/roles/lamp-keeper?area=atlantis")
    assert response.status_code == 404
    assert "/api/v1/areas" in response.json()["detail"]


def test_links_in_prose_lead_from_anywhere(client: Client) -> None:
    there = make_live(Role, title="Rope Maker")
    links = f'<p><a href="doc:{there.pk}">Ropes</a> <a href="https://example.org/">out</a> <a href="#skills">in</a></p>'
    make_live(Role, title="Lamp Keeper", summary=links)
    body = ask(client, "roles/lamp-keeper")["parts"][0]["body"]
    assert 'href="http://testserver/roles/rope-maker/"' in body["html"]
    assert 'href="https://example.org/"' in body["html"]
    assert 'href="http://testserver/roles/lamp-keeper/#skills"' in body["html"]
    assert body["text"] == "Ropes out in"


@pytest.mark.parametrize(("kind", "path"), [(Role, "roles"), (Comparison, "comparisons")])
def test_only_what_is_live_is_given(client: Client, kind: Any, path: str) -> None:
    hidden = [make_draft(kind), make_scheduled(kind)]
    down = [make_withdrawn(kind), make_withdrawn(kind, reason="Outdated.")]
    live = make_live(kind)
    ours = {document.working_slug for document in (*hidden, *down, live)}
    listed = {item["slug"] for item in ask(client, path)["items"]}
    assert listed & ours == {live.working_slug}
    statuses = [client.get(f"/api/v1/{path}/{each.working_slug}").status_code for each in (*hidden, *down, live)]
    assert statuses == [404, 404, 410, 410, 200]


def test_a_comparison_is_given_whole(client: Client) -> None:
    a = make_live(Role, title="Lamp Keeper", figures=[SOURCED], skills=["Patience", "Rowing"])
    b = make_live(Role, title="Rope Maker", figures=[SOURCED | {"amount": "50000"}], skills=["Patience"])
    make_live(
        Comparison, role_a=a, role_b=b, category=make_category("At sea"), choose_a=["like the dark"], tags=["Sea"]
    )
    given = ask(client, "comparisons/lamp-keeper-vs-rope-maker")
    assert given["roles"] == ["lamp-keeper", "rope-maker"]
    assert (given["category"]["title"], given["topics"][0]["name"]) == ("At sea", "Sea")
    assert given["choose_a"] == ["like the dark"]
    assert given["intro"] == {"html": "<p>Which one?</p>", "text": "Which one?"}
    assert [part["heading"] for part in given["parts"]] == [
        "What is a lamp keeper?",
        "What is a rope maker?",
        "Job duties",
    ]
    assert given["skills"] == {"shared": ["Patience"], "only_a": ["Rowing"], "only_b": []}
    assert given["glance"]["differences"] == [
        "At the median, lamp keepers earn about 32% more than rope makers.",
    ]


def test_any_two_roles_are_compared_in_the_order_asked_for(client: Client) -> None:
    for title, amount in (("Lamp Keeper", "65917"), ("Rope Maker", "50000")):
        make_live(Role, title=title, figures=[SOURCED | {"amount": amount}])
    given = ask(client, "compare", a="rope-maker", b="lamp-keeper")
    assert (given["a"]["slug"], given["b"]["slug"]) == ("rope-maker", "lamp-keeper")
    assert given["page"] == "http://testserver/compare/lamp-keeper-vs-rope-maker/"
    assert given["article"] is None
    pay = next(row for row in given["glance"]["rows"] if row["label"] == "Median pay")
    assert (pay["a"]["text"], pay["b"]["text"]) == ("$50,000 a year", "$65,917 a year")
    assert given["glance"]["sources"][0]["where_and_when"] == "United States, May 2025"


def test_the_article_about_two_roles_is_named_whichever_comes_first(client: Client) -> None:
    a, b = make_live(Role, title="Lamp Keeper"), make_live(Role, title="Rope Maker")
    make_live(Comparison, role_a=b, role_b=a)
    make_live(Comparison, role_a=a)
    for asked in ({"a": a.slug, "b": b.slug}, {"a": b.slug, "b": a.slug}):
        given = ask(client, "compare", **asked)
        assert given["article"] == "http://testserver/api/v1/comparisons/rope-maker-vs-lamp-keeper"
        assert given["page"] == "http://testserver/compare/rope-maker-vs-lamp-keeper/"


def test_figures_that_do_not_compare_are_not_set_side_by_side(client: Client) -> None:
    make_live(Role, title="Lamp Keeper", figures=[SOURCED])
    make_live(Role, title="Rope Maker", figures=[SOURCED | {"period": "May 2024"}])
    rows = ask(client, "compare", a="lamp-keeper", b="rope-maker")["glance"]["rows"]
    pay = next(row for row in rows if row["label"] == "Median pay")
    assert pay == {"label": "Median pay", "a": None, "b": None, "instead": "Not comparable: another period."}


def test_two_roles_of_which_one_is_not_live_are_not_compared(client: Client) -> None:
    make_live(Role, title="Lamp Keeper")
    make_draft(Role, title="Rope Maker")
    assert client.get("/api/v1/compare?a=lamp-keeper&b=rope-maker").status_code == 404


def test_a_wage_says_of_whom_where_and_when_and_who_says_so(client: Client) -> None:
    make_wage(annual_median=66_000, employment=12_340, employment_rse="1.5")
    wage = ask(client, "wages/11-9111/united-states")
    assert (wage["period"], wage["published_on"]) == ("May 2025", "2026-04-01")
    assert wage["source"].startswith("US Bureau of Labor Statistics")
    assert (wage["occupation"]["code"], wage["area"]["title"]) == ("11-9111", "United States")
    assert "The self-employed are not counted." in wage["counts"]
    assert level(wage, "employment") == {
        "name": "employment",
        "label": "People employed",
        "amount": 12_340,
        "unit": "people",
        "mark": None,
        "text": "12,340 people",
        "error_percent": 1.5,
    }


def test_what_has_no_number_says_why_and_none_is_made_up(client: Client) -> None:
    marks = {"annual_90": "top", "hourly_90": "top", "annual_75": "suppressed", "hourly_mean": "not_applicable"}
    make_wage(annual_median=66_000, marks=marks)
    wage = ask(client, "wages/11-9111/united-states")
    said = {
        name: (level(wage, name)["amount"], level(wage, name)["mark"], level(wage, name)["text"])
        for name in ("annual_90", "hourly_90", "annual_75", "hourly_mean")
    }
    assert said == {
        "annual_90": (239_200, "top", "$239,200 or more a year"),
        "hourly_90": (115, "top", "$115 or more an hour"),
        "annual_75": (None, "suppressed", "Not released by the source"),
        "hourly_mean": (None, "not_applicable", "Not stated in this unit"),
    }
    assert "annual_10" not in [each["name"] for each in wage["levels"]]


def test_figures_are_written_as_the_pages_write_them(client: Client, settings: Settings, tmp_path: Path) -> None:
    make_wage(annual_median=66_000, employment=1, marks={"annual_90": "top"})
    names = ("employment", "annual_median", "annual_90")
    wage = ask(client, "wages/11-9111/united-states")
    assert [level(wage, name)["text"] for name in names] == [
        *("1 person", "$66,000 a year", "$239,200 or more a year"),
    ]
    said = {"People employed": "Beschäftigte", "Median": "Mittlerer Wert", "a year": "im Jahr"}
    write(tmp_path, "de", said | {"%(amount)s or more": "mindestens %(amount)s"})
    settings.LOCALE_PATHS, settings.LANGUAGE_CODE = [tmp_path], "de"
    wage = ask(client, "wages/11-9111/united-states")
    assert [(level(wage, name)["label"], level(wage, name)["text"]) for name in names] == [
        ("Beschäftigte", "1 person"),
        ("Mittlerer Wert", "$66.000 im Jahr"),
        ("90th percentile", "mindestens $239.200 im Jahr"),
    ]


def test_a_release_that_is_not_current_yet_is_not_given(client: Client) -> None:
    tomorrow: datetime = timezone.now() + timedelta(days=1)
    coming = make_release(2026, current_from=tomorrow, published_on=date(2027, 4, 1))
    make_wage(release=coming, area=make_area("Ohio", "state"))
    assert ask(client, "occupations")["items"] == ask(client, "areas")["items"] == []
    assert client.get("/api/v1/wages/11-9111/ohio").status_code == 404


def test_occupations_are_found_by_words_and_level(client: Client) -> None:
    for code, title, rank in (("11-0000", "Managers", "major"), ("11-9111", "Lamp and Rope Managers", "detailed")):
        make_occupation(code, title, level=rank)
        make_wage(code)
    make_occupation("11-9999", "Managers Without Wages")

    def codes(**asked: str) -> list[str]:
        return [item["code"] for item in ask(client, "occupations", **asked)["items"]]

    assert codes() == codes(q="manager") == ["11-0000", "11-9111"]
    assert codes(q="rope LAMP") == codes(level="detailed") == ["11-9111"]


def test_areas_and_the_wages_in_them_are_listed_by_kind(client: Client) -> None:
    for place in (make_area(), make_area("Ohio", "state"), make_area("Texas", "state")):
        make_wage(area=place)
    assert [area["slug"] for area in ask(client, "areas", kind="state")["items"]] == ["ohio", "texas"]
    wages = ask(client, "wages/11-9111", kind="state")["items"]
    assert [wage["area"]["slug"] for wage in wages] == ["ohio", "texas"]
    assert len(ask(client, "wages/11-9111")["items"]) == 3
