"""What a query finds, the best first.

Each kind of page is asked once for a bounded set of candidates, whatever the corpus: lists that an index holds in
order, each cut off early (`publishing.slices`). How these are ranked is plain Python. Nothing counts what there is, and
nothing sorts more than the candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from articles.models import ComparisonEdition, PageEdition
from articles.search.index import in_category, in_title, lead_of
from articles.search.words import Query, words_in
from careers.models import RoleEdition
from publishing.slices import ids_of

MOST = 200
"""How many pages a query finds at most: more would not help whoever has read as many."""
BY_TEXT = 100
"""How many of a kind are found by the words of their title, and how many by all their words: those issued last."""
ABOUT = 8
"""Of how many of the roles that a query means the comparisons are found."""
OF_A_ROLE = 24
"""How many comparisons of each of them are found, in which it stands first, and in which it stands second."""
ROLES_FIRST = 5
"""How many roles stand before the comparisons of them."""

MODELS: dict[str, Any] = {"role": RoleEdition, "comparison": ComparisonEdition, "page": PageEdition}


class Hit(NamedTuple):
    """An edition that was found, with what ranks it: how surely its title means what was asked."""

    kind: str
    pk: int
    rank: tuple[Any, ...] = ()


def find(
    query: Query, roles: Sequence[RoleEdition], *, at: datetime, kind: str = "", shelf: int | None = None
) -> list[Hit]:
    """Return the hits of the query at the moment, the best first: live editions of the kind, or of every kind, and
    those on the shelf alone where there is one.

    `roles` are those that the query means. The best of them come first, then pages of the site's own with the words in
    their title, comparisons of the roles, the other roles, what has the words in its title, and what has them anywhere
    (a query for each kind).
    """
    asked = {"comparison"} if shelf else {kind} if kind else set(MODELS)
    named = [Hit("role", role.pk) for role in roles] if "role" in asked else []
    about: list[Hit] = []
    texts: list[Hit] = []
    if "comparison" in asked:
        about, texts = comparisons(query, roles, at=at, shelf=shelf)
    texts += [hit for each in ("role", "page") if each in asked for hit in by_text(each, query, at=at)]
    texts.sort(key=lambda hit: hit.rank)
    pages = [hit for hit in texts if hit.kind == "page" and not hit.rank[0]]
    ordered = [*named[:ROLES_FIRST], *pages, *about, *named[ROLES_FIRST:], *texts]
    return list({(hit.kind, hit.pk): hit for hit in ordered}.values())[:MOST]


def comparisons(
    query: Query, roles: Sequence[RoleEdition], *, at: datetime, shelf: int | None
) -> tuple[list[Hit], list[Hit]]:
    """Return the comparisons of the roles, and those that have the words (one query)."""
    live = ComparisonEdition.objects.live(at)
    on_shelf = live.filter(category=shelf) if shelf else live
    place = {role.document_id: n for n, role in enumerate(roles[:ABOUT])}
    slices = [side for role in place for side in about_role(role, on_shelf, size=OF_A_ROLE)]
    found = ComparisonEdition.objects.filter(pk__in=ids_of(*slices, *_having(query, live, shelf=shelf)))
    about, texts = [], []
    for each in found.only("title", "standfirst", "role_a_id", "role_b_id", "first_published_at", "document_id"):
        places = sorted(place[role] for role in (each.role_a_id, each.role_b_id) if role in place)
        if places:
            about.append(Hit("comparison", each.pk, (places[0], -len(places), *_newest_first(each))))
        else:
            texts.append(Hit("comparison", each.pk, _rank(query, each)))
    return sorted(about, key=lambda hit: hit.rank), texts


def about_role(role: int, live: Any, *, size: int) -> list[Any]:
    """Return the newest of the live comparisons in which the role stands first, and of those in which it is second."""
    return [live.filter(**{side: role}).newest_first()[:size] for side in ("role_a", "role_b")]


def by_text(kind: str, query: Query, *, at: datetime) -> Iterator[Hit]:
    """Yield the editions of the kind that have the words (one query)."""
    model = MODELS[kind]
    found = model.objects.filter(pk__in=ids_of(*_having(query, model.objects.live(at))))
    for each in found.defer("pictures", "reason"):
        yield Hit(kind, each.pk, _rank(query, each))


def _having(query: Query, live: Any, *, shelf: int | None = None) -> Iterable[Any]:
    """Yield the live editions with the words in their title, and those with the words anywhere: the last ones issued.

    The order is that of the words' own table, so that a database stops at the last row wanted: FTS5 reads its lists of
    rows backwards, and PostgreSQL, which knows how common words are, reads rows backwards while these are common, and
    takes the GIN index for rare ones.
    """
    also = [in_category(shelf)] if shelf else []
    for words in ([in_title(word) for word in query.words], query.words):
        yield live.filter(found_by__words__has_all=[*also, *words]).order_by("-found_by__edition_id")[:BY_TEXT]


def _rank(query: Query, edition: Any) -> tuple[Any, ...]:
    """Return what sorts texts: all words in the title first, then the more words in title and lead, then the newest."""
    title, lead = set(words_in(edition.title)), set(words_in(lead_of(edition)))
    missing = sum(word not in title for word in query.words)
    return (bool(missing), missing, sum(word not in lead for word in query.words), *_newest_first(edition))


def _newest_first(edition: Any) -> tuple[float, int]:
    return (-edition.first_published_at.timestamp(), -edition.document_id)
