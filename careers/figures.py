"""Figures side by side: when two may be compared, and how one is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma

from careers.models import Figure

NOT_PUBLISHED = "No figure published"

PER = {
    Figure.Unit.YEAR: "a year",
    Figure.Unit.MONTH: "a month",
    Figure.Unit.WEEK: "a week",
    Figure.Unit.HOUR: "an hour",
}


@dataclass(frozen=True)
class Stated:
    """A figure as an edition states it; the fields are those of careers.models.Figure."""

    measure: str
    amount: Decimal
    amount_high: Decimal | None
    unit: str
    period: str
    place: str
    covers: str
    source: str
    source_url: str

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Stated:
        """Return the figure that a row of a role's content describes."""
        high = row["amount_high"]
        return cls(
            amount=Decimal(row["amount"]),
            amount_high=None if high is None else Decimal(high),
            **{name: row[name] for name in ("measure", "unit", "period", "place", "covers", "source", "source_url")},
        )

    @property
    def label(self) -> str:
        """What was measured, in words."""
        return str(Figure.Measure(self.measure).label)

    @property
    def text(self) -> str:
        """The amount or the range, with its unit: "$65,917 a year", "57,000 people"."""
        amounts = [self.amount] if self.amount_high is None else [self.amount, self.amount_high]
        if self.unit == Figure.Unit.PEOPLE:
            return f"{'–'.join(_number(amount) for amount in amounts)} people"
        return f"{'–'.join('$' + _number(amount) for amount in amounts)} {PER[Figure.Unit(self.unit)]}"

    @property
    def where_and_when(self) -> str:
        """Place and period: "United States, May 2025"."""
        return ", ".join(filter(None, [self.place, self.period]))


def _number(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return str(intcomma(f"{amount:.0f}" if whole else f"{amount:.2f}"))


def read_figures(content: Mapping[str, Any]) -> list[Stated]:
    """Return the figures of a role's content, in their order."""
    return [Stated.read(row) for row in content["figures"]]


def comparable(a: Stated | None, b: Stated | None) -> bool:
    """Whether two figures may stand side by side as one fact: measure, period, place and unit agree and are known.

    Unknown never equals unknown: pay of which nobody said what kind it is, and a figure without a period or
    place, compare with nothing. Ranges compare with ranges only.
    """
    if a is None or b is None or Figure.Measure.PAY in {a.measure, b.measure}:
        return False
    keys = [(f.measure, f.period, f.place, f.unit, f.amount_high is None) for f in (a, b)]
    return keys[0] == keys[1] and bool(a.period and a.place)


def why_not(a: Stated, b: Stated) -> str:
    """Return a sentence saying what keeps two figures of one measure from being compared."""
    if not (a.period and b.period):
        return "Not comparable: for one of them it is not known when it was measured."
    if not (a.place and b.place):
        return "Not comparable: for one of them it is not known where it was measured."
    if a.measure == Figure.Measure.PAY:
        return "Not comparable: it is not said whether these are averages or medians."
    different = [
        name
        for name, x, y in (
            ("period", a.period, b.period),
            ("place", a.place, b.place),
            ("unit", a.unit, b.unit),
            ("kind of range", a.amount_high is None, b.amount_high is None),
        )
        if x != y
    ]
    return f"Not comparable: another {' and another '.join(different)}."


def pick(figures: Iterable[Stated], measure: str) -> Stated | None:
    """Return the first figure of the measure, or None."""
    return next((figure for figure in figures if figure.measure == measure), None)


def difference(a: Stated, b: Stated) -> int | None:
    """Return by how many percent of the lower the higher of two single figures is higher (negative: b is higher).

    None where the figures are not comparable or a range.
    """
    if not comparable(a, b) or a.amount_high is not None or not (a.amount and b.amount):
        return None
    low, high = sorted((a.amount, b.amount))
    percent = round((high / low - 1) * 100)
    return percent if a.amount >= b.amount else -percent
