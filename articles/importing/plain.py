"""Plain text to blocks: paragraphs by blank lines, lists by bullets, tables by tabs, pipes or wide gaps."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape
from typing import Literal

from . import bounds
from .blocks import Block, Document, grid, listing, paragraph
from .bylines import imprint

BULLET = re.compile(r"[-*•·●▪◦‣–—]\s+(?=\S)")
NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s+(?=\S)")
ATX = re.compile(r"(#{1,6})\s+(?=\S)")
DECORATED = re.compile(r"([*=~_]+|-{2,})\s*([^\W_].*?)\s*\1$")
SETEXT = re.compile(r"(={3,}|-{3,})$")
RULE = re.compile(r"(?:[-=*_~─—][ ]?){3,}$")
TABLE_RULE = re.compile(r"[\s|+:=-]*$")
SENTENCE_END = re.compile(r"[.!?:;]['\"’”)\]]*$")
SPACES = re.compile(r" {3,}")
UNWRAPPED = 120  # No program wraps lines at more than this; a longer line is a whole paragraph.
NARROW = 60

Shape = Literal["plain", "bullet", "number", "row", "quote", "heading"]


@dataclass(frozen=True)
class Line:
    number: int
    text: str
    indented: bool


def read(text: str) -> Document:
    """The blocks of a plain text; a line may still turn out to be a heading (see `headings`).

    Raises Unreadable for more text than an article is.
    """
    bounds.refuse_long_text(text)
    lines = text.split("\n")
    width = _width(lines)
    blocks: list[Block] = []
    for gap, group in _groups(lines):
        made = [block for block in _blocks(group, width) if block.text]
        blocks += [replace(block, gap=0 if index else gap) for index, block in enumerate(made)]
    return Document([_joined(run) for run in _runs(blocks)])


def _width(lines: list[str]) -> int:
    """The width that lines were wrapped at, or 0: most full lines of a wrapped text break off in mid-sentence."""
    width = max(NARROW, *(len(line) for line in lines))
    full = [line for line in lines if len(line) > width * 3 // 4]
    broken = sum(not SENTENCE_END.search(line.rstrip()) for line in full)
    return width if width <= UNWRAPPED and broken * 2 > len(full) else 0


def _groups(lines: list[str]) -> Iterable[tuple[int, list[Line]]]:
    """Runs of lines without a blank between them, each with the number of blank lines before it."""
    gap, group = 0, list[Line]()
    for number, raw in enumerate(lines, start=1):
        text = raw.strip()
        if text and not RULE.match(text):
            corner = "   " if raw.startswith("   ") and SPACES.search(text) else ""  # The empty one of a table.
            group.append(Line(number, corner + text, raw[:1] in " \t"))
            continue
        underline = len(group) == 1 and SETEXT.match(text) and group[0].text[-1] != "."
        if underline:
            group[0] = replace(group[0], text=f"{'#' if text[0] == '=' else '##'} {group[0].text}")
        if group:
            yield gap, group
            gap, group = 0, []
        gap += 0 if underline else 2 if text else 1
    if group:
        yield gap, group


def _blocks(group: list[Line], width: int) -> Iterable[Block]:
    shapes = _shapes(group)
    start = 0
    for end in range(1, len(group) + 1):
        if end < len(group) and _goes_on(group, shapes, end, width):
            continue
        yield _block(group[start:end], shapes[start])
        start = end


def _shapes(group: list[Line]) -> list[Shape]:
    shapes = [_shape(line.text) for line in group]
    cells = [len(_cells(line.text)) for line in group]
    for index, count in enumerate(cells):
        near = cells[max(0, index - 1) : index] + cells[index + 1 : index + 2]
        if count > 1 and count in near:
            shapes[index] = "row"
    for index in range(1, len(group)):  # The line under a table's head, and what hangs under an item.
        if shapes[index - 1] == "row" and TABLE_RULE.match(group[index].text):
            shapes[index] = "row"
        hangs = shapes[index] == "plain" and group[index].indented
        if hangs and shapes[index - 1] in ("bullet", "number") and not group[0].indented:
            shapes[index] = shapes[index - 1]
    return shapes


def _shape(text: str) -> Shape:
    if ATX.match(text) or DECORATED.match(text):
        return "heading"
    if BULLET.match(text):
        return "bullet"
    if NUMBER.match(text):
        return "number"
    return "quote" if text.startswith("> ") else "plain"


def _goes_on(group: list[Line], shapes: list[Shape], index: int, width: int) -> bool:
    """Whether the line at `index` belongs to the block of the line before it."""
    if shapes[index] != shapes[index - 1]:
        return False
    if shapes[index] == "plain":
        return _is_wrapped(group[index - 1].text, group[index].text, width)
    return shapes[index] != "heading"


def _is_wrapped(above: str, below: str, width: int) -> bool:
    """Whether a line break only stands there because the line was full."""
    if below[0].islower() and not SENTENCE_END.search(above):
        return True
    if not width:
        return False
    if len(above) + 1 + len(below.split(maxsplit=1)[0]) > width:
        return True
    apart = SENTENCE_END.search(above) or above.isupper() != below.isupper() or imprint(below)
    return len(above) > width * 3 // 4 and not apart


def _block(lines: list[Line], shape: Shape) -> Block:
    number = lines[0].number
    texts = [line.text for line in lines]
    if shape == "heading":
        level, title = _marked(texts[0])
        return Block("heading", title, escape(title, quote=False), number, level=level)
    if shape == "row":
        rows = [_cells(text) for text in texts if not TABLE_RULE.match(text)]
        return Block("table", "\n".join(" | ".join(row) for row in rows), grid(rows), number)
    if shape in ("bullet", "number"):
        items = _items(texts, BULLET if shape == "bullet" else NUMBER)
        if shape == "number" and len(items) == 1:
            return Block("text", texts[0], paragraph(texts[0]), number)
        return Block("list", "\n".join(items), listing("ul" if shape == "bullet" else "ol", items), number)
    if shape == "quote":
        text = " ".join(text.removeprefix(">").strip() for text in texts)
        return Block("quote", text, f"<blockquote>{paragraph(text)}</blockquote>", number)
    text = " ".join(" ".join(texts).split())
    return Block("text", text, paragraph(text), number)


def _marked(text: str) -> tuple[int, str]:
    """The level and the words of "## Pay" or "*** Pay ***"."""
    if match := ATX.match(text):
        return len(match[1]), text[match.end() :].rstrip("#").strip()
    return 2, DECORATED.sub(r"\2", text)


def _items(texts: list[str], mark: re.Pattern[str]) -> list[str]:
    items: list[str] = []
    for text in texts:
        if items and not mark.match(text):
            items[-1] += f" {text}"
        else:
            items.append(mark.sub("", text, count=1))
    return items


def _cells(text: str) -> list[str]:
    if "\t" not in text and "|" not in text:
        return SPACES.split(text)
    return [cell.strip() for cell in text.strip("|").split("\t" if "\t" in text else "|")]


def _runs(blocks: list[Block]) -> list[list[Block]]:
    """Blocks that are one: items of a list that stand apart by blank lines, the numbered ones counting up."""
    runs: list[list[Block]] = []
    for block in blocks:
        last = runs[-1][-1] if runs else None
        if last and (_counts_up(last, block) or block.kind == last.kind == "list" and _tag(block) == _tag(last)):
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


def _counts_up(above: Block, below: Block) -> bool:
    return _number(below) > 1 and _number(above) == _number(below) - 1


def _number(block: Block) -> int:
    match = NUMBER.match(block.text) if block.kind == "text" else None
    return int(match[1]) if match else 0


def _tag(block: Block) -> str:
    return block.html[1:3]


def _joined(run: list[Block]) -> Block:
    if len(run) == 1:
        return run[0]
    if run[0].kind == "list":
        items = [item for block in run for item in block.text.split("\n")]
        return replace(run[0], text="\n".join(items), html=listing(_tag(run[0]), items))
    items = [NUMBER.sub("", block.text, count=1) for block in run]
    return replace(run[0], kind="list", text="\n".join(items), html=listing("ol", items))
