"""What the form of a role offers, and that nothing of it is saved unless the form is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse

from careers.models import Role
from careers.onet.licence import attribution
from publishing.richtext import sanitise
from tests.articles.admin.desk import page
from tests.articles.builders import act, form_in, sign_in
from tests.builders import make_role, make_user
from tests.careers.onet.builders import KEEPERS, keep, make_occupation, skill, tables

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

FORM = "form#role_form"
SUGGESTIONS = "/admin/careers/role/suggestions/"


@pytest.fixture
def keeper(tmp_path: Path, client: Client) -> Role:
    """Return a role of an occupation of which O*NET says something; a writer is signed in."""
    sign_in(client, "Writer")
    occupation = make_occupation("99-1011", "Keepers")
    make_occupation("99-2022", "Makers")
    keep(tmp_path)
    return make_role("Lampkeeper", occupation=occupation, fit="exact", education="")


def panel(html: str) -> Tag:
    found = BeautifulSoup(html, "html.parser").select_one(".suggestions")
    assert found is not None
    return found


def items(tag: Tag, field: str) -> list[str]:
    return [each.get_text() for each in tag.select(f"[data-adds-to=id_{field}] [data-item]")]


def test_a_writer_is_offered_what_fits_each_field(client: Client, keeper: Role) -> None:
    offered = panel(page(client, act(keeper, "change")))
    assert items(offered, "duties")[0] == "Trim the wick before dusk."
    assert items(offered, "skills") == ["Watching", "Lanternware"]
    assert items(offered, "also_called")[0] == "Keeper of the Light"
    assert items(offered, "education") == ["Bachelor's degree"]
    assert "the most common answer, 60%" in offered.get_text()


def test_the_credit_that_the_licence_asks_for_stands_below(client: Client, keeper: Role) -> None:
    credit = panel(page(client, act(keeper, "change"))).select_one("[data-credit]")
    assert credit is not None
    assert "the O*NET 29.3 Database by the U.S. Department of Labor" in credit.get_text()
    assert "Side by Side has modified all or some of this information" in credit.get_text()


def test_the_credit_can_be_kept_in_a_text() -> None:
    assert sanitise(f"<p>{attribution('29.3')}</p>") == f"<p>{attribution('29.3')}</p>"


def test_roles_of_related_occupations_are_led_to(client: Client, keeper: Role) -> None:
    sibling = make_role("Roper", occupation_id="99-2022", fit="part")
    offered = panel(page(client, act(keeper, "change")))
    links = {link.get_text(): link["href"] for link in offered.select("li a")}
    assert links["Roper"] == act(sibling, "change")
    assert (
        links["compare with Roper"]
        == f"{reverse('admin:articles_comparison_start')}?role_a={keeper.pk}&role_b={sibling.pk}"
    )


def test_a_related_occupation_without_a_role_offers_to_write_one(client: Client, keeper: Role) -> None:
    offered = panel(page(client, act(keeper, "change")))
    link = offered.select_one("a[href*='occupation=99-2022']")
    assert link is not None
    form = form_in(page(client, str(link["href"])), FORM)
    assert form["occupation"] == "99-2022"


def test_another_occupation_brings_other_suggestions_before_it_is_saved(client: Client, keeper: Role) -> None:
    html = page(client, f"{SUGGESTIONS}?occupation=99-1011")
    assert "Trim the wick before dusk." in html
    assert "says nothing of this occupation" in page(client, f"{SUGGESTIONS}?occupation=99-3033&role={keeper.pk}")


@pytest.mark.parametrize("query", ["", "?occupation=", "?role=none", f"?role={'9' * 40}"])
def test_without_an_occupation_the_panel_says_what_to_do(client: Client, query: str) -> None:
    sign_in(client, "Writer")
    assert "Choose an occupation" in page(client, SUGGESTIONS + query)


def test_without_a_release_the_panel_says_so(client: Client) -> None:
    sign_in(client, "Writer")
    make_occupation("99-1011", "Keepers")
    assert "No release of the O*NET Database" in page(client, f"{SUGGESTIONS}?occupation=99-1011")


def test_suggestions_follow_a_form_that_was_turned_away(client: Client, keeper: Role) -> None:
    sent = form_in(page(client, act(keeper, "change")), FORM) | {"occupation": "99-2022", "title": ""}
    answer = client.post(act(keeper, "change"), sent).content.decode()
    assert "Rope Makers (99-2022.00)" in panel(answer).get_text()


def test_the_form_keeps_occupation_and_fit_and_nothing_that_is_only_offered(client: Client, keeper: Role) -> None:
    sent: dict[str, Any] = form_in(page(client, act(keeper, "change")), FORM)
    client.post(act(keeper, "change"), sent | {"occupation": "99-2022", "fit": "close", "_continue": "1"})
    keeper.refresh_from_db()
    assert (keeper.occupation_id, keeper.fit) == ("99-2022", "close")
    assert (keeper.duties, keeper.skills, keeper.also_called, keeper.education) == ("", [], [], "")


def test_an_occupation_without_a_fit_is_turned_away(client: Client, keeper: Role) -> None:
    sent = form_in(page(client, act(keeper, "change")), FORM) | {"fit": ""}
    answer = client.post(act(keeper, "change"), sent).content.decode()
    assert "Say how well the occupation fits the role" in answer


def test_many_alternate_titles_are_cut_and_the_rest_is_led_to(client: Client, keeper: Role, tmp_path: Path) -> None:
    content = tables()
    titles = [f"Keeper number {number}" for number in range(70)]
    content["Alternate Titles"] = [{"O*NET-SOC Code": KEEPERS, "Alternate Title": title} for title in titles]
    keep(tmp_path, content)
    offered = panel(page(client, act(keeper, "change")))
    assert len(items(offered, "also_called")) == 60
    link = offered.select_one("a[href*=onetoccupation]")
    assert link is not None
    assert link.get_text() == "11 more titles"
    assert "Keeper number 69" in page(client, str(link["href"]))


def test_skills_below_important_are_left_out(client: Client, keeper: Role, tmp_path: Path) -> None:
    content = tables()
    content["Skills"] = [skill(KEEPERS, "Winking", "2.99"), skill(KEEPERS, "Waking", "3")]
    keep(tmp_path, content)
    assert items(panel(page(client, act(keeper, "change"))), "skills") == ["Waking", "Lanternware"]


def test_who_may_not_change_roles_is_offered_nothing(client: Client) -> None:
    client.force_login(make_user("writer"))
    assert client.get(SUGGESTIONS).status_code == 403


@pytest.mark.parametrize("code", ["99-9999", "nobody", "9" * 400, "\0"])
def test_an_occupation_that_does_not_exist_is_turned_away(client: Client, keeper: Role, code: str) -> None:
    sent = form_in(page(client, act(keeper, "change")), FORM) | {"occupation": code}
    answer = client.post(act(keeper, "change"), sent)
    assert answer.status_code == 200
    assert "occupation" in answer.context["adminform"].form.errors
