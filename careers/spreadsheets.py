"""Tables as CSV and XLSX: no cell that goes out is a formula, and none that comes in exhausts what reads it."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import islice
from typing import Any

import openpyxl
import tablib
from import_export.formats.base_formats import CSV, XLSX
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from publishing.archives import Harmful, opened

MAX_ROWS = 5000
MAX_COLUMNS = 100
MAX_CELL = 32_767
"""How many characters a cell of a workbook holds; what is longer would be cut without a word."""

# What spreadsheet programs take for a formula, see https://owasp.org/www-community/attacks/CSV_Injection.
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
DEFUSED = re.compile(r"'+[=+\-@\t\r\n]")


def defused(cell: Any) -> Any:
    """Return the cell as it goes out: an apostrophe before whatever could be a formula."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def restored(cell: Any) -> Any:
    """Return the cell as it was before `defused`."""
    return cell[1:] if isinstance(cell, str) and DEFUSED.match(cell) else cell


def _each_cell(dataset: tablib.Dataset, change: Any) -> tablib.Dataset:
    return tablib.Dataset(*(tuple(map(change, row)) for row in dataset), headers=dataset.headers)


class SafeCSV(CSV):  # type: ignore[misc]
    """Cells separated by commas, in UTF-8."""

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> tablib.Dataset:
        """Return the table. Raises ValueError with a sentence for one with too many rows."""
        dataset = super().create_dataset(in_stream, **kwargs)
        if len(dataset) > MAX_ROWS:
            raise ValueError(_too_many())
        return _each_cell(dataset, restored)

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> Any:
        """Return the file's text."""
        return super().export_data(_each_cell(dataset, defused), **kwargs)


class SafeXLSX(XLSX):  # type: ignore[misc]
    """The first sheet of a workbook."""

    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        """Return the table. Raises ValueError with a sentence for a file that is no workbook, or too large a one."""
        try:
            opened(in_stream).close()
        except Harmful as error:
            raise ValueError(f"The workbook cannot be read. {error}") from error
        sheet = openpyxl.load_workbook(BytesIO(in_stream), read_only=True, data_only=True).worksheets[0]
        found = sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS, values_only=True)
        rows = [_trimmed(row) for row in islice(found, MAX_ROWS + 2)]
        while rows and not rows[-1]:
            rows.pop()
        if len(rows) > MAX_ROWS + 1:
            raise ValueError(_too_many())
        head = [str(cell or "") for cell in rows[0]] if rows else []
        return _each_cell(tablib.Dataset(*(_fitted(row, len(head)) for row in rows[1:]), headers=head), restored)

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> Any:
        """Return the file. Raises ValueError with a sentence for a text that no cell holds."""
        for row in dataset:
            for cell in row:
                _refuse_unfit(str(cell), about=str(row[0]))
        return super().export_data(_each_cell(dataset, defused), **kwargs)


def _too_many() -> str:
    return f"There are more than {MAX_ROWS:,} rows: split the file."


def _trimmed(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the row without the empty cells at its end."""
    length = max((number for number, cell in enumerate(row, 1) if cell is not None), default=0)
    return row[:length]


def _fitted(row: tuple[Any, ...], width: int) -> tuple[Any, ...]:
    if len(row) > width:
        raise ValueError(f"There is a cell with “{row[-1]}” in it and no heading above it: give its column one.")
    return row + (None,) * (width - len(row))


def _refuse_unfit(cell: str, *, about: str) -> None:
    if len(cell) >= MAX_CELL:
        raise ValueError(f"A text of “{about}” has {len(cell):,} characters, a cell holds {MAX_CELL:,}: choose CSV.")
    if ILLEGAL_CHARACTERS_RE.search(cell):
        raise ValueError(f"A text of “{about}” has control characters, which a workbook cannot hold: choose CSV.")
