"""Public pages of roles."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from careers.finding import find_roles, folded
from careers.models import RoleEdition
from careers.places import asked
from careers.reading import role_page
from careers.stale import ROLES, shown_by_role
from publishing.answers import edition_at, taken_down
from publishing.as_of import as_of
from publishing.limits import limited, no_offers
from publishing.page_cache import cached, shows


@cached()
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Every live role, from A to Z."""
    editions = sorted(RoleEdition.objects.live(as_of(request)), key=lambda role: folded(role.title))
    letters = [(letter, list(group)) for letter, group in groupby(editions, key=_letter)]
    return shows(render(request, "careers/roles.html", {"letters": letters}), {ROLES})


def _letter(role: RoleEdition) -> str:
    """Return the letter under which the role stands, without its accent: what people look for."""
    return (folded(role.title) or "#")[0].upper()


@limited("offers", refuse=no_offers)
@require_safe
def found(request: HttpRequest) -> JsonResponse:
    """The roles that what a reader has typed may mean, the best first: what the fields for choosing roles offer."""
    offers = [
        {"title": each.role.title, "about": each.about}
        for each in find_roles(request.GET.get("q", ""), at=as_of(request))
    ]
    said = ngettext("%(count)d role", "%(count)d roles", len(offers)) % {"count": len(offers)}
    return JsonResponse({"offers": offers, "said": said})


@cached("area", "older", "newer")
@require_safe
def role(request: HttpRequest, slug: str) -> HttpResponse:
    """One role's profile, with every comparison that it is in; `area` says where its pay is looked at."""
    at = as_of(request)
    edition = edition_at(RoleEdition, slug, at=at)
    if not edition.is_page:
        return taken_down(request, edition)
    page = role_page(edition, at=at, area=asked(request.GET))
    if request.GET.get("area") and not page["pay"].places:
        return redirect(edition)
    return shows(render(request, "careers/role.html", page), shown_by_role(edition, page["linked"]))
