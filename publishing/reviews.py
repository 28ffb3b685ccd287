"""Reviews: a writer submits, an editor approves or asks for changes, and both comment.

The press closes a submission when it is published, by whatever road (`close_published`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from publishing import audit, notices, windows
from publishing.checks import errors
from publishing.errors import Refused
from publishing.models import Comment, Document, Revision, Submission, User

Outcome = Submission.Outcome

DONE = {
    Outcome.APPROVED: "approved this",
    Outcome.CHANGES: "asked for changes",
    Outcome.TAKEN_BACK: "took this back",
    Outcome.REPLACED: "submitted the draft again",
    Outcome.PUBLISHED: "decided on this, and it is published",
}
"""What whoever closed a submission did, as a sentence says it."""


def may_take_part(person: User, document: Document) -> bool:
    """Whether the person works on such documents: writes them, or decides on them."""
    kind = document.kind._meta
    change = f"{kind.app_label}.{get_permission_codename('change', kind)}"
    return person.may_publish or person.has_perm(change)


def may_comment(person: User, document: Document) -> bool:
    """Whether the person may comment on the working copy: nobody does on what was put away."""
    return may_take_part(person, document) and not document.put_away_at


def _require_part(by: User, document: Document) -> None:
    if not may_take_part(by, document):
        raise PermissionDenied(f"{by} does not work on documents of this kind.")


def require_editor(by: User) -> None:
    """Raise PermissionDenied unless the person may decide on what others submit."""
    if not by.may_publish:
        raise PermissionDenied(f"{by} may not decide on submissions. An editor can.")


@transaction.atomic
def submit(revision: Revision, *, by: User, note: str = "") -> Submission:
    """Ask the editors to look at the revision, in place of what waits for that document.

    Raises PermissionDenied if `by` does not work on such documents, and Refused with the reasons if a content check
    finds an error, if readers see this very content already, or if the document was put away.
    """
    document = revision.document.working_copy
    _require_part(by, document)
    windows.lock([document.pk])
    document.refresh_from_db(fields=["put_away_at"])
    if document.put_away_at:
        raise Refused("This was deleted: bring it back before you submit it.")
    if windows.siblings(document).live().filter(revision__digest=revision.digest).exists():
        raise Refused("Readers see just this already: there is nothing to review.")
    reasons = errors(document, document.content_of(revision))
    if reasons:
        raise Refused(reasons)
    for earlier in Submission.objects.of(document).waiting():
        _close(earlier, Outcome.REPLACED, by=by)
    submission = Submission.objects.create(revision=revision, submitted_by=by, note=note.strip())
    notices.submitted(submission)
    return submission


@transaction.atomic
def take_back(submission: Submission, *, by: User) -> None:
    """Take back what waits. Raises PermissionDenied for others than who submitted it, Refused if it was decided on."""
    if by != submission.submitted_by:
        raise PermissionDenied("Only the person who submitted this can take it back.")
    _hold_waiting(submission)
    _close(submission, Outcome.TAKEN_BACK, by=by)


@transaction.atomic
def approve(submission: Submission, *, by: User, reply: str = "") -> None:
    """Say that `by` read what was submitted and found it right. Readers see no change.

    Raises PermissionDenied if `by` may not publish, and Refused if somebody has decided meanwhile.
    """
    _decide(submission, Outcome.APPROVED, by=by, reply=reply)


@transaction.atomic
def ask_for_changes(submission: Submission, *, by: User, reply: str) -> None:
    """Give what was submitted back to its writer, with the reason.

    Raises PermissionDenied if `by` may not publish, and Refused without a reason, or if somebody has decided meanwhile.
    """
    if not reply.strip():
        raise Refused("Write what should change: the writer reads it.")
    _decide(submission, Outcome.CHANGES, by=by, reply=reply)


def _decide(submission: Submission, outcome: Outcome, *, by: User, reply: str) -> None:
    require_editor(by)
    _hold_waiting(submission)
    _close(submission, outcome, by=by, reply=reply.strip())
    verb = audit.Act.APPROVE if outcome == Outcome.APPROVED else audit.Act.ASK_FOR_CHANGES
    revision = submission.revision
    audit.record(verb, revision.document.working_copy, by=by, detail=f"revision {revision.pk}")
    notices.decided(submission)


def _hold_waiting(submission: Submission) -> None:
    """Hold the document until the transaction ends. Raises Refused, saying who came first, if nothing waits."""
    windows.lock([submission.revision.document_id])
    submission.refresh_from_db()
    if submission.is_waiting:
        return
    when = date_format(localtime(submission.decided_at), "DATETIME_FORMAT")
    done = DONE[Outcome(submission.outcome)]
    raise Refused(f"{submission.decided_by} {done} on {when}: there is nothing left to decide here.")


def _close(submission: Submission, outcome: Outcome, *, by: User, reply: str = "") -> None:
    submission.outcome, submission.reply = outcome, reply
    submission.decided_by, submission.decided_at = by, timezone.now()
    submission.save(update_fields=["outcome", "reply", "decided_by", "decided_at"])


def close_published(editions: Iterable[Any], *, by: User) -> None:
    """Close what the editions answer: submissions of their revisions, or of earlier ones. The press calls this."""
    for edition in editions:
        for submission in Submission.objects.answered_by(edition.revision):
            if submission.is_waiting:
                _close(submission, Outcome.PUBLISHED, by=by)
            else:  # who approved it, and when, stays on record
                submission.outcome = Outcome.PUBLISHED
                submission.save(update_fields=["outcome"])
            notices.published(submission, edition, by=by)


def reopen_unseen(document: Document, *, by: User) -> None:
    """Open again what was closed by a publication that is called off: readers neither saw it nor will. The press
    calls this once windows have moved.

    What was approved is approved again; what scheduling decided on waits again, unless something newer was submitted.
    """
    editions = windows.siblings(document).pages()
    seen = editions.opened().aggregate(newest=Max("revision"))["newest"] or 0
    for submission in Submission.objects.of(document).filter(outcome=Outcome.PUBLISHED, revision__gt=seen):
        last = editions.filter(revision__gte=submission.revision_id).latest("issued_at")
        scheduled_at = editions.filter(act=last.act).aggregate(first=Min("issued_at"))["first"]
        if submission.decided_at < scheduled_at:
            submission.outcome = Outcome.APPROVED
        elif Submission.objects.of(document).filter(pk__gt=submission.pk).exists():
            submission.outcome = Outcome.REPLACED
        else:
            submission.outcome, submission.decided_by, submission.decided_at = Outcome.WAITING, None, None
        submission.save(update_fields=["outcome", "decided_by", "decided_at"])
        notices.called_off(submission, by=by)


@transaction.atomic
def comment(document: Document, *, by: User, text: str, rows: str = "", row_id: int | None = None) -> Comment:
    """Remark on the document, or on the row of it that `rows` ("sections") and `row_id` name.

    Raises PermissionDenied if `by` does not work on such documents, and Refused if the remark is empty, if there is
    no such row, or if the document was put away.
    """
    _require_part(by, document)
    if document.put_away_at:
        raise Refused("This was deleted: bring it back before you comment on it.")
    if not text.strip():
        raise Refused("Write something: the comment is empty.")
    about = called(_row(document, rows, row_id)) if rows else ""
    remark = Comment.objects.create(
        document_id=document.pk, rows=rows, row_id=row_id if rows else None, about=about, text=text.strip(), author=by
    )
    notices.commented(remark)
    return remark


def _row(document: Document, rows: str, row_id: int | None) -> models.Model:
    row = None
    if rows in document.kind.content_rows:
        row = getattr(document.working_copy, rows).filter(pk=row_id).first()
    if row is None:
        raise Refused("What you comment on is not there any more: comment on the whole instead.")
    return row  # type: ignore[no-any-return]


def called(row: models.Model) -> str:
    """Return what people call the row of a document: its name, or what kind of row it is."""
    return (str(row).strip() or f"{row._meta.verbose_name} without a name")[:200]


@transaction.atomic
def resolve(remark: Comment, *, by: User) -> None:
    """Settle the comment; whoever came first stays on record. Raises PermissionDenied as `comment()` does."""
    held = _hold(remark, by)
    if held.resolved_at is None:
        _mark(held, by=by, at=timezone.now())


@transaction.atomic
def reopen(remark: Comment, *, by: User) -> None:
    """Open a settled comment again. Raises PermissionDenied as `comment()` does."""
    _mark(_hold(remark, by), by=None, at=None)


def _hold(remark: Comment, by: User) -> Comment:
    _require_part(by, remark.document)
    return Comment.objects.select_for_update().get(pk=remark.pk)


def _mark(remark: Comment, *, by: User | None, at: Any) -> None:
    remark.resolved_by, remark.resolved_at = by, at
    remark.save(update_fields=["resolved_by", "resolved_at"])
