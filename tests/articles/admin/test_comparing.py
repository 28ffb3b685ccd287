"""Two revisions beside each other, and names for those that are to be found again."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from articles.models import Comparison
from careers.models import Role
from tests.articles.admin.desk import page, told
from tests.articles.builders import act, sign_in
from tests.builders import make_draft, make_live, revise

pytestmark = pytest.mark.django_db


def marked(html: str, tag: str) -> str:
    """Return the words that the page marks as inserted (ins) or deleted (del)."""
    main = BeautifulSoup(html, "html.parser").select_one("#content")
    assert main is not None
    return " ".join(each.get_text() for each in main.select(f".change {tag}"))


def test_two_revisions_are_compared_word_by_word(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison, intro="<p>Both keep old ropes.</p>")
    first = comparison.revisions.get()
    second = revise(comparison, intro="<p>Both keep new ropes.</p>")
    revise(comparison, intro="<p>Something else.</p>")
    shown = page(client, f"{act(comparison, 'compare')}?before={first.pk}&after={second.pk}")
    assert "old" in marked(shown, "del")
    assert "new" in marked(shown, "ins")
    assert "ropes" not in marked(shown, "ins")


def test_the_draft_is_compared_with_what_readers_see(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_live(Role, definition="Seen by readers.")
    revise(role, definition="Saved since.")
    revise(role, definition="Saved at last.")
    shown = page(client, act(role, "compare"))
    assert "Seen by readers." in shown
    assert "Saved since." not in marked(shown, "del")
    assert "at last" in marked(shown, "ins")


def test_a_document_that_was_saved_once_is_compared_with_itself(client: Client) -> None:
    sign_in(client, "Writer")
    assert "Both hold the same." in page(client, act(make_draft(Role), "compare"))


def test_a_revision_of_another_document_is_not_compared(client: Client) -> None:
    sign_in(client, "Writer")
    role, other = make_draft(Role), make_draft(Role, definition="Belongs elsewhere.")
    shown = page(client, f"{act(role, 'compare')}?before={other.revisions.get().pk}")
    assert "Belongs elsewhere." not in shown


def name(client: Client, document: Any, **data: Any) -> Any:
    return client.post(act(document, "name"), data)


def test_a_revision_is_named_and_found_by_its_name(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role)
    first = role.revisions.get()
    second = revise(role, definition="Later.")
    assert name(client, role, revision=first.pk, name=" Before the review ")["Location"] == act(role, "history")
    assert told(client) == [f"Revision {first.pk} is called “Before the review”."]
    found = client.get(act(role, "history"), {"named": ""}).context["revisions"]
    assert [revision.pk for revision in found] == [first.pk]
    name(client, role, revision=first.pk, name="")
    assert not client.get(act(role, "history"), {"named": ""}).context["revisions"]
    assert second.pk


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "x" * 101}, "A name has at most 100 characters."),
        ({"revision": "999999"}, "That revision does not belong to this document."),
        ({"revision": "first"}, "That revision does not belong to this document."),
    ],
)
def test_a_name_that_cannot_be_given_is_said(client: Client, changes: dict[str, str], sentence: str) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role)
    name(client, role, **{"revision": role.revisions.get().pk, "name": "First"} | changes)
    assert told(client) == [sentence]
    assert role.revisions.get().name == ""
