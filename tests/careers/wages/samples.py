"""The same figures, written in each shape that the Bureau, or this project, publishes them in."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from careers.models import Wage
from careers.models.occupations import ANNUAL, HOURLY
from careers.wages import compact, flat, workbook, xlsx
from careers.wages.rows import Said

NATION = ("0000000", "United States", "nation")
CALIFORNIA = ("0600000", "California", "state")
YUBA = ("0049700", "Yuba City, CA", "metro")
KANSAS_CITY = ("0028140", "Kansas City, MO-KS", "metro")
INYO = ("0600006", "Eastern Sierra-Mother Lode Region of California nonmetropolitan area", "nonmetro")
PLACES = (NATION, CALIFORNIA, YUBA, KANSAS_CITY, INYO)

ALL = ("00-0000", "All Occupations", "total")
COMPUTERS = ("15-0000", "Computer and Mathematical Occupations", "major")
COMPUTER = ("15-1200", "Computer Occupations", "minor")
SOFTWARE = ("15-1250", "Software and Web Developers, Programmers, and Testers", "broad")
DEVELOPERS = ("15-1252", "Software Developers", "detailed")
BUYERS = ("13-1020", "Buyers and Purchasing Agents", "detailed")
OCCUPATIONS = (ALL, COMPUTERS, COMPUTER, SOFTWARE, DEVELOPERS, BUYERS)

SUPPRESSED, TOP, NOT_APPLICABLE = Wage.Mark.SUPPRESSED, Wage.Mark.TOP, Wage.Mark.NOT_APPLICABLE
DATATYPES = {name: code for code, name in flat.DATATYPES.items()}
FOOTNOTES = {mark: code for code, mark in flat.FOOTNOTES.items()}
FLAGS = {mark: flag for flag, mark in compact.FLAGS.items()}
SHEET = "xl/worksheets/sheet1.xml"
AREA_TYPES = {"nation": "1", "state": "2", "metro": "4", "nonmetro": "6"}
DISPLAY = {"total": "0", "major": "0", "minor": "1", "broad": "2", "detailed": "3"}


@dataclass
class Sample:
    """What is published of an occupation in a place."""

    said: dict[str, Said] = field(default_factory=lambda: {"employment": 1000, "annual_median": 135_980})
    occupation: tuple[str, str, str] = DEVELOPERS
    place: tuple[str, str, str] = NATION

    @property
    def only(self) -> str:
        """The unit that the occupation is only paid in, or an empty text."""
        other = {name for name, said in self.said.items() if said is NOT_APPLICABLE}
        return "ANNUAL" if other & set(HOURLY) else "HOURLY" if other & set(ANNUAL) else ""


def write_compact(folder: Path, samples: Sequence[Sample], *, opening: str = "", name: str = "wages.csv.gz") -> Path:
    """Write the project's own shape, packed if the name says so."""
    path = folder / name
    opened: Any = gzip.open if name.endswith(".gz") else open
    with opened(path, "wt", encoding="utf-8", newline="") as file:
        file.write(opening)
        writer = csv.writer(file)
        head = ["area_code", "area", "area_kind", "soc_code", "title", "level", *compact.HEADINGS.values(), "flags"]
        writer.writerow(head)
        for sample in samples:
            marked = {name: said for name, said in sample.said.items() if isinstance(said, Wage.Mark)}
            numbers = ["" if name in marked else sample.said.get(name, "") for name in compact.HEADINGS]
            flags = ";".join(f"{compact.HEADINGS[name]}:{FLAGS[mark]}" for name, mark in marked.items())
            writer.writerow([*sample.place, *sample.occupation, *numbers, flags])
    return path


def write_flat(folder: Path, samples: Sequence[Sample], *, year: int = 2025) -> Path:
    """Write the three flat files, padded as the Bureau pads them; return the folder."""
    folder /= "flat"
    folder.mkdir()
    lines = ["series_id                     \tyear\tperiod\t       value\tfootnote_codes"]
    for sample in samples:
        kind = {"nation": "N", "state": "S"}.get(sample.place[2], "M")
        occupation = sample.occupation[0].replace("-", "")
        for name, said in sample.said.items():
            series = f"OEU{kind}{sample.place[0]}000000{occupation}{DATATYPES[name]}"
            value, note = ("-", FOOTNOTES[said]) if isinstance(said, Wage.Mark) else (said, "")
            lines.append(f"{series:<30}\t{year}\tA01\t{value:>12}\t{note}")
            lines.append(f"{series[:11]}541500{series[17:]:<13}\t{year}\tA01\t{1:>12}\t")
    _write_lines(folder / "oe.data.0.Current", lines)
    areas = (f"{code[:2]}\t{code}\t{_type(kind)}\t{title}" for code, title, kind in PLACES)
    _write_lines(folder / "oe.area", ["state_code\tarea_code\tareatype_code\tarea_name", *areas])
    heading = "occupation_code\toccupation_name\toccupation_description\tdisplay_level\tselectable\tsort_sequence"
    rows = (f"{code.replace('-', '')}\t{title}\t\t{DISPLAY[level]}\tT\t1" for code, title, level in OCCUPATIONS)
    _write_lines(folder / "oe.occupation", [heading, *rows])
    return folder


def _type(kind: str) -> str:
    return {"nation": "N", "state": "S"}.get(kind, "M")


def _write_lines(path: Path, lines: Sequence[str]) -> None:
    path.write_text("".join(f"{line}\r\n" for line in lines), encoding="utf-8", newline="")


def workbook_row(sample: Sample) -> dict[str, Any]:
    """Return the cells of a workbook's row: codes are texts, numbers floats, what has none a mark."""
    code, title, kind = sample.place
    area = {"nation": "99", "state": str(int(code[:2])), "metro": code[2:], "nonmetro": code}[kind]
    row: dict[str, Any] = {
        "AREA": area,
        "AREA_TITLE": "U.S." if kind == "nation" else title,
        "AREA_TYPE": AREA_TYPES[kind],
        "I_GROUP": "cross-industry",
        "OWN_CODE": "1235",
        "OCC_CODE": sample.occupation[0],
        "OCC_TITLE": sample.occupation[1],
        "O_GROUP": sample.occupation[2],
        "ANNUAL": "TRUE" if sample.only == "ANNUAL" else "",
        "HOURLY": "TRUE" if sample.only == "HOURLY" else "",
    }
    for name, heading in workbook.HEADINGS.items():
        said = sample.said.get(name)
        no_number = "**" if name == "employment" else "*"
        row[heading] = (
            ("#" if said is TOP else no_number)
            if isinstance(said, Wage.Mark)
            else None
            if said is None
            else float(said)
        )
    return row


def write_workbook(
    folder: Path,
    samples: Sequence[Sample],
    *,
    name: str = "national_M2025_dl.xlsx",
    change: Callable[[dict[str, Any]], dict[str, Any]] = lambda row: row,
) -> Path:
    """Write a workbook as the Bureau does, each row passed through `change` first."""
    rows = [change(workbook_row(sample)) for sample in samples]
    book = Workbook()
    sheet = book.active
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    book.create_sheet("Field Descriptions").append(["Field", "Field Description"])
    book.save(folder / "inline.xlsx")
    _share_strings(folder / "inline.xlsx", folder / name)
    return folder / name


INLINE = re.compile(rb't="inlineStr"><is><t>(.*?)</t></is>')


def _share_strings(inline: Path, shared: Path) -> None:
    """Move the texts of the first sheet into a part of their own, as office programs do."""
    texts: list[bytes] = []

    def refer(found: re.Match[bytes]) -> bytes:
        texts.append(found[1])
        return b't="s"><v>%d</v>' % (len(texts) - 1)

    with ZipFile(inline) as old, ZipFile(shared, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, INLINE.sub(refer, content) if part == SHEET else content)
        strings = b"".join(b"<si><t>%b</t></si>" % text for text in texts)
        new.writestr(xlsx.STRINGS, b'<sst xmlns="%b">%b</sst>' % (xlsx.MAIN.encode(), strings))
    inline.unlink()


def write_zip(folder: Path, samples: Sequence[Sample], *, name: str = "oesm25nat.zip") -> Path:
    """Write the zip file that a workbook comes in, with the one that describes its columns."""
    path = folder / name
    book = write_workbook(folder, samples)
    described = write_workbook(
        folder, samples[:1], name="field_descriptions.xlsx", change=lambda row: {"Field": "area"}
    )
    with ZipFile(path, "w") as archive:
        archive.write(book, "oesm25nat/national_M2025_dl.xlsx")
        archive.write(described, "oesm25nat/field_descriptions.xlsx")
    book.unlink()
    described.unlink()
    return path


SHAPES: dict[str, Callable[[Path, Sequence[Sample]], Path]] = {
    "compact": lambda folder, samples: write_compact(folder, samples, opening="# period: May 2025\n"),
    "flat": write_flat,
    "workbook": write_workbook,
    "zip": write_zip,
}
"""Each shape, written into a folder, for May 2025."""
