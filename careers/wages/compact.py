"""The project's own shape, `data/README.md`: a CSV with one row for an occupation in a place, packed by gzip or not."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

from careers.models import Area, Occupation, Wage
from careers.models.occupations import ANNUAL, HOURLY
from careers.wages.malformed import Malformed, title_of
from careers.wages.places import NATION, Place, place_of
from careers.wages.rows import Row, number, soc_code
from careers.wages.tables import Table, date_of, period_of, text_lines

GZIP = b"\x1f\x8b"
FLAGS = {
    "topcoded": Wage.Mark.TOP,
    "suppressed": Wage.Mark.SUPPRESSED,
    "not_applicable": Wage.Mark.NOT_APPLICABLE,
}


def _heading(name: str) -> str:
    """Return what the column of a wage is called: that of annual_25 is pct25_annual."""
    unit, which = name.split("_")
    return f"pct{which}_{unit}" if which.isdigit() else f"{which}_{unit}"


HEADINGS = {name: name for name in ("employment", "employment_rse", "wage_rse")} | {
    name: _heading(name) for name in (*ANNUAL, *HOURLY)
}
NOT_KEPT = {"jobs_per_1000", "location_quotient"}
OCCUPATION = {"soc_code", "title", "flags"}
STATE = {"state_fips", "state"}
WITHIN = {"area_code", "area", "area_kind"}
KNOWN = OCCUPATION | STATE | WITHIN | NOT_KEPT | {"level", *HEADINGS.values()}


class Opened(NamedTuple):
    """A file whose opening was read: what its comments say, the columns, and each further row with its line number."""

    said: dict[str, str]
    columns: list[str]
    rows: Iterator[tuple[int, list[str]]]


def table(path: Path) -> Table:
    """Return the table of a file in this shape. Raises Malformed if its opening says that it has another."""
    with path.open("rb") as file:
        said = _opened(file).said
    return Table(
        path.name,
        path,
        HEADINGS,
        _rows,
        period=period_of(said["period"]) if "period" in said else None,
        published_on=date_of(said["published"]) if "published" in said else None,
    )


def _opened(file: BinaryIO) -> Opened:
    packed = file.read(len(GZIP)) == GZIP
    file.seek(0)
    lines = text_lines(gzip.GzipFile(fileobj=file) if packed else file)
    said, line, comments = {}, "", 0
    for line in lines:
        if not line.startswith("#"):
            break
        name, _, value = line[1:].partition(":")
        said[name.strip().casefold()] = value.strip()
        comments += 1
    rows = _numbered(chain([line], lines), after=comments)
    number, columns = next(rows, (1, []))
    columns = [name.strip().casefold() for name in columns]
    _check(columns, line=number)
    return Opened(said, columns, rows)


def _numbered(lines: Iterator[str], *, after: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, strict=True)
    try:
        for cells in reader:
            yield after + reader.line_num, cells
    except csv.Error as error:
        raise Malformed(f"The row cannot be read as CSV ({error}).", line=after + reader.line_num) from error


def _check(columns: list[str], *, line: int) -> None:
    """Refuse columns that cannot be told, or say of nothing what they are about."""
    names = set(columns)
    if unknown := names - KNOWN:
        raise Malformed(f"Unknown columns: {', '.join(map(repr, sorted(unknown)))}.", line=line)
    asked = set(OCCUPATION)
    if names & WITHIN:
        asked |= WITHIN
    elif names & STATE:
        asked |= STATE
    if missing := asked - names:
        raise Malformed(f"Missing columns: {', '.join(sorted(missing))}.", line=line)
    if len(names) < len(columns) or not names & set(HEADINGS.values()):
        raise Malformed("A column stands twice, or none holds wages or employment.", line=line)


def _rows(file: BinaryIO) -> Iterator[Row]:
    opened = _opened(file)
    measures = [(name, heading) for name, heading in HEADINGS.items() if heading in opened.columns]
    for line, cells in opened.rows:
        if len(cells) != len(opened.columns):
            raise Malformed(f"{len(cells)} cells, where the heading has {len(opened.columns)}.", line=line)
        try:
            yield _row(line, dict(zip(opened.columns, cells, strict=True)), measures)
        except Malformed as error:
            error.line = line
            raise


def _row(line: int, cells: dict[str, str], measures: list[tuple[str, str]]) -> Row:
    row = Row(
        line, _place(cells), soc_code(cells["soc_code"]), title_of(cells["title"]), _level(cells.get("level", ""))
    )
    flags = _flags(cells["flags"])
    for name, heading in measures:
        text, flag = cells[heading], flags.get(heading)
        if text and flag:
            raise Malformed(f"{text} is flagged as {flag}: which of both?", column=heading)
        if text:
            row.said[name] = number(text, name, column=heading)
        elif flag:
            row.said[name] = FLAGS[flag]
    return row


def _place(cells: dict[str, str]) -> Place:
    if "area_code" in cells:
        kind, code, name = cells["area_kind"], cells["area_code"], cells["area"]
    elif "state_fips" in cells:
        kind, code, name = Area.Kind.STATE, cells["state_fips"], cells["state"]
    else:
        return NATION
    if kind not in Area.Kind.values:
        raise Malformed(f"“{kind}” is no kind of place.", column="area_kind")
    return place_of(code, name, Area.Kind(kind))


def _level(text: str) -> str:
    if text and text not in Occupation.Level.values:
        raise Malformed(f"“{text}” is no level of an occupation.", column="level")
    return text


def _flags(text: str) -> dict[str, str]:
    """Return the flags by the columns they are about."""
    flags = dict(part.partition(":")[::2] for part in text.split(";") if part)
    for heading, flag in flags.items():
        if flag not in FLAGS or heading not in KNOWN:
            raise Malformed(f"“{heading}:{flag}” is no flag.", column="flags")
    return flags
