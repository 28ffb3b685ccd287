"""How a new comparison begins."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from articles.models import STANDARD_SECTIONS, Comparison
from careers.models import Role
from tests.articles.admin.desk import ADD, FORM, page, save, told
from tests.articles.builders import act, form_in, sign_in
from tests.builders import make_comparison, make_draft, make_live, make_role

pytestmark = pytest.mark.django_db


def new_comparison(client: Client, **fields: Any) -> Any:
    """Fill in the form for a new comparison and press “Save draft”."""
    sent = form_in(page(client, ADD), FORM) | fields | {"_continue": "1"}
    return client.post(ADD, sent)


def test_a_new_comparison_starts_with_the_standard_sections_and_its_author(client: Client) -> None:
    writer = sign_in(client, "Writer")
    a, b = make_role(), make_role()
    assert new_comparison(client, role_a=a.pk, role_b=b.pk).status_code == 302
    comparison = Comparison.objects.get()
    assert tuple(comparison.sections.values_list("heading", flat=True)) == STANDARD_SECTIONS
    assert comparison.author == writer
    assert [section["heading"] for section in comparison.revisions.get().content["sections"]] == [*STANDARD_SECTIONS]


def test_a_standard_section_that_is_not_wanted_is_left_out(client: Client) -> None:
    sign_in(client, "Writer")
    new_comparison(client, role_a=make_role().pk, role_b=make_role().pk, **{"sections-1-heading": ""})
    assert Comparison.objects.get().sections.count() == len(STANDARD_SECTIONS) - 1


def test_a_comparison_that_is_there_gets_no_sections_that_were_not_asked_for(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    save(client, comparison)
    assert [section.heading for section in comparison.sections.all()] == ["Job duties"]


@pytest.mark.parametrize("turn", [False, True])
def test_a_pair_that_has_a_comparison_gets_no_second_one(client: Client, turn: bool) -> None:  # noqa: FBT001
    sign_in(client, "Writer")
    pair = make_comparison()
    roles = (
        {"role_a": pair.role_b_id, "role_b": pair.role_a_id}
        if turn
        else {
            "role_a": pair.role_a_id,
            "role_b": pair.role_b_id,
        }
    )
    response = new_comparison(client, **roles)
    assert "There is a comparison of these two roles already" in response.content.decode()
    assert Comparison.objects.count() == 1


def test_a_role_is_not_compared_with_itself(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_role()
    response = new_comparison(client, role_a=role.pk, role_b=role.pk)
    assert "Choose two different roles" in response.content.decode()
    assert not Comparison.objects.exists()


def test_an_article_that_others_have_wished_for_is_pinned_there(client: Client) -> None:
    sign_in(client, "Writer")
    a, b = make_role("Rope Maker"), make_role("Weaver")
    wisher = make_comparison()
    wisher.wishes.create(title="Weaver vs. Rope Maker: What Are the Differences?")
    new_comparison(client, role_a=a.pk, role_b=b.pk)
    made = Comparison.of_pair(a.pk, b.pk)
    assert [pin.target for pin in wisher.pins.all()] == [made]
    assert not wisher.wishes.exists()
    assert f"Pinned on “{wisher}”, which had named it." in told(client)


POPUP = "_popup"


def test_a_role_that_is_added_in_a_popup_is_handed_to_the_form_that_asked(client: Client) -> None:
    sign_in(client, "Editor")
    add = "/admin/careers/role/add/"
    form = page(client, f"{add}?{POPUP}=1")
    assert "Save draft" in form
    assert 'name="_preview"' not in form
    assert 'name="_publish"' not in form
    sent = form_in(form, "form#role_form") | {"title": "Weaver", "slug": "weaver"}
    for button in ("_continue", "_publish", "_submit"):
        response = client.post(add, sent | {"title": f"Weaver {button}", "slug": f"weaver-{button}", button: "1"})
        assert "admin/popup_response.html" in [used.name for used in response.templates]


def test_a_role_that_is_changed_in_a_popup_is_handed_back_too(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_live(Role)
    form = page(client, f"{act(role, 'change')}?{POPUP}=1")
    assert "What readers see" not in form
    response = client.post(act(role, "change"), form_in(form, "form#role_form") | {"_publish": "1"})
    assert "admin/popup_response.html" in [used.name for used in response.templates]
