"""The pay of one or two roles on one scale: for each a line from the 10th to the 90th percentile, a band from the 25th
to the 75th, and a mark at the median. Places along it are percentages of the drawing's width, so that it fits any page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from careers.figures import NOT_PUBLISHED, PER, dollars
from careers.models import Figure
from careers.published import PERCENTILES, Level, Published

LEFT, RIGHT = 3.0, 97.0
"""Between which places the scale lies."""
STEPS = [Decimal(step) for step in ("1", "2", "2.5", "5", "10", "20", "25", "50")]
MOST_STEPS = 4
"""How many steps of the scale the amounts may span: its labels must fit on a phone."""
EDGE = 14.0
"""Within how much of an end a label is set flush with it, since it would be cut off."""
TOP, ROW, AXIS = 8, 76, 28
"""Heights in pixels: above the first row, of each row, and of the axis below the last."""


class Spot(NamedTuple):
    """A place on the scale, the figure there, and how its label is set: start, middle or end."""

    x: float
    text: str
    anchor: str


class Stretch(NamedTuple):
    """From where to where something reaches."""

    start: float
    end: float

    @property
    def width(self) -> float:
        """How long it is."""
        return round(self.end - self.start, 2)


@dataclass(frozen=True)
class Row:
    """One role: its line, band and labelled places (None where nothing is published), and its figures as a table has
    them, from the 10th percentile to the 90th."""

    title: str
    side: str
    y: int
    line: Stretch | None
    band: Stretch | None
    low: Spot | None
    median: Spot | None
    high: Spot | None
    figures: list[str]


@dataclass(frozen=True)
class PayChart:
    """The drawing, with what a table says instead of it."""

    rows: list[Row]
    ticks: list[Spot]
    per: str
    place: str
    period: str

    @property
    def table(self) -> list[tuple[str, list[str]]]:
        """The figures as rows: what each is, and the figure of each role."""
        return [(_(label), [row.figures[n] for row in self.rows]) for n, label in enumerate(PERCENTILES)]

    @property
    def height(self) -> int:
        """The height in pixels."""
        return self.axis + AXIS

    @property
    def axis(self) -> int:
        """How far down the axis is, in pixels."""
        return TOP + ROW * len(self.rows)


class _Scale:
    """From amounts to places, over round numbers that take in every amount."""

    def __init__(self, amounts: Iterable[Decimal]) -> None:
        lowest, highest = min(amounts := list(amounts)), max(amounts)
        self.step = _step(highest - lowest or highest)
        self.low = (lowest / self.step).to_integral_value(ROUND_FLOOR) * self.step
        self.high = (highest / self.step).to_integral_value(ROUND_CEILING) * self.step
        if self.low == self.high:
            self.high += self.step

    def x(self, amount: Decimal) -> float:
        return round(LEFT + float((amount - self.low) / (self.high - self.low)) * (RIGHT - LEFT), 2)

    def ticks(self) -> list[Spot]:
        count = int((self.high - self.low) / self.step)
        return [self.spot(self.low + self.step * n, dollars(self.low + self.step * n)) for n in range(count + 1)]

    def spot(self, amount: Decimal, text: str) -> Spot:
        x = self.x(amount)
        return Spot(x, text, "start" if x < EDGE else "end" if x > 100 - EDGE else "middle")


def _step(span: Decimal) -> Decimal:
    """Return the least round number of which the span has few enough."""
    size = Decimal(10) ** (span.adjusted() - 1)
    return next(step * size for step in STEPS if span <= MOST_STEPS * step * size)


def pay_chart(roles: Sequence[tuple[str, str, Published | None]]) -> PayChart | None:
    """Return the chart of roles, each with its title, its side ("a", "b" or none) and what is published of it.

    All are drawn in one unit, a year if that is published for each of them, otherwise an hour. Returns None if there is
    nothing to draw.
    """
    known = [published for _, _, published in roles if published]
    unit = next((unit for unit in (Figure.Unit.YEAR, Figure.Unit.HOUR) if _all_have(known, unit)), None)
    if unit is None:
        return None
    levels = [published.levels(unit) if published else [Level(None)] * len(PERCENTILES) for _, _, published in roles]
    scale = _Scale(level.amount for each in levels for level in each if level.amount is not None)
    rows = [
        _row(title, side, each, scale, y=TOP + ROW * n)
        for n, ((title, side, _), each) in enumerate(zip(roles, levels, strict=True))
    ]
    wage = known[0].wage
    return PayChart(rows, scale.ticks(), _(PER[unit]), wage.area.title, wage.release.period)


def _all_have(known: list[Published], unit: str) -> bool:
    return bool(known) and all(each.levels(unit)[2].amount is not None for each in known)


def _row(title: str, side: str, levels: list[Level], scale: _Scale, *, y: int) -> Row:
    low, lower, median, higher, high = levels
    texts = [level.text for level in levels]
    return Row(
        title=title,
        side=side,
        y=y,
        line=_stretch(low, high, scale),
        band=_stretch(lower, higher, scale),
        low=_spot(low, texts[0], scale),
        median=_spot(median, texts[2], scale),
        high=_spot(high, texts[4], scale),
        figures=[text or _(NOT_PUBLISHED) for text in texts],
    )


def _stretch(start: Level, end: Level, scale: _Scale) -> Stretch | None:
    """Return what lies between two points; it runs to the end of the scale where the source goes no higher."""
    if start.amount is None or end.amount is None:
        return None
    return Stretch(scale.x(start.amount), RIGHT if end.or_more else scale.x(end.amount))


def _spot(level: Level, text: str, scale: _Scale) -> Spot | None:
    return None if level.amount is None else scale.spot(level.amount, text)
