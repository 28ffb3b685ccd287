"""Word files, made part by part as Word writes them."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from . import samples

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
LINK = "https://www.bls.gov/ooh/"
NAMES = f'xmlns:w="{W}" xmlns:r="{R}"'
HEADINGS = ("Title", "Heading1", "Heading2", "Quote")
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name.replace("g1", "g 1").replace("g2", "g 2")}"/>'
    "</w:style>"
    for name in HEADINGS
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
TYPES = {"footnotes": "footnotes", "comments": "comments", "header1": "header", "footer1": "footer"}


def p(*content: str, style: str = "", bullet: bool = False) -> str:
    """A paragraph of runs; plain text becomes a run."""
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if bullet else ""
    chosen = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{chosen}{number}</w:pPr>{''.join(map(r, content))}</w:p>"


def r(text: str, *, bold: bool = False) -> str:
    """A run of text; what is XML already stays as it is."""
    if text.startswith("<w:"):
        return text
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def link(text: str) -> str:
    """A run that leads to LINK."""
    return f'<w:hyperlink r:id="link">{r(text)}</w:hyperlink>'


def inserted(text: str) -> str:
    """A run that somebody added with tracked changes."""
    return f'<w:ins w:id="1" w:author="Ann">{r(text)}</w:ins>'


def deleted(text: str) -> str:
    """A run that somebody took out with tracked changes."""
    return f'<w:del w:id="2" w:author="Ann"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'


def table(*rows: list[str]) -> str:
    """A table of plain cells."""
    cells = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def article(*further: str) -> str:
    """The body of the whole article of `samples`, with styles, and more below it."""
    sections = [p(x, style=s) for h, b in samples.SECTIONS.items() for x, s in ((h, "Heading2"), (b, ""))]
    return "".join(
        [
            p(samples.TITLE, style="Title"),
            p(samples.STANDFIRST),
            p(samples.INTRO),
            p(samples.HEADING_A, style="Heading1"),
            p(samples.HYGIENIST),
            p(samples.HEADING_B, style="Heading1"),
            p(samples.ASSISTANT),
            p(samples.VERSUS, style="Heading1"),
            p(samples.LEAD),
            *sections,
            *further,
        ]
    )


def docx(body: str = "", *, parts: Mapping[str, str] | None = None, files: Mapping[str, bytes] | None = None) -> bytes:
    """A Word file of that body (default: the whole article); `parts` are further ones by name, `files` as they are."""
    parts = parts or {}
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{main}.{kind}+xml"/>'
        for name, kind in {"document": "document.main", "styles": "styles", "numbering": "numbering", **TYPES}.items()
    )
    relations = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{name}.xml"/>'
        for name, kind in {"styles": "styles", "numbering": "numbering", **TYPES}.items()
        if name in parts or name in ("styles", "numbering")
    )
    link = f'<Relationship Id="link" Type="{R}/hyperlink" Target="{LINK}" TargetMode="External"/>'
    content = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body or article()}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}{link}'
        "</Relationships>",
        "word/styles.xml": f"<w:styles {NAMES}>{STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMES}>{NUMBERING}</w:numbering>",
        **{f"word/{name}.xml": inside for name, inside in parts.items()},
    }
    return packed({name: text.encode() for name, text in content.items()} | dict(files or {}))


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of these files, the same whenever it is made."""
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    return out.getvalue()


def moved_directory(archive: bytes) -> bytes:
    """The zip archive, which says that its directory begins a byte later than it does: its files begin before it."""
    place = archive.rindex(b"PK\x05\x06") + 16
    (begins,) = struct.unpack_from("<L", archive, place)
    return archive[:place] + struct.pack("<L", begins + 1) + archive[place + 4 :]
