"""HTML to blocks."""

import re

import nh3

from . import bounds, elements
from .article import Note, Unreadable
from .blocks import Document

TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*+)[^<>]*+>")
WORDLESS = re.compile(r"<(script|style|svg|template|canvas|math)\b|<!--", re.IGNORECASE)
MAX_DEPTH = 500
MAX_ENTITIES = 100_000
# Their end tags may be missing, so counting them says nothing about depth.
CLOSED_BY_OTHERS = {
    "p", "li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody", "tfoot", "colgroup", "caption", "html",
    "head", "body", "link", "input", "col", "source", "area", "base", "embed", "param", "track", "wbr",
} | elements.VOID  # fmt: skip


def read_html(html: str) -> Document:
    """The blocks of an HTML page or fragment, without scripts, comments and page furniture.

    Raises Unreadable when elements are nested more than 500 deep, or when tags or entities are without number.
    """
    return read_marked(html, marked=_marked(html))


def read_marked(html: str, *, marked: str) -> Document:
    """The same for HTML whose lines are known by other means: `marked` has them in the way of `elements`."""
    _refuse_excess(html)
    clean = nh3.clean(
        marked,
        tags=elements.TAGS,
        attributes=elements.ATTRIBUTES,
        clean_content_tags=elements.DROPPED,
        link_rel=None,
        url_schemes=elements.SCHEMES,
    )
    document = elements.read(clean)
    document.notes += _left_out(html)
    return document


def _refuse_excess(html: str) -> None:
    """No article goes so far, and the sanitiser takes minutes over it."""
    bounds.refuse_many_tags(html)
    if html.count("&") + html.count("\xa0") > MAX_ENTITIES:  # it writes such a blank as an entity, too
        raise Unreadable(f"The page has more than {MAX_ENTITIES} “&” signs and hard blanks; export the article again.")
    depth = 0
    for match in TAG.finditer(html):
        if match[0].endswith("/>") or match[2].lower() in CLOSED_BY_OTHERS:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > MAX_DEPTH:
            line = html.count("\n", 0, match.start()) + 1
            raise Unreadable(f"More than {MAX_DEPTH} elements are open here; close those above.", line=line)


def _marked(html: str) -> str:
    """HTML with the number of each line at its end, except where the line ends inside a tag."""
    marked, inside = [], False
    for number, line in enumerate(html.split("\n"), start=1):
        opens, closes = line.rfind("<"), line.rfind(">")
        inside = opens > closes if opens != closes else inside
        marked.append(line if inside else line + elements.mark(number))
    return "\n".join(marked)


def _left_out(html: str) -> list[Note]:
    """One note for each kind of thing that has no words: scripts, styles, drawings, comments."""
    found: dict[str, list[int]] = {}
    line, upto = 1, 0
    for match in WORDLESS.finditer(html):
        line += html.count("\n", upto, match.start())
        upto = match.start()
        found.setdefault((match[1] or "comment").lower(), []).append(line)
    return [
        Note(lines[0], f"Left out: {len(lines)} × {name}, the first in line {lines[0]}.", "left out")
        for name, lines in found.items()
    ]
