"""Markdown to blocks, by way of HTML."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from . import bounds, elements, markup
from .article import Note, Unreadable
from .blocks import Block, Document

HREF = re.compile(r'href="([^"]*)"')
BAR = re.compile(r"(?<!\\)\|")
MANY_BRACKETS = 100
Environment = dict[str, dict[str, dict[str, str]]]


def read_markdown(text: str) -> Document:
    """The blocks of a Markdown text (CommonMark with tables), the HTML in it included.

    Raises Unreadable when lists or quotations are nested too deep for the parser to keep their text, and for more text
    than an article is.
    """
    bounds.refuse_long_text(text)
    parser = MarkdownIt("js-default", {"html": True})
    env: Environment = {}
    tokens = parser.parse(_without_bracket_runs(text), env)
    for token in tokens:
        _number(token, deepest=parser.options["maxNesting"] - 1)
    html = parser.renderer.render(tokens, parser.options, env)
    document = markup.read_marked(html, marked=html)
    lines = text.split("\n")
    document.blocks = _with_gaps(document.blocks, lines)
    document.notes += [*_unused_references(env, document.blocks), *_cells_without_head(tokens, lines)]
    return document


def _without_bracket_runs(text: str) -> str:
    """Markdown whose masses of unclosed brackets are escaped: the parser takes minutes over them."""
    if text.count("[") - text.count("]") < MANY_BRACKETS:
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
    used = {address for block in blocks for address in HREF.findall(block.html)}
    return [
        Note(1, f"Left out, a link that nothing uses: “[{label}]: {found['href']} {found['title']}”.", "left out")
        for label, found in env.get("references", {}).items()
        if escape(found["href"]) not in used
    ]


def _cells_without_head(tokens: Sequence[Token], lines: list[str]) -> Iterator[Note]:
    """The parser drops the cells of a row beyond those of the table's head."""
    columns = 0
    for token in tokens:
        if token.type == "table_open":
            columns = 0
        columns += token.type == "th_open"
        if token.type == "tr_open" and columns and token.map:
            cells = [cell.strip() for cell in BAR.split(lines[token.map[0]].strip().strip("|"))]
            if len(cells) > columns:
                words = " | ".join(cells[columns:])
                yield Note(token.map[0] + 1, f"Left out, cells beyond the table's head: “{words}”.", "left out")
