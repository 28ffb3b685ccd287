"""What may be asked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from articles.api.comparisons import Compared, Comparison, ComparisonInList
from articles.api.figures import Area, Occupation, Wage
from articles.api.lists import Key, Page, Paging, by_key, newest_first, page_with
from articles.api.problems import Refused, answers, bad_parameters
from articles.api.roles import Role, RoleInList
from articles.models import ComparisonEdition
from articles.models.comparisons import slug_of
from articles.reading import comparison_page
from careers import models
from careers.models import RoleEdition
from careers.published import NATION
from careers.published import wages as published_wages
from careers.reading import RoleProfile, role_page
from publishing.answers import edition_at
from publishing.as_of import as_of
from publishing.context import site_url

router = Router()


class InArea(BaseModel):
    """Where pay is looked at."""

    area: Annotated[Key, Field(description="The slug of an area: /api/v1/areas lists them.")] = NATION


class TwoRoles(InArea):
    """Which roles are compared."""

    a: Annotated[Key, Field(description="The slug of a role.")]
    b: Annotated[Key, Field(description="The slug of another.")]


class WhichOccupations(Paging):
    """Which occupations are listed."""

    q: Annotated[str, Field(max_length=120, pattern=r"^[^\x00]*$", description="Words of the title.")] = ""
    level: Literal["total", "major", "minor", "broad", "detailed"] | None = None


class WhichAreas(Paging):
    """Which areas are listed."""

    kind: Literal["nation", "state", "metro", "nonmetro"] | None = None


@router.get("/roles", response=answers(Page[RoleInList]), tags=["roles"])
def roles(request: HttpRequest, paging: Query[Paging]) -> Any:
    """Every role, from A to Z by slug."""
    found = by_key(RoleEdition.objects.live(as_of(request)), "slug", paging)
    site = site_of(request)
    return page_with(request, found, lambda edition: RoleInList.of(edition, site=site))


@router.get("/roles/{slug}", response=answers(Role, 404, 410), tags=["roles"])
def role(request: HttpRequest, slug: Path[Key], where: Query[InArea]) -> Any:
    """One role's profile, with the pay of its occupation in an area."""
    at = as_of(request)
    edition = page_at(RoleEdition, slug, at=at)
    page = role_page(edition, at=at, area=area_of(where))
    return Role.of_page(page, site=site_of(request))


@router.get("/comparisons", response=answers(Page[ComparisonInList], 404), tags=["comparisons"])
def comparisons(request: HttpRequest, paging: Query[Paging]) -> Any:
    """Every comparison that somebody wrote, newest first."""
    live = ComparisonEdition.objects.live(as_of(request)).select_related("category")
    site = site_of(request)
    return page_with(request, newest_first(live, paging), lambda edition: ComparisonInList.of(edition, site=site))


@router.get("/comparisons/{slug}", response=answers(Comparison, 404, 410), tags=["comparisons"])
def comparison(request: HttpRequest, slug: Path[Key], where: Query[InArea]) -> Any:
    """One comparison, with the pay of both roles' occupations in an area."""
    at = as_of(request)
    edition = page_at(ComparisonEdition, slug, at=at, related=("category",))
    page = comparison_page(edition, at=at, area=area_of(where))
    return Comparison.of_page(page, site=site_of(request))


@router.get("/compare", response=answers(Compared, 404), tags=["comparisons"])
def compare(request: HttpRequest, asked: Query[TwoRoles]) -> Any:
    """Any two roles side by side, whether somebody has written about them or not."""
    at = as_of(request)
    if asked.a == asked.b:
        raise bad_parameters({"b": _("it names the same role as a")})
    a, b = profiles_at(asked.a, asked.b, at=at, area=area_of(asked))
    about = (a.edition.document_id, b.edition.document_id)
    article = ComparisonEdition.objects.live(at).about(about[:1]).about(about[1:]).first()
    made = ComparisonEdition.document_model().path_of(slug_of(*sorted((asked.a, asked.b))))
    path = article.get_absolute_url() if article else made
    return Compared.of(a, b, path=path, article=article, site=site_of(request))


@router.get("/occupations", response=answers(Page[Occupation]), tags=["wages"])
def occupations(request: HttpRequest, which: Query[WhichOccupations]) -> Any:
    """Every occupation with wages, by code."""
    published = models.Wage.objects.current(as_of(request)).filter(occupation=OuterRef("pk"))
    rows = models.Occupation.objects.filter(Exists(published))
    for word in which.q.split():
        rows = rows.filter(title__icontains=word)
    if which.level:
        rows = rows.filter(level=which.level)
    return page_with(request, by_key(rows, "code", which), Occupation.model_validate)


@router.get("/areas", response=answers(Page[Area]), tags=["wages"])
def areas(request: HttpRequest, which: Query[WhichAreas]) -> Any:
    """Every area with wages, by code."""
    published = models.Wage.objects.current(as_of(request)).filter(area=OuterRef("pk"))
    rows = models.Area.objects.filter(Exists(published))
    if which.kind:
        rows = rows.filter(kind=which.kind)
    return page_with(request, by_key(rows, "code", which), Area.model_validate)


@router.get("/wages/{occupation}", response=answers(Page[Wage]), tags=["wages"])
def wages(request: HttpRequest, occupation: Path[Key], which: Query[WhichAreas]) -> Any:
    """What one occupation earns in every area, by the area's code."""
    rows = wages_at(as_of(request), occupation)
    if which.kind:
        rows = rows.filter(area__kind=which.kind)
    return page_with(request, by_key(rows, "area_id", which), Wage.of)


@router.get("/wages/{occupation}/{area}", response=answers(Wage, 404), tags=["wages"])
def wage(request: HttpRequest, occupation: Path[Key], area: Path[Key]) -> Any:
    """What one occupation earns in one area: the code of the first, the slug of the second."""
    found = wages_at(as_of(request), occupation).filter(area__slug=area).first()
    if found is None:
        raise Refused(404, _("No wages are published for this occupation in this area."))
    return Wage.of(found)


def page_at(model: Any, slug: str, *, at: datetime, related: tuple[str, ...] = ()) -> Any:
    """Return the page at the slug at the moment. Raises Http404, or Refused where it was taken down."""
    edition = edition_at(model, slug, at=at, related=related)
    if not edition.is_page:
        raise Refused(410, _("What was published here was taken down."))
    return edition


def profiles_at(*slugs: str, at: datetime, area: str) -> list[RoleProfile]:
    """Return the roles that are live at the slugs at the moment, with the pay of their occupations in the area."""
    live = RoleEdition.objects.live(at).select_related("revision")
    found = {edition.slug: edition for edition in live.filter(slug__in=slugs)}
    if len(found) < len(slugs):
        raise Refused(404, _("No role is published at one of the two slugs: /api/v1/roles lists all that are."))
    paid = published_wages({each.occupation_id for each in found.values() if each.occupation_id}, at=at, area=area)
    return [RoleProfile(found[slug], paid.get(found[slug].occupation_id or "")) for slug in slugs]


def wages_at(at: datetime, occupation: str) -> QuerySet[models.Wage]:
    """Return the wages of the occupation (a code) in the release that is current at the moment."""
    return models.Wage.objects.current(at).filter(occupation=occupation).select_related("occupation", "area", "release")


def area_of(where: InArea) -> str:
    """Return the area that is asked for, a slug. Raises Refused if there is none."""
    if where.area != NATION and not models.Area.objects.filter(slug=where.area).exists():
        raise Refused(404, _("There is no area with this slug: /api/v1/areas lists all that there are."))
    return where.area


def site_of(request: HttpRequest) -> str:
    """Return scheme and host of the site."""
    return site_url(request)["site_url"]
