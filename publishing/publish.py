"""Publish and schedule: a revision becomes what readers see from a moment on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction

from publishing import audit, needs, reviews, windows
from publishing.checks import errors
from publishing.errors import Refused
from publishing.models import Document, Revision, User
from publishing.put_away import refuse_put_away
from publishing.settle import settling


def require_publisher(by: User) -> None:
    """Raise PermissionDenied unless the person may decide what readers see."""
    if not by.may_publish:
        raise PermissionDenied(f"{by} may not publish. An editor can.")


def schedule(
    revision: Revision,
    *,
    by: User,
    at: datetime,
    significant: bool = True,
    together: Sequence[Revision] = (),
) -> Any:
    """Publish the revision at a coming moment: `publish()` with `at` in the future. Returns the coming edition."""
    return publish(revision, by=by, at=at, significant=significant, together=together)


@transaction.atomic
def publish(
    revision: Revision,
    *,
    by: User,
    at: datetime | None = None,
    significant: bool = True,
    together: Sequence[Revision] = (),
) -> Any:
    """Make the revision what readers see from `at` (default: now) on, and return its edition.

    `together` are revisions of documents that this one needs, published in the same act. `significant` says
    whether readers are told of an update. All or nothing. Raises PermissionDenied if `by` may not publish, and
    Refused with the reasons if a content check finds an error, if what the page needs is not live, if the path
    belongs to another page, if the moment has passed, if one of the documents was put away, or if one of `together`
    is scheduled for the moment already. What was scheduled for that moment before is replaced.
    """
    require_publisher(by)
    revisions = [*together, revision]
    documents = [each.document.working_copy for each in revisions]
    needed = {
        id_
        for each, document in zip(revisions, documents, strict=True)
        for id_ in document.needs(document.content_of(each))
    }
    windows.lock({*needed, *(document.pk for document in documents)})
    documents = [document.kind.objects.get(pk=document.pk) for document in documents]  # as they are, now held
    refuse_put_away({document.pk for document in documents})
    moment = windows.moment_of(at)
    _refuse_errors(zip(documents, revisions, strict=True))
    _refuse_scheduled(documents[:-1], moment)

    act = uuid4()
    with settling(documents, at=moment, by=by):
        editions = [
            windows.issue(
                windows.draft_edition(document, each, at=moment, significant=significant),
                by=by,
                act=act,
            )
            for document, each in zip(documents, revisions, strict=True)
        ]
    needs.verify(windows.pages_ahead(documents, after=moment), at=moment)
    reviews.close_published(editions, by=by)
    verb = audit.Act.SCHEDULE if at else audit.Act.PUBLISH
    for document, edition in zip(documents, editions, strict=True):
        audit.record(verb, document, by=by, detail=f"revision {edition.revision_id}, from {moment:%Y-%m-%d %H:%M %Z}")
    return editions[-1]


def _refuse_errors(pairs: Iterable[tuple[Document, Revision]]) -> None:
    reasons = [
        f"{document}: {sentence}"
        for document, each in pairs
        for sentence in errors(document, document.content_of(each))
    ]
    if reasons:
        raise Refused(reasons)


def _refuse_scheduled(together: Iterable[Document], moment: datetime) -> None:
    """What comes along does not replace what somebody scheduled: cancelling this act would not bring that back."""
    standing = [each for each in together if windows.siblings(each).opened().filter(live_from=moment).exists()]
    if standing:
        raise Refused(f"“{each}” is scheduled for that very moment already: leave it out here." for each in standing)
