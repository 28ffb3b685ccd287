"""Where something is used: every document that shows it, needs it, or leads to it, as a draft or as readers see it.

The press knows only of links in prose. Whatever else uses a document, a shelf or a tag is told by the finders that the
other apps register.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from publishing import references
from publishing.kinds import document_models, working_copies
from publishing.models import Document


@dataclass(frozen=True)
class Way:
    """One way in which documents use something.

    `how` goes on after "which …": "compares it". `drafts` are ids of documents that use it as their drafts stand, as
    a query of one column. `pages` are the editions that do, whatever their window. `shows` says whether readers of
    these pages read there what the thing itself says, so that a change of it is seen there.
    """

    how: str
    drafts: QuerySet[Any]
    pages: Sequence[Any]  # querysets of editions, each of one kind
    shows: bool = False


Finder = Callable[[Model], Iterable[Way]]

_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Register a function that returns the ways in which documents use something: a document, a shelf, a tag."""
    _finders.append(finder)


def ways(subject: Model) -> list[Way]:
    """Return every way in which documents may use the subject."""
    return [way for finder in _finders for way in finder(subject)]


def by_reference(how: str, targets: Any, *, rows: str = "") -> Way:
    """Return the way of those who name one of the documents in their prose, or in rows of that name."""
    found = references.referring(targets, rows=rows)
    pages = [kind.edition_model.objects.filter(revision__in=found.values("revision")) for kind in document_models()]
    return Way(how, references.drafts(found), pages)


def links(subject: Model) -> Iterable[Way]:
    """Yield how prose leads to a document."""
    if isinstance(subject, Document):
        yield by_reference("links to it", [subject.pk])


def users(subject: Model, *, at: datetime | None = None) -> QuerySet[Document]:
    """Return the documents that use the subject as a draft, or on a page that is live at the moment or comes after it.

    The draft of what was put away does not count.
    """
    moment = at or timezone.now()
    found = ways(subject)
    if not found:
        return Document.objects.none()
    drafts: list[Any] = [Document.objects.filter(pk__in=way.drafts, put_away_at=None).values("pk") for way in found]
    pages = [_ahead(pages, moment).values("document") for way in found for pages in way.pages]
    first, *others = [*drafts, *pages]
    return Document.objects.filter(pk__in=first.union(*others)).order_by("model_label", "-pk")


def _ahead(pages: Any, moment: datetime) -> Any:
    return pages.pages().unfinished(moment).order_by()


@dataclass(frozen=True)
class Use:
    """A document that uses something: how, and in which of its states ("live", "coming", "draft")."""

    document: Any
    hows: list[str]
    states: list[str]


def uses(subject: Model, documents: Collection[Document], *, at: datetime | None = None) -> list[Use]:
    """Return how some of the subject's users use it, in their order: a few queries for each way."""
    moment = at or timezone.now()
    ids = [document.pk for document in documents]
    hows: dict[int, list[str]] = defaultdict(list)
    states: dict[int, set[str]] = defaultdict(set)
    for way in ways(subject):
        in_draft = Document.objects.filter(pk__in=ids, put_away_at=None).filter(pk__in=way.drafts)
        found = [(pk, "draft") for pk in in_draft.values_list("pk", flat=True)]
        for pages in way.pages:
            ahead = _ahead(pages, moment).filter(document__in=ids).values_list("document_id", "live_from")
            found += [(pk, "live" if opens <= moment else "coming") for pk, opens in ahead]
        for pk, state in found:
            states[pk].add(state)
            if way.how not in hows[pk]:
                hows[pk].append(way.how)
    copies = working_copies(ids)
    return [
        Use(copies[pk], hows[pk], [state for state in ("live", "coming", "draft") if state in states[pk]])
        for pk in ids
        if pk in hows
    ]


@dataclass(frozen=True)
class Shown:
    """On how many live pages readers read what something says, and the first of them."""

    count: int
    pages: list[Any]


def shown_on(subject: Model, *, first: int, at: datetime | None = None) -> Shown:
    """Return on which live pages a change of the subject is seen at once: how many, and the `first` ones."""
    live = [pages.live(at).order_by("title", "pk") for way in ways(subject) if way.shows for pages in way.pages]
    named = [page for pages in live for page in pages[:first]]
    return Shown(sum(pages.count() for pages in live), named[:first])


def showing(subject: Model, *, at: datetime | None = None) -> list[Any]:
    """Return the pages, live at the moment or coming after it, that show what the subject says."""
    moment = at or timezone.now()
    return [page for way in ways(subject) if way.shows for pages in way.pages for page in _ahead(pages, moment)]
