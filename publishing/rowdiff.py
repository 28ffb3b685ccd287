"""Which rows of two lists are the same row, and which of them were moved."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from publishing.textdiff import Pair

Row = dict[str, Any]


def counterparts(before: Sequence[Row], after: Sequence[Row], *, names: Sequence[str]) -> list[Pair]:
    """Return which rows are the same, as places before and after; None where a row has no counterpart.

    Rows are the same by their id; of the others (a text that was imported anew) those with equal values are, and of
    what is left those with the same first value, which is a heading or a title.
    """
    keys: list[Callable[[Row], Any]] = [
        lambda row: row.get("id"),
        lambda row: [row[name] for name in names],
        lambda row: row[names[0]],
    ]
    pairs: list[Pair] = []
    old, new = dict(enumerate(before)), dict(enumerate(after))
    for key in keys:
        for i, j in _same(old, new, key):
            pairs.append((i, j))
            del old[i], new[j]
    return [*pairs, *((i, None) for i in old), *((None, j) for j in new)]


def _same(before: dict[int, Row], after: dict[int, Row], key: Callable[[Row], Any]) -> list[tuple[int, int]]:
    """Return the places of rows with the same key, first with first; rows without a key have no counterpart."""
    waiting: defaultdict[str, deque[int]] = defaultdict(deque)
    for place, row in before.items():
        waiting[json.dumps(key(row))].append(place)
    found = ((waiting[json.dumps(key(row))], place) for place, row in after.items() if key(row) not in (None, ""))
    return [(places.popleft(), place) for places, place in found if places]


def moved(pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the fewest pairs without which the others stand in the same order before and after."""
    in_order = sorted(pairs)
    lasts: list[int] = []  # lasts[n] ends the run of n + 1 growing places that ends lowest
    ranks = []
    for _, place in in_order:
        rank = bisect_left(lasts, place)
        lasts[rank : rank + 1] = [place]
        ranks.append(rank)
    left, rank = set(), len(lasts) - 1
    for pair, own in zip(reversed(in_order), reversed(ranks), strict=True):
        if own == rank:
            rank -= 1
        else:
            left.add(pair)
    return left
