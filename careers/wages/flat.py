"""The Bureau's flat files (https://download.bls.gov/pub/time.series/oe/): a line for each figure in oe.data.*, what its
codes mean in oe.area and oe.occupation. Cells are separated by tabs and padded with spaces, the first line names them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from careers.models import Area, Occupation, Wage
from careers.models.occupations import ANNUAL, HOURLY
from careers.wages.malformed import Malformed, reading, title_of
from careers.wages.places import Place, place_of
from careers.wages.rows import Row, Said, number, shown, soc_code
from careers.wages.tables import Table, text_lines

DATATYPES = {
    "01": "employment",
    "02": "employment_rse",
    "03": "hourly_mean",
    "04": "annual_mean",
    "05": "wage_rse",
    **dict(zip(("06", "07", "08", "09", "10"), HOURLY[1:], strict=True)),
    **dict(zip(("11", "12", "13", "14", "15"), ANNUAL[1:], strict=True)),
}
NOT_KEPT = {"16", "17"}
"""Jobs per 1,000, and the location quotient."""
FOOTNOTES = {"4": Wage.Mark.NOT_APPLICABLE, "5": Wage.Mark.TOP, "8": Wage.Mark.SUPPRESSED}
KINDS = {"N": Area.Kind.NATION, "S": Area.Kind.STATE, "M": Area.Kind.METRO}
LEVELS = {
    "0": Occupation.Level.MAJOR,
    "1": Occupation.Level.MINOR,
    "2": Occupation.Level.BROAD,
    "3": Occupation.Level.DETAILED,
}
SERIES = ("series_id", "year", "period", "value", "footnote_codes")
ALL_INDUSTRIES = "000000"


def is_data(line: str) -> bool:
    """Whether a file that begins with this line holds figures."""
    return line.partition("\t")[0].strip().casefold() == SERIES[0]


def table(path: Path, lookups: Mapping[str, Path]) -> Table:
    """Return the table of a data file. `lookups` are further files that were given, by name in lower case: oe.area and
    oe.occupation, which are looked for beside the data otherwise. Raises Malformed if one is not there.
    """
    areas, occupations = (_lookup(path, lookups, name) for name in ("oe.area", "oe.occupation"))
    with path.open("rb") as file:
        _, cells = next(_cells(file, SERIES), (0, ()))
    if not cells:
        raise Malformed("It holds no figures.")
    with reading(areas.name), areas.open("rb") as file:
        places = dict(_places(file))
    with reading(occupations.name), occupations.open("rb") as file:
        groups = dict(_occupations(file))
    headings = {name: f"value (datatype {code})" for code, name in DATATYPES.items()}
    read = partial(_rows, year=cells[1], places=places, groups=groups)
    return Table(path.name, path, headings, read, period=_may(cells[1]))


def _lookup(path: Path, lookups: Mapping[str, Path], name: str) -> Path:
    found = lookups.get(name, path.with_name(name))
    if not found.is_file():
        raise Malformed(f"What its codes mean is in {name}, which is not beside it: fetch it from there too.")
    return found


def _may(year: str) -> date:
    if not (len(year) == 4 and year.isascii() and year.isdigit()):
        raise Malformed(f"“{year}” is no year.", line=2, column="year")
    return date(int(year), 5, 1)


def _cells(file: BinaryIO, names: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each row's number and its cells under these names."""
    lines = text_lines(file)
    heads = [cell.strip().casefold() for cell in next(lines, "").split("\t")]
    if missing := set(names) - set(heads):
        raise Malformed(f"Missing columns: {', '.join(sorted(missing))}.", line=1)
    indexes = [heads.index(name) for name in names]
    for line, text in enumerate(lines, 2):
        cells = text.split("\t")
        if len(cells) != len(heads):
            if not text.strip():
                continue
            raise Malformed(f"{len(cells)} cells, where the heading has {len(heads)}.", line=line)
        yield line, tuple([cells[index].strip() for index in indexes])


def _places(file: BinaryIO) -> Iterator[tuple[str, Place]]:
    for line, (code, areatype, name) in _cells(file, ("area_code", "areatype_code", "area_name")):
        if areatype not in KINDS:
            raise Malformed(f"“{areatype}” is no type of area: N, S or M.", line=line, column="areatype_code")
        is_nonmetro = areatype == "M" and not code.startswith("00")
        try:
            yield code, place_of(code, name, Area.Kind.NONMETRO if is_nonmetro else KINDS[areatype])
        except Malformed as error:
            error.line = line
            raise


def _occupations(file: BinaryIO) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Yield each code as series have it, with its SOC code, title and level."""
    for line, (code, name, level) in _cells(file, ("occupation_code", "occupation_name", "display_level")):
        if level not in LEVELS:
            raise Malformed(f"“{level}” is no level: 0 to 3.", line=line, column="display_level")
        try:
            soc = soc_code(f"{code[:2]}-{code[2:]}")
            found = Occupation.Level.TOTAL if soc == "00-0000" else LEVELS[level]
            yield code, (soc, title_of(name), found)
        except Malformed as error:
            error.line = line
            raise


def _rows(
    file: BinaryIO, *, year: str, places: Mapping[str, Place], groups: Mapping[str, tuple[str, str, str]]
) -> Iterator[Row]:
    """Yield a row for figures in succession that are about one occupation in one place."""
    row, about = None, None
    for line, (series, stated, _, value, footnotes) in _cells(file, SERIES):
        industry, area, occupation, datatype = series[11:17], series[4:11], series[17:23], series[23:]
        if industry != ALL_INDUSTRIES or datatype in NOT_KEPT:
            continue
        if datatype not in DATATYPES or area not in places or occupation not in groups:
            raise Malformed(
                f"{series} is no series of wages or employment, or oe.area or oe.occupation lack its codes.", line=line
            )
        if stated != year:
            raise Malformed(f"{stated}, where the first row is of {year}: one release at a time.", line=line)
        if row is None or about != (area, occupation):
            if row:
                yield row
            row, about = Row(line, places[area], *groups[occupation]), (area, occupation)
        _put(row, DATATYPES[datatype], _said(value, footnotes, DATATYPES[datatype], line), line)
    if row:
        yield row


def _said(value: str, footnotes: str, name: str, line: int) -> Said:
    if value == "-":
        marks = [FOOTNOTES[code] for code in footnotes.split(",") if code in FOOTNOTES]
        if len(marks) != 1:
            raise Malformed(f"No figure, and the footnote “{footnotes}” is not 4, 5 or 8, which say why.", line=line)
        return marks[0]
    try:
        return number(value, name, column="value")
    except Malformed as error:
        error.line = line
        raise


def _put(row: Row, name: str, said: Said, line: int) -> None:
    if row.said.setdefault(name, said) != said:
        raise Malformed(f"{shown(said)}, where the same series had {shown(row.said[name])}.", line=line, column="value")
