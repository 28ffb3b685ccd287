"""What preview shows, and to whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from taggit.models import Tag

from articles.models import Comparison, Page, Pin, Section
from careers.models import Role
from publishing import shared
from publishing.models import Document, Revision
from tests.articles.admin.desk import page, told
from tests.articles.builders import act, form_in, row, sign_in
from tests.builders import make_draft, make_live, make_role, revise

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "template", "changes"),
    [
        (Role, "careers/role.html", {"definition": "Twists what was saved."}),
        (Comparison, "articles/comparison.html", {"standfirst": "Twists what was saved."}),
        (Page, "articles/page.html", {"standfirst": "Twists what was saved."}),
    ],
)
def test_preview_is_the_readers_page_of_the_saved_draft(
    client: Client, kind: type[Document], template: str, changes: dict[str, Any]
) -> None:
    sign_in(client, "Writer")
    document = make_live(kind)
    revise(document, **changes)
    response = client.get(act(document, "preview"))
    assert template in [used.name for used in response.templates]
    assert "Twists what was saved." in response.content.decode()
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["X-Robots-Tag"] == "noindex"
    assert "Twists what was saved." not in page(Client(), document.working_path())


def test_preview_shows_roles_that_readers_cannot_see_yet(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role, title="Rope Maker", summary="<p>Twists hemp.</p>")
    comparison = make_draft(Comparison, role_a=role)
    assert "Twists hemp." in page(client, act(comparison, "preview"))


def test_preview_shows_a_role_that_was_saved_by_other_means(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison, role_a=make_role(summary="<p>Twists hemp.</p>"))
    assert "Twists hemp." in page(client, act(comparison, "preview"))


def test_an_earlier_revision_can_be_previewed(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison, standfirst="As it was.")
    first = comparison.revisions.get()
    revise(comparison, standfirst="As it is.")
    assert "As it was." in page(client, f"{act(comparison, 'preview')}?revision={first.pk}")
    assert "As it is." in page(client, act(comparison, "preview"))


def test_preview_is_for_staff_alone(client: Client, django_user_model: Any) -> None:
    comparison = make_draft(Comparison)
    assert client.get(act(comparison, "preview")).status_code == 302
    client.force_login(django_user_model.objects.create(username="reader"))
    assert client.get(act(comparison, "preview")).status_code == 302
    client.force_login(django_user_model.objects.create(username="guest", is_staff=True))
    assert client.get(act(comparison, "preview")).status_code == 403


def preview_unsaved(client: Client, document: Document, **changes: Any) -> Any:
    """Change some fields in the form as the browser has it, and press “Preview”."""
    form = f"form#{document._meta.model_name}_form"
    return client.post(
        act(document, "change"), form_in(page(client, act(document, "change")), form) | changes | {"_preview": "1"}
    )


def everything_stored() -> list[list[dict[str, Any]]]:
    models: tuple[Any, ...] = (Comparison, Section, Pin, Revision, LogEntry, Tag)
    return [list(model._base_manager.order_by("pk").values()) for model in models]


def test_a_form_is_previewed_as_it_stands_and_nothing_of_it_is_saved(client: Client) -> None:
    sign_in(client, "Writer")
    comparison, pinned = make_draft(Comparison), make_live(Comparison, title="Pinned here")
    before = everything_stored()
    response = preview_unsaved(
        client,
        comparison,
        title="Ropes or nets?",
        tags="Hemp",
        **{"sections-TOTAL_FORMS": "2", "sections-0-DELETE": "on", "pins-TOTAL_FORMS": "1"},
        **row("sections", 1, heading="Tools", body="<p>A fid.</p>"),
        **row("pins", 0, target=pinned.pk),
    )
    shown = response.content.decode()
    assert response.status_code == 200
    for text in ("Ropes or nets?", "A fid.", "Pinned here", "Hemp", "readers see none of it"):
        assert text in shown
    assert "Both keep things." not in shown
    assert everything_stored() == before
    assert told(client) == []


def test_a_new_document_is_previewed_before_it_is_saved(client: Client) -> None:
    sign_in(client, "Writer")
    sent = form_in(page(client, "/admin/careers/role/add/"), "form#role_form")
    texts = {"title": "Rope Maker", "slug": "rope-maker", "summary": "<p>Twists hemp.</p>", "_preview": "1"}
    assert "Twists hemp." in client.post("/admin/careers/role/add/", sent | texts).content.decode()
    assert not Role.objects.exists()


def test_a_form_with_errors_says_them_in_place_of_the_preview(client: Client) -> None:
    sign_in(client, "Writer")
    response = preview_unsaved(
        client, make_draft(Role), title="", **{"figures-TOTAL_FORMS": "1"}, **row("figures", 0, amount="many")
    )
    assert response.status_code == 422
    shown = response.content.decode()
    assert "Title: This field is required." in shown
    assert "Figures, number 1: Enter a number." in shown


def test_a_preview_stands_in_a_frame_of_the_desk_and_of_nobody_else(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role)
    for response in (
        preview_unsaved(client, role),
        preview_unsaved(client, role, title=""),
        client.get(act(role, "preview")),
    ):
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get("/roles/")["Content-Security-Policy"]


def test_who_may_only_look_previews_no_form(client: Client) -> None:
    sign_in(client, "Writer")
    notes = make_draft(Page)
    assert client.post(act(notes, "change"), {"title": "Mine", "_preview": "1"}).status_code == 403


def share(client: Client, document: Document, **data: Any) -> str:
    """Make a link to the draft, and return its path."""
    response = client.get(act(document, "share"), data)
    return str(urlsplit(response.context["link"]).path)


def test_a_link_shows_one_draft_to_whoever_has_it(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison, title="Ropes or nets?")
    path = share(client, comparison)
    revise(comparison, title="Changed since")
    response = Client().get(path)
    assert "Ropes or nets?" in response.content.decode()
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"


def test_a_link_ends(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role)
    monkeypatch.setattr(shared, "LASTS", -timedelta(seconds=1))
    assert Client().get(share(client, role)).status_code == 404


def test_a_link_ends_when_its_maker_leaves(client: Client) -> None:
    writer = sign_in(client, "Writer")
    path = share(client, make_draft(Role))
    writer.is_active = False
    writer.save()
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("token", ["", "x", "WzEsMSwxXQ:1abc:xyz", "%00", "a" * 5000])
def test_a_link_that_was_made_up_shows_nothing(token: str) -> None:
    make_draft(Role)
    assert Client().get(f"/shared/{token}/").status_code == 404


def test_links_are_made_by_the_desk_alone(client: Client, django_user_model: Any) -> None:
    role = make_draft(Role)
    assert client.get(act(role, "share")).status_code == 302
    client.force_login(django_user_model.objects.create(username="guest", is_staff=True))
    assert client.get(act(role, "share")).status_code == 403
