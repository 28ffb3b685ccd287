"""How close two roles are, by the skills and tags that they share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from careers.models import Closeness, RoleEdition

KEPT = 24
"""How many neighbours a role brings into the table."""

Traits = frozenset[str]


def traits(content: dict[str, Any]) -> Traits:
    """Return what a role's content is compared by: skills and tags, spelled alike."""
    return frozenset(word.casefold() for word in [*content["skills"], *content["tags"]])


def score(a: Traits, b: Traits) -> float:
    """Return the Jaccard index: what both have, as a share of what either has (0 if neither has anything)."""
    return len(a & b) / len(a | b) if a | b else 0.0


def on_issued(sender: Any, editions: Iterable[Any], **kwargs: Any) -> None:
    """Place every role that was published or scheduled among the others (receiver of `issued`)."""
    for edition in editions:
        if isinstance(edition, RoleEdition) and edition.is_page:
            place(edition)


def place(edition: RoleEdition) -> None:
    """Work out the neighbours of the role anew, as the edition describes it; the table holds both directions."""
    own = traits(edition.content)
    others = _traits_of_others(edition.document_id)
    scored = {other: score(own, theirs) for other, theirs in others.items()}
    closest = sorted((id_ for id_ in scored if scored[id_]), key=lambda id_: (-scored[id_], id_))[:KEPT]
    role = edition.document_id
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


def _traits_of_others(role: int) -> dict[int, Traits]:
    """Return the traits of every other role that is live or coming, as its latest edition describes it."""
    editions = RoleEdition.objects.unfinished().pages().exclude(document=role).select_related("revision")
    return {edition.document_id: traits(edition.content) for edition in editions}
