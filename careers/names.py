"""A role's name inside a sentence: "a practice manager", "an HR manager", "heads of data".

English spelling rules come from the library `inflect`; what it gets wrong, an editor overrides on the role.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import inflect

_english = inflect.engine()

# "HR", "UX", "DevOps", "iOS", "C++", "3D": a capital or a digit beyond the first letter is spelling, not style.
SPELLED = re.compile(r"\w.*[A-Z0-9]|^[A-Z]$|[^\w\s]")


@dataclass(frozen=True)
class Name:
    """How a role is called: `title` by itself, the others inside a sentence."""

    title: str
    singular: str
    plural: str
    article: str

    @property
    def with_article(self) -> str:
        """The name with "a" or "an" before it."""
        return f"{self.article} {self.singular}"

    @property
    def with_plural_title(self) -> str:
        """The plural with a capital at the beginning of each word that the title capitalises."""
        return plural_of(self.title)


def name_of(title: str, *, singular: str = "", plural: str = "", article: str = "") -> Name:
    """Return the name of a role; what is not given is derived from the title."""
    singular = singular or in_sentence(title)
    return Name(
        title=title,
        singular=singular,
        plural=plural or plural_of(singular),
        article=article or _english.a(singular).split()[0],
    )


def in_sentence(title: str) -> str:
    """Return the title as it stands inside a sentence: lower case, but for abbreviations and the like."""
    return " ".join(
        "/".join(part if SPELLED.search(part) else part.lower() for part in word.split("/")) for word in title.split()
    )


def plural_of(name: str) -> str:
    """Return the plural: of the head word where a preposition follows it ("heads of data"), else of the last."""
    head, preposition, rest = _split_head(name)
    return f"{_plural_phrase(head)}{preposition}{rest}"


def _split_head(name: str) -> tuple[str, str, str]:
    found = re.search(r" (?:of|for|in|to|at|on) ", name)
    return (name[: found.start()], found[0], name[found.end() :]) if found else (name, "", "")


def _plural_phrase(phrase: str) -> str:
    """Return the phrase with its last word, outside brackets, in the plural."""
    before, bracket, inside = phrase.partition(" (")
    words = before.split(" ")
    words[-1] = str(_english.plural_noun(words[-1]) or words[-1])
    return " ".join(words) + bracket + inside
