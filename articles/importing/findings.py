"""What turns up while an article is read, beside its text: notes, neighbours, tags, dates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from articles import titles
from articles.titles import Pair, TooManyRoles

from . import lines
from .article import Note
from .blocks import Block
from .bylines import Imprint, imprint

MAX_WISH_WORDS = 22
NO_CATEGORY = {"home", "start", "you are here:", "careers home", "blog"}


@dataclass
class Findings:
    """Collected in the order of the file; `pair` is the article's own, which is no neighbour of itself.

    `categories` are candidates, the best first.
    """

    pair: Pair
    notes: list[Note] = field(default_factory=list)
    wishes: dict[str, None] = field(default_factory=dict)  # Titles in order, each once.
    categories: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    imprints: list[Imprint] = field(default_factory=list)

    def left_out(self, block: Block, why: str) -> None:
        """Note that a block is in no field, and quote it."""
        text = block.text.replace("\n", " · ")
        self.notes.append(Note(block.line, f"Left out, {why}: “{text}”.", "left out"))

    def read(self, block: Block, what: str) -> None:
        """Note that a line was turned into a value."""
        self.notes.append(Note(block.line, f"Read as {what}: “{block.text}”.", "read"))

    def guessed(self, line: int, sentence: str) -> None:
        """Note something to check."""
        self.notes.append(Note(line, sentence, "guessed"))

    def wish(self, title: str) -> None:
        """Keep the title of a neighbour, once."""
        self.wishes[title] = None

    def wish_all(self, block: Block) -> None:
        """Keep every line of a block as the title of a neighbour, and note one that was named before."""
        for title in block.text.split("\n"):
            if title in self.wishes:
                self.left_out(replace(block, text=title), "named before")
            self.wish(title)

    def take_line(self, block: Block) -> bool:
        """Take a line that is about the article or the page rather than part of its text; False if it is none."""
        if block.kind in ("table", "quote"):
            return False
        if all(map(lines.is_furniture, block.text.split("\n"))):
            self.left_out(block, "a line of the page")
        elif category := lines.back_to(block.text):
            self.categories.append(category)
            self.left_out(block, "the way back")
        elif title := lines.related_to(block.text):
            for each in _titles(title):
                self.wish(each)
            self.left_out(block, "a hint at another article")
        else:
            return False
        return True

    def take_imprint(self, block: Block) -> bool:
        """Take a line such as "By Jane Doe", "Updated March 3, 2024" or "Tags: nursing"; False if it is none."""
        line, category = lines.posted(block.text)
        found = imprint(line or block.text) if block.kind in ("text", "heading") else None
        if found:
            self.categories += [category] if category else []
            self.imprints.append(found)
            self.read(block, "author and dates")
            return True
        kind, value = lines.labelled(block.text)
        if kind == "category":
            self.categories.append(value)
        elif kind == "tags":
            self.tags += [tag.strip() for tag in value.split(",") if tag.strip()]
        if kind:
            self.read(block, kind)
        return bool(kind)

    def take_chrome(self, blocks: Iterable[Block], *, after_title: bool) -> None:
        """Take a piece of page furniture, all of it, and keep the neighbours and the category that it names."""
        pieces = list(blocks)
        for block in pieces:
            title = lines.related_to(block.text) or block.text
            if after_title and self.is_neighbour(title):
                self.wish(title)
        if pieces[0].label == "breadcrumb":
            self.take_crumbs(" > ".join(block.text for block in pieces))
        quoted = " · ".join(block.text for block in pieces)
        self.notes.append(Note(pieces[0].line, f"Left out, {pieces[0].label}: “{quoted}”.", "left out"))

    def take_crumbs(self, text: str) -> None:
        """Keep the last step of "Home > Careers > Job Search" as the category, passing the article itself."""
        for step in reversed(lines.crumbs(text) or [text]):
            if step.lower() not in NO_CATEGORY and not is_title(step):
                self.categories.append(step)

    def is_neighbour(self, text: str) -> bool:
        """Whether a line is the title of another article over two roles or more."""
        return is_title(text) and not self.is_own(text)

    def is_own(self, text: str) -> bool:
        """Whether a line is a title of this very article."""
        return _pair(text) in (self.pair, Pair(self.pair.b, self.pair.a))


def is_title(text: str) -> bool:
    """Whether a line can be an article's title: an "A vs. B", a "Difference between ..."."""
    short = 0 < len(text.split()) <= MAX_WISH_WORDS and "\n" not in text
    return short and (not text.endswith(".") or text.endswith("vs.")) and _pair(text) is not None


def _titles(text: str) -> list[str]:
    """The titles in a line of several: "HR Manager vs. HR Director, Recruiter vs. Headhunter"."""
    pieces = re.split(r",\s+|\s*[;|]\s*", text)
    return pieces if all(map(is_title, pieces)) else [text]


def _pair(text: str) -> Pair | None:
    try:
        return titles.pair_in(text)
    except TooManyRoles as error:
        return Pair(*error.names[:2])
