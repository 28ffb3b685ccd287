"""Clean HTML to blocks, one tag at a time, so that neither depth nor size matters."""

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import Literal

from . import chrome
from .article import Note
from .blocks import LINK, Block, Document, paragraph, poor

INLINE = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "a": "a"}
COMPOUND: dict[str, Literal["list", "table", "quote"]] = {
    "ul": "list",
    "ol": "list",
    "table": "table",
    "blockquote": "quote",
}
KEPT_INSIDE = {"p", "li", "ul", "ol", "blockquote", "table", "tbody", "tr", "td", "th"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
TRANSPARENT = {
    "p", "div", "section", "article", "main", "figure", "details", "summary", "address",
    "center", "dl", "dt", "dd", "pre", "li", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "fieldset",
    "legend", "label", "option", "hgroup", "header",
}  # fmt: skip
VOID = {"br", "hr", "img", "meta"}
DROPPED = {"script", "style", "svg", "template", "canvas", "math"}
TAGS = {*INLINE, *COMPOUND, *KEPT_INSIDE, *HEADINGS, *TRANSPARENT, *VOID, *chrome.TAGS, "title"}
SCHEMES = {"http", "https", "mailto", "tel", "ftp", "file", "javascript", "data"}  # None are followed: see LINK.
ATTRIBUTES = {
    "*": {"class", "id", "role", "hidden", "aria-label", "data-line"},
    "a": {"href"},
    "ol": {"start"},
    "img": {"alt", "src"},
    "iframe": {"src"},
    "meta": {"name", "property", "content"},
}
META = {
    "description": "standfirst",
    "og:description": "standfirst",
    "og:title": "title",
    "author": "byline",
    "article:published_time": "published",
    "article:modified_time": "updated",
    "article:section": "category",
}
# Two noncharacters, which `decode` drops from every file, carry line numbers through the sanitiser.
SPACE = re.compile(r"\s+")
MARK = re.compile("\ufdd0(\\d+)\ufdd1")


def mark(line: int) -> str:
    """The end of a line, as text that survives the sanitiser."""
    return f"\ufdd0{line}\ufdd1"


def read(html: str) -> Document:
    """The blocks of HTML that is well-formed and holds no tags but TAGS, with `mark`s at the ends of lines."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return reader.document


@dataclass
class _Element:
    tag: str
    label: str
    compound: bool = False
    start: str = "1"


class _Reader(HTMLParser):
    # What stands in these is text, and the sanitiser leaves it as it is.
    CDATA_CONTENT_ELEMENTS = ("iframe", "noscript")  # type: ignore[misc]

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.document = Document()
        self._line = 1
        self._open: list[_Element] = []
        self._inline: list[tuple[str, str]] = []
        self._compound = False
        self._level = 0
        self._gap = 1
        self._met_article = False
        self._begin()

    def _begin(self) -> None:
        self._html = [markup for _, markup in dict(self._inline).items()]
        self._words: list[str] = []
        self._bold = self._plain = 0
        self._start = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: MARK.sub("", value or "") for name, value in attrs}
        line = values.get("data-line", "")
        self._line = int(line) if line.isdecimal() and len(line) < 9 else self._line
        if tag in VOID:
            self._void(tag, values)
            return
        if tag in chrome.ARTICLE or tag == "h1":
            self._leave_chrome()
        element = _Element(tag, chrome.label(tag, values, inside={element.tag for element in self._open}))
        if element.label or tag in HEADINGS:
            self._dissolve()
        self._open.append(element)
        if tag in INLINE:
            self._begin_inline(tag, values)
        elif tag == "iframe":
            self._note(f"Left out: an embedded page ({values.get('src') or 'without an address'}).")
        elif self._compound and tag in KEPT_INSIDE:
            self._html.append(f"<{tag}>")
            self._words.append(" | " if tag in ("td", "th") else "\n")
        elif tag in COMPOUND and not self._label():
            self.flush()
            self._compound = element.compound = True
            element.start = values.get("start") or "1"
            self._html.append(f"<{tag}>")
        elif self._compound:
            self._html.append(" ")
            self._words.append("\n")
        else:
            self.flush()
        self._level = HEADINGS.get(tag, self._level)

    def handle_endtag(self, tag: str) -> None:
        if tag in INLINE:
            self._end_inline(tag)
        elif self._compound and tag in KEPT_INSIDE:
            self._html.append(f"</{tag}>")
        if tag not in INLINE and (not self._compound or self._open[-1].compound):
            found = self.flush()
            self._compound = False
            self._gap = self._gap if found or (tag != "p" and tag not in HEADINGS) else 2
        self._level = 0 if tag in HEADINGS else self._level
        self._open.pop()

    def handle_data(self, data: str) -> None:
        parts = MARK.split(data)
        for index, part in enumerate(parts):
            if index % 2:
                self._line = int(part) + 1
            else:
                self._text(part)

    def _text(self, text: str) -> None:
        text = SPACE.sub(" ", text)
        self._html.append(escape(text, quote=False))
        self._words.append(text)
        if not text.strip():
            return
        self._start = self._start or self._line
        self._plain += 1
        self._bold += any(tag == "strong" for tag, _ in self._inline)

    def _void(self, tag: str, values: dict[str, str]) -> None:
        if tag == "meta":
            self._meta(values)
        elif tag == "img":
            self._note(f"Left out: the image “{values.get('alt', '')}” ({values.get('src', '')}).")
        elif tag == "hr" and not self._compound:
            self.flush()
            self._gap = 2
        elif tag == "br" and not self._compound and (self._ends_in_break() or self._is_bold_line()):
            self.flush()
        elif tag == "br":
            self._html.append("<br>")
            self._words.append("\n" if self._compound else " ")

    def _ends_in_break(self) -> bool:
        last = next((piece for piece in reversed(self._html) if piece.strip()), "")
        return last == "<br>"

    def _is_bold_line(self) -> bool:
        """Whether all so far is bold: a heading, and the line break after it ends it."""
        return 0 < self._plain == self._bold and not self._label()

    def _meta(self, values: dict[str, str]) -> None:
        name = META.get(values.get("name") or values.get("property") or "")
        if name and values.get("content"):
            self.document.meta.setdefault(name, values["content"])

    def _begin_inline(self, tag: str, values: dict[str, str]) -> None:
        if tag == "a" and self._label():
            self.flush()
        markup = f"<{INLINE[tag]}>" if tag != "a" else self._link(values.get("href", "").strip())
        self._inline.append((INLINE[tag], markup))
        self._html.append(markup)

    def _link(self, address: str) -> str:
        if LINK.fullmatch(address):
            return f'<a href="{escape(address)}">'
        if address and not address.startswith("#") and not self._label():
            self._note(f"Left out: the address “{address}” of a link; its words are kept.")
        return ""

    def _end_inline(self, tag: str) -> None:
        name, markup = self._inline.pop()
        self._html.append(f"</{name}>" if markup else "")
        if name == "a" and self._label():  # Links in a menu are items of it.
            self.flush()

    def _label(self) -> str:
        return next((element.label for element in reversed(self._open) if element.label), "")

    def _leave_chrome(self) -> None:
        """A form or header that the article begins in is no furniture, whatever it looked like."""
        if self._met_article:
            return
        self._met_article = True
        self.flush()
        for element in self._open:
            element.label = ""

    def _dissolve(self) -> None:
        """A table or list that holds a heading is there for the looks: what it holds stands on its own."""
        self.flush()
        self._compound = False
        for element in self._open:
            element.compound = False

    def _note(self, sentence: str) -> None:
        self.document.notes.append(Note(self._line, sentence, "left out"))

    def flush(self) -> bool:
        """End the block at hand, and say whether there was one."""
        block = self._block() if self._plain else None
        self._begin()
        if block is None:
            return False
        if self._open and self._open[-1].tag == "title":
            self.document.meta.setdefault("title", block.text)
            return True
        self.document.blocks.append(block)
        self._gap = 1
        return True

    def _block(self) -> Block:
        text, html, line = self._visible(), "".join(self._html), self._start
        compound = next((element for element in self._open if element.compound), None)
        if label := self._label():
            return Block("chrome", text, "", line, label=label)
        if compound and compound.tag == "ol" and "\n" not in text:  # "1. Job Duties" may well be a heading.
            numbered = f"{compound.start}. {text}"
            return Block("text", numbered, paragraph(numbered), line, gap=self._gap)
        if compound:
            return Block(COMPOUND[compound.tag], text, poor(html), line, gap=self._gap)
        if self._level:
            return Block("heading", text, poor(html), line, level=self._level, gap=self._gap)
        bold = self._is_bold_line()
        return Block("text", text, poor(f"<p>{_without_outer_breaks(html)}</p>"), line, gap=self._gap, bold=bold)

    def _visible(self) -> str:
        words = "".join(self._words)
        lines = (" ".join(line.split()).removeprefix("| ") for line in words.split("\n"))
        return "\n".join(line for line in lines if line)


def _without_outer_breaks(html: str) -> str:
    html = html.strip()
    while html.startswith("<br>") or html.endswith("<br>"):
        html = html.removeprefix("<br>").removesuffix("<br>").strip()
    return html
