"""Roles as programs get them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from pydantic import BaseModel, Field

from articles.api.figures import Figure, RoleWage
from articles.api.texts import Part, Picture
from careers.models import RoleEdition
from careers.reading import RoleProfile


class RoleInList(BaseModel):
    """A role as a list shows it."""

    slug: str
    title: str
    definition: str = Field(description="One sentence that says what the role is.")
    occupation: str | None = Field(description="The code of the occupation that it is counted in.")
    updated_at: datetime = Field(description="When readers were last given something new.")
    page: str = Field(description="Where readers find it.")
    url: str = Field(description="Where programs find all of it.")

    @classmethod
    def of(cls, edition: RoleEdition, *, site: str) -> RoleInList:
        """Return the role as a list of the site (scheme and host) shows it."""
        return cls(**named(edition, site=site))


class Names(BaseModel):
    """How a role is called in a sentence."""

    singular: str
    plural: str
    also_called: list[str]


class Role(RoleInList):
    """A role's profile."""

    first_published_at: datetime
    reviewed_at: datetime = Field(description="When somebody last vouched for the whole page.")
    names: Names
    parts: list[Part] = Field(description="What is written about it.")
    picture: Picture | None
    skills: list[str]
    education: str = Field(description="What is typically needed to enter; empty where that is not stated.")
    education_note: str
    certifications: list[str]
    figures: list[Figure] = Field(description="What is published of its occupation, then what its editors state.")
    published: RoleWage | None = Field(description="All that is published of its occupation in the area asked for.")

    @classmethod
    def of_page(cls, page: dict[str, Any], *, site: str) -> Role:
        """Return the role whose page (careers.reading.role_page) is given."""
        edition, role, address = page["edition"], page["role"], site + page["edition"].get_absolute_url()
        written = {name: role.content[name] for name in ("skills", "education_note", "certifications")}
        return cls(
            **named(edition, site=site) | written | measured(role),
            first_published_at=edition.first_published_at,
            reviewed_at=edition.reviewed_at,
            names=names_of(role),
            parts=[Part.of(part, page=address) for part in page["parts"]],
            picture=Picture.of(page["picture"], page=address) if page["picture"] else None,
            education=role.education,
        )


class RoleCompared(RoleInList):
    """One of two roles that are compared: who it is, and its figures."""

    names: Names
    figures: list[Figure] = Field(description="What is published of its occupation, then what its editors state.")
    published: RoleWage | None = Field(description="All that is published of its occupation in the area asked for.")

    @classmethod
    def of_profile(cls, role: RoleProfile, *, site: str) -> RoleCompared:
        """Return the role."""
        return cls(**named(role.edition, site=site) | measured(role), names=names_of(role))


def named(edition: RoleEdition, *, site: str) -> dict[str, Any]:
    """Return the values of `RoleInList`."""
    return {
        "slug": edition.slug,
        "title": edition.title,
        "definition": edition.definition,
        "occupation": edition.occupation_id,
        "updated_at": edition.significant_at,
        "page": site + edition.get_absolute_url(),
        "url": site + reverse("api:role", kwargs={"slug": edition.slug}),
    }


def measured(role: RoleProfile) -> dict[str, Any]:
    """Return the values of `figures` and `published`."""
    published = RoleWage.of(role.published) if role.published else None
    return {"figures": [Figure.of(stated) for stated in role.figures], "published": published}


def names_of(role: RoleProfile) -> Names:
    """Return how the role is called."""
    return Names(singular=role.name.singular, plural=role.name.plural, also_called=role.content["also_called"])
