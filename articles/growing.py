"""A corpus of any size, to measure the site with: `manage.py grow_demo`.

It is put there in bulk, past the press, and is what publishing one by one would have left: working copies with their
rows, revisions with what recording them derives, editions each with a window of its own, and what follows from those.
Roles are few: they are made here, and announced as the press announces them. Comparisons are many, and made by
articles.grown_comparisons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import cycle, islice
from math import isqrt
from random import Random
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.text import slugify

from articles import grown_texts
from articles.grown_comparisons import NOTE, Ground, add
from articles.models import Comparison
from careers.models import Figure, Fit, Role, RoleEditionTag, RoleTag, Wage
from careers.published import NATION
from publishing.bulk import insert, issue, record, roomy
from publishing.content import content_from
from publishing.errors import Refused
from publishing.models import EVERYTHING, Document, Revision, User
from publishing.purges import purge
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
STATING = 5
"""One in how many roles states a figure of its own, and has no occupation."""

Progress = Callable[[int], object]


class Grown(NamedTuple):
    """How many roles and comparisons were added."""

    roles: int
    comparisons: int


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
    with roomy():
        for some in _batches(missing, AT_ONCE):
            before = len(standing) + added
            moments = [FIRST + ROLES_TOOK + APART * place for place in range(before, before + len(some))]
            add(some, moments, ground)
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


def _tag(through: Any, tagged: Sequence[Any], tags: Sequence[list[str]], ground: Ground) -> None:
    through.objects.bulk_create(
        through(content_object=each, tag=ground.tags[name])
        for each, names in zip(tagged, tags, strict=True)
        for name in names
    )
