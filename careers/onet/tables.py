"""Tables of an O*NET database: text, columns separated by tabs, one heading, a row on each line.

Columns are read by their names: releases that were workbooks have more of them. Quotation marks are plain characters;
a cell that holds nothing is empty, or says “n/a” (https://www.onetcenter.org/dictionary/29.3/text/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from django.utils.translation import gettext as _

NOTHING = "n/a"
CODE = "O*NET-SOC Code"
CODES = re.compile(r"[0-9]{2}-[0-9]{4}\.[0-9]{2}")


class Malformed(Exception):
    """A table cannot be read. `str()` says in a sentence which file, row and column, and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `number` counts from the top of the file, of which the heading is row 1."""

    file: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the text of the cell, which may be empty."""
        text = self.cells[column].strip()
        return "" if text == NOTHING else text

    def needed(self, column: str) -> str:
        """Return the text of a cell that must hold one."""
        return self[column] or self.refuse(column, _("there is nothing."))

    def code(self, column: str = CODE) -> str:
        """Return an O*NET-SOC code, such as 11-9111.00."""
        text = self[column]
        return text if CODES.fullmatch(text) else self.refuse(column, _("“%s” is no O*NET-SOC code.") % text)

    def amount(self, column: str, low: int, high: int) -> float:
        """Return a number from `low` to `high`."""
        text = self[column]
        try:
            amount = float(text)
        except ValueError:
            self.refuse(column, _("“%s” is no number.") % text)
        if low <= amount <= high:
            return amount
        self.refuse(column, _("%(text)s is not from %(low)s to %(high)s.") % {"text": text, "low": low, "high": high})

    def refuse(self, column: str, reason: str) -> NoReturn:
        """Raise Malformed for the cell."""
        place = {"file": self.file, "row": self.number, "column": column, "reason": reason}
        raise Malformed(_("%(file)s, row %(row)s, column “%(column)s”: %(reason)s") % place)


def read_table(path: Path, *columns: str) -> Iterator[Row]:
    """Yield the rows of a table that has at least these columns.

    Raises Malformed, and OSError if the file cannot be opened.
    """
    lines = [line.rstrip("\r") for line in _text(path).split("\n")]
    heading = lines[0].split("\t")
    for column in columns:
        if column not in heading:
            there = ", ".join(heading)
            raise Malformed(
                _("%(file)s, row 1: there is no column “%(column)s”; there are: %(there)s.")
                % {"file": path.name, "column": column, "there": there}
            )
    for number, line in enumerate(lines[1:], start=2):
        if line:
            yield Row(path.name, number, _cells(path, number, heading, line))


def _cells(path: Path, number: int, heading: list[str], line: str) -> dict[str, str]:
    cells = line.split("\t")
    if len(cells) != len(heading):
        place = {"file": path.name, "row": number, "found": len(cells), "wanted": len(heading)}
        raise Malformed(_("%(file)s, row %(row)s: there are %(found)s cells, and %(wanted)s columns.") % place)
    return dict(zip(heading, cells, strict=True))


def _text(path: Path) -> str:
    data = path.read_bytes()
    nul = data.find(b"\0")  # PostgreSQL takes it in no text
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        nul = error.start
    if nul < 0:
        return text
    row = data.count(b"\n", 0, nul) + 1
    raise Malformed(_("%(file)s, row %(row)s: this is no text in UTF-8.") % {"file": path.name, "row": row})
