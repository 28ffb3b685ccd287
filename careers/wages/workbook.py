"""The Bureau's workbooks (national_M2025_dl.xlsx, state_…, MSA_…), and the zip files that they come in.

Columns are found by name: the case differs between years, and before 2019 some had other names, or were not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO
from zipfile import ZipFile

from careers.models import Area, Occupation, Wage
from careers.models.occupations import ANNUAL, HOURLY
from careers.wages import xlsx
from careers.wages.malformed import Malformed, title_of
from careers.wages.places import NATION, Place, place_of
from careers.wages.rows import Row, Said, number, soc_code
from careers.wages.tables import Table, named_period


def _heading(name: str) -> str:
    """Return what the column of a wage is called: that of annual_25 is A_PCT25."""
    unit, which = name.split("_")
    return f"{unit[0]}_PCT{which}".upper() if which.isdigit() else f"{unit[0]}_{which}".upper()


HEADINGS = {"employment": "TOT_EMP", "employment_rse": "EMP_PRSE", "wage_rse": "MEAN_PRSE"} | {
    name: _heading(name) for name in (*ANNUAL, *HOURLY)
}
OLDER = {"AREA_NAME": "AREA_TITLE", "STATE": "AREA_TITLE", "OCC_GROUP": "O_GROUP", "GROUP": "O_GROUP"}
NEEDED = {"OCC_CODE", "OCC_TITLE", "O_GROUP", *HEADINGS.values()}
ANNUAL_ONLY, HOURLY_ONLY = "ANNUAL", "HOURLY"
KINDS = {
    "1": Area.Kind.NATION,
    "2": Area.Kind.STATE,
    "3": Area.Kind.STATE,
    "4": Area.Kind.METRO,
    "6": Area.Kind.NONMETRO,
}
MARKS = {
    "*": Wage.Mark.SUPPRESSED,
    "**": Wage.Mark.SUPPRESSED,
    # Explained for the share of establishments, which is not kept; wherever else, it would state no number either.
    "~": Wage.Mark.SUPPRESSED,
    "#": Wage.Mark.TOP,
}
WANTED = {"I_GROUP": {"cross-industry"}, "OWN_CODE": {"1235"}, "NAICS": {"000000", "0"}}
"""All industries and owners together; each where the workbook has the column."""
RELEASE = re.compile(r"_M_?20\d\d.*\.xlsx$", re.IGNORECASE)


def tables(path: Path) -> list[Table]:
    """Return the table of a workbook, or those of the workbooks in a zip file. Raises Malformed if there is none."""
    with path.open("rb") as file, xlsx.opened(file) as archive:
        if xlsx.is_workbook(archive):
            return [Table(path.name, path, HEADINGS, _read, period=named_period(path.name))]
        names = [name for name in archive.namelist() if name.lower().endswith(".xlsx")]
    # Beside a workbook of figures stands one that describes its columns.
    names = [name for name in names if RELEASE.search(name)] or names
    if not names:
        raise Malformed("There is no workbook (.xlsx) in it.")
    return [
        Table(
            f"{path.name}/{name}",
            path,
            HEADINGS,
            partial(_read_member, member=name),
            period=named_period(Path(name).name) or named_period(path.name),
        )
        for name in names
    ]


def _read_member(file: BinaryIO, *, member: str) -> Iterator[Row]:
    with xlsx.opened(file) as archive, TemporaryFile() as unpacked:
        try:
            with archive.open(member) as packed:
                copyfileobj(packed, unpacked)
        except xlsx.DAMAGED as error:
            raise Malformed("It is damaged or locked: fetch it again.") from error
        yield from _read(unpacked)


def _read(file: BinaryIO) -> Iterator[Row]:
    with xlsx.opened(file) as archive:
        if not xlsx.is_workbook(archive):
            raise Malformed("It is no workbook.")
        yield from _rows(archive)


def _rows(archive: ZipFile) -> Iterator[Row]:
    found = xlsx.rows(archive)
    line, heads = next(found, (1, {}))
    columns = {column: _name(text) for column, text in heads.items()}
    if missing := NEEDED - set(columns.values()):
        raise Malformed(f"Missing columns: {', '.join(sorted(missing))}.", line=line)
    for line, texts in found:
        cells = {columns[column]: text for column, text in texts.items() if column in columns}
        if not cells or any(cells.get(name, next(iter(fits))) not in fits for name, fits in WANTED.items()):
            continue
        try:
            yield _row(line, cells)
        except Malformed as error:
            error.line = line
            raise


def _name(heading: str) -> str:
    name = "_".join(heading.upper().split())
    return OLDER.get(name, name)


def _row(line: int, cells: Mapping[str, str]) -> Row:
    row = Row(line, _place(cells), soc_code(cells.get("OCC_CODE", "")), title_of(cells.get("OCC_TITLE", "")))
    row.level = _level(cells.get("O_GROUP", ""))
    for name, heading in HEADINGS.items():
        if text := cells.get(heading):
            row.said[name] = _said(text, name, heading, cells)
    return row


def _said(text: str, name: str, heading: str, cells: Mapping[str, str]) -> Said:
    mark = MARKS.get(text)
    if mark is None:
        return number(text, name, column=heading)
    if text == "*" and _is_other_unit(name, cells):
        return Wage.Mark.NOT_APPLICABLE
    return mark


def _is_other_unit(name: str, cells: Mapping[str, str]) -> bool:
    """Whether the occupation is only paid in the unit that this field is not in."""
    only = ANNUAL_ONLY if name in HOURLY else HOURLY_ONLY
    return name in (*ANNUAL, *HOURLY) and cells.get(only, "").upper() in {"TRUE", "1"}


def _place(cells: Mapping[str, str]) -> Place:
    code = cells.get("AREA", "")
    if not code and "AREA_TITLE" not in cells:
        return NATION
    return place_of(code, cells.get("AREA_TITLE", ""), _kind(code, cells))


def _kind(code: str, cells: Mapping[str, str]) -> Area.Kind:
    """Return the kind of place; before 2019 it was stated by the form of the code alone."""
    if "AREA_TYPE" in cells:
        if cells["AREA_TYPE"] not in KINDS:
            raise Malformed(f"“{cells['AREA_TYPE']}” is no type of area that is published.", column="AREA_TYPE")
        return KINDS[cells["AREA_TYPE"]]
    if code == "99":
        return Area.Kind.NATION
    if len(code) <= 2:
        return Area.Kind.STATE
    return Area.Kind.METRO if len(code) == 5 else Area.Kind.NONMETRO


def _level(text: str) -> str:
    level = text.lower()
    if level and level not in Occupation.Level.values:
        raise Malformed(f"“{text}” is no level of an occupation.", column="O_GROUP")
    return level
