"""What is offered to a reader in place of a page that was taken down: what lies near it and is live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from articles.models import Category, ComparisonEdition
from articles.related import SIZE, Picks, candidates, related
from careers.models import RoleEdition
from publishing.models import Edition

MINOR_GROUP = 4
"""How many characters of a SOC code name its minor group, as in "11-9"
(https://www.bls.gov/soc/2018/soc_2018_user_guide.pdf)."""


@dataclass(frozen=True)
class Near:
    """Roles, comparisons, and the category to look in; any of them may be missing."""

    roles: Sequence[RoleEdition] = ()
    comparisons: Sequence[ComparisonEdition] = ()
    category: Category | None = None


def near(edition: Edition, *, at: datetime) -> Near:
    """Return what is live at the moment and near to what the edition showed, in at most three queries.

    To a comparison: its roles, the comparisons that were related to it, and its category. To a role: those that share a
    tag or the minor group of its occupation. To a page of the site's own: nothing.
    """
    if isinstance(edition, ComparisonEdition):
        return _near_comparison(edition, at=at)
    return Near(roles=_like(edition, at=at)) if isinstance(edition, RoleEdition) else Near()


def _near_comparison(edition: ComparisonEdition, *, at: datetime) -> Near:
    picks = Picks.of(edition)
    among = candidates(edition, picks=picks, at=at)
    live = RoleEdition.objects.live(at)
    return Near(
        roles=list(live.filter(document__in=[edition.role_a_id, edition.role_b_id]).order_by("title")),
        comparisons=[each.edition for each in related(edition, among, picks=picks)],
        category=edition.category if any(each.category_id == edition.category_id for each in among) else None,
    )


def _like(edition: RoleEdition, *, at: datetime) -> list[RoleEdition]:
    alike = Q(tags__in=edition.tags.all())
    if edition.occupation_id:
        alike |= Q(occupation__code__startswith=edition.occupation_id[:MINOR_GROUP])
    return list(RoleEdition.objects.live(at).filter(alike).order_by("title").distinct()[:SIZE])
