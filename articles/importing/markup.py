"""HTML and Markdown to blocks."""

import re
from dataclasses import replace
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from . import elements
from .article import Note, Unreadable
from .blocks import Block, Document

TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^<>]*?(/?)>")
WORDLESS = re.compile(r"<(script|style|svg|template|canvas|math)\b|<!--", re.IGNORECASE)
MAX_DEPTH = 500
# Their end tags may be missing, so counting them says nothing about depth.
CLOSED_BY_OTHERS = {
    "p", "li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody", "tfoot", "colgroup", "caption", "html",
    "head", "body", "link", "input", "col", "source", "area", "base", "embed", "param", "track", "wbr",
} | elements.VOID  # fmt: skip
Environment = dict[str, dict[str, dict[str, str]]]


def read_html(html: str) -> Document:
    """The blocks of an HTML page or fragment, without scripts, comments and page furniture.

    Raises Unreadable when elements are nested more than 500 deep: no article is, and it takes long.
    """
    return _read(html, marked=_marked(html))


def _read(html: str, *, marked: str) -> Document:
    _refuse_depth(html)
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


def read_markdown(text: str) -> Document:
    """The blocks of a Markdown text (CommonMark with tables), the HTML in it included.

    Raises Unreadable when lists or quotations are nested too deep for the parser to keep their text.
    """
    parser = MarkdownIt("js-default", {"html": True})
    env: Environment = {}
    tokens = parser.parse(_without_bracket_runs(text), env)
    for token in tokens:
        _number(token, deepest=parser.options["maxNesting"] - 1)
    html = parser.renderer.render(tokens, parser.options, env)
    document = _read(html, marked=html)
    document.blocks = _with_gaps(document.blocks, text.split("\n"))
    document.notes += _unused_references(env, document.blocks)
    return document


def _refuse_depth(html: str) -> None:
    depth = 0
    for match in TAG.finditer(html):
        if match[3] or match[2].lower() in CLOSED_BY_OTHERS:
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


def _without_bracket_runs(text: str) -> str:
    """Markdown whose masses of unclosed brackets are escaped: the parser takes minutes over them."""
    if text.count("[") - text.count("]") < 100:
        return text
    return text.replace("[", "\\[")


def _number(token: Token, *, deepest: int) -> None:
    line = token.map[0] + 1 if token.map else None
    if token.level >= deepest:
        raise Unreadable("Lists or quotations are nested too deep here; flatten them.", line=line)
    if line and token.type == "html_block":
        token.content = elements.mark(line - 1) + token.content
    elif line:
        token.attrSet("data-line", str(line))


def _with_gaps(blocks: list[Block], lines: list[str]) -> list[Block]:
    """Markdown has blank lines after all, and a wider gap may stand where a heading is missing."""
    gaps = [0]
    for line in lines:
        gaps.append(0 if line.strip() else gaps[-1] + 1)
    return [replace(block, gap=max(block.gap, gaps[min(block.line, len(gaps)) - 1])) for block in blocks]


def _unused_references(env: Environment, blocks: list[Block]) -> list[Note]:
    html = "".join(block.html for block in blocks)
    return [
        Note(
            1, f"Left out: “[{label}]: {reference['href']} {reference['title']}”, a link that nothing uses.", "left out"
        )
        for label, reference in env.get("references", {}).items()
        if escape(reference["href"]) not in html
    ]
