"""What the checks found, at the desk: set aside, shown again, and pages that are still right."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from careers.models import Role
from publishing.checks import findings
from publishing.models import Dismissal
from tests.articles.admin.desk import page, told
from tests.articles.builders import act, sign_in
from tests.builders import editions, make_draft, make_live, revise

pytestmark = pytest.mark.django_db


@pytest.fixture
def role() -> Any:
    """A role of which a check finds something that stops nothing."""
    return make_draft(Role, skills=[])


def found(role: Any, sentence: str = "No skills are listed") -> Any:
    return next(finding for finding in findings(role) if finding.sentence.startswith(sentence))


def set_aside(client: Client, role: Any, **data: str) -> Any:
    return client.post(act(role, "dismiss"), {"key": found(role).key, "reason": "Skills follow in May."} | data)


def test_a_false_alarm_is_set_aside_with_its_reason(client: Client, role: Any) -> None:
    sign_in(client, "Writer")
    assert "Why is it no matter?" in page(client, act(role, "change"))
    set_aside(client, role)
    shown = page(client, act(role, "change"))
    assert "Skills follow in May." in shown
    assert found(role).dismissed


def test_nothing_is_set_aside_without_a_reason(client: Client, role: Any) -> None:
    sign_in(client, "Writer")
    set_aside(client, role, reason=" ")
    assert not Dismissal.objects.exists()
    assert told(client)


def test_what_was_set_aside_is_shown_again(client: Client, role: Any) -> None:
    sign_in(client, "Writer")
    set_aside(client, role)
    client.post(act(role, "undismiss"), {"key": found(role).key})
    assert not found(role).dismissed


def test_an_editor_says_that_a_page_is_still_right_and_the_draft_stays_a_draft(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_live(Role, definition="Seen by readers.")
    revise(role, definition="Not seen yet.")
    assert "Still right" in page(client, act(role, "change"))
    before = editions(role).live().get().reviewed_at
    client.post(act(role, "still_right"))
    live = editions(role).live().get()
    assert live.reviewed_at > before
    assert live.content["definition"] == "Seen by readers."


def test_a_writer_does_not_vouch_for_what_readers_see(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_live(Role)
    assert "Still right" not in page(client, act(role, "change"))
    assert client.post(act(role, "still_right")).status_code == 403
    assert editions(role).count() == 1
