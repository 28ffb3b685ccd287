"""The admin's first page: what the person has begun, what waits, what comes, and what needs another look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.lookups import IsNull
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.addresses import live_paths
from publishing.admin.lists import in_order
from publishing.admin.reviews import seen_by
from publishing.checks import findings, standing
from publishing.kinds import document_models, working_copies
from publishing.models import CheckResult, Document, Report, Revision

SHOWN = 8
"""How many entries each part shows."""

LOOKED_AT = 100
"""How many of the last revisions, a person's or anyone's, are looked through."""

CONTRADICTED = 20
"""How many documents a page of contradictions has: the checks run for each of them."""

FOUND = 20
"""How many documents of each kind a search shows."""


@dataclass(frozen=True)
class Entry:
    """A document in a list, with what is to be said of it: a moment, a person, a few words."""

    document: Any
    at: datetime | None = None
    by: Any = None
    words: str = ""

    @property
    def path(self) -> str:
        """Where it is edited."""
        return str(self.document.edit_path)


def contents(site: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the parts of the desk, each a bounded list."""
    now = timezone.now()
    return {
        "drafts": _my_drafts(site, request, now),
        "waiting": _waiting(site, request),
        "coming": _coming(site, request, now),
        "wanting": _wanting(site, request, now),
        "oldest": _oldest(site, request, now),
        "recent": _recent(site, request),
        "reports": Report.objects.waiting()[:SHOWN],
    }


def _visible(site: Any, request: HttpRequest) -> dict[type[Document], Any]:
    """Return the admin of every kind of document that the person may see."""
    admins = {kind: site.get_model_admin(kind) for kind in document_models()}
    return {kind: admin for kind, admin in admins.items() if admin.has_view_or_change_permission(request)}


def _copies(site: Any, request: HttpRequest, ids: Iterable[int]) -> dict[int, Any]:
    """Return those of the working copies that the person may see, by id."""
    visible = _visible(site, request)
    found = working_copies(ids)
    return {pk: copy for pk, copy in found.items() if type(copy) in visible and not copy.put_away_at}


def _my_drafts(site: Any, request: Any, now: datetime) -> list[Entry]:
    """Return what the person saved last and readers do not see, newest first."""
    mine = Revision.objects.filter(author=request.user).order_by("-pk").values_list("document_id", "created_at")
    saved: dict[int, datetime] = {}
    for document_id, moment in mine[:LOOKED_AT]:
        saved.setdefault(document_id, moment)
    newest = Revision.objects.filter(document__in=saved).order_by().values("document").annotate(last=Max("pk"))
    drafts = dict(Revision.objects.filter(pk__in=newest.values("last")).values_list("document_id", "digest"))
    for kind in document_models():
        live = kind.edition_model.objects.live(now).filter(document__in=saved)
        for document_id, digest in live.values_list("document_id", "revision__digest"):
            if drafts.get(document_id) == digest:
                del drafts[document_id]
    copies = _copies(site, request, drafts)
    return [Entry(copies[pk], at=moment) for pk, moment in saved.items() if pk in copies][:SHOWN]


def _waiting(site: Any, request: Any) -> list[Entry]:
    """Return what waits for a decision: for those who may decide all of it, for others their own."""
    waiting = seen_by(request.user).at_hand().waiting()
    found = list((waiting if request.user.may_publish else waiting.filter(submitted_by=request.user))[:SHOWN])
    copies = _copies(site, request, (each.revision.document_id for each in found))
    return [
        Entry(copies[each.revision.document_id], at=each.submitted_at, by=each.submitted_by, words=each.note)
        for each in found
        if each.revision.document_id in copies
    ]


def _editions(site: Any, request: HttpRequest, editions: Any, *, by: str) -> Iterator[Any]:
    """Return the first editions of every kind that the person may see, in the order of the column `by`."""
    found = [
        edition
        for kind in _visible(site, request)
        for edition in editions(kind.edition_model.objects).select_related("issued_by").order_by(by)[:SHOWN]
    ]
    return iter(sorted(found, key=attrgetter(by))[:SHOWN])


def _coming(site: Any, request: HttpRequest, now: datetime) -> list[Entry]:
    found = list(_editions(site, request, lambda editions: editions.scheduled(now), by="live_from"))
    copies = _copies(site, request, (edition.document_id for edition in found))
    return [
        Entry(copies[each.document_id], at=each.live_from, by=each.issued_by, words="" if each.is_page else "goes down")
        for each in found
        if each.document_id in copies
    ]


def _oldest(site: Any, request: HttpRequest, now: datetime) -> list[Entry]:
    found = list(_editions(site, request, lambda editions: editions.live(now), by="reviewed_at"))
    copies = _copies(site, request, (edition.document_id for edition in found))
    return [Entry(copies[each.document_id], at=each.reviewed_at) for each in found if each.document_id in copies]


def _wanting(site: Any, request: HttpRequest, now: datetime) -> list[Entry]:
    """Return live pages of whose drafts the checks found something, the worst first."""
    live = Q()
    for kind in document_models():
        pages = kind.edition_model.objects.live(now).filter(document=OuterRef("document")).order_by()
        # Of Exists(), PostgreSQL would first make a table of every live page.
        live |= Q(IsNull(Subquery(pages.values("pk")[:1]), False))  # noqa: FBT003
    results = list(CheckResult.objects.wanting().filter(live)[:SHOWN])
    copies = _copies(site, request, (result.document_id for result in results))
    return [Entry(copies[each.document_id], words=each.words) for each in results if each.document_id in copies]


def _recent(site: Any, request: HttpRequest) -> list[Entry]:
    """Return what anyone saved last, each document once, with who did."""
    revisions = Revision.objects.select_related("author").defer("content").order_by("-pk")[:LOOKED_AT]
    last: dict[int, Revision] = {}
    for revision in revisions:
        last.setdefault(revision.document_id, revision)
    copies = _copies(site, request, last)
    return [
        Entry(copies[pk], at=each.created_at, by=each.author, words=each.note)
        for pk, each in last.items()
        if pk in copies
    ][:SHOWN]


def search_page(site: Any, request: HttpRequest) -> HttpResponse:
    """Drafts and live pages of every kind whose title, or what else its list is searched by, holds the words."""
    words = request.GET.get("q", "").strip()[:200]
    found = []
    for kind, admin in _visible(site, request).items() if words else ():
        documents, is_repeating = admin.get_search_results(request, admin.get_queryset(request), words)
        # To tell rows apart, PostgreSQL would sort all that were found, and not stop at the last one shown.
        documents = documents.distinct() if is_repeating else documents
        ids = documents.values_list("pk", flat=True)[: FOUND + 1]
        found.append((kind._meta.verbose_name_plural, in_order(ids, admin.listed(request))))
    context = {"words": words, "found": [each for each in found if each[1]], "most": FOUND, "title": "Search"}
    return site.render(request, "search", context)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Contradicted:
    """A document whose draft contradicts the record: where readers read it, if they do, and what the checks say."""

    document: Any
    path: str
    sentences: list[str]


def contradicted_page(site: Any, request: HttpRequest) -> HttpResponse:
    """Documents whose prose says otherwise than the figures do, those with most contradictions first."""
    labels = [kind._meta.label for kind in _visible(site, request)]
    results = CheckResult.objects.contradicted().filter(document__model_label__in=labels, document__put_away_at=None)
    page = Paginator(results, CONTRADICTED).get_page(request.GET.get("p"))
    found = working_copies(result.document_id for result in page)
    copies = {result.document_id: found[result.document_id] for result in page}
    paths = live_paths(copies)
    entries = [Contradicted(copy, paths.get(pk, ""), _contradictions(copy)) for pk, copy in copies.items()]
    context = {"title": _("Contradicted figures"), "entries": entries, "page": page}
    return site.render(request, "contradicted", context)  # type: ignore[no-any-return]


def _contradictions(document: Document) -> list[str]:
    return [finding.sentence for finding in standing(findings(document)) if finding.contradicts]
