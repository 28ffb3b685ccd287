"""A draft of "A vs. B", put together from the profiles of its two roles.

The page of a comparison reads much from the profiles each time that it is shown: "What is an A?", the table at a
glance, the skills. None of that is copied. Only what it has no other way to show is taken over word for word: the parts
of both profiles that a standard section is about, under the roles' names. That is something to begin with, and the
checks name it until somebody rewrites it. Whatever no profile says stays empty, to be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Q
from django.utils.html import escape
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from articles.models import STANDARD_SECTIONS, Category, Comparison, Section
from articles.models.comparisons import title_of
from articles.wishes import fulfil
from careers.models import Role
from careers.quotes import on_side
from publishing import windows
from publishing.models import Revision, User
from publishing.put_away import refuse_put_away
from publishing.revisions import record
from publishing.richtext import plain, sanitise

PROFILE_PARTS = {"Job duties": "duties", "Job requirements": "requirements", "Work environment": "environment"}
"""Which part of a profile a standard section begins with. The page shows skills and figures by itself."""

NOTE = Revision._meta.get_field("note").max_length or 0
HIGH_HEADING = re.compile(r"(</?)h[23]>")


class From(StrEnum):
    """Where the text of a part is from."""

    TAKEN = "taken"
    READ = "read"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Part:
    """A part of the article: its heading, where its text is from, and what of that is copied (HTML).

    `profiles` are the roles from whose profiles the text is, `silent` those whose profiles say nothing of it.
    """

    heading: str
    origin: From = From.NOBODY
    profiles: tuple[Role, ...] = ()
    silent: tuple[Role, ...] = ()
    body: str = ""

    @property
    def words(self) -> int:
        """How many words are copied."""
        return len(plain(self.body).split())


@dataclass(frozen=True)
class Assembly:
    """A draft that is not made yet. Whoever wants another title, category or choice of sections replaces them.

    Without a title it is made from the names. `reading` are the parts above the sections, none of which is copied.
    """

    a: Role
    b: Role
    title: str
    category: Category | None
    reading: tuple[Part, ...]
    sections: tuple[Part, ...]

    @property
    def default_title(self) -> str:
        """The title that is made from the names."""
        return title_of(self.a.title, self.b.title)

    @property
    def path(self) -> str:
        """Where readers would find it."""
        return Comparison(role_a=self.a, role_b=self.b).working_path()


class Made(NamedTuple):
    """The draft, and the articles that had wished for it and pin it now."""

    comparison: Comparison
    pinned_on: list[Comparison]


def assemble(a: Role, b: Role) -> Assembly:
    """Return the draft of "A vs. B" as the working copies of both roles allow; nothing is stored."""
    return Assembly(
        a=a,
        b=b,
        title="",
        category=_usual_category(a, b),
        reading=tuple(_reading(a, b)),
        sections=tuple(_section(heading, a, b) for heading in STANDARD_SECTIONS),
    )


@transaction.atomic
def make(assembly: Assembly, *, by: User) -> Made:
    """Store the draft, written by `by`, with one revision. All or nothing.

    Raises ValidationError if there is a comparison of the pair already or the draft cannot stand otherwise, and Refused
    if one of the roles was deleted.
    """
    a, b = assembly.a, assembly.b
    windows.lock([a.pk, b.pk])
    refuse_put_away({a.pk, b.pk})
    comparison = Comparison(role_a=a, role_b=b, title=assembly.title, category=assembly.category, author=by)
    _save(comparison)
    for position, part in enumerate(assembly.sections):
        _save(Section(comparison=comparison, position=position, heading=part.heading, body=part.body))
    note = _("Assembled from the profiles of %(a)s and %(b)s") % {"a": a, "b": b}
    record(comparison, by=by, note=Truncator(note).chars(NOTE))
    return Made(comparison, fulfil(comparison, by=by))


def _save(row: Any) -> None:
    row.full_clean()
    row.save()


def _usual_category(a: Role, b: Role) -> Category | None:
    """Return the category in which most comparisons of one of the roles stand, or None."""
    near = Comparison.objects.filter(Q(role_a__in=[a, b]) | Q(role_b__in=[a, b]), put_away_at=None)
    shelves = Category.objects.filter(comparisons__in=near).annotate(standing=Count("comparisons"))
    return shelves.order_by("-standing", "title").first()


def _reading(a: Role, b: Role) -> Iterator[Part]:
    yield Part(_("Introduction"))
    yield Part(_("At a glance"), From.READ, profiles=(a, b))
    for role in (a, b):
        yield Part(_("Choose %(role)s if you …") % {"role": role.name.singular})
    for role in (a, b):
        heading = _("What is %(role)s?") % {"role": role.name.with_article}
        says, silent = _sorted((a,) if role is a else (b,), "summary")
        yield Part(heading, From.READ if says else From.NOBODY, says, silent)
    yield Part(_("%(a)s vs. %(b)s") % {"a": a.name.title, "b": b.name.title})
    says, silent = _sorted((a, b), "skills")
    yield Part(_("Skills, shared and apart"), From.READ if says else From.NOBODY, says, silent)


def _section(heading: str, a: Role, b: Role) -> Part:
    if heading not in PROFILE_PARTS:
        return Part(heading)
    name = PROFILE_PARTS[heading]
    says, silent = _sorted((a, b), name)
    body = "".join(_under_its_name(role, on_side(getattr(role, name), "a" if role is a else "b")) for role in says)
    return Part(heading, From.TAKEN if says else From.NOBODY, says, silent, body)


def _sorted(roles: Iterable[Role], name: str) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
    """Return the roles that say something in that field, and those that do not."""
    roles = tuple(roles)
    says = tuple(role for role in roles if _text(getattr(role, name)))
    return says, tuple(role for role in roles if role not in says)


def _text(value: str | list[str]) -> str:
    return plain(value) if isinstance(value, str) else " ".join(value)


def _under_its_name(role: Role, html: str) -> str:
    """Return the text under the role's name, its headings no higher than that: the section's own stands above."""
    return f"<h4>{escape(capfirst(role.name.plural))}</h4>" + HIGH_HEADING.sub(r"\1h4>", sanitise(html))
