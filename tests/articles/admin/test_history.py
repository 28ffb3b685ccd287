"""What the history lists, and how a revision is restored."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Comparison, ComparisonEdition
from careers.models import Role
from publishing.models import Revision
from publishing.publish import publish
from publishing.withdraw import withdraw
from tests.articles.admin.desk import page, told
from tests.articles.builders import act, form_in, sign_in
from tests.builders import make_draft, make_live, make_user, make_withdrawn, revise

pytestmark = pytest.mark.django_db


def test_history_lists_every_revision_and_every_edition(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_withdrawn(Comparison, reason="Outdated.")
    revise(comparison, title="Ropes or nets?")
    Revision.objects.filter(document=comparison).update(note="Noted by hand")
    history = page(client, act(comparison, "history"))
    for revision in comparison.revisions.all():
        assert f"<td>{revision.pk}</td>" in history
    assert history.count("Noted by hand") == 2
    assert history.count(f"<td>{comparison.working_path()}</td>") == 2
    assert "Taken down with a notice" in history


@pytest.mark.parametrize("group", ["Writer", "Editor"])
def test_a_revision_is_restored_to_the_draft_and_readers_see_no_change(client: Client, group: Any) -> None:
    person = sign_in(client, group)
    comparison = make_live(Comparison, title="As it was", tags=["Ropes"])
    first = comparison.revisions.get()
    comparison.sections.all().delete()
    comparison.tags.clear()
    revise(comparison, title="As it is")
    form = form_in(page(client, act(comparison, "history")), f'form[action="{act(comparison, "restore")}"]')
    assert form["revision"] == str(first.pk)
    client.post(act(comparison, "restore"), form)
    newest = comparison.revisions.first()
    assert newest.content == first.content
    assert (newest.author, newest.note) == (person, f"Restored from revision {first.pk}")
    assert Comparison.objects.get().title == "As it was"
    assert ComparisonEdition.objects.count() == 1


def test_a_revision_of_another_document_is_not_restored_here(client: Client) -> None:
    sign_in(client, "Editor")
    mine, other = make_draft(Role), make_draft(Role)
    client.post(act(mine, "restore"), {"revision": other.revisions.get().pk})
    assert told(client) == ["That revision does not belong to this document."]


def test_history_says_where_a_page_that_was_taken_down_leads(client: Client) -> None:
    sign_in(client, "Editor")
    old, new = make_live(Role), make_live(Role, title="Cord Maker")
    withdraw([old], by=make_user(), redirect_to=new)
    assert "Taken down leading to “Cord Maker”" in page(client, act(old, "history"))


def test_a_long_history_is_read_in_pages(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_draft(Role)
    for number in range(60):
        revise(role, definition=f"Version {number}.")
    numbers = list(role.revisions.values_list("pk", flat=True))
    shown = [page(client, f"{act(role, 'history')}?revisions={n}") for n in (1, 2, 3)]
    found = [[pk for pk in numbers if f"<td>{pk}</td>" in html] for html in shown]
    assert found == [numbers[:25], numbers[25:50], numbers[50:]]
    assert "Page 2 of 3" in shown[1]
    assert "?revisions=3&amp;editions=1" in shown[1]


def test_a_long_history_of_editions_is_read_in_pages(client: Client) -> None:
    editor = make_user("editor")
    sign_in(client, "Editor")
    role = make_draft(Role)
    for number in range(30):
        publish(revise(role, definition=f"Version {number}."), by=editor)
    first, second = (page(client, f"{act(role, 'history')}?editions={n}") for n in (1, 2))
    assert first.count(f"<td>{role.working_path()}</td>") == 25
    assert second.count(f"<td>{role.working_path()}</td>") == 5


def test_what_a_page_of_the_history_costs_does_not_grow_with_it(client: Client) -> None:
    sign_in(client, "Editor")
    short, long = make_draft(Role), make_draft(Role)
    for number in range(40):
        revise(long, definition=f"Version {number}.")
    page(client, act(short, "history"))
    with CaptureQueriesContext(connection) as few:
        page(client, act(short, "history"))
    with CaptureQueriesContext(connection) as many:
        page(client, act(long, "history"))
    assert len(few) == len(many)


@pytest.mark.parametrize("number", ["0", "99", "x", "-1"])
def test_a_page_of_the_history_that_is_not_there_is_the_nearest_one(client: Client, number: str) -> None:
    sign_in(client, "Editor")
    role = make_draft(Role)
    assert f"<td>{role.revisions.get().pk}</td>" in page(client, f"{act(role, 'history')}?revisions={number}")


@pytest.mark.parametrize("revisions", [1, 2])
def test_every_revision_but_the_newest_can_be_restored(client: Client, revisions: int) -> None:
    sign_in(client, "Editor")
    role = make_draft(Role)
    for number in range(1, revisions):
        revise(role, definition=f"Version {number}.")
    assert page(client, act(role, "history")).count("Restore to the draft") == revisions - 1
