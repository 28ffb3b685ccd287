"""A row as every shape of file is read into: what is said of one occupation in one place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from careers.models import Occupation, Wage
from careers.models.occupations import ANNUAL, HOURLY
from careers.wages.malformed import Malformed
from careers.wages.places import Place

Said = int | Decimal | Wage.Mark
"""A number, or why there is none."""

BATCH = 4000
"""From how many rows on a batch ends, with the last row of its place."""

CODE = re.compile(r"\d\d-\d{4}", re.ASCII)
NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,4})?", re.ASCII)


class Measure(NamedTuple):
    """How a field is stored: in steps of what, and below what."""

    step: Decimal
    below: int


MEASURES = {
    "employment": Measure(Decimal(1), 2**31),
    "employment_rse": Measure(Decimal("0.1"), 10**4),
    "wage_rse": Measure(Decimal("0.1"), 10**4),
    **dict.fromkeys(ANNUAL, Measure(Decimal(1), 2**31)),
    **dict.fromkeys(HOURLY, Measure(Decimal("0.01"), 10**5)),
}


@dataclass(slots=True)
class Row:
    """What a file says of one occupation (its SOC code) in one place. `level` is empty where it says none; `said` holds
    the fields of `MEASURES` that it says something of; `line` is where it stands.
    """

    line: int
    place: Place
    code: str
    title: str
    level: str = ""
    said: dict[str, Said] = field(default_factory=dict)

    def join(self, other: Row) -> Row:
        """Return what both say together. Of a broad occupation that is a detailed one as well, the detailed row counts.

        Raises Malformed, with the field as its column, where they contradict each other.
        """
        if self.level != other.level and Occupation.Level.DETAILED in {self.level, other.level}:
            return self if self.level == Occupation.Level.DETAILED else other
        for name, value in other.said.items():
            if self.said.setdefault(name, value) != value:
                raise Malformed(
                    f"{self.code} in {self.place.title} stands in row {self.line:,} already, with "
                    f"{shown(self.said[name])} where this row has {shown(value)}.",
                    line=other.line,
                    column=name,
                )
        return self


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield the rows in lists of about `BATCH`, each occupation of a place once.

    Raises Malformed for rows of one place and occupation that contradict each other, or stand far from each other.
    """
    batch: dict[tuple[str, str], Row] = {}
    seen: set[tuple[str, str]] = set()
    place = ""
    for row in rows:
        if len(batch) >= BATCH and row.place.code != place:
            yield list(batch.values())
            seen.update(batch)
            batch = {}
        place = row.place.code
        key = (place, row.code)
        if key in seen:
            raise Malformed(f"{row.code} in {row.place.title} stands far above already: keep one.", line=row.line)
        batch[key] = batch[key].join(row) if key in batch else row
    if batch:
        yield list(batch.values())
    elif not seen:
        raise Malformed("It holds no row of wages for all industries together.")


def soc_code(text: str) -> str:
    """Return the code. Raises Malformed for what is none."""
    if not CODE.fullmatch(text):
        raise Malformed(f"“{text}” is no SOC code: two digits, a hyphen and four digits, as in 15-1252.")
    return text


def number(text: str, name: str, *, column: str) -> int | Decimal:
    """Return what the text in a column states, as the field of this name holds it.

    Raises Malformed for what is no number, and for one that the field cannot hold as it is.
    """
    if not NUMBER.fullmatch(text):
        raise Malformed(f"“{text}” is neither a number nor a mark that the Bureau explains.", column=column)
    step, below = MEASURES[name]
    stated = Decimal(text)
    value = stated.quantize(step)
    if value != stated:
        raise Malformed(f"{text} has more decimals than are published: steps of {step} were expected.", column=column)
    if value >= below:
        raise Malformed(f"{text} is too much: less than {below:,} was expected.", column=column)
    return int(value) if step == 1 else value


def shown(value: Said | None) -> str:
    """Return the value as a sentence names it."""
    if isinstance(value, Wage.Mark):
        return f"“{value.label}”"
    return "nothing" if value is None else f"{value:,}"
