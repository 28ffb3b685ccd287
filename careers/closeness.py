"""How close two roles are, by the skills and tags that they share and the groups of occupations that both are in.

The table holds for each role those that are closest to it, up to KEPT: what depends on the roles as they are, and not
on the order in which they came. One role may be among the closest of another, and that one not among its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import connection, transaction

from careers.models import Closeness, Role, RoleEdition
from publishing.purges import document_tag, purge

KEPT = 24
"""How many neighbours a role has at most."""

Traits = frozenset[str]
Neighbours = dict[int, float]
"""Roles with their scores, closest first, then the oldest."""


def traits(content: dict[str, Any]) -> Traits:
    """Return what a role's content is compared by: skills and tags, spelled alike, and its occupation's groups."""
    words = frozenset(word.casefold() for word in [*content["skills"], *content["tags"]])
    return words | _groups(content["occupation"])


def _groups(code: str | None) -> Traits:
    """Return the groups of a SOC code, from its major group to itself, by the digits that stand for them: 11-, 11-9,
    11-911, 11-9111 (https://www.bls.gov/soc/2018/soc_2018_user_guide.pdf)."""
    return frozenset(f"soc {code[:length]}" for length in (3, 4, 6, 7)) if code else frozenset()


def score(a: Traits, b: Traits) -> float:
    """Return the Jaccard index: what both have, as a share of what either has (0 if neither has anything)."""
    return len(a & b) / len(a | b) if a | b else 0.0


def on_settled(sender: Any, documents: Iterable[Any], **kwargs: Any) -> None:
    """Place every role whose windows changed among the others (receiver of `settled`)."""
    roles = {document.pk for document in documents if isinstance(document, Role)}
    if roles:
        place(roles)


@transaction.atomic
def place(roles: Collection[int]) -> None:
    """Bring the neighbours of the roles, and of all whose neighbours they are, in line with what the roles are now.

    What counts is the last page of a role that is live or coming: a role without one has no neighbours.
    """
    _one_at_a_time()
    # In order: what comes last describes a role best.
    pages = RoleEdition.objects.unfinished().pages().select_related("revision")
    everyone = {page.document_id: traits(page.content) for page in pages}
    standing: defaultdict[int, Neighbours] = defaultdict(dict)
    for row in Closeness.objects.all():
        standing[row.role_id][row.other_id] = row.score
    after = placed(standing, everyone, changed=roles)
    differing = [role for role in {*standing, *after} if standing.get(role, {}) != after.get(role, {})]
    if differing:
        purge(map(document_tag, differing))
    Closeness.objects.filter(role__in=differing).delete()
    Closeness.objects.bulk_create(
        Closeness(role_id=role, other_id=other, score=value)
        for role in differing
        for other, value in after.get(role, {}).items()
    )


def _one_at_a_time() -> None:
    """Let nobody else place roles until the transaction ends: two at once would not see each other's pages.

    SQLite has one writer at a time as it is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Closeness._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def placed(
    standing: Mapping[int, Neighbours], everyone: Mapping[int, Traits], *, changed: Collection[int]
) -> dict[int, Neighbours]:
    """Return the neighbours of everyone, given those that stood before some roles changed, came or went.

    A list is worked out from everyone only where that can matter: for a role that changed, and where one that changed
    had a place in a full list and is less close now.
    """
    gone = {role for own in standing.values() for role in own} - set(everyone)
    moved = {*changed, *gone}
    return {role: _placed_one(role, standing.get(role, {}), everyone, moved) for role in everyone}


def _placed_one(role: int, before: Neighbours, everyone: Mapping[int, Traits], moved: set[int]) -> Neighbours:
    own = everyone[role]
    scores = {other: score(own, everyone[other]) if other in everyone else 0.0 for other in moved - {role}}
    fell = any(before[other] > scores[other] for other in before.keys() & scores.keys())
    if role in moved or (fell and len(before) >= KEPT):
        return _closest({other: score(own, theirs) for other, theirs in everyone.items() if other != role})
    return _closest(before | scores)


def _closest(scores: Neighbours) -> Neighbours:
    ranked = sorted((id_ for id_ in scores if scores[id_]), key=lambda id_: (-scores[id_], id_))
    return {id_: scores[id_] for id_ in ranked[:KEPT]}
