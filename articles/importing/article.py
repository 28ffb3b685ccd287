"""What reading an article file comes to: plain values, none of them stored anywhere."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Side = Literal["a", "b"]
Measure = Literal["mean_pay", "median_pay", "pay"]


class Unreadable(Exception):
    """The file holds no article over two roles. `str()` is one sentence: what, where, what to do."""

    def __init__(self, reason: str, *, line: int | None = None) -> None:
        super().__init__(reason, line)
        self.reason = reason
        self.line = line

    def __str__(self) -> str:
        return self.reason if self.line is None else f"Line {self.line}: {self.reason}"


@dataclass(frozen=True)
class Note:
    """Something an editor should know about the reading; `sentence` quotes the words it is about.

    `kind` is "left out" (the quoted words are in no field as they stood), "guessed" (check it), "read" (a
    line was turned into a value, such as a date) or "no figure" (an amount of pay that is in the text only).
    """

    line: int
    sentence: str
    kind: Literal["left out", "guessed", "read", "no figure"]


@dataclass(frozen=True)
class StatedFigure:
    """Pay that the prose states for one role, in US dollars.

    `measure` is "pay" when the sentence does not say whether it is a mean or a median. `amount_high` is
    the upper end of a range. `period`, `place`, `source` and `source_url` are empty when not stated.
    """

    role: Side
    measure: Measure
    amount: Decimal
    amount_high: Decimal | None
    unit: Literal["year", "month", "week", "hour"]
    period: str
    place: str
    source: str
    source_url: str
    sentence: str
    line: int


@dataclass(frozen=True)
class Section:
    """A part of the comparison under its own heading; `body` is HTML, `line` where it begins."""

    heading: str
    body: str
    line: int


@dataclass(frozen=True)
class Source:
    """One entry of a list of sources; `url` is empty when the entry has none."""

    title: str
    url: str


@dataclass(frozen=True)
class Article:
    """An article over two roles. Missing parts are empty, never None, save for the dates.

    HTML fields hold p, h3, h4, strong, em, a, br, ul, ol, li, blockquote and tables, nothing else.
    `summary_a` belongs to `role_a`, the first role of the title, wherever it stood in the file.
    `heading_a`, `heading_b` and `heading_versus` are the headings of those parts as they stood.
    """

    title: str
    category: str
    standfirst: str
    role_a: str
    role_b: str
    heading_a: str
    heading_b: str
    heading_versus: str
    summary_a: str
    summary_b: str
    intro: str
    versus: str
    sections: tuple[Section, ...]
    figures: tuple[StatedFigure, ...]
    byline: str
    published: date | None
    updated: date | None
    sources: tuple[Source, ...]
    tags: tuple[str, ...]
    wishes: tuple[str, ...]
    notes: tuple[Note, ...]
