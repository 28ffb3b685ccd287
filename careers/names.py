"""A role's name inside a sentence: "a practice manager", "an HR manager", "heads of data".

English spelling rules come from the library `inflect`; what it gets wrong, an editor overrides on the role.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import inflect


@cache
def _english() -> inflect.engine:
    """Return the library, loaded when a name is first needed.

    It is loaded without the checks of types that it asks typeguard for, which rewrites each of its functions for them:
    that takes three seconds, and 10 MB of every process.
    """
    import typeguard

    typeguard.typechecked = lambda function: function  # type: ignore[assignment]
    import inflect

    return inflect.engine()


WORD = re.compile(r"[^\s/()\-–—,]+")
# "HR", "DevOps", "iOS", "3D", "C#", "Node.js", the X of "X-ray": a capital or a digit beyond the first letter, or a
# sign inside, is spelling, not style.
SPELLED = re.compile(r".*[\w.][A-Z0-9]|[A-Z]$|.*[+#&]|.*\.\w")
# Peoples, languages and products in job titles: their capital stands wherever they do.
PROPER = re.compile(
    r"African|American|Android|Arabic|Asian|Australian|Azure|British|Canadian|Catholic|Chinese|Christian|Dutch|"
    r"English|European|Excel|French|German|Greek|Hebrew|Hindi|Indian|Irish|Italian|Japanese|Java|Jewish|Kotlin|"
    r"Korean|Kubernetes|Latin|Linux|Mandarin|Medicaid|Medicare|Mexican|Montessori|Muslim|Oracle|Portuguese|"
    r"Python|Russian|Salesforce|Scottish|Spanish|Swedish|Turkish|Uber|Ukrainian|Unix|Vietnamese|Welsh"
)
# The sound decides: "an F&B manager", "an SEO specialist", "an 8th-grade teacher", but "a UX designer".
AN = re.compile(r"[AEFHILMNORSX]&|[FHLMNRSX][AEIOU]{2}\b|8|1[18](?!\d)|[Uu](sher|ber)\b")
A = re.compile(r"U[A-Z]")

# What follows the head of a name: "heads | of data", "software engineers | (backend)", "vice presidents | , sales".
AFTER_HEAD = re.compile(r" (?:of|for|in|to|at|on|with|de) | \(|, ")
# The last word, or two where the noun comes first ("attorneys general"); both sides of "waiters/waitresses".
HEAD_NOUN = re.compile(r"(?:[^\s/]+ general|[^\s/]+)(?=$|/[^\s/]+$)")


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


@lru_cache(maxsize=4096)
def name_of(title: str, *, singular: str = "", plural: str = "", article: str = "") -> Name:
    """Return the name of a role; what is not given is derived from the title."""
    singular = singular or in_sentence(title)
    return Name(
        title=title,
        singular=singular,
        plural=plural or plural_of(singular),
        article=article or article_of(singular),
    )


def in_sentence(title: str) -> str:
    """Return the title as it stands inside a sentence: lower case, but for abbreviations, proper names and the like."""
    words = WORD.sub(lambda word: word[0] if _keeps_capitals(word[0]) else word[0].lower(), title)
    return re.sub(r"\bE-(?=[a-z])", "e-", words)  # electronic: "e-commerce manager"


def _keeps_capitals(word: str) -> bool:
    return bool(PROPER.fullmatch(word) or SPELLED.match(word))


def article_of(singular: str) -> str:
    """Return "a" or "an", as the name sounds."""
    if AN.match(singular):
        return "an"
    return "a" if A.match(singular) else str(_english().a(singular)).split()[0]


def plural_of(singular: str) -> str:
    """Return the plural: of the head word where something follows it ("heads of data"), else of the last."""
    after = AFTER_HEAD.search(singular)
    head, rest = (singular[: after.start()], singular[after.start() :]) if after else (singular, "")
    return HEAD_NOUN.sub(lambda noun: _plural_noun(noun[0]), head) + rest


def _plural_noun(noun: str) -> str:
    """Return the plural of a noun; that of an abbreviation takes a small s."""
    return f"{noun}s" if noun[-1:].isupper() else str(_english().plural_noun(noun) or noun)
