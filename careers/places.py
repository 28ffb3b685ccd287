"""Where a reader may ask what roles are paid: the nation, states, and the areas of the state that was chosen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.validators import slug_re
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from careers.models import Area, Wage
from careers.published import NATION
from publishing.prepared import Prepared


@dataclass(frozen=True)
class Places:
    """The places that something is published for, and which of them is looked at."""

    chosen: Area
    nation: list[Area]
    states: list[Area]
    within: list[Area]

    @property
    def state(self) -> Area:
        """The state that is looked at, or in which the area lies that is."""
        return self.chosen.state or self.chosen


def asked(query: QueryDict) -> str:
    """Return the slug of the area that the query asks for: the nation if for none, nothing if for what is no slug."""
    slug = query.get("area") or NATION
    return slug if slug_re.match(slug) else ""


def places(occupations: Collection[str], *, at: datetime, slug: str) -> Places | None:
    """Return the places for which the release that is current at the moment has wages of any of the occupations.

    `slug` is the area that is looked at: None is returned if there is nothing for it (one query).
    """
    found = _offered(occupations=tuple(occupations), at=at, slug=slug)
    chosen = next((area for area in found if area.slug == slug), None)
    if chosen is None:
        return None
    return Places(
        chosen=chosen,
        nation=[area for area in found if area.kind == Area.Kind.NATION],
        states=[area for area in found if area.kind == Area.Kind.STATE],
        within=[area for area in found if area.state_id],
    )


@Prepared
def _offered(occupations: tuple[str, ...], at: datetime, slug: str) -> QuerySet[Area]:
    published = Wage.objects.current(at).filter(area=OuterRef("pk"), occupation__in=occupations)
    states = Area.objects.filter(Q(slug=slug) | Q(areas__slug=slug))
    shown = Q(kind__in=[Area.Kind.NATION, Area.Kind.STATE]) | Q(state__in=states.values("pk"))
    return Area.objects.filter(shown, Exists(published)).select_related("state")
