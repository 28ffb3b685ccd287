"""Somebody of the desk looks at the public site at another moment; nobody else sees a difference."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from careers.models import Role
from publishing.as_of import KEY
from publishing.models import User
from publishing.publish import publish, schedule
from publishing.withdraw import withdraw
from tests.builders import ahead, make_live, make_scheduled, make_user, revise

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@pytest.fixture
def editor() -> User:
    return make_user("editor")


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def look(desk: Client, at: datetime, *, next: str = "/") -> Any:
    local = timezone.localtime(at)
    return desk.post("/admin/as-of/", {"at_0": f"{local:%Y-%m-%d}", "at_1": f"{local:%H:%M:%S}", "next": next})


def bring(client: Client, moment: datetime) -> None:
    """Put the moment into the session itself."""
    session = client.session
    session[KEY] = moment.isoformat()
    session.save()


def test_the_site_is_shown_as_it_will_be(desk: Client) -> None:
    make_scheduled(Role, title="Ash", at=ahead(days=2))
    assert desk.get("/roles/ash/").status_code == 404
    look(desk, ahead(days=3))
    assert "<h1>Ash</h1>" in desk.get("/roles/ash/").content.decode()
    assert "Ash" in desk.get("/roles/").content.decode()
    assert Client().get("/roles/ash/").status_code == 404


def test_the_site_is_shown_as_it_was(desk: Client, editor: User) -> None:
    role = make_live(Role, title="Ash", definition="As it was.")
    then = timezone.now()
    publish(revise(role, definition="As it is."), by=editor)
    withdraw([make_live(Role, title="Birch")], by=editor)
    bring(desk, then)  # the form takes whole seconds, and everything here happened within one
    assert "As it was." in desk.get("/roles/ash/").content.decode()
    assert desk.get("/roles/birch/").status_code == 404


def test_a_banner_says_which_moment_it_is_and_leads_back(desk: Client) -> None:
    make_live(Role, slug="ash")
    at = ahead(days=2)
    look(desk, at)
    page = desk.get("/roles/ash/").content.decode()
    assert "The site as of" in page
    assert "Back to now" in page
    response = desk.post("/admin/as-of/", {"now": "1", "next": "/roles/ash/"})
    assert response["Location"] == "/roles/ash/"
    assert "The site as of" not in desk.get("/roles/ash/").content.decode()


def test_a_moment_leads_back_to_the_page_that_it_was_asked_for_from(desk: Client) -> None:
    assert look(desk, ahead(days=1), next="/roles/?from=b")["Location"] == "/roles/?from=b"


@pytest.mark.parametrize("path", ["https://example.com/", "//example.com/", "javascript:alert(1)", ""])
def test_nobody_is_led_to_another_site(desk: Client, path: str) -> None:
    assert look(desk, ahead(days=1), next=path)["Location"] == "/"
    assert desk.post("/admin/as-of/", {"now": "1", "next": path})["Location"] == "/"


def test_a_moment_that_is_none_is_said(desk: Client) -> None:
    response = desk.post("/admin/as-of/", {"at_0": "Friday", "at_1": "9"})
    assert "Enter a valid date." in response.content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_moment_beyond_every_page_is_asked_for_again(desk: Client, day: str) -> None:
    response = desk.post("/admin/as-of/", {"at_0": day, "at_1": "00:00:00"})
    assert response.context["form"].errors["at"] == ["Enter a moment between the years 1900 and 9998."]
    assert KEY not in desk.session


def test_what_the_desk_is_shown_is_kept_out_of_every_cache(desk: Client) -> None:
    make_live(Role, slug="ash")
    assert desk.get("/roles/ash/")["Cache-Control"] == "private, no-store"
    reader = Client().get("/roles/ash/")
    assert "public" in reader["Cache-Control"]
    assert "Cookie" not in reader.get("Vary", "")


def test_a_reader_who_brings_a_session_of_their_own_sees_the_present(client: Client) -> None:
    make_scheduled(Role, slug="ash", at=ahead(days=1))
    client.force_login(User.objects.create(username="somebody"))
    bring(client, ahead(days=2))
    assert client.get("/roles/ash/").status_code == 404
    assert "Desk" not in client.get("/roles/").content.decode()


def test_only_the_desk_chooses_a_moment(client: Client) -> None:
    assert look(client, ahead(days=1))["Location"].startswith("/admin/login/")


def test_an_old_path_leads_on_only_once_it_is_old(desk: Client, editor: User) -> None:
    role = make_live(Role, slug="ash")
    schedule(revise(role, slug="rowan"), by=editor, at=ahead(days=2))
    look(desk, ahead(days=3))
    assert desk.get("/roles/ash/")["Location"] == "/roles/rowan/"
    look(desk, ahead(days=1))
    assert desk.get("/roles/ash/").status_code == 200


def test_the_desk_is_led_from_a_page_to_its_form(desk: Client) -> None:
    role = make_live(Role, slug="ash")
    page = desk.get("/roles/ash/").content.decode()
    assert f'<a href="/admin/careers/role/{role.pk}/change/">Edit this</a>' in page
    assert "Edit this" not in Client().get("/roles/ash/").content.decode()
