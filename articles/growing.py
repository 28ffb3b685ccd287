"""A corpus of any size, to measure the site with: `manage.py grow_demo`.

It is put there in bulk, past the press, and is what publishing one by one would have left: working copies with their
rows, revisions with what recording them derives, editions each with a window of its own, and what follows from those.
Roles are few, and are announced as the press announces them. What the press's receivers would write of a comparison is
written here (`_derive`), with the functions that they use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import chain, cycle, islice
from math import isqrt
from random import Random
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef
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
from careers.models import Figure, Fit, Role, RoleEditionTag, RoleTag, Wage
from careers.published import NATION
from publishing.bulk import insert, issue, record
from publishing.checks.paragraphs import digests
from publishing.checks.passages import passages
from publishing.content import content_from
from publishing.errors import Refused
from publishing.models import EVERYTHING, CheckResult, Document, Paragraph, Reference, Revision, User
from publishing.purges import purge
from publishing.richtext import document_ids
from publishing.signals import recorded, settled

ROLES = 1100
AT_ONCE = 2_000
"""How many comparisons are made together, in one transaction: some 30 MB."""
FIRST = datetime(2021, 1, 1, tzinfo=UTC)
"""When the first role was published; the comparisons follow after `ROLES_TOOK`, one every `APART`."""
ROLES_TOOK = timedelta(days=4)
APART = timedelta(minutes=4)
STRIDE = 1_000_003
"""A prime beyond the number of pairs: stepping by it around their circle meets each once, and far from the last."""
PINNING = 10
"""One in how many comparisons puts two others first."""
STATING = 5
"""One in how many roles states a figure of its own, and has no occupation."""
NOTE = "Grown"
SOURCE = {
    "title": "Occupational Employment and Wage Statistics, US Bureau of Labor Statistics",
    "url": "https://www.bls.gov/oes/",
}

Progress = Callable[[int], object]


class Grown(NamedTuple):
    """How many roles and comparisons were added."""

    roles: int
    comparisons: int


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


def grow(
    *, comparisons: int, roles: int = ROLES, beside_others: bool = False, progress: Progress = lambda number: None
) -> Grown:
    """Add what is missing until that many live comparisons of that many grown roles are there; return how many it was.

    `progress` is told how many comparisons were added. Raises Refused if the site holds anything that the demonstration
    did not write, unless `beside_others`; or if there are not so many roles, or pairs of them.
    """
    _refuse_too_many(comparisons, roles)
    ground = Ground.prepare()
    if not beside_others:
        _refuse_others(ground.desk)
    titles = grown_texts.titles()[:roles]
    known = set(Role.objects.filter(title__in=titles).values_list("title", flat=True))
    new = [title for title in titles if title not in known]
    if new:
        _add_roles(new, ground, number=len(known))
    grown = list(Role.objects.filter(title__in=titles).order_by("pk"))
    standing = _pairs_there({role.pk for role in grown})
    missing = _missing(grown, standing, number=comparisons - len(standing))
    added = 0
    for some in _batches(missing, AT_ONCE):
        _add_comparisons(some, ground, number=len(standing) + added)
        added += len(some)
        progress(len(some))
    purge([EVERYTHING])
    return Grown(len(new), added)


def _refuse_too_many(comparisons: int, roles: int) -> None:
    most = len(grown_texts.titles())
    if not 2 <= roles <= most:
        raise Refused(f"There are names for {most:,} roles, and a comparison needs two: ask for as many as that.")
    pairs = roles * (roles - 1) // 2
    if comparisons > pairs:
        raise Refused(f"{roles:,} roles make {pairs:,} pairs, each of which is compared once: ask for more roles.")


def _refuse_others(desk: User) -> None:
    written = Revision.objects.filter(author=OuterRef("pk"))
    other = User.objects.exclude(pk=desk.pk).filter(Exists(written)).first()
    if other:
        raise Refused(
            f"This site holds what {other} wrote, and would be measured and not read from now on: grow an empty one, "
            "or one that holds the demonstration alone."
        )


def _pairs_there(roles: set[int]) -> set[tuple[int, int]]:
    """Return the pairs of the roles that are compared, the older role first."""
    pairs = Comparison.objects.values_list("role_a", "role_b").iterator(chunk_size=AT_ONCE)
    return {(min(a, b), max(a, b)) for a, b in pairs if a in roles and b in roles}


def _missing(roles: Sequence[Role], standing: set[tuple[int, int]], *, number: int) -> Iterator[tuple[Role, Role]]:
    """Return that many pairs of roles that are not compared, spread evenly over the roles."""
    pairs = len(roles) * (len(roles) - 1) // 2
    walk = (_pair(step * STRIDE % pairs) for step in range(pairs))
    found = ((roles[a], roles[b]) for a, b in walk if (roles[a].pk, roles[b].pk) not in standing)
    return ((a, b) if (a.pk + b.pk) % 2 else (b, a) for a, b in islice(found, max(0, number)))


def _pair(place: int) -> tuple[int, int]:
    """Return the pair at a place in the order (0, 1), (0, 2), (1, 2), (0, 3) …"""
    b = (isqrt(8 * place + 1) + 1) // 2
    return place - b * (b - 1) // 2, b


def _batches(pairs: Iterator[tuple[Role, Role]], size: int) -> Iterator[list[tuple[Role, Role]]]:
    while some := list(islice(pairs, size)):
        yield some


@transaction.atomic
def _add_roles(titles: Sequence[str], ground: Ground, *, number: int) -> None:
    """Add live roles; so many there were before."""
    drawn = [Random(title) for title in titles]  # noqa: S311
    roles = [
        Role(title=title, slug=slugify(title), **grown_texts.role_fields(title, chosen=chosen))
        for title, chosen in zip(titles, drawn, strict=True)
    ]
    figures: dict[str, Figure] = {}
    for place, (role, wage) in enumerate(zip(roles, cycle(_wages()), strict=False), start=number):
        if place % STATING:
            role.occupation, role.fit = wage.occupation, Fit.PART
        else:
            figures[role.title] = _stated(role, wage)
    insert(roles)
    Figure.objects.bulk_create(figures.values())
    tags = [grown_texts.tags_of(chosen) for chosen in drawn]
    contents = [
        content_from(role, {"figures": [figures[role.title]] if role.title in figures else []}, named)
        for role, named in zip(roles, tags, strict=True)
    ]
    revisions = record(roles, contents, by=ground.desk, note=NOTE)
    for role, revision in zip(roles, revisions, strict=True):
        recorded.send(sender=Role, document=role, revision=revision)
    moments = [FIRST + APART * place for place in range(number, number + len(roles))]
    values = [role.edition_values(content, at=FIRST) for role, content in zip(roles, contents, strict=True)]
    editions = issue(roles, revisions, values, moments, by=ground.desk)
    _tag(RoleTag, roles, tags, ground)
    _tag(RoleEditionTag, editions, tags, ground)
    settled.send(sender=Document, documents=roles, at=FIRST)


def _wages() -> list[Wage]:
    """Return what the current release says of detailed occupations in the nation, those of which it states a median."""
    wages = Wage.objects.current(timezone.now()).filter(area__slug=NATION, occupation__level="detailed")
    return list(wages.exclude(annual_median=None).select_related("occupation", "release").order_by("occupation"))


def _stated(role: Role, wage: Wage) -> Figure:
    """Return what is published of an occupation as an editor would state it."""
    return Figure(
        role=role,
        measure=Figure.Measure.MEDIAN_PAY,
        amount=Decimal(f"{wage.annual_median}.00"),
        unit=Figure.Unit.YEAR,
        period=wage.release.period,
        place="United States",
        covers=wage.occupation.title,
        source=wage.release.source,
        source_url=wage.release.url,
        as_of=wage.release.published_on,
    )


@transaction.atomic
def _add_comparisons(pairs: Sequence[tuple[Role, Role]], ground: Ground, *, number: int) -> None:
    """Add a live comparison of each pair; so many there were before."""
    drawn = [Random(f"{a.slug} {b.slug}") for a, b in pairs]  # noqa: S311
    copies = [
        Comparison(
            role_a=a,
            role_b=b,
            category=ground.shelves[grown_texts.shelf_of(chosen)],
            author=ground.desk,
            **grown_texts.comparison_fields(a.name, b.name, chosen=chosen),
        )
        for (a, b), chosen in zip(pairs, drawn, strict=True)
    ]
    insert(copies)
    rows = [_rows(place, copies, chosen) for place, chosen in enumerate(drawn)]
    for relation, model in (("sections", Section), ("sources", Source), ("pins", Pin)):
        model._default_manager.bulk_create(chain.from_iterable(each[relation] for each in rows))
    tags = [grown_texts.tags_of(chosen) for chosen in drawn]
    contents = [content_from(*each) for each in zip(copies, rows, tags, strict=True)]
    revisions = record(copies, contents, by=ground.desk, note=NOTE)
    values = [
        _edition_values(copy, [ground.topics[tag] for tag in named]) for copy, named in zip(copies, tags, strict=True)
    ]
    moments = [FIRST + ROLES_TOOK + APART * place for place in range(number, number + len(copies))]
    editions = issue(copies, revisions, values, moments, by=ground.desk)
    _tag(ComparisonTag, copies, tags, ground)
    _tag(ComparisonEditionTag, editions, tags, ground)
    _derive(copies, contents, revisions, editions)


def _rows(place: int, copies: Sequence[Comparison], chosen: Random) -> dict[str, list[Any]]:
    """Return the unsaved rows of the comparison at that place among the others."""
    copy = copies[place]
    texts = grown_texts.sections(
        copy.role_a.name, copy.role_b.name, ids=(copy.role_a_id, copy.role_b_id), chosen=chosen
    )
    pinned = copies[place - 2 : place] if place % PINNING == PINNING - 1 else []
    return {
        "sections": [
            Section(comparison=copy, position=position, heading=heading, body=body)
            for position, (heading, body) in enumerate(texts.items())
        ],
        "sources": [Source(comparison=copy, **SOURCE)],
        "pins": [Pin(comparison=copy, position=position, target=target) for position, target in enumerate(pinned)],
    }


def _edition_values(copy: Comparison, topics: list[list[str]]) -> dict[str, Any]:
    """Return what `Comparison.edition_values` would, of roles that are live as they are saved; it asks the database."""
    a, b = copy.role_a, copy.role_b
    return {
        "slug": slug_of(a.slug, b.slug),
        "title": title_of(a.title, b.title),
        "standfirst": standfirst_of(a.name.plural, b.name.plural),
        "category_id": copy.category_id,
        "role_a_id": copy.role_a_id,
        "role_b_id": copy.role_b_id,
        "byline": copy.author.byline if copy.author else "",
        "byline_about": copy.author.about if copy.author else "",
        "topics": topics,
    }


def _derive(
    copies: Sequence[Comparison],
    contents: Sequence[dict[str, Any]],
    revisions: Sequence[Revision],
    editions: Sequence[ComparisonEdition],
) -> None:
    """Write what the receivers of `recorded` and `settled` would write of the comparisons."""
    texts = [passages(copy, content) for copy, content in zip(copies, contents, strict=True)]
    Paragraph.objects.bulk_create(
        Paragraph(document_id=copy.pk, digest=each)
        for copy, text in zip(copies, texts, strict=True)
        for each in sorted(digests(text))
    )
    # Standard sections that are not there are all that checks find in such a text.
    now = timezone.now()
    CheckResult.objects.bulk_create(
        CheckResult(
            document_id=copy.pk,
            errors=0,
            warnings=len(STANDARD_SECTIONS) - len(content["sections"]),
            infos=0,
            checked_at=now,
        )
        for copy, content in zip(copies, contents, strict=True)
    )
    Reference.objects.bulk_create(
        Reference(revision=revision, target_id=target, rows=rows)
        for revision, text in zip(revisions, texts, strict=True)
        for target, rows in sorted(_references(revision.content, (passage.html for passage in text)))
    )
    ComparisonWords.objects.bulk_create(
        ComparisonWords(edition=edition, words=joined(edition, content, kind="comparison"))
        for edition, content in zip(editions, contents, strict=True)
    )


def _references(content: dict[str, Any], prose: Iterable[str]) -> set[tuple[int, str]]:
    linked = {(id_, "") for html in prose for id_ in document_ids(html)}
    return linked | {(row["target"], "pins") for row in content["pins"]}


def _tag(through: Any, tagged: Sequence[Any], tags: Sequence[list[str]], ground: Ground) -> None:
    through.objects.bulk_create(
        through(content_object=each, tag=ground.tags[name])
        for each, names in zip(tagged, tags, strict=True)
        for name in names
    )
