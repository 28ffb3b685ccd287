"""What counts as a word, in what is published and in what readers type: the same for both, and on every database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from articles.titles import singular
from careers.finding import folded

LONGEST = 200
"""How many characters of a query are read."""
MOST = 12
"""How many words of a query are searched for."""
LONGEST_WORD = 40

SMALL = {
    "a", "am", "an", "and", "are", "as", "at", "be", "between", "by", "can", "difference", "differences", "do",
    "does", "for", "from", "how", "i", "in", "is", "it", "me", "my", "of", "on", "or", "should", "than", "that",
    "the", "their", "to", "versus", "vs", "was", "what", "which", "who", "why", "will", "with", "you", "your",
}  # fmt: skip
"""Words that say nothing of what a query is about; they are searched for only where there are no others."""


def words_in(text: str) -> Iterator[str]:
    """Yield the words of the text in their order, folded: lower case, no accents, the singular where it is regular."""
    for word in folded(text).split():
        one = word if word in SMALL else singular(word)
        yield (one or word)[:LONGEST_WORD]


@dataclass(frozen=True)
class Query:
    """What a reader typed: the text as it is shown again, and the words to search for."""

    text: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> Query:
        """Return the query that was typed, whatever that is: no character in it is an operator."""
        printable = "".join(char if char.isprintable() else " " for char in typed[: 2 * LONGEST])
        text = " ".join(printable.split())[:LONGEST].strip()
        words = list(dict.fromkeys(words_in(text)))[:MOST]
        return cls(text, tuple([word for word in words if word not in SMALL] or words))

    def __bool__(self) -> bool:
        """Whether there is anything to search for."""
        return bool(self.words)
