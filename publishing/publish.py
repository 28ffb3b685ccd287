"""Publish and schedule: a revision becomes what readers see from a moment on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction

from publishing import needs, redirects, windows
from publishing.checks import errors
from publishing.errors import Refused
from publishing.models import Document, Revision, User
from publishing.signals import issued


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
    belongs to another page, or if the moment has passed.
    """
    require_publisher(by)
    revisions = [*together, revision]
    documents = [each.document.working_copy for each in revisions]
    needed = {id_ for each, document in zip(revisions, documents, strict=True) for id_ in document.needs(each.content)}
    windows.lock({*needed, *(each.document_id for each in together)})
    windows.lock({revision.document_id})
    moment = windows.moment_of(at)
    _refuse_errors(zip(documents, revisions, strict=True))

    act = uuid4()
    editions = [
        windows.issue(document, each, at=moment, by=by, act=act, significant=significant)
        for document, each in zip(documents, revisions, strict=True)
    ]
    settle(documents, at=moment)
    needs.verify(editions, at=moment)
    _follow(documents, at=moment, by=by, act=act)
    issued.send(sender=Document, editions=editions)
    return editions[-1]


def _refuse_errors(pairs: Iterable[tuple[Document, Revision]]) -> None:
    reasons = [f"{document}: {sentence}" for document, each in pairs for sentence in errors(document, each.content)]
    if reasons:
        raise Refused(reasons)


def settle(documents: Iterable[Document], *, at: datetime) -> None:
    """Bring what follows from the documents' windows in line: coming editions and automatic redirects."""
    for document in documents:
        windows.renew_coming(document, after=at)
        redirects.follow(document, after=at)


def _follow(documents: Iterable[Document], *, at: datetime, by: User, act: Any) -> None:
    """Publish pages anew whose own path follows from a path that changes at the moment."""
    moved = [document.pk for document in documents if _moves(document, at)]
    if not moved:
        return
    affected = needs.dependents(moved, at=at)
    followers = {edition.document_id: edition.document for edition in affected}
    windows.lock(followers)
    for edition in affected:
        if edition.live_from < at:
            windows.issue(edition.document, edition.revision, at=at, by=by, act=act, significant=False, reviewed=False)
    settle(followers.values(), at=at)


def _moves(document: Document, at: datetime) -> bool:
    """Whether the document's slug changes at the moment."""
    editions = windows.siblings(document).opened().pages()
    before = editions.filter(live_from__lt=at).order_by("-live_from").first()
    return bool(before and before.slug != editions.get(live_from=at).slug)
