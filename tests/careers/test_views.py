from __future__ import annotations

import pytest
from django.test import Client

from careers.models import Role
from tests.builders import make_draft, make_live, make_scheduled, make_withdrawn, revise

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def test_the_list_of_roles_is_in_order_under_letters(client: Client) -> None:
    for title in ("Birch keeper", "Ash keeper", "alder keeper"):
        make_live(Role, title=title)
    letters = client.get("/roles/").context["letters"]
    assert [letter for letter, _ in letters] == ["A", "B"]
    assert [edition.title.lower() for edition in letters[0][1]] == ["alder keeper", "ash keeper"]


def test_the_list_of_roles_has_only_what_is_live(client: Client) -> None:
    make_live(Role, title="Ash")
    for make in (make_draft, make_scheduled, make_withdrawn):
        make(Role, title=f"Hush {make.__name__}")
    page = client.get("/roles/").text
    assert "Ash" in page
    assert "Hush" not in page


def test_a_role_is_read_as_it_was_published(client: Client) -> None:
    role = make_live(Role, title="Ash keeper", slug="ash", summary="<p>Keeps ashes.</p>")
    revise(role, summary="<p>Hushed.</p>")
    page = client.get("/roles/ash/")
    assert page.status_code == 200
    assert "<p>Keeps ashes.</p>" in page.text
    assert "What is an ash keeper?" in page.text
    assert "Hushed" not in page.text


def test_a_draft_of_a_role_is_not_found(client: Client) -> None:
    make_draft(Role, slug="ash")
    assert client.get("/roles/ash/").status_code == 404


@pytest.mark.parametrize(("reason", "status"), [("Wrong.", 200), ("", 410)])
def test_a_role_that_was_taken_down_says_so(reason: str, status: int, client: Client) -> None:
    make_withdrawn(Role, slug="ash", summary="<p>Keeps ashes.</p>", reason=reason)
    page = client.get("/roles/ash/")
    assert page.status_code == status
    assert reason in page.text
    assert "Keeps ashes" not in page.text
