"""How close two roles are, by the skills and tags that they share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from careers.models import Closeness, Role, RoleEdition

KEPT = 24
"""How many neighbours a role brings into the table."""

Traits = frozenset[str]


def traits(content: dict[str, Any]) -> Traits:
    """Return what a role's content is compared by: skills and tags, spelled alike."""
    return frozenset(word.casefold() for word in [*content["skills"], *content["tags"]])


def score(a: Traits, b: Traits) -> float:
    """Return the Jaccard index: what both have, as a share of what either has (0 if neither has anything)."""
    return len(a & b) / len(a | b) if a | b else 0.0


def on_settled(sender: Any, documents: Iterable[Any], **kwargs: Any) -> None:
    """Place every role whose windows changed among the others (receiver of `settled`)."""
    for document in documents:
        if isinstance(document, Role):
            place(document.pk)


def place(role: int) -> None:
    """Work out the neighbours of the role anew; the table holds both directions.

    What counts is its last page that is live or coming: a role without one has no neighbours.
    """
    latest = _editions().filter(document=role).last()
    own = traits(latest.content) if latest else frozenset()
    others = {each.document_id: traits(each.content) for each in _editions().exclude(document=role)}
    scored = {other: score(own, theirs) for other, theirs in others.items()}
    closest = sorted((id_ for id_ in scored if scored[id_]), key=lambda id_: (-scored[id_], id_))[:KEPT]
    scores = {pair: scored[other] for other in closest for pair in ((role, other), (other, role))}
    standing = Closeness.objects.filter(Q(role=role) | Q(other=role))
    # Everybody takes the rows in one order, and some may come from another act by now: two roles can be placed at once.
    list(standing.select_for_update().order_by("role_id", "other_id"))
    standing.delete()
    Closeness.objects.bulk_create(
        (Closeness(role_id=a, other_id=b, score=value) for (a, b), value in sorted(scores.items())),
        update_conflicts=True,
        unique_fields=["role", "other"],
        update_fields=["score"],
    )


def _editions() -> Any:
    """Return the roles' pages that are live or coming, in order: what comes last describes a role best."""
    return RoleEdition.objects.unfinished().pages().select_related("revision")
