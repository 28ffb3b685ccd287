"""Where a reader may ask what roles are paid: the nation, states, and the areas of the state that was chosen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.validators import slug_re
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from careers.models import Area, Wage
from careers.published import NATION
from publishing.prepared import Prepared


class Place(NamedTuple):
    """An area (its `kind` is an Area.Kind), and the title of the state that it is listed under, if it is."""

    slug: str
    title: str
    kind: str
    state: str | None


@dataclass(frozen=True)
class Places:
    """The places that something is published for, and which of them is looked at."""

    chosen: Place
    nation: list[Place]
    states: list[Place]
    within: list[Place]

    @property
    def state(self) -> str:
        """The title of the state that is looked at, or in which the area lies that is."""
        return self.chosen.state or self.chosen.title


def asked(query: QueryDict) -> str:
    """Return the slug of the area that the query asks for: the nation if for none, nothing if for what is no slug."""
    slug = query.get("area") or NATION
    return slug if slug_re.match(slug) else ""


def places(occupations: Collection[str], *, at: datetime, slug: str) -> Places | None:
    """Return the places for which the release that is current at the moment has wages of any of the occupations.

    `slug` is the area that is looked at: None is returned if there is nothing for it (one query).
    """
    found = [Place(*row) for row in _offered(occupations=tuple(occupations), at=at, slug=slug)]
    chosen = next((place for place in found if place.slug == slug), None)
    if chosen is None:
        return None
    return Places(
        chosen=chosen,
        nation=[place for place in found if place.kind == Area.Kind.NATION],
        states=[place for place in found if place.kind == Area.Kind.STATE],
        within=[place for place in found if place.state],
    )


@Prepared
def _offered(occupations: tuple[str, ...], at: datetime, slug: str) -> QuerySet[Area, tuple[Any, ...]]:
    published = Wage.objects.current(at).filter(area=OuterRef("pk"), occupation__in=occupations)
    states = Area.objects.filter(Q(slug=slug) | Q(areas__slug=slug))
    shown = Q(kind__in=[Area.Kind.NATION, Area.Kind.STATE]) | Q(state__in=states.values("pk"))
    return Area.objects.filter(shown, Exists(published)).values_list("slug", "title", "kind", "state__title")
