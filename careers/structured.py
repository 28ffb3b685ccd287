"""A role as https://schema.org/Occupation has it, with its pay: the very figures that its page shows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from careers.figures import Stated, as_json
from careers.models import Area, Figure, Fit
from careers.published import Published
from careers.reading import RoleProfile

Node = dict[str, Any]

POINTS = ("percentile10", "percentile25", "median", "percentile75", "percentile90")
"""What the levels of careers.published are called there."""

DURATIONS = {
    Figure.Unit.YEAR: "P1Y",
    Figure.Unit.MONTH: "P1M",
    Figure.Unit.WEEK: "P1W",
    Figure.Unit.HOUR: "PT1H",
}
"""For what time a unit pays, as ISO 8601 writes it."""

PLACES = {Area.Kind.NATION: "Country", Area.Kind.STATE: "State"}


def occupation(role: RoleProfile, *, url: str) -> Node:
    """Return the role whose page is at the address."""
    page = {"@type": "WebPage", "@id": url, "lastReviewed": role.edition.reviewed_at.date().isoformat()}
    node = {
        "@type": "Occupation",
        "name": role.name.title,
        "alternateName": role.content["also_called"],
        "description": role.edition.definition,
        "url": url,
        "mainEntityOfPage": page,
        "educationRequirements": role.education,
        "skills": role.content["skills"],
        **_counted(role.published),
        **(_published(role.published) or _stated(role.figures)),
    }
    return {name: value for name, value in node.items() if value}


def _counted(published: Published | None) -> Node:
    """Return the occupation of the classification that the role is, or is part of."""
    if published is None or published.fit == Fit.CLOSE:
        return {}
    counted = published.wage.occupation
    code = {"@type": "CategoryCode", "codeValue": counted.code, "name": counted.title, "inCodeSet": "SOC 2018"}
    return {"occupationalCategory": code}


def _published(published: Published | None) -> Node:
    """Return the distribution of pay, a year or else an hour, and where it is paid; nothing if no amount is known.

    A point beyond which the source states no figure is no amount.
    """
    if published is None:
        return {}
    for unit in (Figure.Unit.YEAR, Figure.Unit.HOUR):
        levels = dict(zip(POINTS, published.levels(unit), strict=True))
        amounts = {name: level.amount for name, level in levels.items() if level.amount and not level.or_more}
        if amounts:
            area = published.wage.area
            place = {"@type": PLACES.get(Area.Kind(area.kind), "AdministrativeArea"), "name": area.title}
            return {"estimatedSalary": _salary(unit, published.covers, amounts), "occupationLocation": place}
    return {}


def _stated(figures: list[Stated]) -> Node:
    """Return the first single median that the role itself states, and where it is paid."""
    singles = (figure for figure in figures if figure.measure == Figure.Measure.MEDIAN_PAY and not figure.amount_high)
    figure = next((figure for figure in singles if not figure.or_more), None)
    if figure is None:
        return {}
    place = {"@type": "AdministrativeArea", "name": figure.place} if figure.place else None
    salary = _salary(figure.unit, figure.covers, {"median": figure.amount})
    return {"estimatedSalary": salary, "occupationLocation": place}


def _salary(unit: str, covers: str, amounts: dict[str, Decimal]) -> Node:
    """Return a distribution of pay; its description says whom it counts, unless that is exactly the role."""
    node = {
        "@type": "MonetaryAmountDistribution",
        "name": "base",
        "description": covers,
        "currency": "USD",
        "duration": DURATIONS[Figure.Unit(unit)],
        **{name: as_json(amount) for name, amount in amounts.items()},
    }
    return {name: value for name, value in node.items() if value}
