"""What was changed in rich text, in words: blocks that were inserted, deleted or changed, and how they look.

A block is what an editor sees as one: a paragraph, a heading, a list item, a row of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import groupby

from django.utils.text import Truncator

from publishing.richtext import IDENTITY, QUOTE
from publishing.textdiff import Budget, Match, Op, Piece, aligned, is_word, tokens, word_matches, woven

CONTEXT = 1
"""How many unchanged blocks are shown before and after a change."""

BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "table", "tr", "td", "th"}
MARKS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "th": "a heading cell"}
STYLES = {f"h{level}": f"heading {level}" for level in range(1, 7)} | {"li": "item", "blockquote": "quotation"}
LAID_OUT = "Only how the text is laid out differs, none of its words."

Marks = frozenset[str]


@dataclass(frozen=True)
class Text:
    """A block as it stands on one side: what it is, its words, and the marks of each character."""

    style: str
    text: str
    marks: tuple[Marks, ...] = ()


@dataclass(frozen=True)
class Block:
    """A block on both sides: its words in pieces, and sentences about what changed beside the words."""

    op: Op
    style: str
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gap:
    """Unchanged blocks that are not shown."""

    sentence: str


Blocks = tuple[Block | Gap, ...]


def prose(before: str, after: str, *, budget: Budget, titles: Mapping[int, str]) -> Blocks:
    """Return what differs between two HTML texts; nothing for equal ones.

    `titles` are those of the documents that links lead to, by id.
    """
    if before == after:
        return ()
    found = compared(texts(before, titles=titles), texts(after, titles=titles), budget=budget)
    return collapsed(found) or (Block(Op.CHANGED, "", (), (LAID_OUT,)),)


def compared(before: Sequence[Text], after: Sequence[Text], *, budget: Budget) -> list[Block]:
    """Return every block of both sides, in order."""
    found = []
    for pair in aligned([each.text for each in before], [each.text for each in after], budget=budget):
        match pair:
            case (int(i), int(j)):
                found.append(_changed(before[i], after[j], budget=budget))
            case (int(i), None):
                found.append(whole(Op.DELETED, before[i]))
            case (None, int(j)):
                found.append(whole(Op.INSERTED, after[j]))
    return found


def whole(op: Op, text: Text) -> Block:
    """Return a block that was kept, inserted or deleted as it is."""
    return Block(op, text.style, (Piece(op, text.text),))


def _changed(before: Text, after: Text, *, budget: Budget) -> Block:
    if before == after:
        return whole(Op.KEPT, after)
    old, new = tokens(before.text), tokens(after.text)
    common = word_matches(old, new, budget=budget)
    restyled = [] if before.style == after.style else [f"Now a {after.style}; it was a {before.style}."]
    is_marked = any(before.marks) or any(after.marks)
    remarked = _remarked(old, _marks(before, old), _marks(after, new), common) if is_marked else ()
    return Block(Op.CHANGED, after.style, woven(old, new, common), (*restyled, *remarked))


def _marks(text: Text, words: Iterable[str]) -> list[Marks]:
    """Return the marks of each word."""
    place, found = 0, []
    for word in words:
        found.append(Marks().union(*text.marks[place : place + len(word)]))
        place += len(word)
    return found


def _remarked(
    words: Sequence[str], before: Sequence[Marks], after: Sequence[Marks], common: Iterable[Match]
) -> Iterator[str]:
    """Yield a sentence for each stretch of kept words whose marks changed."""
    for i, j, length in common:
        changes = [(before[i + k] - after[j + k], after[j + k] - before[i + k], words[i + k]) for k in range(length)]
        for (lost, gained), stretch in groupby(changes, key=lambda change: change[:2]):
            text = "".join(word for _, _, word in stretch)
            if is_word(text) and (lost or gained):
                yield _remark(text.strip(), lost, gained)


def _remark(text: str, lost: Marks, gained: Marks) -> str:
    said = [f"no longer {mark}" for mark in sorted(lost)] + [f"now {mark}" for mark in sorted(gained)]
    return f"“{Truncator(text).chars(60)}”: {', '.join(said)}."


def collapsed(blocks: Sequence[Block]) -> Blocks:
    """Return the blocks that changed, each with its neighbours, and a gap for those between; nothing if none did."""
    changed = [place for place, block in enumerate(blocks) if block.op is not Op.KEPT]
    near = {place + step for place in changed for step in range(-CONTEXT, CONTEXT + 1)}
    found: list[Block | Gap] = []
    for is_near, places in groupby(range(len(blocks)), key=near.__contains__):
        stretch = [blocks[place] for place in places]
        found += stretch if is_near or (changed and len(stretch) == 1) else [_gap(stretch)]
    return tuple(found) if changed else ()


def _gap(blocks: Sequence[Block]) -> Gap:
    styles = {block.style for block in blocks}
    noun = styles.pop() if len(styles) == 1 else "part"
    return Gap(f"{len(blocks)} {noun}s unchanged")


def texts(html: str, *, titles: Mapping[int, str]) -> list[Text]:
    """Return the blocks of HTML that passed the sanitiser; what holds no text is left out."""
    reader = _Reader(titles)
    reader.feed(html)
    reader.close()
    reader.flush()
    return reader.texts


class _Reader(HTMLParser):
    """Reads blocks. The cells of a table's row are divided by "|", and a line break inside a block is "↵"."""

    def __init__(self, titles: Mapping[int, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[Text] = []
        self._titles = titles
        self._open: list[tuple[str, str]] = []
        self._cells = 0
        self._text: list[str] = []
        self._marks: list[Marks] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._divide(tag)
        if tag == "br":
            self._add(" ↵ ")
        else:
            self._open.append((tag, self._mark(tag, dict(attrs))))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._divide("")
        if tag == "tr":
            self.flush()
            self._cells = 0
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _mark(self, tag: str, attrs: Mapping[str, str | None]) -> str:
        if tag != "a":
            return MARKS.get(tag, "")
        href = attrs.get("href") or ""
        if quoted := QUOTE.fullmatch(href):
            return f"the figure {quoted[1]}, written out for readers"
        identity = IDENTITY.fullmatch(href)
        title = self._titles.get(int(identity[1])) if identity else None
        return f"a link to “{title}”{identity[2] or ''}" if identity and title else f"a link to {href}"

    def _divide(self, tag: str) -> None:
        """End the block, or inside a row only the cell."""
        if "tr" not in self._tags():
            self.flush()
        elif tag in ("td", "th"):
            self._add(" | " if self._cells else "")
            self._cells += 1
        else:
            self._add(" ")

    def _add(self, data: str) -> None:
        text = re.sub(r"\s+", " ", data)
        if not self._text or self._text[-1] == " ":
            text = text.removeprefix(" ")
        self._text += text
        self._marks += [Marks(mark for _, mark in self._open if mark)] * len(text)

    def flush(self) -> None:
        """End the block that is being read."""
        text = "".join(self._text).rstrip()
        if text:
            self.texts.append(Text(self._style(), text, tuple(self._marks[: len(text)])))
        self._text, self._marks = [], []

    def _tags(self) -> list[str]:
        return [tag for tag, _ in self._open]

    def _style(self) -> str:
        tags = self._tags()
        if "tr" in tags:
            return "table row"
        inner = next((tag for tag in reversed(tags) if tag in STYLES), "p")
        return _item([tag for tag in tags if tag in ("ul", "ol")]) if inner == "li" else STYLES.get(inner, "paragraph")


def _item(lists: Sequence[str]) -> str:
    kind = "numbered item" if lists[-1:] == ["ol"] else "bulleted item"
    return kind if len(lists) < 2 else f"{kind} at level {len(lists)}"
