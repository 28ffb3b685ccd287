"""The tables of wages in the files and folders that somebody names; what shape each has is told by what is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from careers.wages import compact, flat, workbook
from careers.wages.malformed import Malformed, reading
from careers.wages.tables import Table, text_lines

ZIP = b"PK"
OLE = b"\xd0\xcf\x11\xe0"
"""How workbooks of before 2007 begin."""
ENDINGS = (".xlsx", ".zip", ".csv", ".csv.gz")
DATA = "oe.data"


def tables_in(paths: Iterable[Path]) -> list[Table]:
    """Return the tables, in the order of the paths. Raises Malformed for a file that holds none, OSError for one that
    cannot be opened.
    """
    files = [file for path in paths for file in _expanded(path)]
    lookups = {file.name.casefold(): file for file in files if _is_lookup(file)}
    found: list[Table] = []
    for file in files:
        if not _is_lookup(file):
            with reading(file.name):
                found.extend(_tables(file, lookups))
    if not found:
        raise Malformed("None of the files holds wages: give workbooks, zip files, oe.data.0.Current, or CSV files.")
    return found


def _expanded(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.iterdir()):
        name = file.name.casefold()
        if file.is_file() and (name.endswith(ENDINGS) or name.startswith("oe.")):
            yield file


def _is_lookup(file: Path) -> bool:
    """Whether it is one of the flat files that say what codes mean."""
    name = file.name.casefold()
    return name.startswith("oe.") and not name.startswith(DATA)


def _tables(file: Path, lookups: dict[str, Path]) -> list[Table]:
    with file.open("rb") as opened:
        start = opened.read(len(OLE))
        opened.seek(0)
        if start.startswith(ZIP):
            return workbook.tables(file)
        if start == OLE or file.suffix.casefold() in {".xlsx", ".xls", ".zip"}:
            raise Malformed("It is no workbook (.xlsx) and no zip file: fetch it again, or save it as .xlsx.")
        if not start.startswith(compact.GZIP) and flat.is_data(next(text_lines(opened), "")):
            return [flat.table(file, lookups)]
    return [compact.table(file)]
