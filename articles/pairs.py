"""Any two roles: the comparison that somebody wrote, or else a page put together from both profiles and their facts."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError, models, transaction
from django.db.models import F
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.models import ChosenPair, Comparison, ComparisonEdition
from articles.models.comparisons import slug_of, standfirst_of, title_of
from careers.finding import LONGEST, Found, find_roles, the_role
from careers.models import RoleEdition
from careers.quotes import on_side
from careers.reading import RoleProfile
from publishing.models import Revision
from publishing.richtext import plain

logger = logging.getLogger(__name__)

PARTS = {
    "duties": gettext_noop("What {name.plural} do"),
    "requirements": gettext_noop("What it takes to be {name.with_article}"),
    "environment": gettext_noop("Where {name.plural} work"),
}
"""What of the profiles stands below "A vs. B", part by part, and its heading."""


def pair_at(slug: str, *, at: datetime) -> tuple[RoleEdition, RoleEdition] | None:
    """Return the live roles that a slug "a-vs-b" names, in the order in which their pair has its page, or None.

    That order is that of their slugs, so that a pair has one page whichever is named first (one query).
    """
    slugs = slug.split("-vs-")
    if len(slugs) != 2:
        return None
    live = RoleEdition.objects.live(at).select_related("revision")
    roles = list(live.filter(slug__in=slugs).order_by("slug"))
    return (roles[0], roles[1]) if len(roles) == 2 else None


def path_of(a: RoleEdition, b: RoleEdition, *, at: datetime) -> str:
    """Return where readers find the two compared: the article that is live, or the page made from both."""
    either = models.Q(role_a=a.document_id, role_b=b.document_id) | models.Q(role_a=b.document_id, role_b=a.document_id)
    written = ComparisonEdition.objects.live(at).filter(either).first()
    first, second = sorted([a.slug, b.slug])
    return written.get_absolute_url() if written else Comparison.path_of(slug_of(first, second))


@dataclass(frozen=True)
class Chosen:
    """What a reader typed for one of the two roles, the role that is meant, and where that is not clear, which may be:
    those that are `offered`."""

    typed: str
    role: RoleEdition | None
    offered: list[Found]

    @classmethod
    def of(cls, typed: str, *, at: datetime) -> Chosen:
        """Return what was meant by the text at the moment."""
        typed = typed.strip()[:LONGEST]
        role = the_role(typed, at=at) if typed else None
        return cls(typed, role, [] if role else find_roles(typed, at=at))

    @property
    def is_unknown(self) -> bool:
        """Whether something was typed that is no role's name, and begins none."""
        return bool(self.typed) and not (self.role or self.offered)


@dataclass(frozen=True)
class Choice:
    """The two roles that a reader asks to be compared."""

    a: Chosen
    b: Chosen

    @classmethod
    def of(cls, query: QueryDict, *, at: datetime) -> Choice:
        """Return what the query asks for: `a` and `b`, each a title, another name, or a slug."""
        return cls(Chosen.of(query.get("a", ""), at=at), Chosen.of(query.get("b", ""), at=at))

    @property
    def pair(self) -> tuple[RoleEdition, RoleEdition] | None:
        """The two roles, once both are clear and differ."""
        return (self.a.role, self.b.role) if self.a.role and self.b.role and not self.is_one_role else None

    @property
    def is_one_role(self) -> bool:
        """Whether the same role was chosen twice."""
        return self.a.role is not None and self.a.role == self.b.role


def unwritten(a: RoleEdition, b: RoleEdition, *, at: datetime) -> ComparisonEdition:
    """Return the unsaved edition of a comparison that nobody wrote: what both profiles say, part by part, unindexed."""
    content = Comparison.content_of(Revision(schema=0, content={"role_a": a.document_id, "role_b": b.document_id}))
    content["sections"] = list(_sections(RoleProfile(a), RoleProfile(b)))
    return ComparisonEdition(
        revision=Revision(schema=Comparison.schema, content=content),
        slug=slug_of(a.slug, b.slug),
        title=title_of(a.title, b.title),
        standfirst=standfirst_of(a.name.plural, b.name.plural),
        role_a_id=a.document_id,
        role_b_id=b.document_id,
        is_indexable=False,
        live_from=at,
        first_published_at=max(a.first_published_at, b.first_published_at),
        significant_at=max(a.significant_at, b.significant_at),
        reviewed_at=min(a.reviewed_at, b.reviewed_at),
    )


def _sections(a: RoleProfile, b: RoleProfile) -> Iterator[dict[str, Any]]:
    for part, heading in PARTS.items():
        for side, role in (("a", a), ("b", b)):
            if plain(role.content[part]):
                body = on_side(role.content[part], side)
                yield {"id": None, "heading": _(heading).format(name=role.name), "body": body, "image": None}


def count(a: RoleEdition, b: RoleEdition) -> None:
    """Count that a reader chose the two in this month; of the reader nothing is kept. Failing that, nobody waits."""
    month = timezone.localdate().replace(day=1)
    first, second = sorted([a.document_id, b.document_id])
    try:
        with transaction.atomic():
            ChosenPair.objects.get_or_create(first_id=first, second_id=second, month=month)
            ChosenPair.objects.filter(first=first, second=second, month=month).update(times=F("times") + 1)
    except DatabaseError:
        logger.warning("A chosen pair could not be counted.", exc_info=True)
