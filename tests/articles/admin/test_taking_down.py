"""How an editor takes a page down from the form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from articles.models import Comparison, ComparisonEdition
from careers.models import Role, RoleEdition
from publishing.models import Document, Redirect
from tests.articles.admin.desk import ACT_FORM, page, told
from tests.articles.builders import act, form_in, sign_in
from tests.builders import make_draft, make_live, make_scheduled

pytestmark = pytest.mark.django_db


def withdraw(client: Client, document: Document, **answers: Any) -> Any:
    """Fill in the page that asks what readers find instead, and press the button."""
    address = act(document, "withdraw")
    return client.post(address, form_in(page(client, address), ACT_FORM) | answers)


def test_an_editor_takes_a_page_down_with_a_notice(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_live(Comparison)
    address = ComparisonEdition.objects.get().get_absolute_url()
    response = withdraw(client, comparison, instead="notice")
    assert response.context["form"].errors["reason"] == ["Write the reason: the notice shows it to readers."]
    withdraw(client, comparison, instead="notice", reason="Both jobs have changed.")
    assert "Both jobs have changed." in page(Client(), address)


def test_an_editor_leads_readers_to_another_page(client: Client) -> None:
    sign_in(client, "Editor")
    old = make_live(Role, title="Rope Maker")
    make_live(Role, title="Cord Maker")
    response = withdraw(client, old, instead="redirect")
    assert response.context["form"].errors["redirect_to"] == [
        "Write the address or the title of the page that readers are led to."
    ]
    withdraw(client, old, instead="redirect", redirect_to="/roles/cord-maker/")
    response = Client().get("/roles/rope-maker/")
    assert (response.status_code, response["Location"]) == (301, "/roles/cord-maker/")


def test_a_role_that_a_live_comparison_needs_is_not_taken_down(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_live(Comparison)
    response = withdraw(client, comparison.role_a, instead="gone")
    (reason,) = response.context["form"].non_field_errors()
    assert f"needs “{comparison.role_a}”" in reason
    assert RoleEdition.objects.live().filter(document=comparison.role_a).exists()


def test_a_role_is_taken_down_together_with_the_comparisons_that_need_it(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_live(Comparison)
    role = comparison.role_a
    answers = {"when": "now", "instead": "gone"}
    refused = client.post(act(role, "withdraw"), answers)
    assert "needs" in " ".join(refused.context["form"].non_field_errors())
    client.post(act(role, "withdraw"), answers | {"together": comparison.pk})
    assert not ComparisonEdition.objects.live().exists()
    assert not RoleEdition.objects.live().filter(document=role).exists()


@pytest.mark.parametrize(
    ("named", "error"),
    [
        ("/roles/nobody/", "No page of this site is at /roles/nobody/: check its spelling, or write the title."),
        ("/roles/weaver/", "Readers do not see “Weaver” then: name a page that is live."),
    ],
)
def test_readers_are_led_only_to_a_page_that_is_there(client: Client, named: str, error: str) -> None:
    sign_in(client, "Editor")
    role = make_live(Role)
    make_draft(Role, title="Weaver", slug="weaver")
    response = withdraw(client, role, instead="redirect", redirect_to=named)
    assert response.context["form"].errors["redirect_to"] == [error]
    assert RoleEdition.objects.live().filter(document=role).exists()


def test_readers_can_be_led_to_a_page_that_is_live_by_then(client: Client) -> None:
    sign_in(client, "Editor")
    role, coming = make_live(Role), make_scheduled(Role, title="Weaver", slug="weaver")
    moment = (timezone.now() + timedelta(days=3)).replace(microsecond=0)
    withdraw(
        client,
        role,
        when="at",
        at_0=f"{moment:%Y-%m-%d}",
        at_1=f"{moment:%H:%M:%S}",
        instead="redirect",
        redirect_to="/roles/weaver/",
    )
    (sentence,) = told(client)
    assert sentence.startswith("Scheduled: the page goes down on ")
    assert Redirect.objects.get(live_from=moment).document_id == coming.pk


def test_the_desk_calls_it_taking_down(client: Client) -> None:
    sign_in(client, "Editor")
    asked = page(client, act(make_live(Role, title="Weaver"), "withdraw"))
    assert "Take down: Weaver" in asked
    words = BeautifulSoup(asked, "html.parser").get_text().lower()
    assert "withdraw" not in words
    assert "working copy" not in words
