"""Where two texts differ: which of their lines belong together, and which words were inserted and deleted.

Python's difflib finds what is common. It gives other answers when its arguments are swapped, and takes very long on
hostile input; here the two are compared in one fixed order, and within a budget.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

ALIKE = 0.5
"""From which share of common words on two texts are one text that was changed, rather than two texts."""

TOKEN = re.compile(r"\s+|[$€£]?\d+(?:[.,]\d+)*\w*%?|\w+(?:[-'’]\w+)*|.", re.DOTALL)

Match = tuple[int, int, int]
Pair = tuple[int | None, int | None]


class Op(StrEnum):
    """What became of something."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"
    CHANGED = "changed"


@dataclass(frozen=True)
class Piece:
    """A stretch of text that was kept, inserted or deleted."""

    op: Op
    text: str


@dataclass
class Budget:
    """How many steps one comparison may still take, whatever the texts: some ten million are a second."""

    steps: int = 20_000_000

    def covers(self, steps: int) -> bool:
        """Take the steps from the budget, or return False when there are not enough."""
        if steps > self.steps:
            return False
        self.steps -= steps
        return True


def tokens(text: str) -> list[str]:
    """Return the words, numbers, signs and spaces of the text; joined they are the text."""
    return TOKEN.findall(text)


def is_word(token: str) -> bool:
    """Tell words and numbers from spaces and signs."""
    return token[0].isalnum() or any(map(str.isalnum, token))


def pieces(before: str, after: str, *, budget: Budget) -> tuple[Piece, ...]:
    """Return the words that were kept, deleted and inserted; two texts that have little in common stay whole."""
    old, new = tokens(before), tokens(after)
    return woven(old, new, word_matches(old, new, budget=budget))


def word_matches(before: list[str], after: list[str], *, budget: Budget) -> list[Match]:
    """Return the stretches of tokens that both texts have, as (place before, place after, length).

    There are none between texts that are not alike, and none too short to be read beside what changed around them.
    """
    old, new = ([place for place, token in enumerate(text) if not token.isspace()] for text in (before, after))
    old_words, new_words = [before[place] for place in old], [after[place] for place in new]
    if _likeness(_words(old_words), _words(new_words)) < ALIKE:
        return []
    common = _telling(matches(old_words, new_words, budget=budget), len(old), len(new))
    words = [(old[i + k], new[j + k]) for i, j, length in common for k in range(length)]
    return list(_joined(before, after, words))


def _telling(common: list[Match], old: int, new: int) -> Iterator[Match]:
    """Yield the matches that are not shorter than what changed before them and than what changed after them."""
    ends = [(0, 0), *((i + length, j + length) for i, j, length in common)]
    starts = [*((i, j) for i, j, _ in common), (old, new)]
    changed = [max(i - end, j - other) for (end, other), (i, j) in zip(ends, starts, strict=True)]
    for match, before, after in zip(common, changed, changed[1:], strict=False):
        if match[2] >= min(before, after):
            yield match


def _joined(before: list[str], after: list[str], words: list[tuple[int, int]]) -> Iterator[Match]:
    """Yield the pairs of equal words as stretches, along with the equal spaces between and beside them."""
    begin = other_begin = i = j = 0
    for start, other in [*words, (len(before), len(after))]:
        lead = _common(before[i:start], after[j:other])
        if i + lead < start or j + lead < other:
            yield (begin, other_begin, i + lead - begin)
            trail = _common(before[i + lead : start][::-1], after[j + lead : other][::-1])
            begin, other_begin = start - trail, other - trail
        i, j = start + 1, other + 1
    yield (begin, other_begin, len(before) - begin)


def woven(before: list[str], after: list[str], common: Iterable[Match]) -> tuple[Piece, ...]:
    """Return both token lists as one text of pieces, what was deleted before what came in its place."""
    found = []
    i = j = 0
    for start, other, length in [*common, (len(before), len(after), 0)]:
        found += [
            Piece(Op.DELETED, "".join(before[i:start])),
            Piece(Op.INSERTED, "".join(after[j:other])),
            Piece(Op.KEPT, "".join(before[start : start + length])),
        ]
        i, j = start + length, other + length
    return tuple(piece for piece in found if piece.text)


def aligned(before: list[str], after: list[str], *, budget: Budget) -> list[Pair]:
    """Return which texts belong together, in order, as places before and after; None where one has no counterpart.

    Equal texts are paired first, then, between those, texts that are alike.
    """
    together: list[tuple[int, int]] = []
    i = j = 0
    for start, other, length in [*matches(before, after, budget=budget), (len(before), len(after), 0)]:
        together += [(i + k, j + m) for k, m in _alike(before[i:start], after[j:other], budget=budget)]
        together += [(start + k, other + k) for k in range(length)]
        i, j = start + length, other + length
    return list(_filled(together, len(before), len(after)))


def _filled(together: Iterable[tuple[int, int]], old: int, new: int) -> Iterator[Pair]:
    i = j = 0
    for k, m in [*together, (old, new)]:
        yield from ((place, None) for place in range(i, k))
        yield from ((None, place) for place in range(j, m))
        if k < old:
            yield (k, m)
        i, j = k + 1, m + 1


def _alike(before: list[str], after: list[str], *, budget: Budget) -> list[tuple[int, int]]:
    """Return the pairs, in order, that have the most words in common altogether."""
    if after < before:
        return [(i, j) for j, i in _alike(after, before, budget=budget)]
    old, new = [_words(tokens(text)) for text in before], [_words(tokens(text)) for text in after]
    if not budget.covers(len(old) * sum(map(len, new)) + len(new) * sum(map(len, old))):
        return []
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            likeness = _likeness(old[i], new[j])
            paired = likeness + best[i + 1][j + 1] if likeness >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return list(_best_way(best))


def _best_way(best: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while best[i][j]:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield (i, j)
            i, j = i + 1, j + 1


def _words(text: Iterable[str]) -> set[str]:
    return set(filter(is_word, text))


def _likeness(old: set[str], new: set[str]) -> float:
    """Return the share of words in common, from 0 to 1; texts of signs alone are alike."""
    return 2 * len(old & new) / (len(old) + len(new)) if old or new else 1.0


def matches(before: list[str], after: list[str], *, budget: Budget) -> list[Match]:
    """Return the stretches that both have, in order, as (place before, place after, length).

    Beyond the budget only the common start and end are found.
    """
    if after < before:
        return [(i, j, length) for j, i, length in matches(after, before, budget=budget)]
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    inner: list[Match] = []
    if budget.covers(_most_steps(old, new)):
        inner = [
            (i + start, j + start, length) for i, j, length in SequenceMatcher(None, old, new).get_matching_blocks()
        ]
    found = [(0, 0, start), *inner, (len(before) - end, len(after) - end, end)]
    return [match for match in found if match[2]]


def _common(before: list[str], after: list[str]) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )


def _most_steps(before: list[str], after: list[str]) -> int:
    """Return how many steps difflib takes at most: it looks at each pair of equals once for each match it finds."""
    counts = Counter(after)
    return (len(before) + sum(counts[each] for each in before)) * min(len(before), len(after))
