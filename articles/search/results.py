"""A page of what a query found, laid out as the templates show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.models import Category, ComparisonEdition
from articles.search.hits import MODELS, MOST, Hit, about_role, find
from articles.search.index import lead_of, texts_of
from articles.search.marks import excerpt, marked, matches
from articles.search.meant import compared_in, meant, respelled, side_by_side, spelled_right
from articles.search.words import Query
from careers.finding import Found
from publishing.slices import ids_of

ON_A_PAGE = 20
KINDS = {"role": _("Role"), "comparison": _("Comparison"), "page": _("About this site")}
MADE = _("Both profiles, side by side: nobody has written about the two yet")
RELATED = {"comparison": ("category", "revision")}


@dataclass(frozen=True)
class Result:
    """One page that was found: where, under what title, of what kind, and a line of what it says."""

    path: str
    title: SafeString
    line: SafeString
    kind: Any
    shelf: Category | None = None
    called: str = ""


@dataclass(frozen=True)
class Results:
    """What a query found. `instead_of` is what was typed, where only another spelling finds anything."""

    query: Query
    instead_of: str = ""
    meant: Query | None = None
    leads: list[Result] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    names: dict[tuple[str, int], str] = field(default_factory=dict)
    """By what name a role was found, where that is not its title."""
    is_cut_off: bool = False
    """Whether there may be more than what is listed."""

    def __bool__(self) -> bool:
        """Whether anything was found."""
        return bool(self.hits or self.leads)

    @property
    def pages(self) -> int:
        """How many pages the list has: one at least."""
        return max(1, -(-len(self.hits) // ON_A_PAGE))

    def page(self, number: int) -> list[Result]:
        """Return the results on that page (a query for each kind on it)."""
        hits = self.hits[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
        editions = {kind: _editions(kind, [hit.pk for hit in hits if hit.kind == kind]) for kind in MODELS}
        found = [(hit, editions[hit.kind][hit.pk]) for hit in hits if hit.pk in editions[hit.kind]]
        return [
            result_of(hit.kind, each, self.query, called=self.names.get((hit.kind, hit.pk), "")) for hit, each in found
        ]


def _editions(kind: str, ids: Sequence[int]) -> dict[int, Any]:
    related = RELATED.get(kind, ("revision",))
    found: dict[int, Any] = MODELS[kind].objects.select_related(*related).in_bulk(ids) if ids else {}
    return found


def search(query: Query, *, at: datetime, kind: str = "", shelf: int | None = None) -> Results:
    """Return what the query finds among what is live at the moment: of the kind, or on the shelf, where one is given.

    A query whose words nothing has is spelled anew (careers.finding.corrected); one that names no role is told what it
    may have meant.
    """
    if not query:
        return Results(query)
    found, is_sure = _search(query, at=at, kind=kind, shelf=shelf)
    right = None if is_sure else spelled_right(query, at=at)
    if right is None or found:
        return replace(found, meant=right)
    instead, _sure = _search(right, at=at, kind=kind, shelf=shelf)
    return replace(instead, instead_of=query.text)


def _search(query: Query, *, at: datetime, kind: str, shelf: int | None) -> tuple[Results, bool]:
    """Return what the query as it is spelled finds, and whether roles were found by all the names in it."""
    called, pairs = meant(query, at=at, size=MOST if kind == "role" else ON_A_PAGE)
    leads = [] if kind or shelf else side_by_side(pairs, at=at)
    hits = find(query, [found.role for found in called], at=at, kind=kind, shelf=shelf)
    led = {lead.pk for lead in leads}
    results = Results(
        query=query,
        leads=[result_of("comparison", lead, query) for lead in leads],
        hits=[hit for hit in hits if hit.kind != "comparison" or hit.pk not in led],
        names={("role", found.role.pk): found.called for found in called},
        is_cut_off=len(hits) == MOST,
    )
    return results, bool(called) and (bool(pairs) or not compared_in(query.text))


def result_of(kind: str, edition: Any, query: Query, *, called: str = "") -> Result:
    """Return the result for an edition with its revision."""
    return Result(
        path=edition.get_absolute_url(),
        title=marked(edition.title, query.words, begun=kind == "role"),
        line=marked(_line(kind, edition, query), query.words),
        kind=KINDS[kind] if edition.document_id else MADE,
        shelf=edition.category if kind == "comparison" and edition.category_id else None,
        called=called,
    )


def _line(kind: str, edition: Any, query: Query) -> str:
    """Return what stands below the title: its lead, unless words that neither has stand in the text."""
    lead = lead_of(edition)
    told = {match.word for text in (edition.title, lead) for match in matches(text, query.words)}
    missing = set(query.words) - told
    return (missing and excerpt(" ".join(texts_of(edition.content, kind=kind)), missing)) or lead


@dataclass(frozen=True)
class Offers:
    """What is offered while somebody types: the pairs that are named, roles, and comparisons of the best of them."""

    pairs: list[ComparisonEdition]
    roles: list[Found]
    comparisons: list[ComparisonEdition]

    def __bool__(self) -> bool:
        """Whether there is anything to offer."""
        return bool(self.pairs or self.roles)


ROLES_OFFERED = 6
COMPARISONS_OFFERED = 3


def offers(query: Query, *, at: datetime) -> Offers:
    """Return what the query offers at the moment; no text is read for it, so that its cost is bounded by the roles."""
    found = _offers(query, at=at)
    right = None if found or not query else respelled(query, at=at)
    return _offers(right, at=at) if right else found


def _offers(query: Query, *, at: datetime) -> Offers:
    roles, compared = meant(query, at=at, size=ROLES_OFFERED)
    pairs = side_by_side(compared, at=at)
    if pairs or not roles:
        return Offers(pairs, roles, [])
    live = ComparisonEdition.objects.live(at)
    about = ids_of(*about_role(roles[0].role.document_id, live, size=COMPARISONS_OFFERED))
    return Offers([], roles, list(ComparisonEdition.objects.filter(pk__in=about).newest_first()[:COMPARISONS_OFFERED]))
