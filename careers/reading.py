"""What readers get of a role: its edition, laid out as the templates show it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careers.figures import Stated, read_figures
from careers.models import Education, Role, RoleEdition, Wage
from careers.names import Name
from careers.pay_chart import PayChart, pay_chart
from careers.places import Places, places
from careers.published import NATION, Published, wages_by_area
from careers.quotes import Quotable, of_role, written_out
from images.pictures import Picture
from publishing.addresses import live_paths
from publishing.content import snapshot
from publishing.models import Edition, Revision
from publishing.prepared import Prepared
from publishing.richtext import document_ids, with_paths
from publishing.windows import draft_edition

HEADINGS = {
    "summary": gettext_noop("What is {name.with_article}?"),
    "duties": gettext_noop("What {name.plural} do"),
    "requirements": gettext_noop("What it takes"),
    "environment": gettext_noop("Where {name.plural} work"),
}


def prose(html: str, paths: Mapping[int, str], figures: Quotable) -> SafeString:
    """Return stored rich text for a template, its links led to where their documents are live, and the figures that it
    quotes written out.

    Stored HTML has passed the sanitiser (publishing.content does it once more for every revision).
    """
    return mark_safe(written_out(with_paths(html, paths), figures))  # noqa: S308


class Part(NamedTuple):
    """A piece of an article as a template shows it."""

    anchor: str
    heading: str
    body: SafeString
    picture: Picture | None = None


@dataclass(frozen=True)
class RoleProfile:
    """A role's edition with what its content says."""

    edition: RoleEdition
    wage: Wage | None = None
    """What is published of the role's occupation, in the area that is looked at."""
    national: Wage | None = None
    """The same in the whole nation."""

    @property
    def content(self) -> dict[str, Any]:
        """What the edition's revision holds."""
        return self.edition.content

    @cached_property
    def name(self) -> Name:
        """How the role is called."""
        return self.edition.name

    @cached_property
    def published(self) -> Published | None:
        """What is published of the role's occupation."""
        return self._published(self.wage)

    def _published(self, wage: Wage | None) -> Published | None:
        return Published(wage, self.content["fit"], self.name) if wage else None

    @cached_property
    def figures(self) -> list[Stated]:
        """What is published of the role's occupation, then what the role itself states."""
        return self._with_stated(self.published)

    @cached_property
    def national_figures(self) -> list[Stated]:
        """The figures as they are for the whole nation: those that prose quotes."""
        return self.figures if self.national is self.wage else self._with_stated(self._published(self.national))

    def _with_stated(self, published: Published | None) -> list[Stated]:
        return [*(published.figures if published else []), *read_figures(self.content)]

    @property
    def education(self) -> str:
        """The typical education in words, or an empty text."""
        value = self.content["education"]
        return str(Education(value).label) if value else ""

    def linked_in(self, *parts: str) -> set[int]:
        """Return the documents that the parts of the prose link to."""
        return set().union(*(document_ids(self.content[part]) for part in parts))

    def prose(self, part: str, paths: Mapping[int, str]) -> SafeString:
        """Return one part of the prose for a template."""
        return prose(self.content[part], paths, of_role(self.national_figures))


def profiles(
    ids: Collection[int], *, at: datetime, area: str = NATION, drafts: Collection[int] = ()
) -> dict[int, RoleProfile]:
    """Return the profiles of those roles that are live at the moment, by document id, with what is published of their
    occupations in the area, a slug (two queries).

    For a preview, roles named in `drafts` that are not live are shown as their newest revision has them, or, where
    nothing recorded one, as they are saved.
    """
    found = {edition.document_id: edition for edition in _live(ids=tuple(ids), at=at)}
    missing = set(drafts) - set(found)
    for role in Role.objects.filter(pk__in=missing) if missing else ():
        newest = role.revisions.first() or Revision(document=role, content=snapshot(role), schema=role.schema)
        found[role.pk] = draft_edition(role, newest, at=at)
    return dict(zip(found, _with_wages(found.values(), at=at, area=area), strict=True))


_live = Prepared(lambda ids, at: RoleEdition.objects.live(at).filter(document__in=ids).select_related("revision"))


def _with_wages(editions: Collection[RoleEdition], *, at: datetime, area: str) -> list[RoleProfile]:
    """Return the profiles of the editions, with what is published in the area and in the nation (one query at most)."""
    codes = {edition.occupation_id for edition in editions if edition.occupation_id}
    paid = wages_by_area(codes, at=at, areas={area, NATION})
    return [
        RoleProfile(edition, *(paid[place].get(edition.occupation_id or "") for place in (area, NATION)))
        for edition in editions
    ]


def paths_of(editions: Iterable[Edition]) -> dict[int, str]:
    """Return where the editions are read, by document id."""
    return {edition.document_id: edition.get_absolute_url() for edition in editions}


class Pay(NamedTuple):
    """What is published of the pay of one or two roles, drawn, and the places that a reader may ask for."""

    chart: PayChart | None
    places: Places | None


def pay(roles: Sequence[tuple[RoleProfile, str]], *, at: datetime, area: str) -> Pay:
    """Return what is published of the roles, each with its side ("a", "b" or none), in the area (at most one query)."""
    occupations = {role.edition.occupation_id for role, _ in roles if role.edition.occupation_id}
    return Pay(
        chart=pay_chart([(role.name.title, side, role.published) for role, side in roles]),
        places=places(occupations, at=at, slug=area) if occupations else None,
    )


def role_page(edition: RoleEdition, *, at: datetime, area: str = NATION) -> dict[str, Any]:
    """Return the context of a role's page, with what its occupation is paid in the area (a slug)."""
    [profile] = _with_wages([edition], at=at, area=area)
    linked = profile.linked_in(*HEADINGS)
    paths = live_paths(linked, at=at)
    return {
        "at": at,
        "edition": edition,
        "role": profile,
        "linked": linked,
        "pay": pay([(profile, "")], at=at, area=area),
        "picture": Picture.of(edition.pictures, profile.content["image"], loading="eager"),
        "parts": [
            Part(anchor, _(heading).format(name=profile.name), profile.prose(anchor, paths))
            for anchor, heading in HEADINGS.items()
            if profile.content[anchor]
        ],
    }
