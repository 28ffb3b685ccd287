"""What a release of wages says of the occupations that roles are counted in, as figures that pages show.

Nothing here is a role's own: figures that its editors state are in careers.figures.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careers.figures import Stated, dollars, or_more
from careers.models import Figure, Fit, Wage
from careers.models.occupations import ANNUAL, HOURLY
from careers.names import Name, in_sentence
from publishing.prepared import Prepared

NATION = "united-states"
"""The slug of the area that is shown where readers choose none."""

PERCENTILES = (
    gettext_noop("10th percentile"),
    gettext_noop("25th percentile"),
    gettext_noop("Median"),
    gettext_noop("75th percentile"),
    gettext_noop("90th percentile"),
)


class Level(NamedTuple):
    """A number that a release states of pay: US dollars, or None; `or_more` if the source goes no higher."""

    amount: Decimal | None
    or_more: bool = False

    @property
    def text(self) -> str:
        """The amount as readers see it, without its unit, or an empty text."""
        if self.amount is None:
            return ""
        return or_more(dollars(self.amount)) if self.or_more else dollars(self.amount)


def level_of(wage: Wage, name: str) -> Level:
    """Return what stands in a field of the wage, or where the source goes no higher, the amount from which on."""
    stated = getattr(wage, name)
    is_top = wage.mark(name) == Wage.Mark.TOP
    if is_top:
        stated = wage.release.top_annual if name in ANNUAL else wage.release.top_hourly
    return Level(None if stated is None else Decimal(stated), is_top)


@dataclass(frozen=True)
class Published:
    """What the current release says of a role's occupation in one area, and how well the occupation fits the role."""

    wage: Wage
    fit: str
    name: Name

    @cached_property
    def occupation(self) -> str:
        """The occupation's title, as it begins a sentence."""
        title = in_sentence(self.wage.occupation.title)
        return title[:1].upper() + title[1:]

    @cached_property
    def covers(self) -> str:
        """Whom the figures count, unless that is exactly the role."""
        said = {"occupation": self.occupation, "roles": self.name.plural}
        if self.fit == Fit.CLOSE:
            return _("%(occupation)s, whose work is close to that of %(roles)s") % said
        if self.fit != Fit.PART:
            return ""
        if self.occupation.lower() == self.name.plural.lower():
            return _("%(occupation)s in a wider sense") % said
        if "occupations" in self.occupation.lower():
            return _("%(occupation)s, which include %(roles)s") % said
        return _("%(occupation)s, who include %(roles)s") % said

    @cached_property
    def figures(self) -> list[Stated]:
        """The median pay, a year and an hour, and how many people are employed; what has no number is left out."""
        return [*self._medians(), *self._employment()]

    def _medians(self) -> Iterator[Stated]:
        for unit, scale in ((Figure.Unit.YEAR, ANNUAL), (Figure.Unit.HOUR, HOURLY)):
            median = level_of(self.wage, scale[3])
            if median.amount is not None:
                yield self._stated(Figure.Measure.MEDIAN_PAY, median.amount, unit, or_more=median.or_more)

    def _employment(self) -> Iterator[Stated]:
        if self.wage.employment is not None:
            yield self._stated(Figure.Measure.EMPLOYMENT, Decimal(self.wage.employment), Figure.Unit.PEOPLE)

    def _stated(self, measure: str, amount: Decimal, unit: str, *, or_more: bool = False) -> Stated:
        release = self.wage.release
        return Stated(
            measure=measure,
            amount=amount,
            amount_high=None,
            unit=unit,
            period=release.period,
            place=self.wage.area.title,
            covers=self.covers,
            source=release.source,
            source_url=release.url,
            or_more=or_more,
            counts=self.wage.occupation_id,
        )

    @property
    def skills(self) -> dict[str, float]:
        """The importance of skills in the occupation, from 1 to 5, as O*NET rates it; empty where it does not."""
        rated = getattr(self.wage, "onet_skills", None) or []
        return {skill["name"]: skill["importance"] for skill in rated}

    @property
    def onet_period(self) -> str:
        """The O*NET release that the skills are from."""
        period: str = getattr(self.wage, "onet_period", None) or ""
        return period

    def levels(self, unit: str) -> list[Level]:
        """Return the 10th, 25th, 50th, 75th and 90th percentile of pay a year or an hour (a Figure.Unit)."""
        scale = ANNUAL if unit == Figure.Unit.YEAR else HOURLY
        return [level_of(self.wage, name) for name in scale[1:]]


def wages(occupations: Collection[str], *, at: datetime, area: str = NATION) -> dict[str, Wage]:
    """Return what the release that is current at the moment says of the occupations in the area (a slug), by their
    codes, with what O*NET says of their skills (one query)."""
    return wages_by_area(occupations, at=at, areas={area})[area]


def wages_by_area(
    occupations: Collection[str], *, at: datetime, areas: Collection[str]
) -> Mapping[str, dict[str, Wage]]:
    """Return what `wages` returns for each of several areas, by their slugs (one query)."""
    found: dict[str, dict[str, Wage]] = {area: {} for area in areas}
    for wage in _current(occupations=tuple(occupations), areas=tuple(areas), at=at):
        found[wage.area.slug][wage.occupation_id] = wage
    return found


_current = Prepared(
    lambda occupations, areas, at: (
        Wage.objects.current(at)
        .with_skills(at)
        .filter(occupation__in=occupations, area__slug__in=areas)
        .select_related("occupation", "area", "release")
    )
)
