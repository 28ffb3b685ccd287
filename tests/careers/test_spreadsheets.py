"""Tables go out without formulas, come back as they were, and are refused when they are too large."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
import tablib
from hypothesis import given
from hypothesis import strategies as st

from careers.spreadsheets import MAX_CELL, MAX_ROWS, SafeCSV, SafeXLSX, defused, restored
from tests.articles.importing.word import packed

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)
CELLS = st.builds("".join, st.tuples(st.sampled_from(["", "=", "+", "-", "@", "\t", "'", "'=", "''@"]), TEXT))


@given(st.text())
def test_no_cell_that_goes_out_begins_a_formula_and_each_comes_back_equal(text: str) -> None:
    assert not str(defused(text)).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert restored(defused(text)) == text


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_a_csv_file_comes_back_as_it_went_out(rows: list[tuple[str, str]]) -> None:
    out = SafeCSV().export_data(tablib.Dataset(*rows, headers=["a", "b"])).encode("utf-8-sig")
    assert list(SafeCSV(encoding="utf-8-sig").create_dataset(out)) == rows


@given(st.lists(st.tuples(st.just("x"), CELLS), max_size=4))
def test_a_workbook_comes_back_as_it_went_out(rows: list[tuple[str, str]]) -> None:
    back = SafeXLSX().create_dataset(SafeXLSX().export_data(tablib.Dataset(*rows, headers=["a", "b"])))
    assert [(a, b or "") for a, b in back] == rows


def workbook(*rows: tuple[Any, ...], cell: str = "", value: Any = None) -> bytes:
    """Return a workbook with these rows, and a value in one further cell."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if cell:
        sheet[cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_has_no_formula_in_it() -> None:
    out = SafeXLSX().export_data(tablib.Dataset(("=1+1",), headers=["a"]))
    cell = openpyxl.load_workbook(io.BytesIO(out)).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("'=1+1", "s")


def test_empty_rows_at_the_end_and_missing_cells_are_nothing() -> None:
    back = SafeXLSX().create_dataset(workbook(("slug", "title"), ("a",), ("b", "B"), (None, None)))
    assert list(back) == [("a", None), ("b", "B")]


def test_a_cell_far_below_costs_nothing_and_is_refused() -> None:
    with pytest.raises(ValueError, match=f"more than {MAX_ROWS:,} rows"):
        SafeXLSX().create_dataset(
            workbook(("slug",), *(("a",) for _ in range(MAX_ROWS + 1)), cell="XFD1048576", value=1)
        )


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="split the file"):
        SafeCSV(encoding="utf-8").create_dataset(b"slug\n" + b"a\n" * (MAX_ROWS + 1))


def test_a_cell_beside_the_headings_is_refused() -> None:
    with pytest.raises(ValueError, match="“lost” in it and no heading above it"):
        SafeXLSX().create_dataset(workbook(("slug",), ("a", "lost")))


@pytest.mark.parametrize(("text", "words"), [("a" * MAX_CELL, "a cell holds 32,767"), ("a\x01", "control characters")])
def test_a_text_that_no_cell_holds_is_refused_and_not_cut(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        SafeXLSX().export_data(tablib.Dataset(("a", text), headers=["slug", "summary"]))


def test_a_workbook_that_would_do_harm_is_refused() -> None:
    with pytest.raises(ValueError, match="The workbook cannot be read"):
        SafeXLSX().create_dataset(packed({"xl/zeros.xml": bytes(11 * 1024 * 1024)}))
