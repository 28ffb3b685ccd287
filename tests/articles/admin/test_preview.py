"""What preview shows, and to whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from articles.models import Comparison, Page
from careers.models import Role
from publishing.models import Document
from tests.articles.admin.desk import FORM, page
from tests.articles.builders import act, form_in, sign_in
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


def test_save_and_preview_saves_and_leads_to_the_preview(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    address = act(comparison, "change")
    sent = form_in(page(client, address), FORM) | {"title": "Ropes or nets?", "_preview": "1"}
    response = client.post(address, sent, follow=True)
    assert response.redirect_chain == [(act(comparison, "preview"), 302)]
    assert "Ropes or nets?" in response.content.decode()
