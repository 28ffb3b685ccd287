"""What readers get of a comparison: its edition with its two roles, laid out as the templates show it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any, NamedTuple

from django.http import Http404
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles.glance import Glance, glance
from articles.models import ComparisonEdition, PageEdition
from articles.related import Picks, Related, Walk, candidates, related, walk
from careers.published import NATION
from careers.quotes import Quotable, of_pair
from careers.rated_skills import RatedSkills, rated_skills
from careers.reading import Part, Pay, RoleProfile, paths_of, pay, profiles, prose
from images.pictures import Picture
from publishing.addresses import live_paths
from publishing.richtext import document_ids, plain

WORDS_A_MINUTE = 230
"""How fast adults read English nonfiction silently: 238 words a minute (Brysbaert 2019,
https://doi.org/10.1016/j.jml.2019.104047), taken a little slower for tables and lists."""

RESERVED = frozenset(
    {"at-a-glance", "choose", "what-is-a", "what-is-b", "versus", "pay-chart", "skills-compared", "sources", "related"}
    | {"area", "content", "q", "report-text"}
)
"""Anchors that the template itself uses, and the ids of what surrounds it."""

RICH = ("intro", "summary_a", "summary_b", "versus")


@dataclass(frozen=True)
class Skills:
    """What the two roles ask for: together, and each alone."""

    shared: list[str]
    only_a: list[str]
    only_b: list[str]

    def __bool__(self) -> bool:
        """Whether either role asks for any."""
        return bool(self.shared or self.only_a or self.only_b)


class Onward(NamedTuple):
    """A related comparison, why it is related, and the mark of the role that it shares ("a", "b", or none)."""

    edition: ComparisonEdition
    why: str
    mark: str


@dataclass(frozen=True)
class Opening:
    """The first screen of a comparison: its title and the table of its two roles."""

    edition: ComparisonEdition
    a: RoleProfile
    b: RoleProfile
    glance: Glance

    @property
    def both(self) -> tuple[RoleProfile, RoleProfile]:
        """Both roles, A first."""
        return (self.a, self.b)

    @property
    def title_parts(self) -> list[str]:
        """The title in the parts after which a line may best end: "A vs. B:", "What Are the Differences?"."""
        return self.edition.title.replace(": ", ":\n").splitlines()


@dataclass(frozen=True)
class ComparisonPage(Opening):
    """Everything that the template of a comparison shows."""

    intro: SafeString
    what_is_a: Part
    what_is_b: Part
    versus: Part
    sections: list[Part]
    pay: Pay
    skills: Skills
    rated: RatedSkills | None
    related: list[Onward]
    walk: Walk
    linked: Collection[int]
    minutes: int

    @property
    def content(self) -> dict[str, Any]:
        """What the edition's revision holds."""
        return self.edition.content

    @property
    def is_written(self) -> bool:
        """Whether somebody wrote the comparison; otherwise it was made from both profiles (articles.pairs)."""
        return self.edition.document_id is not None


def opening(edition: ComparisonEdition, *, at: datetime) -> Opening | None:
    """Return the first screen of a live comparison at the moment (one query).

    Returns None if it was taken down together with a role since the edition was fetched.
    """
    roles = profiles({edition.role_a_id, edition.role_b_id}, at=at)
    a, b = roles.get(edition.role_a_id), roles.get(edition.role_b_id)
    return Opening(edition=edition, a=a, b=b, glance=glance(a, b)) if a and b else None


def comparison_page(
    edition: ComparisonEdition, *, at: datetime, area: str = NATION, drafts: Collection[int] = ()
) -> ComparisonPage:
    """Return the page of a comparison at the moment, with pay in the area (a slug), in at most five queries.

    `drafts` are roles that a preview shows as their working copies stand where they are not live. Raises Http404 if
    the comparison was taken down together with a role since the edition was fetched.
    """
    content = edition.content
    linked = set().union(*(document_ids(html) for html in _own_prose(content)))
    roles = profiles({edition.role_a_id, edition.role_b_id, *linked}, at=at, area=area, drafts=drafts)
    a, b = roles.get(edition.role_a_id), roles.get(edition.role_b_id)
    if not a or not b:
        raise Http404(f"“{edition.title}” was taken down a moment ago.")
    linked |= a.linked_in("summary") | b.linked_in("summary")
    picks = Picks.of(edition)
    among = candidates(edition, picks=picks, at=at, also=linked)
    near = [*(profile.edition for profile in roles.values()), *among]
    paths = paths_of(each for each in near if each.document_id in linked)
    paths |= live_paths(linked - set(paths), at=at)
    figures = of_pair(a.national_figures, b.national_figures)
    return ComparisonPage(
        edition=edition,
        a=a,
        b=b,
        glance=glance(a, b),
        intro=prose(content["intro"], paths, figures),
        what_is_a=_what_is(a, "what-is-a", content["summary_a"], paths, figures),
        what_is_b=_what_is(b, "what-is-b", content["summary_b"], paths, figures),
        versus=Part(
            "versus", _("{a} vs. {b}").format(a=a.name.title, b=b.name.title), prose(content["versus"], paths, figures)
        ),
        sections=_sections(content["sections"], paths, figures, edition.pictures),
        pay=pay([(a, "a"), (b, "b")], at=at, area=area),
        skills=skills(a.content["skills"], b.content["skills"]),
        rated=rated_skills(a.published, b.published),
        related=[_onward(each, edition, a, b, pinned=picks.pinned) for each in related(edition, among, picks=picks)],
        walk=walk(edition, among),
        linked=linked,
        minutes=_minutes([*_own_prose(content), a.content["summary"], b.content["summary"]]),
    )


def _own_prose(content: dict[str, Any]) -> list[str]:
    return [*(content[field] for field in RICH), *(section["body"] for section in content["sections"])]


def _what_is(role: RoleProfile, anchor: str, own: str, paths: Mapping[int, str], figures: Quotable) -> Part:
    """Return "What is an A?": the article's own text, or else the role's."""
    body = prose(own, paths, figures) if own else role.prose("summary", paths)
    return Part(anchor, _("What is {role}?").format(role=role.name.with_article), body)


def _sections(
    rows: list[dict[str, Any]], paths: Mapping[int, str], figures: Quotable, pictures: Mapping[str, Any]
) -> list[Part]:
    """Return the sections that say or show something, each with an anchor of its own."""
    parts: dict[str, Part] = {}
    for row in rows:
        has_picture = any(part.picture for part in parts.values())
        picture = Picture.of(pictures, row["image"], loading="lazy" if has_picture else "eager")
        if not row["image"] and not plain(row["body"]):
            continue
        anchor = base = slugify(row["heading"]) or "section"
        while anchor in parts or anchor in RESERVED:
            anchor = f"{base}-{len(parts) + 1}"
        parts[anchor] = Part(anchor, row["heading"], prose(row["body"], paths, figures), picture)
    return list(parts.values())


def skills(a: list[str], b: list[str]) -> Skills:
    """Return what two lists of skills share, however they are capitalised, and what each has alone."""
    in_a, in_b = ({skill.casefold() for skill in side} for side in (a, b))
    return Skills(
        shared=[skill for skill in a if skill.casefold() in in_b],
        only_a=[skill for skill in a if skill.casefold() not in in_b],
        only_b=[skill for skill in b if skill.casefold() not in in_a],
    )


def _onward(
    each: Related, edition: ComparisonEdition, a: RoleProfile, b: RoleProfile, *, pinned: Collection[int]
) -> Onward:
    """Say why a comparison is related."""
    if each.shared_role == a.edition.document_id:
        return Onward(each.edition, _("Also about {role}").format(role=a.name.plural), "a")
    if each.shared_role == b.edition.document_id:
        return Onward(each.edition, _("Also about {role}").format(role=b.name.plural), "b")
    if each.edition.category_id == edition.category_id:
        return Onward(each.edition, _("Also in {category}").format(category=edition.category), "")
    return Onward(each.edition, _("Picked by the editors") if each.edition.document_id in pinned else "", "")


def _minutes(prose_: Iterable[str]) -> int:
    words = sum(len(plain(html).split()) for html in prose_)
    return max(1, ceil(words / WORDS_A_MINUTE))


def page_context(edition: PageEdition, *, at: datetime) -> dict[str, Any]:
    """Return the context of one of the site's own pages."""
    body = edition.content["body"]
    return {"at": at, "edition": edition, "body": prose(body, live_paths(document_ids(body), at=at), {})}
