"""Figures side by side: when two may be compared, and how one is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.formats import get_format
from django.utils.numberformat import format as write_number
from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from careers.models import Figure

NOT_PUBLISHED = gettext_noop("No figure published")

PER = {
    Figure.Unit.YEAR: gettext_noop("a year"),
    Figure.Unit.MONTH: gettext_noop("a month"),
    Figure.Unit.WEEK: gettext_noop("a week"),
    Figure.Unit.HOUR: gettext_noop("an hour"),
}


@dataclass(frozen=True)
class Stated:
    """A figure as a role's edition states it, or as a release does of its occupation.

    The fields are those of careers.models.Figure; `or_more` says that the source states no higher figure, `counts` is
    the code of the occupation that was counted, where that is known.
    """

    measure: str
    amount: Decimal
    amount_high: Decimal | None
    unit: str
    period: str
    place: str
    covers: str
    source: str
    source_url: str
    or_more: bool = False
    counts: str = ""

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
        return with_unit(*amounts, unit=self.unit, is_least=self.or_more)

    @property
    def where_and_when(self) -> str:
        """Place and period: "United States, May 2025"."""
        return ", ".join(filter(None, [self.place, self.period]))


def with_unit(*amounts: Decimal, unit: str, is_least: bool = False) -> str:
    """Return an amount, or the two ends of a range, with the unit (a Figure.Unit); `is_least` if it may be more."""
    if unit == Figure.Unit.PEOPLE:
        counted = "–".join(number(amount) for amount in amounts)
        return ngettext("%(number)s person", "%(number)s people", int(amounts[-1])) % {"number": counted}
    paid = "–".join(dollars(amount) for amount in amounts)
    per = _(PER[Figure.Unit(unit)])
    return _("%(amount)s %(per)s") % {"amount": or_more(paid) if is_least else paid, "per": per}


def dollars(amount: Decimal) -> str:
    """Return an amount in US dollars as the language writes it: "$65,917", "$31.50"."""
    return _("$%(amount)s") % {"amount": number(amount)}


def or_more(amount: str) -> str:
    """Return an amount, as it is written, that is the least which it can be: "$239,200 or more"."""
    return _("%(amount)s or more") % {"amount": amount}


def number(amount: Decimal | int) -> str:
    """Return an amount as the language writes it, its thousands apart, cents only where there are any."""
    separator, grouping, thousands = _separators(get_language())
    cents = 0 if amount == int(amount) else 2
    return write_number(round(Decimal(amount), 2), separator, cents, grouping, thousands, force_grouping=True)


@lru_cache
def _separators(language: str | None) -> tuple[str, int, str]:
    """Return how the language writes numbers: what stands before cents, how digits are grouped, and what parts them."""
    return (
        get_format("DECIMAL_SEPARATOR", language),
        get_format("NUMBER_GROUPING", language),
        get_format("THOUSAND_SEPARATOR", language),
    )


def as_json(amount: Decimal) -> int | float:
    """Return an amount as JSON has it: without a fraction where it has none."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


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
        return _("Not comparable: for one of them it is not known when it was measured.")
    if not (a.place and b.place):
        return _("Not comparable: for one of them it is not known where it was measured.")
    if a.measure == Figure.Measure.PAY:
        return _("Not comparable: it is not said whether these are averages or medians.")
    different = [
        name
        for name, x, y in (
            (_("another period"), a.period, b.period),
            (_("another place"), a.place, b.place),
            (_("another unit"), a.unit, b.unit),
            (_("another kind of range"), a.amount_high is None, b.amount_high is None),
        )
        if x != y
    ]
    return _("Not comparable: %(differences)s.") % {"differences": _(" and ").join(different)}


def pick(a: Iterable[Stated], b: Iterable[Stated], measure: str) -> tuple[Stated | None, Stated | None]:
    """Return a figure of the measure from each of two roles' figures: the first two that may stand side by side, or
    else the first of each, None where a role has none."""
    of_a, of_b = ([figure for figure in figures if figure.measure == measure] for figures in (a, b))
    pairs = ((x, y) for x in of_a for y in of_b if comparable(x, y))
    return next(pairs, (of_a[0] if of_a else None, of_b[0] if of_b else None))


def difference(a: Stated, b: Stated) -> int | None:
    """Return by how many percent of the lower the higher of two single figures is higher (negative: b is higher).

    None where the figures are not comparable, a range, the highest that the source states, or of one occupation in
    which both roles are counted.
    """
    if not comparable(a, b) or a.amount_high is not None or not (a.amount and b.amount):
        return None
    if a.or_more or b.or_more or is_same_count(a, b):
        return None
    low, high = sorted((a.amount, b.amount))
    percent = round((high / low - 1) * 100)
    return percent if a.amount >= b.amount else -percent


def is_same_count(a: Stated | None, b: Stated | None) -> bool:
    """Whether two figures are of one occupation, in which both roles are counted: they say nothing of a difference."""
    return a is not None and b is not None and bool(a.counts) and a.counts == b.counts
