"""The cells of a workbook's first sheet, row by row: of a sheet with millions of cells no more than one row is held.

openpyxl takes a minute of computing for a sheet of the size that metropolitan areas have, since it makes an object of
every element; this reads the same in ten seconds. The shape is that of ECMA-376, part 1, chapter 18.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from posixpath import join, normpath
from string import ascii_uppercase, digits
from typing import IO, BinaryIO, NamedTuple
from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat
from zipfile import ZipFile

from defusedxml import ElementTree

from careers.wages.malformed import Malformed
from careers.wages.tables import MAX_UNPACKED
from publishing.archives import DAMAGED as DAMAGED_ARCHIVE

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CELL, ROW, SHARED = f"{MAIN} c", f"{MAIN} row", f"{MAIN} si"
TEXTS = {f"{MAIN} v", f"{MAIN} t"}
WORKBOOK = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"

CHUNK = 64 * 1024
COLUMNS = {
    letters: number for number, letters in enumerate([*ascii_uppercase, *(f"A{one}" for one in ascii_uppercase)])
}
"""The columns that are read: the Bureau fills 32."""
PLAIN = 12
"""A number of at most so many characters is written as it is displayed."""
MAX_CELLS = 16_384
"""How many cells a row may have."""
MAX_TEXT = 32_767
"""How many characters a cell may have."""
MAX_PART = 64 * 1024 * 1024
"""How many bytes a part may have that is read as a whole."""
MAX_RATIO = 200
"""How many times its own size a workbook may unpack to."""
DAMAGED = (*DAMAGED_ARCHIVE, KeyError, ParseError)


def opened(file: BinaryIO) -> ZipFile:
    """Return the archive. Raises Malformed for a file that is none, and for one that unpacks to too much."""
    try:
        archive = ZipFile(file)
    except DAMAGED as error:
        raise Malformed("It is no workbook (.xlsx), or it is damaged: fetch it again.") from error
    packed = file.seek(0, 2)
    unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed:
        raise Malformed(f"It unpacks to {unpacked:,} bytes, more than any workbook of the Bureau: it is not opened.")
    return archive


def is_workbook(archive: ZipFile) -> bool:
    """Whether the archive is a workbook itself."""
    return WORKBOOK in archive.namelist()


def rows(archive: ZipFile) -> Iterator[tuple[int, dict[int, str]]]:
    """Yield the number of each row of the first sheet, and the text of its cells that are not empty by their column,
    counted from 0. Numbers come as they are displayed, 12.3 and not 12.300000000000001.

    Raises Malformed for what is no workbook, is damaged, or declares entities.
    """
    try:
        strings = _strings(archive)
        with archive.open(_first_sheet(archive)) as part:
            for number, cells in _parsed(part, ROW, CELL):
                yield number, dict(_texts(cells, strings))
    except Malformed:
        raise
    except (*DAMAGED, expat.ExpatError, IndexError) as error:
        raise Malformed("The workbook is damaged, or declares entities as no office program does.") from error


def _first_sheet(archive: ZipFile) -> str:
    sheet = next(_small(archive, WORKBOOK).iter(f"{{{MAIN}}}sheet"), None)
    wanted = sheet.get(f"{{{OFFICE}}}id") if sheet is not None else None
    for relation in _small(archive, "xl/_rels/workbook.xml.rels").iter(f"{{{PACKAGE}}}Relationship"):
        if relation.get("Id") == wanted:
            return normpath(join("/xl", relation.get("Target", ""))).lstrip("/")
    raise KeyError(wanted)


def _small(archive: ZipFile, name: str) -> Element:
    _refuse_large(archive, name)
    root: Element = ElementTree.fromstring(archive.read(name), forbid_dtd=True)
    return root


def _strings(archive: ZipFile) -> list[str]:
    """Return the texts that cells refer to by number; not every workbook has them."""
    if STRINGS not in archive.namelist():
        return []
    _refuse_large(archive, STRINGS)
    with archive.open(STRINGS) as part:
        return [cells[0].text for _, cells in _parsed(part, SHARED, SHARED)]


def _refuse_large(archive: ZipFile, name: str) -> None:
    if archive.getinfo(name).file_size > MAX_PART:
        raise Malformed(f"{name} in it has more than {MAX_PART:,} bytes, as in no workbook of the Bureau.")


class _Cell(NamedTuple):
    reference: str
    kind: str
    text: str


def _parsed(part: IO[bytes], unit: str, cell: str) -> Iterator[tuple[int, list[_Cell]]]:
    """Yield each element named `unit` with its number, and those named `cell` in it."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    units: list[tuple[int, list[_Cell]]] = []
    cells: list[_Cell] = []
    texts: list[str] = []
    number, about = 0, {}

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal number, about, cells
        if name in TEXTS:
            parser.CharacterDataHandler = texts.append
        if name == unit:
            number, cells = int(attributes.get("r", number + 1)), []
        if name == cell:
            about = attributes
            texts.clear()

    def end(name: str) -> None:
        parser.CharacterDataHandler = None
        if name == cell:
            cells.append(_Cell(about.get("r", ""), about.get("t", "n"), "".join(texts)))
        if name == unit:
            units.append((number, cells))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = _refuse_declarations
    while data := part.read(CHUNK):
        parser.Parse(data)
        yield from units
        units.clear()
        if len(cells) > MAX_CELLS or sum(map(len, texts)) > MAX_TEXT:
            raise Malformed(f"It has a text or a row longer than any workbook, near row {number + 1}.")
    parser.Parse(b"", True)  # noqa: FBT003


def _refuse_declarations(*_: object) -> None:
    raise Malformed("It declares a document type, as no office program does, and is not opened.")


def _texts(cells: list[_Cell], strings: list[str]) -> Iterator[tuple[int, str]]:
    for position, (reference, kind, text) in enumerate(cells):
        column = COLUMNS.get(reference.rstrip(digits)) if reference else position
        if column is None or not text:
            continue
        yield column, _displayed(text, kind, strings).strip()


def _displayed(text: str, kind: str, strings: list[str]) -> str:
    """Return what a cell shows: workbooks hold 12.3 as 12.300000000000001 at times, and large numbers as 1.2E8."""
    if kind == "s":
        return strings[int(text)]
    if kind != "n":
        return text
    if len(text) > PLAIN or "E" in text:
        text = format(Decimal(repr(float(text))), "f")
    return text.removesuffix(".0")
