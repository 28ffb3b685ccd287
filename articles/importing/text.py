"""Sentences, as far as telling them apart matters here."""

import re
from collections.abc import Iterator

END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9$])|\n")
ABBREVIATION = re.compile(
    r"(?:^|[\s(*])(?:[Vv]s|VS|[Vv]|e\.g|i\.e|U\.S|U\.K|Inc|Co|Corp|Dr|Mr|Mrs|Ms|St|No|approx|est|"
    r"Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|[A-Z])\.$"
)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, in order; every line break ends one."""
    start = 0
    for match in END.finditer(text):
        if match[0] != "\n" and ABBREVIATION.search(text[max(start, match.start() - 12) : match.start() + 1]):
            continue
        sentence = text[start : match.end()].strip()
        start = match.end()
        if sentence:
            yield sentence
    if rest := text[start:].strip():
        yield rest


def first_sentence(text: str) -> str:
    """The sentence that a text opens with, or ""."""
    return next(sentences(text), "")
