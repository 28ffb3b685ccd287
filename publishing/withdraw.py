"""Withdraw: take a page down, with a notice, as gone, or in favour of another page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from publishing import audit, needs, windows
from publishing.errors import Refused
from publishing.models import Document, Edition, Redirect, User
from publishing.publish import require_publisher
from publishing.settle import settling


@transaction.atomic
def withdraw(
    documents: Sequence[Document],
    *,
    by: User,
    kind: Edition.Kind = Edition.Kind.GONE,
    reason: str = "",
    redirect_to: Document | None = None,
    at: datetime | None = None,
) -> list[Edition]:
    """Take the documents' pages down from `at` (default: now) on, and return the editions in their place.

    A NOTICE shows readers the reason (200); GONE answers 410, or leads to `redirect_to`. What is scheduled from
    that moment on is cancelled. All or nothing. Raises PermissionDenied if `by` may not publish, and Refused if a
    page is not live then, a notice has no reason, or a page that stays live needs one of these.
    """
    require_publisher(by)
    if kind == Edition.Kind.NOTICE and not reason.strip():
        raise Refused("A notice tells readers why the page was taken down: write the reason.")
    if redirect_to and redirect_to.pk in {document.pk for document in documents}:
        raise Refused("A page that is taken down cannot lead to itself: choose another page.")
    copies = [document.working_copy for document in documents]
    windows.lock(document.pk for document in [*copies, *([redirect_to] if redirect_to else [])])
    moment = windows.moment_of(at)
    act = uuid4()
    with settling(copies, at=moment, by=by):
        taken_down = [_take_down(document, at=moment, by=by, act=act, kind=kind, reason=reason) for document in copies]
    if redirect_to:
        _lead(taken_down, redirect_to, moment)
    needs.verify(needs.dependents([document.pk for document in copies], at=moment), at=moment)
    for document in copies:
        audit.record(audit.Act.WITHDRAW, document, by=by, detail=f"{kind.value}, from {moment:%Y-%m-%d %H:%M %Z}")
    return taken_down


def _take_down(document: Document, *, at: datetime, by: User, act: UUID, kind: Edition.Kind, reason: str) -> Edition:
    for coming in windows.siblings(document).opening(at):
        windows.take_out(coming)
    live = windows.siblings(document).live(at).first()
    if live is None:
        raise Refused(f"“{document}” is not live then, so there is nothing to take down.")
    edition: Edition = windows.issue(windows.stand_in(live, at=at, kind=kind, reason=reason), by=by, act=act)
    return edition


def _lead(taken_down: Sequence[Edition], target: Document, moment: datetime) -> None:
    for edition in taken_down:
        for path in edition.document.paths_of(edition.slug):
            Redirect.objects.create(path=path, document_id=target.pk, live_from=moment, act=edition.act)
