"""Who hears of what by e-mail, once it is committed."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from articles.models import Comparison
from careers.models import Role
from publishing.cancel import cancel
from publishing.models import User
from publishing.publish import publish, schedule
from publishing.reviews import approve, ask_for_changes, comment, submit
from tests.builders import ahead, make_draft, make_user, revise

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

Outbox = list[Any]


@pytest.fixture
def writer(db: None) -> User:
    return make_writer("writer@example.org")


@pytest.fixture
def editor(db: None) -> User:
    return make_user("editor", username="Ed", email="editor@example.org")


@pytest.fixture
def commit(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Any:
    """Give a context at whose end what was done inside is committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def make_writer(email: str) -> User:
    writer = make_user("writer", email=email)
    writer.groups.add(Group.objects.get(name="Writer"))
    return writer


def told(mailoutbox: Outbox) -> list[str]:
    return sorted(address for message in mailoutbox for address in message.to)


def test_every_editor_hears_of_a_submission(
    writer: User, editor: User, commit: Any, mailoutbox: Outbox, settings: Settings
) -> None:
    settings.SITE_URL = "https://desk.example.org"
    make_user("editor", email="second@example.org")
    role = make_draft(Role, title="Baker & Sons")
    with commit():
        submit(role.revisions.first(), by=writer, note="Is <b>this</b> right?")
    assert told(mailoutbox) == ["editor@example.org", "second@example.org"]
    message = mailoutbox[0]
    assert message.subject == "For review: Baker & Sons"
    assert "Is <b>this</b> right?" in message.body
    assert f"https://desk.example.org/admin/careers/role/{role.pk}/decide/" in message.body
    assert "You get this because you may publish" in message.body
    assert message.content_subtype == "plain"


def test_nobody_hears_of_what_they_did_themselves(commit: Any, mailoutbox: Outbox, editor: User) -> None:
    with commit():
        submission = submit(make_draft(Role).revisions.first(), by=editor)
        approve(submission, by=editor)
    assert mailoutbox == []


@pytest.mark.parametrize("fields", [{"email": ""}, {"is_active": False}, {"is_staff": False}])
def test_who_has_no_address_or_has_left_hears_nothing(
    writer: User, commit: Any, mailoutbox: Outbox, fields: dict[str, Any]
) -> None:
    make_user("editor", **{"email": "gone@example.org"} | fields)
    with commit():
        submit(make_draft(Role).revisions.first(), by=writer)
    assert mailoutbox == []


def test_the_writer_hears_why_changes_are_asked_for(
    writer: User, editor: User, commit: Any, mailoutbox: Outbox
) -> None:
    submission = submit(make_draft(Role).revisions.first(), by=writer)
    with commit():
        ask_for_changes(submission, by=editor, reply="Say where the figure is from.")
    [message] = mailoutbox
    assert message.to == ["writer@example.org"]
    assert message.subject.startswith("Changes asked for: ")
    assert "Say where the figure is from." in message.body
    assert "You get this because you submitted it" in message.body


def test_the_writer_hears_of_an_approval(writer: User, editor: User, commit: Any, mailoutbox: Outbox) -> None:
    submission = submit(make_draft(Role).revisions.first(), by=writer)
    with commit():
        approve(submission, by=editor)
    [message] = mailoutbox
    assert (message.to, message.subject[:9]) == (["writer@example.org"], "Approved:")


def test_the_writer_hears_of_the_publication_with_the_address_of_the_page(
    writer: User, editor: User, commit: Any, mailoutbox: Outbox, settings: Settings
) -> None:
    submission = submit(make_draft(Role, title="Ash").revisions.first(), by=writer)
    with commit():
        publish(submission.revision, by=editor)
    [message] = mailoutbox
    assert message.subject == "Published: Ash"
    assert f"{settings.SITE_URL}/roles/ash/" in message.body


def test_the_writer_hears_from_when_on_readers_will_see_it(
    writer: User, editor: User, commit: Any, mailoutbox: Outbox
) -> None:
    submission = submit(make_draft(Role, title="Ash").revisions.first(), by=writer)
    with commit():
        schedule(submission.revision, by=editor, at=ahead(days=1))
    [message] = mailoutbox
    assert message.subject == "Scheduled: Ash"
    assert "(UTC) on:" in message.body


@pytest.mark.parametrize(
    ("is_approved", "said"), [(False, "It waits for review again."), (True, "It is approved, and an editor can")]
)
def test_the_writer_hears_that_what_was_scheduled_is_called_off(
    writer: User, editor: User, commit: Any, mailoutbox: Outbox, *, is_approved: bool, said: str
) -> None:
    submission = submit(make_draft(Role, title="Ash").revisions.first(), by=writer)
    if is_approved:
        approve(submission, by=editor)
    edition = schedule(submission.revision, by=editor, at=ahead(days=1))
    with commit():
        cancel(edition, by=editor)
    [message] = mailoutbox
    assert (message.to, message.subject) == (["writer@example.org"], "Not scheduled any more: Ash")
    assert f"readers do not see it. {said}" in message.body


def test_an_approved_article_that_is_published_is_told_again(
    writer: User, editor: User, commit: Any, mailoutbox: Outbox
) -> None:
    submission = submit(make_draft(Role).revisions.first(), by=writer)
    approve(submission, by=editor)
    with commit():
        publish(submission.revision, by=editor)
    assert told(mailoutbox) == ["writer@example.org"]


def test_a_publication_that_nobody_submitted_is_told_to_nobody(editor: User, commit: Any, mailoutbox: Outbox) -> None:
    with commit():
        publish(make_draft(Role).revisions.first(), by=editor)
    assert mailoutbox == []


def test_the_writer_hears_of_a_comment_and_the_editor_of_the_answer(
    writer: User, editor: User, commit: Any, mailoutbox: Outbox
) -> None:
    comparison = make_draft(Comparison)
    submit(comparison.revisions.first(), by=writer)
    section = comparison.sections.get()
    with commit():
        comment(comparison, by=editor, text="Too short.", rows="sections", row_id=section.pk)
    [message] = mailoutbox
    assert message.to == ["writer@example.org"]
    assert "about “Job duties”" in message.body
    assert "Too short." in message.body
    mailoutbox.clear()
    with commit():
        comment(comparison, by=writer, text="Longer now.")
    assert told(mailoutbox) == ["editor@example.org"]


def test_a_comment_on_what_was_never_submitted_reaches_whoever_saved_it_last(
    writer: User, editor: User, commit: Any, mailoutbox: Outbox
) -> None:
    role = make_draft(Role)
    revise(role, definition="Better.", by=writer)
    with commit():
        comment(role, by=editor, text="Hm.")
    assert told(mailoutbox) == ["writer@example.org"]


def test_what_is_undone_is_told_to_nobody(writer: User, editor: User, commit: Any, mailoutbox: Outbox) -> None:
    role = make_draft(Role)
    with commit(), pytest.raises(ZeroDivisionError), transaction.atomic():
        submit(role.revisions.first(), by=writer)
        raise ZeroDivisionError
    assert mailoutbox == []


def test_a_mail_server_that_is_down_undoes_nothing_and_is_logged_in_words(
    writer: User, editor: User, commit: Any, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    with caplog.at_level(logging.ERROR), commit():
        submission = submit(make_draft(Role).revisions.first(), by=writer)
    submission.refresh_from_db()
    assert submission.is_waiting
    assert "the mail server cannot be reached" in caplog.text


def test_an_address_that_cannot_be_written_to_keeps_nobody_else_from_theirs(
    writer: User, editor: User, commit: Any, mailoutbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    make_user("editor", email="two\nlines@example.org")
    make_user("editor", email="last@example.org")
    with caplog.at_level(logging.ERROR), commit():
        submit(make_draft(Role).revisions.first(), by=writer)
    assert told(mailoutbox) == ["editor@example.org", "last@example.org"]
    assert "was not sent" in caplog.text
