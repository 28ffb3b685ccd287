"""Publish and schedule: a revision becomes what readers see from a moment on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
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
    windows.lock({*needed, *(document.pk for document in documents)})
    moment = windows.moment_of(at)
    _refuse_errors(zip(documents, revisions, strict=True))

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
    issued.send(sender=Document, editions=editions)
    return editions[-1]


def _refuse_errors(pairs: Iterable[tuple[Document, Revision]]) -> None:
    reasons = [f"{document}: {sentence}" for document, each in pairs for sentence in errors(document, each.content)]
    if reasons:
        raise Refused(reasons)


@contextmanager
def settling(documents: Sequence[Document], *, at: datetime, by: User) -> Iterator[None]:
    """Change the documents' windows from `at` on inside; then bring in line whatever follows from them.

    That is: their coming editions, their automatic redirects and, where a path of theirs changed, the pages whose
    own path follows from it. Those are issued anew by the act that changes the path, so that they share its fate.
    """
    before = [windows.slugs(document, after=at) for document in documents]
    yield
    for document in documents:
        _settle(document, at=at, by=by)
    after = [windows.slugs(document, after=at) for document in documents]
    moved = [document.pk for document, was, is_ in zip(documents, before, after, strict=True) if was != is_]
    followers = {edition.document_id: edition.document for edition in needs.dependents(moved, at=at)}
    windows.lock(followers)
    for follower in followers.values():
        _settle(follower, at=at, by=by)


def _settle(document: Document, *, at: datetime, by: User) -> None:
    windows.renew_coming(document, since=at)
    _follow_paths(document, since=at, by=by)
    windows.renew_coming(document, since=at)  # what stands in for a page follows it to its new path
    redirects.follow(document, after=at)


def _follow_paths(document: Document, *, since: datetime, by: User) -> None:
    """Issue the document's page anew wherever its path changes with the path of something that it needs."""
    pages = windows.pages_ahead([document], after=since)
    needed = Document.objects.filter(pk__in={id_ for page in pages for id_ in document.needs(page.content)})
    changes = [change for each in needed for change in windows.siblings(each).opening(since).pages()]
    for change in sorted(changes, key=lambda change: change.live_from):
        moment = change.live_from
        page = windows.siblings(document).live(moment).first()
        if page is None or page.live_from == moment:
            continue
        moved = windows.draft_edition(document, page.revision, at=moment, significant=False, reviewed=False)
        if moved.slug != page.slug:
            windows.issue(moved, by=by, act=change.act)
