"""How an article begins: its title and what stands around it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from articles import titles
from articles.titles import Pair, TooManyRoles

from . import lines
from .article import Unreadable
from .blocks import Block, Document

WHAT_IS = re.compile(
    r"(?:\d{1,2}[.)]\s+)?(?:what|who)(?:['’]s|\s+is|\s+are|\s+does|\s+do)\s+(?:an?\s+|the\s+)?(.{2,60}?)(?:\s+do)?\s*\??$",
    re.IGNORECASE,
)
SHORT, LONG = 12, 45  # Words: of a line at most, and of the paragraphs that may stand above a title.
ADVICE = "write it like “Practice Manager vs. Office Manager: What Are the Differences?”"


@dataclass(frozen=True)
class Title:
    """The title and its roles; `index` is its block, None when it stands elsewhere or was put together."""

    text: str
    pair: Pair
    index: int | None
    line: int
    guess: str = ""


def find_title(document: Document) -> Title:
    """The title of an article over two roles.

    Raises Unreadable, with the line, when the title compares three roles or more, or one with itself, or
    when nothing in the file is a title over two roles.
    """
    title = _stated(document) or _in_text(document.blocks) or _from_head(document) or _put_together(document.blocks)
    if title is None:
        raise _no_title(document.blocks)
    if title.pair.a.casefold() == title.pair.b.casefold():
        raise Unreadable(f"The title “{title.text}” compares a role with itself; name two roles.", line=title.line)
    return title


def _stated(document: Document) -> Title | None:
    """The title of the front matter, which may stand in the text once more."""
    text = document.front.get("title", "")
    pair = _pair(text, line=1)
    if pair is None:
        return None
    again = _in_text(document.blocks[:4])
    return Title(text, pair, again.index if again and again.pair == pair else None, 1)


def _in_text(blocks: list[Block]) -> Title | None:
    top = [index for index, block in enumerate(blocks) if block.kind == "heading" and block.level == 1]
    for index in [*top, *_before_the_text(blocks)]:
        block = blocks[index]
        if lines.related_to(block.text) or _is_prose(block):
            continue
        pair = _pair(block.text, line=block.line)
        if pair:
            return Title(_without_site(block.text), pair, index, block.line)
    return None


def _before_the_text(blocks: list[Block]) -> Iterable[int]:
    """The blocks where a title may stand: above the text proper and the first "What is a ...?"."""
    read = 0
    for index, block in enumerate(blocks):
        if block.kind == "chrome":
            continue
        words = len(block.text.split())
        read += words if words > SHORT else 0
        if read > LONG or _defines(block):
            return
        if block.kind in ("text", "heading"):
            yield index


def _from_head(document: Document) -> Title | None:
    text = document.meta.get("title", "")
    pair = _pair(text, line=1)
    guess = "The title was taken from the head of the page, for the text has none"
    return Title(_without_site(text), pair, None, 1, guess) if pair else None


def _put_together(blocks: list[Block]) -> Title | None:
    """A title from two headings like "What is a Nurse?", in the order of an "A vs. B" if there is one."""
    defined = {titles.singular(titles.as_name(match[1])): block.line for block in blocks if (match := _defines(block))}
    if len(defined) != 2:
        return None
    names = list(defined)
    for block in blocks:
        pair = None if len(block.text.split()) > LONG else _pair(block.text, line=block.line, strict=False)
        if pair and sorted((pair.a, pair.b)) == sorted(names):
            names = [pair.a, pair.b]
            break
    guess = "The article has no title; it was put together from its headings"
    return Title(f"{names[0]} vs. {names[1]}", Pair(*names), None, min(defined.values()), guess)


def _defines(block: Block) -> re.Match[str] | None:
    if block.kind not in ("text", "heading") or len(block.text) > 120:
        return None
    match = WHAT_IS.match(block.text.strip("*_# "))
    return match if match and not re.search(r"\b(?:differ\w*|between|vs|and|or)\b", match[1], re.IGNORECASE) else None


def _pair(text: str, *, line: int, strict: bool = True) -> Pair | None:
    try:
        return titles.pair_in(text)
    except TooManyRoles as error:
        if not strict:
            return None
        names = ", ".join(error.names)
        reason = (
            f"“{text}” compares {len(error.names)} roles ({names}); an article is over two, so split it into pairs."
        )
        raise Unreadable(reason, line=line) from None


def _is_prose(block: Block) -> bool:
    return block.kind == "text" and block.text.endswith(".") and not block.text.lower().endswith("vs.")


def _without_site(title: str) -> str:
    return re.split(r"\s+[|•·]\s+", title)[0]


def _no_title(blocks: list[Block]) -> Unreadable:
    first = next((block for block in blocks if block.kind != "chrome"), None)
    if first is None:
        return Unreadable("The file has no text that belongs to an article; check what was exported.")
    top = next((block for block in blocks if block.level == 1 and block.kind == "heading"), first)
    quoted = top.text if len(top.text) <= 120 else f"{top.text[:117]}..."
    return Unreadable(f"“{quoted}” names no two roles to compare; {ADVICE}.", line=top.line)
