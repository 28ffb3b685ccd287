"""What follows from a change of windows: coming editions, the paths of pages that need others, old paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from publishing import needs, redirects, reviews, windows
from publishing.models import Document, User
from publishing.signals import settled

INSTANT = timedelta(microseconds=1)
"""From one moment to the next: databases keep no shorter time."""


@contextmanager
def settling(documents: Sequence[Document], *, at: datetime, by: User) -> Iterator[None]:
    """Change the documents' windows from `at` on inside; then bring in line whatever follows from them, and
    announce it (publishing.signals.settled).

    That is: their coming editions, submissions whose publication is called off by it, their automatic redirects and,
    where a path of theirs changed, the pages whose own path follows from it. Those are issued anew by the act that
    changes the path, so that they share its fate.
    """
    before = [windows.slugs(document, after=at) for document in documents]
    yield
    for document in documents:
        # What was issued for the moment itself derives from what stands.
        _settle(document, at=at, since=at + INSTANT, by=by)
        reviews.reopen_unseen(document, by=by)
    after = [windows.slugs(document, after=at) for document in documents]
    moved = [document.pk for document, was, is_ in zip(documents, before, after, strict=True) if was != is_]
    followers = {edition.document_id: edition.document for edition in needs.dependents(moved, at=at)}
    windows.lock(followers)
    for follower in followers.values():
        _settle(follower, at=at, since=at, by=by)
    changed = {document.pk: document for document in [*documents, *followers.values()]}
    settled.send(sender=Document, documents=list(changed.values()), at=at)


def _settle(document: Document, *, at: datetime, since: datetime, by: User) -> None:
    windows.renew_coming(document, since=since)
    if _follow_paths(document, since=since, by=by):
        windows.renew_coming(document, since=since)  # what stands in for a page follows it to its new path
    redirects.follow(document, after=at)


def _follow_paths(document: Document, *, since: datetime, by: User) -> bool:
    """Issue the document's page anew wherever its path changes with the path of something that it needs; return whether
    it did."""
    has_moved = False
    pages = windows.pages_ahead([document], after=since)
    needed = Document.objects.filter(pk__in={id_ for page in pages for id_ in document.needs(page.content)})
    changes = [change for each in needed for change in windows.siblings(each).opening(since).pages()]
    for change in sorted(changes, key=lambda change: change.live_from):
        moment = change.live_from
        page = windows.siblings(document).live(moment).first()
        if page is None or page.live_from == moment:
            continue
        moved = windows.draft_edition(
            document, page.revision, at=moment, significant=False, reviewed=False, pictures=page.pictures
        )
        if moved.slug != page.slug:
            windows.issue(moved, by=by, act=change.act)
            has_moved = True
    return has_moved
