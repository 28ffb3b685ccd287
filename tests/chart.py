"""Curves on logarithmic scales, drawn with Pillow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor, log10
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw

from articles.cards.fonts import SANS, SERIF, font

FINER = 2
"""How many times larger it is drawn than it is kept: so lines become smooth."""
WIDE, HIGH = 760, 470
LEFT, RIGHT, TOP, BOTTOM = 70, 250, 60, 60
HEAD = 60
SIZE, LINE = 15, 19
INK, FAINT, PAPER = "#1d1d1b", "#d9d6cf", "#ffffff"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9")
"""Colours that people with other colour vision tell apart (Okabe and Ito, https://jfly.uni-koeln.de/color/), the yellow
darker, since it stands on white."""

Point = tuple[float, float]


class Panel(NamedTuple):
    """Some curves under a title, each by its name."""

    title: str
    curves: Mapping[str, Sequence[Point]]


class Scale(NamedTuple):
    """Values of whole powers of ten onto pixels."""

    low: int
    high: int
    start: float
    end: float

    @classmethod
    def over(cls, values: Sequence[float], start: float, end: float) -> Scale:
        """Return the scale that holds all of the values, which are above zero."""
        low, high = floor(log10(min(values))), ceil(log10(max(values)))
        return cls(low, max(high, low + 1), start, end)

    def place(self, value: float) -> float:
        """Return where the value is, in pixels."""
        share = (log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> Iterator[float]:
        """Yield the powers of ten."""
        return (10.0**power for power in range(self.low, self.high + 1))


def draw(panels: Sequence[Panel], path: Path, *, title: str, x_label: str, y_label: str) -> None:
    """Draw the panels, two beside each other, and store them as a PNG. All have the same scales."""
    points = [point for panel in panels for curve in panel.curves.values() for point in curve]
    rows = ceil(len(panels) / 2)
    sheet = Image.new("RGB", (2 * WIDE * FINER, (HEAD + rows * HIGH) * FINER), PAPER)
    pen = Pen(ImageDraw.Draw(sheet))
    pen.text((LEFT, 18), title, face=SERIF, size=24)
    for number, panel in enumerate(panels):
        left, top = number % 2 * WIDE, HEAD + number // 2 * HIGH
        across = Scale.over([x for x, _ in points], left + LEFT, left + WIDE - RIGHT)
        up = Scale.over([y for _, y in points], top + HIGH - BOTTOM, top + TOP)
        _draw_panel(pen, panel, across, up, (x_label, y_label))
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.resize((sheet.width // FINER, sheet.height // FINER), Image.Resampling.LANCZOS).save(path, optimize=True)


class Pen:
    """Draws in pixels of the picture as it is kept."""

    def __init__(self, on: ImageDraw.ImageDraw) -> None:
        self.on = on

    def line(self, points: Sequence[Point], *, colour: str, width: float = 1) -> None:
        """Draw a line through the points."""
        self.on.line(
            [(x * FINER, y * FINER) for x, y in points], fill=colour, width=round(width * FINER), joint="curve"
        )

    def dot(self, point: Point, *, colour: str, radius: float = 3.5) -> None:
        """Draw a dot."""
        x, y = point
        self.on.ellipse([(each * FINER) for each in (x - radius, y - radius, x + radius, y + radius)], fill=colour)

    def text(
        self, point: Point, words: str, *, face: str = SANS, size: int = SIZE, colour: str = INK, anchor: str = "la"
    ) -> None:
        """Write at the point, which the anchor says how to take (Pillow's text anchors)."""
        x, y = point
        self.on.text((x * FINER, y * FINER), words, font=font(face, size * FINER), fill=colour, anchor=anchor)


def _draw_panel(pen: Pen, panel: Panel, across: Scale, up: Scale, labels: tuple[str, str]) -> None:
    pen.text((across.start, up.end - 46), panel.title, face=SERIF, size=18)
    for value in across.ticks():
        x = across.place(value)
        pen.line([(x, up.start), (x, up.end)], colour=FAINT)
        pen.text((x, up.start + 6), _short(value), anchor="ma")
    for value in up.ticks():
        y = up.place(value)
        pen.line([(across.start, y), (across.end, y)], colour=FAINT)
        pen.text((across.start - 8, y), _short(value), anchor="rm")
    pen.text(((across.start + across.end) / 2, up.start + 28), labels[0], anchor="ma")
    pen.text((across.start, up.end - 4), labels[1], anchor="lb")
    ends = []
    for (name, curve), colour in zip(panel.curves.items(), COLOURS, strict=False):
        placed = [(across.place(x), up.place(y)) for x, y in curve]
        pen.line(placed, colour=colour, width=2.5)
        for point in placed:
            pen.dot(point, colour=colour)
        ends.append((placed[-1], name, colour))
    _name_curves(pen, ends)


def _name_curves(pen: Pen, ends: Sequence[tuple[Point, str, str]]) -> None:
    """Write the names where the curves end, one below the other where these are close."""
    below = float("-inf")
    for (x, y), name, colour in sorted(ends, key=lambda end: end[0][1]):
        below = max(y, below + LINE)
        pen.line([(x, y), (x + 14, below)], colour=colour)
        pen.text((x + 18, below), name, colour=colour, anchor="lm")


def _short(value: float) -> str:
    if value < 1:
        return f"{value:g}"
    return f"{value / 1_000_000:g}M" if value >= 1_000_000 else f"{value:,.0f}"
