"""The comparisons of a grown corpus (articles.growing), many at a time.

All that is stored of a comparison is made as plain rows, and each table takes its rows at once. What the press's
receivers would write of it is among them, made with the functions that they use.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from taggit.models import Tag

from articles import grown_texts
from articles.demo import demo_desk
from articles.models import (
    STANDARD_SECTIONS,
    Category,
    Comparison,
    ComparisonEdition,
    ComparisonEditionTag,
    ComparisonTag,
    ComparisonWords,
    Pin,
    Section,
    Source,
)
from articles.models.comparisons import slug_of, standfirst_of, title_of, topics_of
from articles.search.index import joined
from careers.models import Role
from publishing.bulk import numbers, put
from publishing.checks.paragraphs import digests
from publishing.checks.passages import passages
from publishing.content import content_from, digest
from publishing.models import CheckResult, Document, Paragraph, Reference, Revision, User
from publishing.richtext import document_ids

PINNING = 10
"""One in how many comparisons puts two others first."""
NOTE = "Grown"
SOURCE = {
    "title": "Occupational Employment and Wage Statistics, US Bureau of Labor Statistics",
    "url": "https://www.bls.gov/oes/",
}

COLUMNS: dict[Any, tuple[str, ...]] = {
    Document: ("id", "model_label"),
    Comparison: (
        *("document_ptr_id", "role_a_id", "role_b_id", "category_id", "author_id"),
        *("choose_a", "choose_b", "intro", "versus"),
    ),
    Section: ("id", "comparison_id", "position", "heading", "body"),
    Source: ("id", "comparison_id", "title", "url"),
    Pin: ("id", "comparison_id", "position", "target_id"),
    ComparisonTag: ("tag_id", "content_object_id"),
    Revision: ("id", "document_id", "content", "schema", "digest", "author_id", "note"),
    ComparisonEdition: (
        *("id", "document_id", "revision_id", "act", "issued_by_id", "slug", "title", "standfirst", "category_id"),
        *("role_a_id", "role_b_id", "byline", "byline_about", "topics"),
        *("live_from", "issued_at", "first_published_at", "significant_at", "reviewed_at"),
    ),
    ComparisonEditionTag: ("tag_id", "content_object_id", "first_published_at", "significant_at"),
    Paragraph: ("document_id", "digest"),
    CheckResult: ("document_id", "errors", "warnings", "infos", "checked_at"),
    Reference: ("revision_id", "target_id", "rows"),
    ComparisonWords: ("edition_id", "words"),
}
"""What is stored of a comparison, and which of its columns are not at their default."""

BLANK = Comparison()

Row = tuple[Any, Sequence[Any]]
"""A model, and the values of its `COLUMNS`."""


@dataclass(frozen=True)
class Ground:
    """What every document of the corpus stands on."""

    desk: User
    shelves: Mapping[str, Category]
    tags: Mapping[str, Tag]
    topics: Mapping[str, list[str]]

    @classmethod
    def prepare(cls) -> Ground:
        """Return it, with the shelves and tags that were missing."""
        shelves = {title: _shelf(title) for title in grown_texts.shelves()}
        tags = {name: Tag.objects.get_or_create(name=name)[0] for name in grown_texts.tags()}
        return cls(demo_desk(), shelves, tags, {topic[0]: topic for topic in topics_of(list(tags))})


def _shelf(title: str) -> Category:
    values = {"title": title, "description": f"{title}: comparisons that were grown to measure the site with."}
    return Category.objects.get_or_create(slug=slugify(title), defaults=values)[0]


@dataclass(frozen=True)
class One:
    """One comparison that is about to be stored: its ids, what its revision holds, and since when it is live."""

    id: int
    revision: int
    edition: int
    a: Role
    b: Role
    content: dict[str, Any]
    words: str
    moment: datetime


@transaction.atomic
def add(pairs: Sequence[tuple[Role, Role]], moments: Sequence[datetime], ground: Ground) -> None:
    """Add a comparison of each pair, live since its moment."""
    rows: dict[Any, list[Sequence[Any]]] = {model: [] for model in COLUMNS}
    now = timezone.now()
    for one in _ones(pairs, moments, ground):
        for model, row in chain(_drafted(one), _recorded(one, ground, now), _issued(one, ground)):
            rows[model].append(row)
    for model, names in COLUMNS.items():
        put(model, names, rows[model])


def _ones(pairs: Sequence[tuple[Role, Role]], moments: Sequence[datetime], ground: Ground) -> Iterator[One]:
    many = len(pairs)
    ids, revisions, editions = (list(numbers(model, many)) for model in (Document, Revision, ComparisonEdition))
    sections, sources = numbers(Section, many * len(STANDARD_SECTIONS)), numbers(Source, many)
    pins = numbers(Pin, many)
    blank = content_from(BLANK, {}, [])
    for place, (a, b) in enumerate(pairs):
        text = grown_texts.article(a.name, b.name, ids=(a.pk, b.pk), chosen=Random(f"{a.slug} {b.slug}"))  # noqa: S311
        targets = ids[place - 2 : place] if place % PINNING == PINNING - 1 else []
        content = blank | {
            "role_a": a.pk,
            "role_b": b.pk,
            "category": ground.shelves[text.shelf].pk,
            "author": ground.desk.pk,
            "choose_a": text.choose_a,
            "choose_b": text.choose_b,
            "intro": text.intro.html,
            "versus": text.versus.html,
            "sections": [
                {"id": next(sections), "heading": heading, "body": body.html, "image": None}
                for heading, body in text.sections.items()
            ],
            "sources": [{"id": next(sources), **SOURCE}],
            "pins": [{"id": next(pins), "target": target} for target in targets],
            "tags": text.tags,
        }
        yield One(ids[place], revisions[place], editions[place], a, b, content, text.words(), moments[place])


def _drafted(one: One) -> Iterator[Row]:
    """Yield the rows of the working copy."""
    content = one.content
    yield Document, (one.id, Comparison._meta.label)
    lines = (json.dumps(content["choose_a"]), json.dumps(content["choose_b"]))
    sides = (content["role_a"], content["role_b"])
    yield (
        Comparison,
        (one.id, *sides, content["category"], content["author"], *lines, content["intro"], content["versus"]),
    )
    for position, row in enumerate(content["sections"]):
        yield Section, (row["id"], one.id, position, row["heading"], row["body"])
    for row in content["sources"]:
        yield Source, (row["id"], one.id, row["title"], row["url"])
    for position, row in enumerate(content["pins"]):
        yield Pin, (row["id"], one.id, position, row["target"])


def _recorded(one: One, ground: Ground, now: datetime) -> Iterator[Row]:
    """Yield the rows of the revision, and what the receivers of `recorded` would write of it."""
    content, schema = one.content, Comparison.schema
    hashed = digest(content, schema=schema)
    yield Revision, (one.revision, one.id, json.dumps(content), schema, hashed, ground.desk.pk, NOTE)
    texts = passages(BLANK, content)
    for each in sorted(digests(texts)):
        yield Paragraph, (one.id, each)
    # Standard sections that are not there are all that checks find in such a text.
    yield CheckResult, (one.id, 0, len(STANDARD_SECTIONS) - len(content["sections"]), 0, now)
    linked = {(id_, "") for text in texts for id_ in document_ids(text.html)}
    for target, rows in sorted(linked | {(row["target"], "pins") for row in content["pins"]}):
        yield Reference, (one.revision, target, rows)


def _issued(one: One, ground: Ground) -> Iterator[Row]:
    """Yield the rows of the edition, and what the receivers of `settled` would write of it.

    They are what `Comparison.edition_values` says of roles that are live as they are saved; that asks the database.
    """
    a, b, content = one.a, one.b, one.content
    lead = SimpleNamespace(
        title=title_of(a.title, b.title),
        standfirst=standfirst_of(a.name.plural, b.name.plural),
        category_id=content["category"],
    )
    yield (
        ComparisonEdition,
        (
            *(one.edition, one.id, one.revision, uuid4().hex, ground.desk.pk),
            *(slug_of(a.slug, b.slug), lead.title, lead.standfirst, lead.category_id, a.pk, b.pk),
            *(ground.desk.byline, ground.desk.about, json.dumps([ground.topics[tag] for tag in content["tags"]])),
            *(one.moment, one.moment, one.moment, one.moment, one.moment),
        ),
    )
    for name in content["tags"]:
        tag = ground.tags[name].pk
        yield ComparisonTag, (tag, one.id)
        yield ComparisonEditionTag, (tag, one.edition, one.moment, one.moment)
    words = chain(joined(lead, {}, kind="comparison").split(), one.words.split())
    yield ComparisonWords, (one.edition, " ".join(dict.fromkeys(words)))
