"""Figures as programs get them: none without what it measures, of whom, where, when, and who says so."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

from careers import models
from careers.figures import Stated, as_json, with_unit
from careers.models.occupations import ANNUAL, HOURLY
from careers.published import PERCENTILES, Published, level_of

LABELS = {"employment": gettext_noop("People employed")}
LABELS |= {
    name: label
    for scale in (ANNUAL, HOURLY)
    for name, label in zip(scale, (gettext_noop("Mean"), *PERCENTILES), strict=True)
}
ERRORS = {"employment": "employment_rse", "annual_mean": "wage_rse", "hourly_mean": "wage_rse"}
"""In which field of a wage the relative standard error of another stands."""


Amount = Annotated[Decimal, PlainSerializer(as_json), WithJsonSchema({"type": "number"})]
Unit = Annotated[
    Literal["year", "month", "week", "hour", "people"],
    Field(description="Of what the amount is: US dollars a year, month, week or hour, or people."),
]
Mark = Annotated[
    Literal["top", "suppressed", "not_applicable"] | None,
    Field(
        description="top: the source goes no higher, and the amount is the least it can be; suppressed: not released "
        "by the source; not_applicable: not stated in this unit."
    ),
]


class Figure(BaseModel):
    """One figure of a role: stated by its editors, or by a release of the occupation that it is counted in."""

    measure: Literal["median_pay", "mean_pay", "pay", "employment"]
    label: str = Field(description="What was measured, in words: Median pay.")
    amount: Amount
    amount_high: Amount | None = Field(description="The upper end, where a range is stated.")
    unit: Unit
    mark: Mark
    text: str = Field(description="The amount as readers see it: $65,917 a year.")
    period: str = Field(description="For when it was measured; empty where that is not known.")
    place: str = Field(description="Where it was measured; empty where that is not known.")
    covers: str = Field(description="Whom it counts; empty if exactly this role.")
    occupation: str | None = Field(description="The code of the occupation that was counted, where that is known.")
    source: str = Field(description="Who published it.")
    source_url: str

    @classmethod
    def of(cls, stated: Stated) -> Figure:
        """Return the figure."""
        same = {name: getattr(stated, name) for name in cls.model_fields if name not in {"mark", "occupation"}}
        return cls.model_validate(
            same | {"mark": "top" if stated.or_more else None, "occupation": stated.counts or None}
        )


class Area(BaseModel):
    """A place that figures are published for."""

    model_config = ConfigDict(from_attributes=True)

    code: str = Field(description="As in the flat files of the US Bureau of Labor Statistics: 0000000 is the nation.")
    slug: str
    title: str
    kind: Literal["nation", "state", "metro", "nonmetro"]
    state: str | None = Field(
        validation_alias="state_id", description="The code of the state that an area within a state is listed under."
    )


class Occupation(BaseModel):
    """An occupation, or a group of them, in the Standard Occupational Classification of 2018."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    title: str
    level: Literal["total", "major", "minor", "broad", "detailed"]
    parent: str | None = Field(
        validation_alias="parent_id", description="The code of the group that it is in, where that is known."
    )


class Level(BaseModel):
    """One number that a release states of an occupation in an area, or why it states none."""

    name: str = Field(description="employment, annual_mean, annual_10, annual_median, hourly_90 …")
    label: str = Field(description="What it is, in words: 10th percentile.")
    amount: Amount | None = Field(description="Null where the mark says why: never an estimate, never zero instead.")
    unit: Unit
    mark: Mark
    text: str = Field(description="As readers see it: $239,200 or more a year.")
    error_percent: Amount | None = Field(description="The relative standard error, in percent, where it is stated.")

    @classmethod
    def of(cls, wage: models.Wage, name: str) -> Level:
        """Return what stands in a field of the wage."""
        amount, is_least = level_of(wage, name)
        unit, mark = _unit(name), wage.mark(name)
        text = models.Wage.Mark(mark).label if amount is None else with_unit(amount, unit=unit, is_least=is_least)
        return cls.model_validate(
            {
                "name": name,
                "label": _(LABELS[name]),
                "amount": amount,
                "unit": unit,
                "mark": mark or None,
                "text": text,
                "error_percent": getattr(wage, ERRORS[name]) if name in ERRORS else None,
            }
        )


def _unit(name: str) -> models.Figure.Unit:
    if name == "employment":
        return models.Figure.Unit.PEOPLE
    return models.Figure.Unit.YEAR if name in ANNUAL else models.Figure.Unit.HOUR


class Wage(BaseModel):
    """What the release that is current says of one occupation in one area."""

    occupation: Occupation
    area: Area
    period: str = Field(description="For when it was measured: May 2025.")
    published_on: str = Field(description="When the source published it: 2026-05-15.")
    source: str
    source_url: str
    counts: str = Field(description="Whom the figures count.")
    levels: list[Level] = Field(description="What is left out is not known here.")

    @classmethod
    def of(cls, wage: models.Wage) -> Wage:
        """Return the wage, fetched with its occupation, area and release."""
        release, occupation = wage.release, wage.occupation
        counts = _("Employees in the occupation “%(title)s” (%(code)s). The self-employed are not counted.")
        return cls(
            occupation=Occupation.model_validate(occupation),
            area=Area.model_validate(wage.area),
            period=release.period,
            published_on=release.published_on.isoformat(),
            source=release.source,
            source_url=release.url,
            counts=counts % {"title": occupation.title, "code": occupation.code},
            levels=[Level.of(wage, name) for name in LABELS if wage.mark(name) or getattr(wage, name) is not None],
        )


class RoleWage(BaseModel):
    """What is published of the occupation that a role is counted in."""

    fit: Literal["exact", "close", "part"] = Field(
        description="exact: these roles and no others are counted; close: a similar role; part: these among others."
    )
    covers: str = Field(description="Whom the figures count, as seen from the role; empty if exactly this role.")
    wage: Wage

    @classmethod
    def of(cls, published: Published) -> RoleWage:
        """Return what is published of a role's occupation."""
        return cls.model_validate({"fit": published.fit, "covers": published.covers, "wage": Wage.of(published.wage)})
