"""What readers compare most."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from articles.models import ChosenPair, ComparisonEdition
from articles.search.meant import side_by_side
from careers.models import RoleEdition

SHOWN = 6
MONTHS = 3
"""Of how many months what readers chose is counted, this one among them."""
SPARE = 2
"""How many times as many pairs are asked for as are shown, since a role or its comparison may have been taken down."""


def most_compared(*, at: datetime) -> list[ComparisonEdition]:
    """Return the pairs that readers chose most often of late, each as the comparison that is live at the moment or the
    page made from both roles (four queries at most; their cost depends on the pairs chosen, not on the articles)."""
    chosen = list(ChosenPair.objects.most_chosen(since=_since(timezone.localdate()))[: SPARE * SHOWN])
    ids = {pair[side] for pair in chosen for side in ("first", "second")}
    live = RoleEdition.objects.live(at).filter(document__in=ids) if ids else ()
    roles = {role.document_id: role for role in live}
    both = [(pair["first"], pair["second"]) for pair in chosen if {pair["first"], pair["second"]} <= roles.keys()]
    return side_by_side([(roles[first], roles[second]) for first, second in both], at=at)[:SHOWN]


def _since(today: date) -> date:
    """Return the first day of the first of the months that count."""
    months = today.year * 12 + today.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)
