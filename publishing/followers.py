"""What the name of a document gives to the pages that need it: their addresses, which follow it by themselves, and
titles made from it, which follow when somebody says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from publishing import needs, windows
from publishing.errors import Refused
from publishing.models import Document, Edition, Revision, User
from publishing.publish import publish
from publishing.settle import settling


@dataclass(frozen=True)
class Followed:
    """A page that readers see, and what becomes of it: `after` was not saved."""

    before: Any
    after: Any

    @property
    def is_moved(self) -> bool:
        """Whether its address changes; the old one leads to the new one then."""
        return bool(self.before.slug != self.after.slug)

    @property
    def is_retitled(self) -> bool:
        """Whether a title, or another text that was made from a name, changes."""
        return any(getattr(self.before, name) != getattr(self.after, name) for name in _texts(self.before))


def _texts(edition: Any) -> list[str]:
    return ["title", *(name for name in edition.derived if name not in Edition.derived)]


def foresee(revision: Revision, *, by: User, at: datetime | None = None) -> list[Followed]:
    """Return what publishing the revision would change about addresses and made titles, its own address first.

    Nothing is changed. Only pages that are live at the moment (default: now) are asked.
    """
    moment = at or timezone.now()
    document = revision.document.working_copy
    own = windows.siblings(document).live(moment).select_related("revision").first()
    if own is None or own.revision.digest == revision.digest:
        return []
    before = _needing(document, moment)
    with _undone():
        try:
            after = windows.issue(windows.draft_edition(document, revision, at=moment), by=by, act=uuid4())
        except Refused:
            return []  # publishing says why
        moved = [Followed(own, after)] if own.slug != after.slug else []
        followed = (Followed(page, _anew(page, at=moment)) for page in before)
        return [*moved, *(each for each in followed if each.is_moved or each.is_retitled)]


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _needing(document: Document, moment: datetime) -> list[Any]:
    """Return the pages that need the document and were live before the moment already."""
    pages = needs.dependents([document.pk], at=moment)
    return sorted((page for page in pages if page.live_from < moment), key=lambda page: (page.title, page.pk))


def _anew(page: Any, *, at: datetime) -> Any:
    return windows.draft_edition(page.document, page.revision, at=at, significant=False, reviewed=False)


@transaction.atomic
def publish_with_titles(
    revision: Revision,
    *,
    by: User,
    at: datetime | None = None,
    significant: bool = True,
    together: Sequence[Revision] = (),
) -> Any:
    """Publish as `publish()` does, and in the same act let titles that were made from the document's name follow it.

    What readers see of the pages that need it is issued anew, as no news; a newer draft of them stays a draft.
    """
    document = revision.document.working_copy
    pages = _needing(document, at or timezone.now())
    needed = {id_ for page in pages for id_ in page.document.needs(page.content)}
    windows.lock({*needed, document.pk, *(page.document_id for page in pages)})
    edition = publish(revision, by=by, at=at, significant=significant, together=together)
    _carry(document, at=edition.live_from, by=by, act=edition.act)
    return edition


def _carry(document: Document, *, at: datetime, by: User, act: Any) -> None:
    followed = [Followed(page, _anew(page, at=at)) for page in _needing(document, at)]
    retitled = [each.after for each in followed if each.is_retitled]
    with settling([edition.document for edition in retitled], at=at, by=by):
        for edition in retitled:
            windows.issue(edition, by=by, act=act)
