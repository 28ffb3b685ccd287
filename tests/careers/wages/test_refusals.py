"""A file that is not as it should be is refused with a sentence that says where and why."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from careers.wages import xlsx
from careers.wages.files import tables_in
from careers.wages.malformed import Malformed
from careers.wages.tables import MAX_LINE
from tests.articles.importing.word import moved_directory
from tests.careers.wages.samples import CALIFORNIA, NATION, SHEET, Sample, write_compact, write_flat, write_workbook

COMPACT = "soc_code,title,level,employment,median_annual,flags\n"
DEVELOPERS = "15-1252,Software Developers,detailed,1000,135980,\n"


def refusal(*paths: Path) -> str:
    """Read the files, which must be refused; return the sentence."""
    with pytest.raises(Malformed) as refused:
        for table in tables_in(paths):
            list(table.batches())
    return str(refused.value)


UNFIT_CSV = {
    "a misspelt column": (
        COMPACT.replace("median_annual", "medain_annual"),
        "row 1: Unknown columns: 'medain_annual'.",
    ),
    "no column for marks": (COMPACT.replace(",flags", ""), "row 1: Missing columns: flags."),
    "half of a place": (COMPACT.replace("soc_code", "state,soc_code"), "row 1: Missing columns: state_fips."),
    "a column twice": (COMPACT.replace("level", "title"), "row 1: A column stands twice"),
    "an empty file": ("", "Missing columns: flags, soc_code, title."),
    "no rows": (COMPACT, "It holds no row of wages"),
    "a word for a number": (
        COMPACT + DEVELOPERS.replace("1000", "many"),
        "row 2, column employment: “many” is neither",
    ),
    "less than nothing": (COMPACT + DEVELOPERS.replace("1000", "-1"), "column employment: “-1” is neither"),
    "digits of another script": (COMPACT + DEVELOPERS.replace("1000", "١٠"), "column employment: “١٠” is neither"),
    "part of a person": (COMPACT + DEVELOPERS.replace("1000", "10.5"), "10.5 has more decimals than are published"),
    "more than a field holds": (COMPACT + DEVELOPERS.replace("1000", "9999999999"), "9999999999 is too much"),
    "an unknown flag": (
        COMPACT + DEVELOPERS.replace(",\n", ",title:lost\n"),
        "column flags: “title:lost” is no flag.",
    ),
    "a number and a flag": (
        COMPACT + DEVELOPERS.replace(",\n", ",median_annual:topcoded\n"),
        "row 2, column median_annual: 135980 is flagged as topcoded: which of both?",
    ),
    "no SOC code": (COMPACT + DEVELOPERS.replace("15-1252", "151252"), "row 2: “151252” is no SOC code"),
    "no title": (COMPACT + DEVELOPERS.replace("Software Developers", ""), "row 2: “” is no title"),
    "an unknown level": (COMPACT + DEVELOPERS.replace("detailed", "fine"), "column level: “fine” is no level"),
    "a cell too few": (COMPACT + DEVELOPERS.replace(",\n", "\n"), "row 2: 5 cells, where the heading has 6."),
    "an open quotation mark": (COMPACT + '"15-1252' + DEVELOPERS, "The row cannot be read as CSV"),
    "rows that contradict each other": (
        COMPACT + DEVELOPERS + DEVELOPERS.replace("1000", "1001"),
        "row 3, column employment: 15-1252 in United States stands in row 2 already, with 1,000 where this row has",
    ),
    "an unknown month": ("# period: Mai 2025\n" + COMPACT, "“Mai 2025” is no month: write it as May 2025."),
    "an unknown date": ("# published: soon\n" + COMPACT, "“soon” is no date: write it as 2026-05-15."),
    "a row that does not end": (COMPACT + "1" * MAX_LINE, "row 2: The line or the whole file is longer"),
}


@pytest.mark.parametrize(("text", "sentence"), UNFIT_CSV.values(), ids=list(UNFIT_CSV))
def test_a_csv_file_is_refused_for(text: str, sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "wages.csv"
    file.write_text(text)
    assert (said := refusal(file)).startswith("wages.csv"), said
    assert sentence in said


def test_comments_count_as_rows(tmp_path: Path) -> None:
    file = tmp_path / "wages.csv"
    file.write_text(f"# period: May 2025\n# source: the Bureau\n{COMPACT}{DEVELOPERS}15-125,,,,,\n")
    assert "wages.csv, row 5: “15-125” is no SOC code" in refusal(file)


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "wages.csv"
    file.write_bytes((COMPACT + DEVELOPERS.replace("Software", "Büro")).encode("latin-1"))
    assert "wages.csv, row 2: There are characters that are not in UTF-8" in refusal(file)


def test_a_packed_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress((COMPACT + DEVELOPERS).encode())
    file = tmp_path / "wages.csv.gz"
    file.write_bytes(packed[:-12])
    assert "The packed file is cut off or damaged: fetch it again." in refusal(file)


UNFIT_CELLS = {
    "a word for a number": ({"TOT_EMP": "many"}, "row 2, column TOT_EMP: “many” is neither a number nor a mark"),
    "an unknown mark": ({"A_PCT90": "##"}, "row 2, column A_PCT90: “##” is neither a number nor a mark"),
    "an error of a formula": ({"A_MEAN": "#N/A"}, "column A_MEAN: “#N/A” is neither"),
    "an unknown level": ({"O_GROUP": "fine"}, "column O_GROUP: “fine” is no level"),
    "an unknown type of area": ({"AREA_TYPE": "5"}, "column AREA_TYPE: “5” is no type of area"),
    "a code of another kind of area": ({"AREA": "41860"}, "“41860” is no code of a place of the kind “Nation”."),
    "no SOC code": ({"OCC_CODE": "15"}, "“15” is no SOC code"),
    "no row for all industries": ({"I_GROUP": "sector"}, "It holds no row of wages for all industries together."),
}


@pytest.mark.parametrize(("cells", "sentence"), UNFIT_CELLS.values(), ids=list(UNFIT_CELLS))
def test_a_workbook_is_refused_for(cells: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    book = write_workbook(tmp_path, [Sample()], change=lambda row: row | cells)
    assert (said := refusal(book)).startswith("national_M2025_dl.xlsx"), said
    assert sentence in said


def test_a_workbook_without_a_column_is_refused(tmp_path: Path) -> None:
    book = write_workbook(tmp_path, [Sample()], change=lambda row: {k: v for k, v in row.items() if k != "A_MEDIAN"})
    assert "row 1: Missing columns: A_MEDIAN." in refusal(book)


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    for name, content in {"a.xlsx": b"<html>", "b.xls": b"\xd0\xcf\x11\xe0", "c.xlsx": b"PK\x03\x04"}.items():
        file = tmp_path / name
        file.write_bytes(content)
        assert f"{name}: It is no workbook" in refusal(file)


def test_a_workbook_whose_directory_begins_elsewhere_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path, [Sample()])
    path.write_bytes(moved_directory(path.read_bytes()))
    assert "damaged" in refusal(path)


def test_a_zip_file_without_a_workbook_is_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "oesm25nat.zip", "w") as archive:
        archive.writestr("readme.txt", "Soon.")
    assert "oesm25nat.zip: There is no workbook (.xlsx) in it." in refusal(tmp_path / "oesm25nat.zip")


def replaced(book: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Write a workbook with one of its parts changed; return its path."""
    changed = book.with_name("changed_M2025_dl.xlsx")
    with ZipFile(book) as old, ZipFile(changed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return changed


BOMB = b'<!DOCTYPE bomb [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", [SHEET, xlsx.WORKBOOK, xlsx.STRINGS])
def test_entities_are_refused_in_every_part(part: str, tmp_path: Path) -> None:
    book = write_workbook(tmp_path, [Sample()])
    assert "declares" in refusal(replaced(book, part, lambda xml: BOMB + xml.removeprefix(b"<?xml version='1.0'?>")))


@pytest.mark.parametrize("part", [SHEET, xlsx.WORKBOOK, xlsx.STRINGS])
def test_a_part_that_is_cut_off_is_refused(part: str, tmp_path: Path) -> None:
    book = write_workbook(tmp_path, [Sample()])
    assert "The workbook is damaged" in refusal(replaced(book, part, lambda xml: xml[:-30]))


def test_a_workbook_that_unpacks_to_far_more_than_its_size_is_not_opened(tmp_path: Path) -> None:
    book = write_workbook(tmp_path, [Sample()])
    said = refusal(replaced(book, SHEET, lambda xml: xml + b" " * 10_000_000))
    assert "more than any workbook of the Bureau: it is not opened." in said


def test_a_cell_that_does_not_end_is_refused(tmp_path: Path) -> None:
    book = write_workbook(tmp_path, [Sample()])
    long = b"".join(b"%d" % n for n in range(60_000))
    said = refusal(replaced(book, SHEET, lambda xml: xml.replace(b"<v>1000", b"<v>" + long)))
    assert "a text or a row longer than any workbook" in said


def changed_lines(folder: Path, name: str, old: str, new: str) -> Path:
    """Replace a text in one of the flat files; return the folder."""
    file = folder / name
    file.write_text(file.read_text().replace(old, new))
    return folder


UNFIT_FLAT = {
    "another heading": ("oe.area", "area_name", "name", "oe.area, row 1: Missing columns: area_name."),
    "an unknown type of area": (
        "oe.area",
        "\tN\t",
        "\tX\t",
        "oe.area, row 2, column areatype_code: “X” is no type",
    ),
    "an unknown level": ("oe.occupation", "\t0\tT", "\t7\tT", "oe.occupation, row 2, column display_level: “7”"),
    "no SOC code": ("oe.occupation", "151252", "1512", "oe.occupation, row 6: “15-12” is no SOC code"),
    "an unknown occupation": ("oe.occupation", "151252", "151253", "row 2: OEUN000000000000015125201 is no series"),
    "an unknown footnote": (
        "oe.data.0.Current",
        "        1000\t",
        "           -\t7",
        "row 2: No figure, and the footnote “7”",
    ),
    "no figure": ("oe.data.0.Current", "        1000\t", "           -\t", "row 2: No figure, and the footnote “”"),
    "a word for a number": ("oe.data.0.Current", "1000", "many", "row 2, column value: “many” is neither"),
    "a cell too few": (
        "oe.data.0.Current",
        "A01\t        1000",
        "1000",
        "row 2: 4 cells, where the heading has 5.",
    ),
    "no year": ("oe.data.0.Current", "\t2025\t", "\tnow\t", "row 2, column year: “now” is no year."),
}


@pytest.mark.parametrize(("name", "old", "new", "sentence"), UNFIT_FLAT.values(), ids=list(UNFIT_FLAT))
def test_flat_files_are_refused_for(name: str, old: str, new: str, sentence: str, tmp_path: Path) -> None:
    folder = changed_lines(write_flat(tmp_path, [Sample()]), name, old, new)
    assert sentence in refusal(folder)


def test_flat_files_of_two_years_are_refused(tmp_path: Path) -> None:
    folder = write_flat(tmp_path, [Sample(), Sample(place=CALIFORNIA)])
    text = (folder / "oe.data.0.Current").read_text()
    (folder / "oe.data.0.Current").write_text(text[:-200] + text[-200:].replace("2025", "2024"))
    assert "2024, where the first row is of 2025: one release at a time." in refusal(folder)


def test_a_series_with_two_figures_is_refused(tmp_path: Path) -> None:
    folder = changed_lines(write_flat(tmp_path, [Sample()]), "oe.data.0.Current", "00000015125213", "00000015125201")
    assert "row 4, column value: 135,980, where the same series had 1,000." in refusal(folder)


def test_flat_files_need_those_that_say_what_codes_mean(tmp_path: Path) -> None:
    folder = write_flat(tmp_path, [Sample()])
    (folder / "oe.area").unlink()
    assert "oe.data.0.Current: What its codes mean is in oe.area, which is not beside it" in refusal(folder)


def test_nothing_to_read_is_refused(tmp_path: Path) -> None:
    assert "None of the files holds wages" in refusal(tmp_path)


@pytest.mark.parametrize("place", [("9999999", "Nowhere", "state"), NATION[:2] + ("planet",)])
def test_an_unknown_place_is_refused(place: tuple[str, str, str], tmp_path: Path) -> None:
    assert "row 2" in refusal(write_compact(tmp_path, [Sample(place=place)]))
