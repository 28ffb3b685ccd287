"""Word files (.docx): the text by mammoth and the HTML reader, and a note of whatever is not in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

import mammoth
from bs4 import BeautifulSoup, Tag
from defusedxml.ElementTree import fromstring

from publishing.archives import SIGNATURE, Harmful, opened

from . import bounds, markup
from .article import Article, Note, Source, Unreadable
from .assemble import article_from
from .blocks import Block
from .decode import MAX_BYTES
from .sources import sources_in

__all__ = ["SIGNATURE", "article_in"]

BODY = "word/document.xml"
PART = re.compile(r"word/\w+\.xml")
BESIDE = re.compile(r"word/(header|footer)\d*\.xml")
COMMENTS = "word/comments.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOT_OF_WORD = "The Word file is not as Word writes it; open it, save it again and import that."
NOT_WORDS = re.compile(r"[\W_]+")
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""


@dataclass
class _Text:
    """The article's text as HTML with a paragraph, list or table on each line, the footnotes, and what to note."""

    html: str
    words: str
    footnotes: list[Source] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def article_in(data: bytes) -> Article:
    """The article in a Word file. Lines are counted by paragraphs; a list or a table is one.

    Footnotes become sources. What was inserted with tracked changes is text; comments, what was deleted, headers,
    footers, and text that no reader of the file would find in its place are quoted in notes.
    Raises Unreadable for what is no Word file, is damaged, or holds no article over two roles.
    """
    archive = _opened(data)
    text = _text(data)
    document = markup.read_html(text.html)
    article = article_from(document)
    notes = [*text.notes, *_tracked(archive), *_comments(archive), *_lost(archive, text.words)]
    return replace(
        article,
        sources=(*article.sources, *text.footnotes),
        notes=tuple(sorted([*article.notes, *notes], key=lambda note: note.line)),
    )


def _opened(data: bytes) -> ZipFile:
    if len(data) > MAX_BYTES:
        raise Unreadable(f"The file is {len(data) / 1024 / 1024:.1f} MB and an article may have 5 MB; remove pictures.")
    try:
        archive = opened(data)
    except Harmful as error:
        raise Unreadable(f"The Word file cannot be read. {error}") from error
    if BODY not in archive.namelist():
        raise Unreadable("This is a zip file and no Word file (.docx); save the article as .docx, text or HTML.")
    for name in filter(PART.fullmatch, archive.namelist()):
        _refuse_long_part(archive.read(name))
    return archive


def _refuse_long_part(xml: bytes) -> None:
    try:
        root = fromstring(xml)
    except ParseError as error:
        raise Unreadable(NOT_OF_WORD) from error
    bounds.refuse_many_elements(paragraphs=sum(1 for _ in root.iter(f"{W}p")), elements=sum(1 for _ in root.iter()))


def _text(data: bytes) -> _Text:
    try:
        result = mammoth.convert_to_html(
            BytesIO(data),
            style_map=STYLES,
            include_embedded_style_map=False,
            ignore_empty_paragraphs=False,
            convert_image=mammoth.images.img_element(lambda image: {"src": image.content_type or "unknown"}),
        )
    except Exception as error:  # mammoth does not say what it raises for a file that is not as it should be
        raise Unreadable(NOT_OF_WORD) from error
    soup = BeautifulSoup(result.value, "html.parser")
    footnotes = list(_footnotes(soup))
    html = "\n".join(" ".join(str(element).splitlines()) for element in soup.contents)
    words = _squeezed(" ".join([soup.get_text(), *(block.text for block in footnotes)]))
    sources = [source for block in footnotes for source in sources_in(block)]
    line = len(soup.contents)
    notes = [Note(line, f"A footnote was read as a source: “{block.text}”.", "guessed") for block in footnotes]
    return _Text(html, words, sources, notes)


def _footnotes(soup: BeautifulSoup) -> Iterator[Block]:
    """Take the footnotes and endnotes, and the marks that refer to them, out of the text."""
    marks = re.compile(r"(?:foot|end)note-(?:ref-)?\d+")
    for link in soup.find_all("a", id=marks):
        (link.find_parent("sup") or link).decompose()
    for item in soup.find_all("li", id=marks):
        for back in item.find_all("a", href=re.compile(r"#(?:foot|end)note-ref-")):
            back.decompose()
        text = " ".join(item.get_text().split())
        around = item.parent
        item.extract()
        if isinstance(around, Tag) and not around.find("li"):
            around.decompose()
        if text:
            yield Block("text", text, str(item), 0)


def _tracked(archive: ZipFile) -> Iterator[Note]:
    """Notes of tracked changes: that there are insertions, and the words of every deletion."""
    root = fromstring(archive.read(BODY))
    if any("".join(_words(each)) for tag in ("ins", "moveTo") for each in root.iter(f"{W}{tag}")):
        sentence = "The file has tracked changes: what was inserted stands in the text, what was deleted does not."
        yield Note(1, sentence, "guessed")
    for paragraph in root.iter(f"{W}p"):
        deleted = "".join(each.text or "" for each in paragraph.iter(f"{W}delText")).strip()
        if deleted:
            yield Note(1, f"Left out, deleted with tracked changes: “{deleted}”.", "left out")


def _comments(archive: ZipFile) -> Iterator[Note]:
    if COMMENTS not in archive.namelist():
        return
    for comment in fromstring(archive.read(COMMENTS)).iter(f"{W}comment"):
        words = " ".join("".join(_words(paragraph)) for paragraph in comment.iter(f"{W}p"))
        yield Note(1, f"Left out, a comment by {comment.get(f'{W}author') or 'somebody'}: “{words}”.", "left out")


def _lost(archive: ZipFile, words: str) -> Iterator[Note]:
    """Notes of paragraphs that are not in the text: in headers and footers, in drawings, in formulas."""
    parts = {name: match[1] for name in archive.namelist() if (match := BESIDE.fullmatch(name))}
    found: dict[str, str] = {}
    end = 0
    for name, where in {BODY: "which could not be read whole", **parts}.items():
        for paragraph in fromstring(archive.read(name)).iter(f"{W}p"):
            text = " ".join("".join(_words(paragraph)).split())
            squeezed = _squeezed(text)
            start = words.find(squeezed, end)  # a paragraph stands below the one before it, but for notes and moves
            if start >= 0:
                end = start + len(squeezed)
            elif squeezed not in words:
                found.setdefault(text, where if name == BODY else f"the page's {where}")
    for text, where in found.items():
        yield Note(1, f"Left out, {where}: “{text}”.", "left out")


def _words(element: Element) -> Iterator[str]:
    """The text of an element, without that of paragraphs inside it, which stand for themselves."""
    for child in element:
        tag = child.tag.rpartition("}")[2]
        if tag == "t":
            yield child.text or ""
        elif tag in ("tab", "br", "cr"):
            yield " "
        elif child.tag != f"{W}p" and tag != "moveFrom":
            yield from _words(child)


def _squeezed(text: str) -> str:
    return NOT_WORDS.sub("", text)
