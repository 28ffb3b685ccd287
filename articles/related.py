"""Where a reader goes next: related comparisons, previous, and next.

One query fetches the few candidates that could be chosen; the rules then choose among them in plain Python, and
would choose the same from the whole corpus.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, FloatField, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from articles.models import ComparisonEdition, ComparisonEditionQuerySet
from careers.models import Closeness
from publishing.prepared import Prepared
from publishing.slices import ids_of

SIZE = 6

COLUMNS = ("document", "role_a", "role_b", "category", "first_published_at", "slug", "title", "standfirst")
"""What the rules ask of a comparison, and what a list shows of it: nothing else of the candidates is fetched."""


@dataclass(frozen=True)
class Picks:
    """What the editors want, as the edition froze it: documents to put first, and documents never to show."""

    pinned: Sequence[int] = ()
    excluded: Collection[int] = field(default_factory=frozenset)

    @classmethod
    def of(cls, edition: ComparisonEdition) -> Picks:
        """Return the pins and exclusions of the edition."""
        content = edition.content
        return cls(
            pinned=[row["target"] for row in content["pins"]],
            excluded={row["target"] for row in content["exclusions"]},
        )


class Related(NamedTuple):
    """A comparison to go on to, and the role it shares with the one being read, if any."""

    edition: ComparisonEdition
    shared_role: int | None


def candidates(
    edition: ComparisonEdition, *, picks: Picks, at: datetime, also: Collection[int] = ()
) -> list[ComparisonEdition]:
    """Return every live comparison that the rules below could choose, and those of the documents `also` (one query)."""
    return _candidates(
        document=edition.document_id,
        roles=_roles(edition),
        category=edition.category_id,
        published=edition.first_published_at if edition.category_id else None,  # it is walked only on a shelf
        named=tuple({*picks.pinned, *also}),
        excluded=tuple(picks.excluded),
        at=at,
    )


@Prepared
def _candidates(
    document: int | None,
    roles: tuple[int, int],
    category: int | None,
    published: datetime | None,
    named: tuple[int, ...],
    excluded: tuple[int, ...],
    at: datetime,
) -> ComparisonEditionQuerySet:
    edition = ComparisonEdition(
        document_id=document,  # type: ignore[misc]
        role_a_id=roles[0],
        role_b_id=roles[1],
        category_id=category,
        first_published_at=published,
    )
    live = ComparisonEdition.objects.live(at).exclude(document=document)
    newest = live.exclude(document__in=excluded).newest_first()
    # Twice the size: as many as the tiers before could have taken away, and as many again.
    enough = 2 * SIZE
    chosen = ids_of(
        *([live.filter(document__in=named)] if named else []),
        *(live.filter(pairs) for pairs in _close_pairs(edition)),
        *(newest.filter(**{side: role})[:enough] for side in ("role_a", "role_b") for role in _roles(edition)),
        newest[:enough],
        newest.filter(category=edition.category_id)[:enough],
        *_neighbours(live, edition),
    )
    return with_closeness(ComparisonEdition.objects.filter(pk__in=chosen).only(*COLUMNS), edition)


def _roles(edition: ComparisonEdition) -> tuple[int, int]:
    return (edition.role_a_id, edition.role_b_id)


def _close_pairs(edition: ComparisonEdition) -> Iterator[Q]:
    """Yield what matches one of the edition's roles with one that is close to the other. A pair has one comparison, and
    a role few neighbours (careers.closeness.KEPT)."""
    a, b = _roles(edition)
    for kept, replaced in ((a, b), (b, a)):
        close = Closeness.objects.closest_to(replaced).values("other")
        yield Q(role_a=kept, role_b__in=close)
        yield Q(role_b=kept, role_a__in=close)


def with_closeness(editions: ComparisonEditionQuerySet, to: ComparisonEdition) -> ComparisonEditionQuerySet:
    """Annotate each edition with `closeness`: of the role that it has in place of one of `to`, else 0."""
    a, b = _roles(to)
    cases = [
        When(**{kept: shared}, then=_score(replaced, instead))
        for shared, replaced in ((a, b), (b, a))
        for kept, instead in (("role_a", "role_b"), ("role_b", "role_a"))
    ]
    return editions.annotate(closeness=Coalesce(Case(*cases, output_field=FloatField()), 0.0))


def _score(role: int, other: str) -> Subquery:
    return Subquery(Closeness.objects.filter(role=role, other=OuterRef(other)).values("score")[:1])


def related(
    edition: ComparisonEdition, among: Iterable[ComparisonEdition], *, picks: Picks, size: int = SIZE
) -> list[Related]:
    """Return up to `size` comparisons to go on to, each once, never the edition itself, never an excluded one.

    Pins come first, in their order; then those that share a role, the ones whose other role is closest to the one
    it replaces first (`with_closeness`); then the same category; then any. What is equal in that comes newest first.
    """
    pins = {document: place for place, document in enumerate(picks.pinned)}

    def rank(other: Any) -> tuple[float, ...]:
        newest = (-other.first_published_at.timestamp(), -other.document_id)
        if other.document_id in pins:
            return (0, pins[other.document_id])
        if shared_role(edition, other) is not None:
            return (1, -other.closeness, *newest)
        return (2 if other.category_id == edition.category_id else 3, *newest)

    never = {edition.document_id, *picks.excluded}
    allowed = [other for other in among if other.document_id not in never]
    return [Related(other, shared_role(edition, other)) for other in sorted(allowed, key=rank)[:size]]


def shared_role(edition: ComparisonEdition, other: ComparisonEdition) -> int | None:
    """Return the role that both compare, or None."""
    return next((role for role in _roles(edition) if role in _roles(other)), None)


class Walk(NamedTuple):
    """The neighbours of a comparison on its shelf, in the order of first publication, without wrapping."""

    previous: ComparisonEdition | None
    next: ComparisonEdition | None


def walk(edition: ComparisonEdition, among: Iterable[ComparisonEdition]) -> Walk:
    """Return the previous and the next comparison in the edition's category."""
    here = _place(edition)
    shelf = [
        other
        for other in among
        if other.category_id == edition.category_id and other.document_id != edition.document_id
    ]
    return Walk(
        previous=max((other for other in shelf if _place(other) < here), key=_place, default=None),
        next=min((other for other in shelf if _place(other) > here), key=_place, default=None),
    )


def _place(edition: ComparisonEdition) -> tuple[datetime, int]:
    return (edition.first_published_at, edition.document_id)


def _neighbours(live: ComparisonEditionQuerySet, edition: ComparisonEdition) -> Iterator[ComparisonEditionQuerySet]:
    """Yield the comparison before and after the edition in its category; one that nobody wrote stands in none."""
    if edition.category_id is not None:
        yield _before(live, edition)[:1]
        yield _after(live, edition)[:1]


def _before(live: ComparisonEditionQuerySet, edition: ComparisonEdition) -> ComparisonEditionQuerySet:
    moment, document = _place(edition)
    earlier = Q(first_published_at__lt=moment) | Q(first_published_at=moment, document__lt=document)
    # The bound says nothing more than the OR, but lets the index that holds the order begin there (publishing.keyset).
    return live.filter(earlier, first_published_at__lte=moment, category=edition.category_id).newest_first()


def _after(live: ComparisonEditionQuerySet, edition: ComparisonEdition) -> ComparisonEditionQuerySet:
    moment, document = _place(edition)
    later = Q(first_published_at__gt=moment) | Q(first_published_at=moment, document__gt=document)
    on_shelf = live.filter(later, first_published_at__gte=moment, category=edition.category_id)
    return on_shelf.order_by("first_published_at", "document_id")
