"""What the documents of a grown corpus say (articles.growing), made of the words in `demo/grown.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

from django.conf import settings

from careers.models import Education
from careers.names import Name, name_of

SECTIONS = (5, 5, 5, 5, 5, 5, 3, 3, 3, 1)
"""How many of the standard sections articles have: six of ten have all."""
SKILLS = 12
TAGS = 4
"""How often skills, and tags, are drawn for a document: what is drawn twice counts once."""


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


def shelf_of(chosen: Random) -> str:
    """Return the title of the shelf on which a comparison stands."""
    return _often(chosen, "shelves", 1)[0]


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


def comparison_fields(a: Name, b: Name, *, chosen: Random) -> dict[str, Any]:
    """Return what a comparison says beside its sections, by field."""
    said = _said(a, b)
    reasons = chosen.sample(_words()["choose"], 6)
    prose = {part: chosen.choice(texts).format(**said) for part, texts in _words()["comparison"].items()}
    return {"choose_a": reasons[:3], "choose_b": reasons[3:], **prose}


def sections(a: Name, b: Name, *, ids: tuple[int, int], chosen: Random) -> dict[str, str]:
    """Return the sections of a comparison by heading; in some, both roles are linked to by their ids."""
    said = _said(a, b) | {"id_a": str(ids[0]), "id_b": str(ids[1])}
    texts = list(_words()["sections"].items())[: chosen.choice(SECTIONS)]
    return {heading: chosen.choice(pool).format(**said) for heading, pool in texts}


def _said(a: Name, b: Name) -> dict[str, str]:
    an_a, an_b = a.with_article, b.with_article
    return {"a": a.singular, "b": b.singular, "an_a": an_a, "an_b": an_b, "An_a": f"{an_a[0].upper()}{an_a[1:]}"}


def _often(chosen: Random, name: str, number: int) -> list[str]:
    """Return some of the words of that name, the first of them most often (Zipf's law)."""
    return list(dict.fromkeys(chosen.choices(_words()[name], cum_weights=_weights(len(_words()[name])), k=number)))


@cache
def _weights(number: int) -> Sequence[float]:
    return list(accumulate(1 / place for place in range(1, number + 1)))
