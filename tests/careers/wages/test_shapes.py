"""The same figures are read alike, whatever shape of file they come in."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.models.occupations import ANNUAL, HOURLY
from careers.wages.files import tables_in
from careers.wages.rows import MEASURES, Row, number
from careers.wages.xlsx import COLUMNS
from tests.careers.wages.samples import (
    BUYERS,
    CALIFORNIA,
    DEVELOPERS,
    INYO,
    KANSAS_CITY,
    NATION,
    NOT_APPLICABLE,
    OCCUPATIONS,
    PLACES,
    SHAPES,
    SUPPRESSED,
    TOP,
    Sample,
    write_compact,
    write_flat,
    write_workbook,
)


def read(*paths: Path) -> list[Row]:
    """Return all rows of the files, in order."""
    return [row for table in tables_in(paths) for rows, _ in table.batches() for row in rows]


def told(rows: Sequence[Row]) -> list[Any]:
    """Return what the rows say, wherever they stand."""
    return [(row.place, row.code, row.title, row.level, row.said) for row in rows]


def amounts(name: str) -> st.SearchStrategy[int | Decimal]:
    """Return numbers that the field can hold."""
    step, below = MEASURES[name]
    steps = st.integers(0, int(below / step) - 1)
    return steps if step == 1 else steps.map(lambda n: n * step)


@st.composite
def samples(draw: st.DrawFn) -> list[Sample]:
    """Draw what is published of some occupations in some places: figures, or marks in their stead."""
    keys = draw(st.lists(st.tuples(st.sampled_from(OCCUPATIONS), st.sampled_from(PLACES)), min_size=1, unique=True))
    return [Sample(draw(said()), occupation, place) for occupation, place in keys]


@st.composite
def said(draw: st.DrawFn) -> dict[str, Any]:
    """Draw figures of one row; who is only paid by the year has none by the hour, and the other way about."""
    other_unit = draw(st.sampled_from([(), ANNUAL, HOURLY]))
    found: dict[str, Any] = {"employment": draw(amounts("employment") | st.just(SUPPRESSED))}
    for name in MEASURES:
        if name in other_unit:
            found[name] = NOT_APPLICABLE
        elif draw(st.booleans()):
            marks = st.just(SUPPRESSED) | st.just(TOP) if name in {*ANNUAL, *HOURLY} else st.just(SUPPRESSED)
            found[name] = draw(amounts(name) | marks)
    return found


@given(samples())
@settings(max_examples=40)
def test_what_is_published_is_read_alike_in_every_shape(published: list[Sample]) -> None:
    with TemporaryDirectory() as name:
        read_of = {shape: told(read(write(Path(name), published))) for shape, write in SHAPES.items()}

    assert read_of["flat"] == read_of["workbook"] == read_of["zip"] == read_of["compact"]
    assert [(row[1], row[4]) for row in read_of["compact"]] == [(it.occupation[0], it.said) for it in published]


@given(st.data())
def test_a_number_is_read_as_it_was_written(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(list(MEASURES)))
    value = data.draw(amounts(name))
    assert number(str(value), name, column="") == value


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_says_for_what_month_it_is(shape: str, tmp_path: Path) -> None:
    (table,) = tables_in([SHAPES[shape](tmp_path, [Sample()])])
    assert table.period == date(2025, 5, 1)


def test_a_folder_is_read_whole(tmp_path: Path) -> None:
    write_workbook(tmp_path, [Sample()])
    write_compact(tmp_path, [Sample(place=CALIFORNIA)])
    (tmp_path / "notes.txt").write_text("Fetched on a Monday.")

    assert {row.place.title for row in read(tmp_path)} == {"United States", "California"}


def test_flat_files_may_be_given_one_by_one_from_different_folders(tmp_path: Path) -> None:
    folder = write_flat(tmp_path, [Sample()])
    apart = tmp_path / "apart"
    apart.mkdir()
    shutil.move(folder / "oe.area", apart)

    rows = read(folder / "oe.data.0.Current", folder / "oe.occupation", apart / "oe.area")

    assert [row.title for row in rows] == ["Software Developers"]


def test_flat_figures_of_one_row_may_stand_apart(tmp_path: Path) -> None:
    split = [Sample({"employment": 5}), Sample(place=CALIFORNIA), Sample({"annual_median": 7})]
    rows = read(write_flat(tmp_path, split))
    assert [row.said for row in rows if row.place.code == NATION[0]] == [{"employment": 5, "annual_median": 7}]


@pytest.mark.parametrize("order", [1, -1])
def test_of_an_occupation_that_is_both_broad_and_detailed_the_detailed_row_counts(order: int, tmp_path: Path) -> None:
    broad = Sample({"employment": 1}, (*BUYERS[:2], "broad"))
    detailed = Sample({"employment": 2}, BUYERS)

    (row,) = read(write_workbook(tmp_path, [broad, detailed][::order]))

    assert (row.level, row.said) == ("detailed", {"employment": 2})


def test_workbooks_hold_more_than_what_is_wanted(tmp_path: Path) -> None:
    rows = [{"I_GROUP": "sector"}, {"OWN_CODE": "5"}, {}]
    book = write_workbook(tmp_path, [Sample()] * 3, change=lambda row: row | rows.pop(0))
    assert [row.line for row in read(book)] == [4]


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        ({"A_MEDIAN": "*"}, SUPPRESSED),
        ({"A_MEDIAN": "*", "ANNUAL": "TRUE"}, SUPPRESSED),
        ({"A_MEDIAN": "*", "HOURLY": "TRUE"}, NOT_APPLICABLE),
        ({"A_MEDIAN": "#"}, TOP),
        ({"A_MEDIAN": "~"}, SUPPRESSED),
    ],
)
def test_a_mark_of_a_workbook_says_why_there_is_no_number(cells: dict[str, str], mark: str, tmp_path: Path) -> None:
    (row,) = read(write_workbook(tmp_path, [Sample()], change=lambda row: row | cells))
    assert row.said["annual_median"] == mark


OLDER_NAMES = {"AREA_TITLE": "area_name", "O_GROUP": "Occ_Group", "TOT_EMP": "tot emp"}
NOT_THERE = {"AREA_TYPE", "I_GROUP", "OWN_CODE"}


def as_before_2019(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with the names that it had then, and without what there was not."""
    return {OLDER_NAMES.get(name, name): cell for name, cell in row.items() if name not in NOT_THERE}


def test_workbooks_of_before_2019_are_read_too(tmp_path: Path) -> None:
    published = [Sample(place=place) for place in PLACES]
    older = write_workbook(tmp_path, published, name="MSA_M2018_dl.xlsx", change=as_before_2019)
    newer = write_workbook(tmp_path, published)

    assert told(read(older)) == told(read(newer))


def test_national_workbooks_of_before_2019_name_no_area(tmp_path: Path) -> None:
    def without(row: dict[str, Any]) -> dict[str, Any]:
        return {name: cell for name, cell in as_before_2019(row).items() if name not in {"AREA", "area_name"}}

    (row,) = read(write_workbook(tmp_path, [Sample()], name="national_M2018_dl.xlsx", change=without))

    assert row.place.title == "United States"


@pytest.mark.parametrize(
    ("place", "state"),
    [(KANSAS_CITY, "Missouri"), (INYO, "California"), (CALIFORNIA, None), (NATION, None)],
)
def test_an_area_is_in_the_first_state_of_its_title_or_that_of_its_code(
    place: tuple[str, str, str], state: str | None, tmp_path: Path
) -> None:
    (row,) = read(write_compact(tmp_path, [Sample(place=place)]))
    assert (row.place.state.title if row.place.state else None) == state


def test_a_number_is_read_as_a_workbook_shows_it(tmp_path: Path) -> None:
    said: dict[str, Any] = {"employment": 150_000_000, "hourly_mean": Decimal("0.1")}

    def imprecise(row: dict[str, Any]) -> dict[str, Any]:
        return row | {"TOT_EMP": 1.5e8, "H_MEAN": 0.1 + 1e-17}

    (row,) = read(write_workbook(tmp_path, [Sample()], change=imprecise))

    assert {name: row.said[name] for name in said} == said


def test_the_columns_that_a_workbook_of_the_bureau_fills_are_read() -> None:
    assert (COLUMNS["A"], COLUMNS["Z"], COLUMNS["AF"]) == (0, 25, 31)


def test_rows_that_say_the_same_twice_are_one(tmp_path: Path) -> None:
    sample = Sample(occupation=DEVELOPERS)
    more = replace(sample, said=sample.said | {"annual_90": TOP})

    (row,) = read(write_compact(tmp_path, [sample, more, sample]))

    assert row.said == more.said
