"""Where a query's words stand in a text."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.search.words import words_in

WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
SHOWN = 170
"""How many characters of a text an excerpt shows."""
BEFORE = 40
"""How many of these stand before the first match."""
READ = 60_000
"""How many characters of a text are read for an excerpt."""


@dataclass(frozen=True)
class Match:
    """A word of the query in a text, and its place there."""

    start: int
    end: int
    word: str


def matches(text: str, words: Collection[str], *, begun: bool = False) -> Iterator[Match]:
    """Yield where the text has one of the words; `begun`: where it has a word that begins so, too."""
    beginnings = tuple(words) if begun else ()
    for found in WORD.finditer(text):
        for word in _folded(found[0]):
            if word in words or word.startswith(beginnings):
                yield Match(*found.span(), word)
                break


@lru_cache(maxsize=50_000)
def _folded(word: str) -> tuple[str, ...]:
    """Return what is left of a single word when it is folded; the same few thousand words make up most texts."""
    return tuple(words_in(word))


def marked(text: str, words: Collection[str], *, begun: bool = False) -> SafeString:
    """Return the text as HTML with the words marked. Without the marks, it is the text."""
    pieces, done = [], 0
    for match in matches(text, words, begun=begun):
        pieces += [escape(text[done : match.start]), f"<mark>{escape(text[match.start : match.end])}</mark>"]
        done = match.end
    return mark_safe("".join([*pieces, escape(text[done:])]))  # noqa: S308  every piece is escaped


def excerpt(text: str, words: Collection[str]) -> str:
    """Return the part of the text, at most about `SHOWN` characters, that has most of the words; empty if none has."""
    text = text[:READ]
    first = _densest(text, words)
    if first is None:
        return ""
    start = _after_blank(text, first - BEFORE)
    end = _before_blank(text, start + SHOWN)
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def _densest(text: str, words: Collection[str]) -> int | None:
    """Return where the matches begin that have most of the words near each other; the first such place."""
    near: deque[Match] = deque()
    best: tuple[int, int | None] = (0, None)
    for match in matches(text, words):
        near.append(match)
        while near[0].start < match.end - SHOWN + BEFORE and len(near) > 1:
            near.popleft()
        together = len({each.word for each in near})
        if together > best[0]:
            best = (together, near[0].start)
        if together == len(words):
            break
    return best[1]


def _after_blank(text: str, place: int) -> int:
    if place <= 0:
        return 0
    blank = text.find(" ", place, place + BEFORE)
    return blank + 1 if blank >= 0 else place


def _before_blank(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    blank = text.rfind(" ", place - BEFORE, place)
    return blank if blank >= 0 else place
