"""Documents that must be live wherever others are: a comparison needs both of its roles.

A kind that needs others says so in `Document.needs()`, and registers how to find its editions from the other side.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from publishing.errors import Refused
from publishing.models import Document, Edition

Finder = Callable[[Collection[int], datetime], Iterable[Edition]]

_finders: list[Finder] = []


def register_dependents(finder: Finder) -> None:
    """Register a function that returns the pages, current at a moment or coming after it, that need some documents."""
    _finders.append(finder)


def dependents(ids: Collection[int], *, at: datetime) -> list[Any]:
    """Return the pages, current at the moment or coming after it, that need one of the documents."""
    return [edition for finder in _finders for edition in finder(ids, at)]


def verify(editions: Iterable[Any], *, at: datetime) -> None:
    """Raise Refused unless what each page needs is live for the whole of its window that lies after `at`."""
    reasons = []
    for edition in editions:
        document = edition.document
        for needed_id in document.needs(edition.content):
            gap = _first_gap(needed_id, max(edition.live_from, at), edition.live_until)
            if gap:
                needed = Document.objects.get(pk=needed_id).working_copy
                reasons.append(f"“{edition.title}” needs “{needed}”, which would not be live{_from(gap, at)}.")
    if reasons:
        raise Refused(reasons)


def _from(moment: datetime, now: datetime) -> str:
    return "" if moment <= now else f" from {date_format(localtime(moment), 'DATETIME_FORMAT')} on"


def _first_gap(document_id: int, start: datetime, end: datetime) -> datetime | None:
    """Return the first moment in [start, end) at which no page of the document is live, or None."""
    kind = Document.objects.get(pk=document_id).kind
    pages = kind.edition_model.objects.filter(document=document_id).pages().unfinished(start)
    covered = start
    for page in pages:
        if page.live_from > covered:
            break
        covered = page.live_until
    return covered if covered < end else None
