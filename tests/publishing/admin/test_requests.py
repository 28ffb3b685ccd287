"""Requests that no page of the desk makes: they are answered in words, and change nothing."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from careers.models import Role, RoleEdition
from publishing.models import OpenForm, Revision, Submission
from tests.articles.admin.desk import ACT_FORM, page, told
from tests.articles.builders import act, form_in, sign_in
from tests.builders import make_draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/admin/careers/role/?q=As%00h",
        "/admin/search/?q=As%00h",
        "/admin/autocomplete/?app_label=articles&model_name=comparison&field_name=role_a&term=As%00h",
    ],
)
def test_a_search_is_read_without_what_stands_in_no_text(client: Client, address: str) -> None:
    sign_in(client, "Editor")
    make_draft(Role, title="Ash")
    response = client.get(address)
    assert response.status_code == 200
    assert "Ash" in response.content.decode()


def test_a_name_with_a_character_that_stands_in_no_text_is_refused(client: Client) -> None:
    sign_in(client, "Editor")
    revision = make_draft(Role).revisions.get()
    client.post(act(revision.document.working_copy, "name"), {"revision": revision.pk, "name": "a\0b"})
    assert told(client) == ["Null characters are not allowed."]
    assert Revision.objects.get().name == ""


@pytest.mark.parametrize("name", ["dismiss", "undismiss"])
def test_nothing_is_set_aside_with_such_a_character(client: Client, name: str) -> None:
    sign_in(client, "Editor")
    client.post(act(make_draft(Role), name), {"key": "a\0b", "reason": "a\0b"})
    assert told(client) == ["Null characters are not allowed."]


def test_such_a_character_is_left_out_of_what_is_kept_of_a_form(client: Client) -> None:
    sign_in(client, "Writer")
    typed = json.dumps([["definition", r"a\u0000 stays, " + "\0 goes"]])
    assert client.post(act(make_draft(Role), "keep"), {"typed": typed}).status_code == 200
    assert OpenForm.objects.get().typed == [["definition", r"a\u0000 stays,  goes"]]


def test_half_a_character_is_not_kept(client: Client) -> None:
    sign_in(client, "Writer")
    assert client.post(act(make_draft(Role), "keep"), {"typed": r'[["title", "\ud800"]]'}).status_code == 400


def test_the_form_of_a_document_that_no_database_holds_is_not_kept(client: Client) -> None:
    sign_in(client, "Writer")
    assert client.post(f"/admin/careers/role/{10**30}/keep/", {}).status_code == 404
    assert client.post("/admin/careers/role/999/keep/", {}).status_code == 404


@pytest.mark.parametrize("name", ["publish", "submit"])
def test_a_revision_of_another_document_is_neither_published_nor_replaced_by_the_newest(
    client: Client, name: str
) -> None:
    sign_in(client, "Editor")
    role, other = make_draft(Role), make_draft(Role)
    sent = form_in(page(client, act(role, name)), ACT_FORM)
    assert client.post(act(role, name), sent | {"revision": other.revisions.get().pk}).status_code == 404
    assert not RoleEdition.objects.exists()
    assert not Submission.objects.exists()


def test_nothing_is_published_unless_the_form_says_which_revision(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_draft(Role)
    sent = form_in(page(client, act(role, "publish")), ACT_FORM)
    del sent["revision"]
    assert client.post(act(role, "publish"), sent).status_code == 200
    assert not RoleEdition.objects.exists()


def test_a_moment_at_which_every_window_has_ended_is_refused(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_draft(Role)
    sent = form_in(page(client, act(role, "publish")), ACT_FORM)
    response = client.post(act(role, "publish"), sent | {"when": "at", "at_0": "9999-12-31", "at_1": "12:00:00"})
    assert response.context["form"].non_field_errors() == [
        "That moment is too far off: choose one before the year 9999."
    ]
    assert not RoleEdition.objects.exists()


def test_a_tag_that_is_too_long_to_be_kept_is_told_in_the_form(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role, tags=["Craft"])
    sent = form_in(page(client, act(role, "change")), "form#role_form") | {"tags": f"Craft, {'x' * 101}"}
    response = client.post(act(role, "change"), sent)
    assert "A tag has up to 100 characters" in response.content.decode()
    assert list(role.tags.names()) == ["Craft"]
