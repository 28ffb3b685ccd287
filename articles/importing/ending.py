"""What an article ends in and is interrupted by: neighbours, the way back, share buttons, a byline."""

from itertools import groupby

from . import lines
from .blocks import Block
from .bylines import imprint
from .findings import Findings
from .headings import RELATED, is_line


def without_ending(blocks: list[Block], findings: Findings) -> list[Block]:
    """The blocks above the ending; `findings` has what the ending says."""
    end = len(blocks)
    while end and _is_ending(blocks, end - 1, findings):
        end -= 1
    for block in without_furniture(blocks[end:], findings):
        _take_ending(block, findings)
    return blocks[:end]


def without_furniture(blocks: list[Block], findings: Findings, *, after_title: bool = True) -> list[Block]:
    """The blocks that are text of the article; `findings` quotes the others."""
    kept: list[Block] = []
    for label, group in groupby(blocks, key=lambda block: block.label):
        if label:
            findings.take_chrome(group, after_title=after_title)
        else:
            kept += [block for block in group if not findings.take_line(block)]
    return kept


def _is_ending(blocks: list[Block], index: int, findings: Findings) -> bool:
    block = blocks[index]
    if block.kind == "chrome":
        return True
    if block.kind in ("table", "quote"):
        return False
    if block.kind == "list":
        return all(findings.is_neighbour(item) or lines.is_furniture(item) for item in block.text.split("\n"))
    if _is_line_of_the_page(block) or findings.is_neighbour(block.text):
        return True
    if RELATED.fullmatch(block.text.rstrip(" :")):
        return True
    if findings.is_own(block.text):
        return index + 1 < len(blocks)
    beside = [*blocks[max(0, index - 1) : index], *blocks[index + 1 : index + 2]]
    return is_line(block.text) and any(lines.back_to(other.text) for other in beside)


def _is_line_of_the_page(block: Block) -> bool:
    text = block.text
    known = lines.is_furniture(text) or lines.back_to(text) or lines.related_to(text)
    return bool(known or imprint(text) or lines.labelled(text)[0])


def _take_ending(block: Block, findings: Findings) -> None:
    if findings.take_imprint(block):
        return
    if findings.is_own(block.text) or RELATED.fullmatch(block.text.rstrip(" :")):
        findings.left_out(block, "a line of the page")
        return
    findings.wish_all(block)
