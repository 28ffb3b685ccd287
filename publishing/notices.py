"""Notices by e-mail: who hears of a submission, a decision, a comment, a publication.

They are sent once the act is committed, and never undo it: a mail server that is down is a line in the log.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from publishing.models import Comment, Document, Submission, User

log = logging.getLogger(__name__)


def submitted(submission: Submission) -> None:
    """Tell the editors that something waits for review."""
    to = partial(User.objects.with_perm, "publishing.publish_document")
    _tell(
        to, submission.revision.document, "submitted", act="decide", by=submission.submitted_by, submission=submission
    )


def decided(submission: Submission) -> None:
    """Tell the writer what an editor decided."""
    to = partial(User.objects.filter, pk=submission.submitted_by_id)
    by = submission.decided_by
    _tell(to, submission.revision.document, "decided", act="change", by=by, submission=submission)


def published(submission: Submission, edition: Any, *, by: User) -> None:
    """Tell the writer that readers see the page, or from when on."""
    to = partial(User.objects.filter, pk=submission.submitted_by_id)
    page = {"edition": edition, "is_coming": edition.live_from > timezone.now()}
    page["address"] = _absolute(edition.get_absolute_url())
    _tell(to, submission.revision.document, "published", act="change", by=by, submission=submission, **page)


def called_off(submission: Submission, *, by: User) -> None:
    """Tell the writer that readers will not see the page, of which they were told that it is scheduled."""
    to = partial(User.objects.filter, pk=submission.submitted_by_id)
    _tell(to, submission.revision.document, "called_off", act="change", by=by, submission=submission)


def commented(comment: Comment) -> None:
    """Tell the writer of the document, and whoever has commented on it before."""
    document = comment.document
    last = Submission.objects.of(document).first()
    newest = document.revisions.first()
    writer = last.submitted_by_id if last else newest and newest.author_id
    to = partial(User.objects.filter, Q(pk=writer) | Q(comments__document=document.pk))
    _tell(to, document, "commented", act="comments", by=comment.author, comment=comment)


def _tell(to: Callable[[], Any], document: Document, what: str, *, act: str, by: User | None, **context: Any) -> None:
    """Tell people of an act on the document, but not who did it, once it is committed."""
    transaction.on_commit(partial(_write, to, document, what, act, by, context), robust=True)


def _write(
    to: Callable[[], Any], document: Document, what: str, act: str, by: User | None, context: dict[str, Any]
) -> None:
    people = to().filter(is_active=True, is_staff=True).exclude(email="").exclude(pk=by and by.pk)
    addresses = list(people.order_by("pk").values_list("email", flat=True).distinct())
    if not addresses:
        return
    kind = document.kind._meta
    link = reverse(f"admin:{kind.app_label}_{kind.model_name}_{act}", args=[document.pk])
    context |= {"title": str(document.working_copy), "kind": kind.verbose_name, "link": _absolute(link)}
    context |= {"by": by, "site": settings.SITE_NAME, "time_zone": timezone.get_current_timezone_name()}
    text = render_to_string(f"publishing/mail/{what}.txt", context)
    subject, body = text.strip().split("\n", 1)
    _send([EmailMessage(subject=subject, body=body.strip() + "\n", to=[address]) for address in addresses])


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _send(messages: Iterable[EmailMessage]) -> None:
    """Send the messages over one connection. What cannot be sent is logged, and does not keep others from theirs."""
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        log.error("No notice was sent: the mail server cannot be reached (%s). EMAIL_URL says which it is.", error)
        return
    for message in messages:
        try:
            connection.send_messages([message])
        except (OSError, ValueError) as error:
            log.error("The notice “%s” to %s was not sent: %s", message.subject, message.to[0], error)
    connection.close()
