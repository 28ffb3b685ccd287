"""Which roles a query means, which two of them it compares, and how it is spelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations

from django.db.models import Q, prefetch_related_objects

from articles.models import ComparisonEdition
from articles.models.comparisons import turned
from articles.pairs import unwritten
from articles.search.words import MOST, SMALL, Query
from articles.titles import TooManyRoles, pair_in
from careers.finding import Found, corrected, find_roles, folded, named_in, spelled
from careers.models import RoleEdition

Pair = tuple[RoleEdition, RoleEdition]

TOGETHER = 3
"""How many roles of one query are compared with each other."""


def meant(query: Query, *, at: datetime, size: int) -> tuple[list[Found], list[Pair]]:
    """Return the live roles that the query means, the best first, and the pairs of them that it compares.

    They are meant by a name that begins with its words, in the plural too, or else by names that stand in it ("practice
    manager salary"), or else as one of those that it compares: "nurse or teacher", "practice manager office manager".
    """
    spellings = dict.fromkeys([spelled(query.text), " ".join(query.words)])
    found = next(filter(None, (find_roles(each, at=at, size=size) for each in spellings)), [])
    names = compared_in(query.text)
    typed = folded(query.text).split()[:MOST]
    named = [] if found and (names or len(typed) < 2) else named_in(typed, at=at)
    compared = _compared(names, at=at) if names else _only_roles(typed, named)
    roles = found or [Found(role, "") for role in named or compared]
    return roles, list(combinations(compared, 2))


def _compared(names: Sequence[str], *, at: datetime) -> list[RoleEdition]:
    """Return the live roles that the names mean first, each once (at most three queries for each name)."""
    best = [find_roles(name, at=at, size=1) for name in names[:TOGETHER]]
    return list(dict.fromkeys(found[0].role for found in best if found))


def compared_in(text: str) -> list[str]:
    """Return the names of the roles that a text compares, as they are written there; empty if it compares none."""
    try:
        pair = pair_in(text) or pair_in(f"{text}?")
    except TooManyRoles as many:
        return many.names
    return [pair.a, pair.b] if pair else []


def _only_roles(typed: Sequence[str], named: Sequence[RoleEdition]) -> list[RoleEdition]:
    """Return the roles that are named, where two or more names make up what was typed."""
    is_several = len([word for word in typed if word not in SMALL]) > 1 and len(named) > 1
    return list(named[:TOGETHER]) if is_several else []


def side_by_side(pairs: Sequence[Pair], *, at: datetime) -> list[ComparisonEdition]:
    """Return for each pair the live comparison that somebody wrote, or the page made from both; nothing where such a
    comparison was taken down, since the address says so (two queries)."""
    if not pairs:
        return []
    either = Q()
    for a, b in pairs:
        either |= Q(role_a=a.document_id, role_b=b.document_id) | Q(role_a=b.document_id, role_b=a.document_id)
    there = list(ComparisonEdition.objects.at(at).select_related("category", "revision").filter(either))
    written = {frozenset((each.role_a_id, each.role_b_id)): each for each in there if each.is_page}
    taken = {slug for each in there for slug in (each.slug, turned(each.slug))}
    prefetch_related_objects([role for pair in pairs for role in pair if _ids(pair) not in written], "revision")
    found = [written.get(_ids(pair)) or unwritten(*sorted(pair, key=lambda role: role.slug), at=at) for pair in pairs]
    return [each for each in found if each.document_id or each.slug not in taken]


def _ids(pair: Pair) -> frozenset[int]:
    return frozenset(role.document_id for role in pair)


def spelled_right(query: Query, *, at: datetime) -> Query | None:
    """Return the query without slips in the names of roles, or None if there is none, or no role is named so."""
    better = respelled(query, at=at)
    return better if better and meant(better, at=at, size=1)[0] else None


def respelled(query: Query, *, at: datetime) -> Query | None:
    """Return the query with its words spelled as those in the names of roles, or None if they are (one query)."""
    typed = folded(query.text).split()
    right = corrected(typed, at=at)
    return Query.of(" ".join(right)) if right != typed else None
