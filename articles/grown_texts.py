"""What the documents of a grown corpus say (articles.growing), made of the words in `demo/grown.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

from django.conf import settings

from articles.search.words import words_in
from careers.models import Education
from careers.names import Name, name_of
from publishing.richtext import plain

SECTIONS = (5, 5, 5, 5, 5, 5, 3, 3, 3, 1)
"""How many of the standard sections articles have: six of ten have all."""
SKILLS = 12
TAGS = 4
"""How often skills, and tags, are drawn for a document: what is drawn twice counts once."""
MARKS = {name: f"mark{place}" for place, name in enumerate(("a", "b", "an_a", "an_b", "An_a", "id_a", "id_b"))}
"""Words that no text has, in place of the names and ids that are put into it."""


class Text(NamedTuple):
    """A rich text, and the words by which it is found (articles.search.words), apart by blanks."""

    html: str
    words: str


class Article(NamedTuple):
    """What a comparison says, with its sections by heading and its tags sorted, and the title of its shelf."""

    shelf: str
    choose_a: list[str]
    choose_b: list[str]
    intro: Text
    versus: Text
    sections: dict[str, Text]
    tags: list[str]

    def words(self) -> str:
        """Return the words by which it is found beside its title and standfirst, in the order in which it is read."""
        sections = (f"{words_of(heading)} {text.words}" for heading, text in self.sections.items())
        reasons = map(words_of, (*self.choose_a, *self.choose_b))
        return " ".join([self.intro.words, *reasons, self.versus.words, *sections, *map(words_of, self.tags)])


@cache
def _words() -> dict[str, Any]:
    with (settings.BASE_DIR / "demo" / "grown.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def titles() -> list[str]:
    """Return the titles that grown roles can have, each a field and a job."""
    return [f"{field} {job}" for field in _words()["fields"] for job in _words()["jobs"]]


def shelves() -> list[str]:
    """Return the titles of all shelves."""
    return list(_words()["shelves"])


def tags() -> list[str]:
    """Return the names of all tags."""
    return list(_words()["tags"])


def tags_of(chosen: Random) -> list[str]:
    """Return the tags of a document, sorted."""
    return sorted(_often(chosen, "tags", chosen.randint(1, TAGS)))


def role_fields(title: str, *, chosen: Random) -> dict[str, Any]:
    """Return what the profile of a role says, by field."""
    name = name_of(title)
    said = {"it": name.singular, "an": name.article, "field": name.singular.split()[0], "many": name.plural}
    said |= {"An": name.article.capitalize(), "Many": f"{name.plural[0].upper()}{name.plural[1:]}"}
    return {
        "definition": f"{said['An']} {name.singular} in a corpus that was grown to measure the site with.",
        "also_called": [f"Chief {title}"],
        "skills": _often(chosen, "skills", SKILLS),
        "education": chosen.choice(Education.values),
        **{part: chosen.choice(texts).format(**said) for part, texts in _words()["role"].items()},
    }


def article(a: Name, b: Name, *, ids: tuple[int, int], chosen: Random) -> Article:
    """Return a comparison of two roles, by their names; some link to both by their ids."""
    said = _said(a, b)
    found = {name: words_of(text) for name, text in said.items()}
    said |= {"id_a": str(ids[0]), "id_b": str(ids[1])}
    shelf = _often(chosen, "shelves", 1)[0]
    reasons = chosen.sample(_words()["choose"], 6)
    prose = {part: _text(chosen.choice(texts), said, found) for part, texts in _words()["comparison"].items()}
    headed = list(_words()["sections"].items())[: chosen.choice(SECTIONS)]
    sections = {heading: _text(chosen.choice(texts), said, found) for heading, texts in headed}
    return Article(shelf, reasons[:3], reasons[3:], sections=sections, tags=tags_of(chosen), **prose)


def _said(a: Name, b: Name) -> dict[str, str]:
    an_a, an_b = a.with_article, b.with_article
    return {"a": a.singular, "b": b.singular, "an_a": an_a, "an_b": an_b, "An_a": f"{an_a[0].upper()}{an_a[1:]}"}


def _text(pattern: str, said: dict[str, str], found: dict[str, str]) -> Text:
    return Text(pattern.format_map(said), _pattern_of_words(pattern).format_map(found))


@cache
def _pattern_of_words(pattern: str) -> str:
    """Return the words of a text into which words are to be put, in the same places: they are told apart once, and not
    for each comparison."""
    words = words_of(pattern.format_map(MARKS))
    for name, mark in MARKS.items():
        words = words.replace(mark, f"{{{name}}}")
    return words


@cache
def words_of(text: str) -> str:
    """Return the words of a text, apart by blanks."""
    return " ".join(words_in(plain(text)))


def _often(chosen: Random, name: str, number: int) -> list[str]:
    """Return some of the words of that name, the first of them most often (Zipf's law)."""
    return list(dict.fromkeys(chosen.choices(_words()[name], cum_weights=_weights(len(_words()[name])), k=number)))


@cache
def _weights(number: int) -> Sequence[float]:
    return list(accumulate(1 / place for place in range(1, number + 1)))
