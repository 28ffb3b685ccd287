"""Prose taken apart for the checks: passages, their lines, sentences, headings and links, and how easily they read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any, NamedTuple

from publishing.models import Document
from publishing.richtext import LINK, RichTextField, plain, with_quotes

LINE_ENDS = re.compile(r"</?(?:p|li|ul|ol|h\d|t[dhr]|blockquote)\b[^>]*>|<br>")
NO_SENTENCES = re.compile(r"<(table|h\d)\b.*?</\1>", re.DOTALL)
HEADING = re.compile(r"<h(\d)[^>]*>(.*?)</h\1>", re.DOTALL)
SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9$])")
ABBREVIATED = re.compile(r"(?:\b(?:vs|e\.g|i\.e|etc|cf|approx|No|Mr|Mrs|Ms|Dr|St|Inc|Ltd|Jr|Sr)|\b[A-Z])\.$")
LONGEST_ABBREVIATED = 10
"""Within how many characters before its full stop an abbreviation begins."""
WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
MUTE = re.compile(
    r"(?:(?<=[^aeiouyl])|(?<=[aeiouy]l))e$|(?<=[^aeiouytd])ed$|(?:(?<=[^aeiouyszxcghl])|(?<=[aeiouy]l))es$"
)


class Link(NamedTuple):
    """A link in the prose: where it leads, as it is stored, and its words."""

    href: str
    text: str


class Heading(NamedTuple):
    """A heading in the prose."""

    level: int
    text: str


@dataclass(frozen=True)
class Passage:
    """One rich text of a document: its field, and the id of its row where the field is one of ordered rows.

    `above` is the level of the heading that the page puts above it, `highest` that of the highest heading it may have.
    """

    field: str
    row: int | None
    html: str
    above: int
    highest: int

    @cached_property
    def text(self) -> str:
        """Every word, in one line."""
        return plain(self.html)

    @cached_property
    def lines(self) -> list[str]:
        """The text of each paragraph, list item, heading and cell."""
        return _lines(self.html)

    @cached_property
    def typed(self) -> list[str]:
        """The lines without the figures that are quoted: these follow the record."""
        return _lines(with_quotes(self.html, lambda name, words: ""))

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences of paragraphs and list items; headings and tables have none."""
        return [sentence for line in _lines(NO_SENTENCES.sub("\n", self.html)) for sentence in sentences(line)]

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings, in their order."""
        return [Heading(int(level), plain(html)) for level, html in HEADING.findall(self.html)]

    @cached_property
    def links(self) -> list[Link]:
        """The links, in their order."""
        return [Link(unescape(match["href"]).strip(), plain(match["text"])) for match in LINK.finditer(self.html)]


def passages(document: Document, content: dict[str, Any]) -> list[Passage]:
    """Return every rich text that a content of the document holds, empty ones among them, in the order of the form."""
    found = [
        Passage(name, None, content[name], _highest(field) - 1, _highest(field))
        for name, field in _rich(type(document), document.content_fields)
    ]
    for relation, names in document.content_rows.items():
        rows = type(document)._meta.get_field(relation).related_model
        for name, field in _rich(rows, names):
            # A row stands under a heading of its own, beside which the highest of its text's may stand.
            highest = _highest(field)
            found += [Passage(relation, row["id"], row[name], highest, highest) for row in content[relation]]
    return found


def _rich(model: Any, names: Iterable[str]) -> Iterator[tuple[str, RichTextField]]:
    for name in names:
        field = model._meta.get_field(name)
        if isinstance(field, RichTextField):
            yield name, field


def _highest(field: RichTextField) -> int:
    return int(min(field.config["extensions"]["Heading"]["levels"]))


def _lines(html: str) -> list[str]:
    return [text for piece in LINE_ENDS.split(html) if (text := plain(piece))]


def sentences(line: str) -> Iterator[str]:
    """Yield the sentences of a line of text."""
    start = 0
    for end in SENTENCE_END.finditer(line):
        if not ABBREVIATED.search(line[max(start, end.start() - LONGEST_ABBREVIATED) : end.start() + 1]):
            yield line[start : end.end()].strip()
            start = end.end()
    if line[start:].strip():
        yield line[start:].strip()


def shortened(text: str, *, words: int = 8) -> str:
    """Return the first words of a text, to find it by."""
    listed = text.split()
    return text if len(listed) <= words else " ".join(listed[:words]) + " …"


def reading_ease(listed: list[str]) -> float:
    """Return how easily the sentences read, after Flesch: about 100 very easily, below 30 for graduates only.

    206.835 − 1.015 × words a sentence − 84.6 × syllables a word (Flesch 1948, https://doi.org/10.1037/h0057532).
    """
    words = [word for sentence in listed for word in WORD.findall(sentence)]
    if not words:
        return 100.0
    syllables = sum(_syllables(word.lower()) for word in words)
    return 206.835 - 1.015 * len(words) / len(listed) - 84.6 * syllables / len(words)


def _syllables(word: str) -> int:
    """Return about how many syllables a word has: its groups of vowels but for endings that are mute.

    Over the demonstration's texts this is within 0.035 syllables a word of the CMU pronouncing dictionary, which
    would cost every process a second and 70 MB: less than three points of reading ease.
    """
    return max(1, len(re.findall(r"[aeiouy]+", MUTE.sub("", word))))
