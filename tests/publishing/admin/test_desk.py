"""What the desk's first page lists, whatever else happened."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from careers.models import Role
from publishing.put_away import put_away
from publishing.reviews import submit
from publishing.revisions import restore
from tests.articles.admin.desk import page
from tests.articles.builders import sign_in
from tests.builders import make_draft, make_live, make_user, revise

pytestmark = pytest.mark.django_db


def part(client: Client, heading: str) -> list[str]:
    """Return what stands in one part of the desk, as its links say."""
    html = BeautifulSoup(page(client, "/admin/"), "html.parser")
    (section,) = (each for each in html.select("section.part") if each.h2 and each.h2.get_text() == heading)
    return [link.get_text() for link in section.select("li a")]


def test_somebody_who_saves_often_does_not_hide_what_others_saved(client: Client) -> None:
    sign_in(client, "Editor")
    make_draft(Role, title="Ash")
    busy = make_draft(Role, title="Birch")
    for number in range(10):
        revise(busy, definition=f"Version {number}.")
    assert part(client, "Last saved, by anyone") == ["Birch", "Ash"]


def test_what_was_deleted_does_not_hide_what_waits_for_review(client: Client) -> None:
    editor, writer = sign_in(client, "Editor"), sign_in(Client(), "Writer")
    for _ in range(8):
        role = make_draft(Role)
        submit(role.revisions.get(), by=writer)
        put_away(role, by=editor)
    submit(make_draft(Role, title="Ash").revisions.get(), by=writer)
    assert part(client, "Waiting for review") == ["Ash"]


def test_a_draft_that_says_again_what_readers_see_is_no_draft(client: Client) -> None:
    writer = sign_in(client, "Writer")
    role = make_live(Role)
    first = role.revisions.get()
    revise(role, definition="Something else.", by=writer)
    restore(first, by=writer)
    assert part(client, "My drafts") == []


def test_a_draft_that_somebody_else_saved_last_is_still_mine(client: Client) -> None:
    writer = sign_in(client, "Writer")
    role = make_draft(Role, title="Ash")
    revise(role, definition="Mine.", by=writer)
    revise(role, definition="Theirs.", by=make_user("writer"))
    assert part(client, "My drafts") == ["Ash"]
