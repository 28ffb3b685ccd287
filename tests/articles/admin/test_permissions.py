"""Who is offered what at the desk, and who is refused."""

from __future__ import annotations

from typing import Literal

import pytest
from django.test import Client

from articles.models import Comparison, Page
from careers.models import Role
from publishing.models import Document
from tests.articles.admin.desk import page, save
from tests.articles.builders import act, sign_in
from tests.builders import make_draft, make_live, make_page, make_scheduled, revise

pytestmark = pytest.mark.django_db


def test_a_writer_saves_and_is_offered_no_publishing(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_live(Comparison)
    save(client, comparison, title="A better title")
    assert Comparison.objects.get().title == "A better title"
    form = page(client, act(comparison, "change"))
    assert "Save draft" in form
    history = page(client, act(comparison, "history"))
    for offer in ("publish", "withdraw"):
        assert act(comparison, offer) not in form + history
    assert 'name="_publish"' not in form
    assert "Cancel what is scheduled" not in form


def test_an_editor_is_offered_all(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_live(Comparison)
    form = page(client, act(comparison, "change"))
    for offer in ("preview", "publish", "withdraw", "history"):
        assert act(comparison, offer) in form
    assert 'name="_publish"' in form


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
def test_a_writer_decides_nothing_that_readers_see(client: Client, kind: type[Document]) -> None:
    sign_in(client, "Writer")
    live, scheduled = make_live(kind), make_scheduled(kind)
    edition = kind.edition_model.objects.get(document=scheduled)
    before = list(kind.edition_model.objects.order_by("pk").values())
    for name, document, sent in (
        ("publish", live, {"when": "now"}),
        ("withdraw", live, {"when": "now", "instead": "gone"}),
        ("cancel", scheduled, {"edition": edition.pk}),
    ):
        assert client.post(act(document, name), sent).status_code == 403
    assert client.get(act(live, "publish")).status_code == 403
    assert client.get(act(live, "withdraw")).status_code == 403
    assert list(kind.edition_model.objects.order_by("pk").values()) == before


def test_a_writer_does_not_change_the_sites_own_pages(client: Client) -> None:
    sign_in(client, "Writer")
    notes = make_draft(Page)
    first = notes.revisions.get()
    revise(notes, title="Changed")
    assert client.post(act(notes, "change"), {"title": "Mine"}).status_code == 403
    assert client.post(act(notes, "restore"), {"revision": first.pk}).status_code == 403
    assert Page.objects.get().title == "Changed"


def test_nothing_is_deleted_at_the_desk(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_draft(Comparison)
    assert client.post(act(comparison, "delete"), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in page(client, "/admin/articles/comparison/")


def test_the_lists_open_for_writers_and_editors(client: Client) -> None:
    make_draft(Comparison)
    make_page()
    groups: tuple[Literal["Writer", "Editor"], ...] = ("Writer", "Editor")
    for group in groups:
        sign_in(client, group)
        for name in ("articles/comparison", "articles/page", "articles/category", "careers/role"):
            page(client, f"/admin/{name}/")
        assert client.get("/admin/articles/comparison/?q=keeper").status_code == 200


@pytest.mark.parametrize("name", ["cancel", "restore"])
def test_a_link_alone_does_nothing_and_says_so(client: Client, name: str) -> None:
    sign_in(client, "Editor")
    response = client.get(act(make_draft(Role), name))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Nothing was changed" in response.content.decode()


@pytest.mark.parametrize("name", ["cancel", "restore"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_change_a_document_is_told_that_first(client: Client, name: str, method: str) -> None:
    sign_in(client, "Writer")
    assert getattr(client, method)(act(make_draft(Page), name)).status_code == 403
