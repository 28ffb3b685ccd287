"""A table of wages in a file, and what every reader of one shares: lines of text, and what a file may unpack to."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from gzip import BadGzipFile, GzipFile
from pathlib import Path
from typing import BinaryIO

from careers.wages.malformed import Malformed, reading
from careers.wages.rows import Row, batches

MAX_LINE = 64 * 1024
MAX_UNPACKED = 1024 * 1024 * 1024
"""How many bytes a file may come to, unpacked; the Bureau's flat data has a third of it."""

NAMED = re.compile(r"(?:^|_)M_?(20\d\d)(?=[_.])|oesm(\d\d)(?=[a-z])", re.IGNORECASE)
"""The year in the Bureau's file names: national_M2025_dl.xlsx, oesm25nat.zip."""


@dataclass(frozen=True)
class Table:
    """A table that was found: how it is called, where it lies, what its columns are called by the fields of `MEASURES`,
    how to read the open file, and, if it says so, for what month it is and when it was published.
    """

    name: str
    path: Path
    headings: Mapping[str, str]
    read: Callable[[BinaryIO], Iterator[Row]]
    period: date | None = None
    published_on: date | None = None

    def batches(self) -> Iterator[tuple[list[Row], int]]:
        """Yield the rows in batches, each with how many bytes of the file were read for it. Raises Malformed."""
        with reading(self.name), self.path.open("rb") as file:
            before = 0
            for rows in batches(self.read(file)):
                yield rows, file.tell() - before
                before = file.tell()


def period_of(text: str) -> date:
    """Return the first day of a month such as "May 2025". Raises Malformed for another text."""
    with suppress(ValueError):
        return datetime.strptime(text.strip(), "%B %Y").date()
    raise Malformed(f"“{text}” is no month: write it as May 2025.")


def date_of(text: str) -> date:
    """Return a date such as 2026-05-15. Raises Malformed for another text."""
    with suppress(ValueError):
        return date.fromisoformat(text)
    raise Malformed(f"“{text}” is no date: write it as 2026-05-15.")


def named_period(name: str) -> date | None:
    """Return the period that a file name of the Bureau's states: since 2005, May is what releases are for."""
    found = NAMED.search(name)
    return date(int(found[1] or f"20{found[2]}"), 5, 1) if found else None


def text_lines(file: BinaryIO | GzipFile) -> Iterator[str]:
    """Yield the lines of a file in UTF-8. Raises Malformed for another encoding, a file that is cut off, and a bomb."""
    read, number = 0, 1
    while line := _line(file, number):
        read += len(line)
        if len(line) == MAX_LINE or read > MAX_UNPACKED:
            raise Malformed("The line or the whole file is longer than any that is published.", line=number)
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise Malformed("There are characters that are not in UTF-8: save the file in it.", line=number) from error
        number += 1


def _line(file: BinaryIO | GzipFile, number: int) -> bytes:
    try:
        return file.readline(MAX_LINE)
    except (EOFError, BadGzipFile, zlib.error) as error:
        raise Malformed("The packed file is cut off or damaged: fetch it again.", line=number) from error
