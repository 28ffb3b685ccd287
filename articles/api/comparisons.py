"""Comparisons as programs get them, written or not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from pydantic import BaseModel, ConfigDict, Field

from articles.api.roles import RoleCompared
from articles.api.texts import Part, Prose
from articles.glance import glance
from articles.models import Category, ComparisonEdition
from articles.reading import ComparisonPage, Onward, skills
from careers.rated_skills import RatedSkills as RatedBoth
from careers.rated_skills import rated_skills
from careers.reading import RoleProfile


class Shelf(BaseModel):
    """A category."""

    slug: str
    title: str
    description: str
    page: str = Field(description="Where readers find it.")

    @classmethod
    def of(cls, category: Category, *, site: str) -> Shelf:
        """Return the category."""
        same = {name: getattr(category, name) for name in ("slug", "title", "description")}
        return cls(**same, page=site + category.get_absolute_url())


class ComparisonInList(BaseModel):
    """A comparison as a list shows it."""

    slug: str
    title: str
    standfirst: str
    roles: list[str] = Field(description="The slugs of both roles, A and B.")
    category: Shelf
    first_published_at: datetime
    updated_at: datetime = Field(description="When readers were last given something new.")
    page: str = Field(description="Where readers find it.")
    url: str = Field(description="Where programs find all of it.")

    @classmethod
    def of(cls, edition: ComparisonEdition, *, site: str) -> ComparisonInList:
        """Return the comparison, fetched with its category, as a list of the site (scheme and host) shows it."""
        return cls(**named(edition, site=site))


class Cell(BaseModel):
    """What one role's column says, and beneath it whom and where a figure counts."""

    model_config = ConfigDict(from_attributes=True)

    text: str
    note: str


class GlanceRow(BaseModel):
    """One fact of both roles. Where they must not stand side by side, `instead` says why, and there are no cells."""

    model_config = ConfigDict(from_attributes=True)

    label: str
    a: Cell | None
    b: Cell | None
    instead: str


class GlanceSource(BaseModel):
    """Where a figure in the table is from."""

    model_config = ConfigDict(from_attributes=True)

    source: str
    url: str
    where_and_when: str


class Glance(BaseModel):
    """The same facts of both roles in the same rows, and the sources of the figures among them."""

    model_config = ConfigDict(from_attributes=True)

    rows: list[GlanceRow]
    differences: list[str] = Field(
        description="What follows from the figures, in sentences, where they may be compared."
    )
    sources: list[GlanceSource]


class Skills(BaseModel):
    """What the two roles ask for: together, and each alone."""

    model_config = ConfigDict(from_attributes=True)

    shared: list[str]
    only_a: list[str]
    only_b: list[str]


class RatedSkill(BaseModel):
    """A skill, and how important it is in both occupations, from 1 to 5."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    a: float
    b: float


class RatedSkills(BaseModel):
    """Skills of the two occupations as O*NET rates them: important in both, and clearly more important in one."""

    model_config = ConfigDict(from_attributes=True)

    shared: list[RatedSkill]
    more_a: list[RatedSkill]
    more_b: list[RatedSkill]
    occupation_a: str
    occupation_b: str
    credit: Prose = Field(description="What the licence asks whoever shows these to say.")

    @classmethod
    def of(cls, rated: RatedBoth, *, page: str) -> RatedSkills:
        """Return the skills, as they stand on the page (its absolute address)."""
        values = {name: getattr(rated, name) for name in cls.model_fields}
        return cls.model_validate(values | {"credit": Prose.of(rated.credit, page=page)})


class Facts(BaseModel):
    """Two roles side by side: all of it from their profiles and from what is published of their occupations."""

    a: RoleCompared
    b: RoleCompared
    glance: Glance
    skills: Skills
    rated_skills: RatedSkills | None = Field(description="Null where O*NET does not rate both, or both are in one.")


class Source(BaseModel):
    """What an article rests on."""

    title: str
    url: str


class Topic(BaseModel):
    """A tag."""

    name: str
    slug: str
    page: str = Field(description="Where readers find what carries it.")


class Related(BaseModel):
    """A comparison to go on to, and why."""

    slug: str
    title: str
    why: str
    page: str = Field(description="Where readers find it.")
    url: str = Field(description="Where programs find all of it.")

    @classmethod
    def of(cls, onward: Onward, *, site: str) -> Related:
        """Return the comparison."""
        same = addresses(onward.edition, site=site)
        return cls(slug=onward.edition.slug, title=onward.edition.title, why=onward.why, **same)


class Comparison(Facts, ComparisonInList):
    """A comparison that somebody wrote."""

    byline: str
    byline_about: str
    reviewed_at: datetime = Field(description="When somebody last vouched for the whole page.")
    minutes: int = Field(description="How long reading it takes.")
    choose_a: list[str] = Field(description="Reasons for choosing A; they go on from “Choose A if you …”.")
    choose_b: list[str]
    intro: Prose
    parts: list[Part] = Field(description="What is an A, what is a B, A vs. B, then the sections.")
    sources: list[Source]
    topics: list[Topic]
    related: list[Related]

    @classmethod
    def of_page(cls, shown: ComparisonPage, *, site: str) -> Comparison:
        """Return the comparison whose page is given."""
        edition, content = shown.edition, shown.content
        page = site + edition.get_absolute_url()
        parts = [shown.what_is_a, shown.what_is_b, shown.versus, *shown.sections]
        return cls(
            **named(edition, site=site) | facts(shown.a, shown.b, site=site, page=page),
            byline=edition.byline,
            byline_about=edition.byline_about,
            reviewed_at=edition.reviewed_at,
            minutes=shown.minutes,
            choose_a=content["choose_a"],
            choose_b=content["choose_b"],
            intro=Prose.of(shown.intro, page=page),
            parts=[Part.of(part, page=page) for part in parts if part.body or part.picture],
            sources=[Source(title=row["title"], url=row["url"]) for row in content["sources"]],
            topics=[
                Topic(name=name, slug=slug, page=site + reverse("articles:topic", kwargs={"slug": slug}))
                for name, slug in edition.topics
            ],
            related=[Related.of(each, site=site) for each in shown.related],
        )


class Compared(Facts):
    """Any two roles, whether somebody has written about them or not."""

    page: str = Field(description="Where readers find the two compared.")
    article: str | None = Field(description="Where programs find the article about the two, if one is live.")

    @classmethod
    def of(cls, a: RoleProfile, b: RoleProfile, *, path: str, article: ComparisonEdition | None, site: str) -> Compared:
        """Return the two roles compared, with the path at which readers find that."""
        page = site + path
        url = addresses(article, site=site)["url"] if article else None
        return cls(**facts(a, b, site=site, page=page), page=page, article=url)


def named(edition: ComparisonEdition, *, site: str) -> dict[str, Any]:
    """Return the values of `ComparisonInList`."""
    return addresses(edition, site=site) | {
        "slug": edition.slug,
        "title": edition.title,
        "standfirst": edition.standfirst,
        "roles": edition.slug.split("-vs-"),
        "category": Shelf.of(edition.category, site=site),
        "first_published_at": edition.first_published_at,
        "updated_at": edition.significant_at,
    }


def addresses(edition: ComparisonEdition, *, site: str) -> dict[str, str]:
    """Return where readers and programs find a comparison."""
    return {
        "page": site + edition.get_absolute_url(),
        "url": site + reverse("api:comparison", kwargs={"slug": edition.slug}),
    }


def facts(a: RoleProfile, b: RoleProfile, *, site: str, page: str) -> dict[str, Any]:
    """Return the values of `Facts`, as they stand on the page (its absolute address)."""
    rated = rated_skills(a.published, b.published)
    return {
        "a": RoleCompared.of_profile(a, site=site),
        "b": RoleCompared.of_profile(b, site=site),
        "glance": Glance.model_validate(glance(a, b)),
        "skills": Skills.model_validate(skills(a.content["skills"], b.content["skills"])),
        "rated_skills": RatedSkills.of(rated, page=page) if rated else None,
    }
