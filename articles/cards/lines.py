"""Setting a text in lines: broken where it must be, smaller where it is long, cut where nothing else helps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PIL.ImageFont import FreeTypeFont

from articles.cards.fonts import font, is_right_to_left

LEADING = 1.16
"""From line to line, in font sizes."""


class Lines(NamedTuple):
    """A text in lines, and the font that they are set in."""

    lines: list[str]
    font: FreeTypeFont

    @property
    def step(self) -> int:
        """How far it is from line to line, in pixels."""
        return round(self.font.size * LEADING)

    @property
    def height(self) -> int:
        """How high all lines are, in pixels."""
        return self.step * len(self.lines)


def fitted(text: str, face: str, *, sizes: Iterable[int], width: int, height: int) -> Lines:
    """Return the text in the first of the sizes, in pixels, in which it fits, or in the last, cut with an ellipsis."""
    for size in sizes:
        chosen = font(face, size)
        lines = Lines(list(_broken(text, chosen, width)), chosen)
        if lines.height <= height:
            return lines
    most = max(1, height // lines.step)
    return Lines([*lines.lines[: most - 1], _cut(" ".join(lines.lines[most - 1 :]), chosen, width)], chosen)


def width_of(text: str, chosen: FreeTypeFont) -> float:
    """Return how wide a line is, in pixels."""
    return chosen.getlength(text, direction=direction_of(text))


def direction_of(text: str) -> str | None:
    """Return which way a line runs, as Pillow has it: None, from left to right, needs no shaping engine."""
    return "rtl" if is_right_to_left(text) else None


def _broken(text: str, chosen: FreeTypeFont, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if width_of(longer, chosen) <= width:
            line = longer
            continue
        if line:
            yield line
        *whole, line = _pieces(word, chosen, width)
        yield from whole
    yield line


def _pieces(word: str, chosen: FreeTypeFont, width: int) -> Iterator[str]:
    """Yield the pieces of a word that is wider than a line."""
    piece = ""
    for character in word:
        if width_of(piece + character, chosen) > width:
            yield piece
            piece = ""
        piece += character
    yield piece


def _cut(text: str, chosen: FreeTypeFont, width: int) -> str:
    if width_of(text, chosen) <= width:
        return text
    while text and width_of(f"{text}…", chosen) > width:
        text = text[:-1].rstrip()
    return f"{text}…"
