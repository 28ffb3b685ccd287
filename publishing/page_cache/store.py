"""As many answers as there is memory for."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Collection

from publishing.models.purges import EVERYTHING
from publishing.page_cache.kept import Kept

Key = tuple[str, str, str, str]
"""Scheme, host, path and query of what an answer was given to."""


class Store:
    """Answers up to a number of bytes; the one that was asked for the longest ago goes first.

    Whoever changes it holds a lock; `get` needs none.
    """

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self.kept: OrderedDict[Key, Kept] = OrderedDict()
        self._tagged: defaultdict[str, set[Key]] = defaultdict(set)

    def get(self, key: Key) -> Kept | None:
        """Return the answer, or None."""
        found = self.kept.get(key)
        if found is not None:
            try:
                self.kept.move_to_end(key)
            except KeyError:
                return None  # another thread gave it up meanwhile
        return found

    def put(self, key: Key, answer: Kept) -> None:
        """Keep the answer, and give up others as long as there are too many bytes."""
        self._give_up(key)
        self.kept[key] = answer
        self.size += answer.size
        for tag in answer.tags:
            self._tagged[tag].add(key)
        while self.size > self.most:
            self._forget(*self.kept.popitem(last=False))  # in one step: `get` changes the order meanwhile

    def purge(self, tags: Collection[str]) -> None:
        """Give up every answer with one of the tags."""
        stale = set(self.kept) if EVERYTHING in tags else set().union(*(self._tagged.get(tag, ()) for tag in tags))
        for key in stale:
            self._give_up(key)

    def _give_up(self, key: Key) -> None:
        answer = self.kept.pop(key, None)
        if answer is not None:
            self._forget(key, answer)

    def _forget(self, key: Key, answer: Kept) -> None:
        self.size -= answer.size
        for tag in answer.tags:
            self._tagged[tag].discard(key)
            if not self._tagged[tag]:
                del self._tagged[tag]
