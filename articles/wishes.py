"""Neighbours that articles named before anybody wrote them: wishes, which become pins once they exist."""

from __future__ import annotations

from django.db.models import Max

from articles.models import Comparison, Pin, Wish
from articles.titles import TooManyRoles, pair_in
from careers.models import Role
from publishing.models import User
from publishing.revisions import record


def comparison_called(title: str) -> Comparison | None:
    """Return the comparison at hand over the two roles that the title names, in either order, or None."""
    try:
        pair = pair_in(title)
    except TooManyRoles:
        return None
    if pair is None:
        return None
    a, b = (Role.objects.filter(title__iexact=name, put_away_at=None).first() for name in (pair.a, pair.b))
    found = Comparison.of_pair(a.pk, b.pk) if a and b else None
    return found if found and not found.put_away_at else None


PINNED = "Pinned, now that it exists: "


def fulfil(comparison: Comparison, *, by: User) -> list[Comparison]:
    """Turn every wish for the comparison into a pin, and return the working copies that this changed.

    Each leaves a revision; what readers see changes when those articles are published again.
    """
    changed = []
    wishes = Wish.objects.filter(title__icontains=comparison.role_a.title).select_related("comparison")
    for wish in wishes.filter(title__icontains=comparison.role_b.title):
        if wish.comparison_id != comparison.pk and comparison_called(wish.title) == comparison:
            if not pin(wish.comparison, comparison):
                continue
            wish.delete()
            record(wish.comparison, by=by, note=f"{PINNED}{comparison}"[:200])
            changed.append(wish.comparison)
    return changed


def pin(comparison: Comparison, target: Comparison) -> bool:
    """Put the target last among the comparison's pins; return whether it stands there. An excluded one does not."""
    if comparison.exclusions.filter(target=target).exists():
        return False
    last = comparison.pins.aggregate(last=Max("position"))["last"]
    Pin.objects.get_or_create(
        comparison=comparison, target=target, defaults={"position": 0 if last is None else last + 1}
    )
    return True
