"""Comparisons for templates of other apps, which know no article."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.template import Context

from articles.models import ComparisonEdition
from articles.moves import Move, moves
from articles.near import Near, near
from articles.views import ON_A_PAGE
from careers.reading import RoleProfile
from publishing.keyset import KeysetPage, page_of
from publishing.models import Edition

register = template.Library()


@register.simple_tag(takes_context=True)
def comparisons_about(context: Context, role_id: int, *, at: datetime) -> KeysetPage:
    """Return the page that the request asks for of the comparisons, live at the moment, that the role is in.

    Raises Http404 for a page that nobody made.
    """
    live = ComparisonEdition.objects.live(at).about([role_id])
    return page_of(live, query=context["request"].GET, size=ON_A_PAGE)


@register.simple_tag
def moves_from(profile: RoleProfile, *, at: datetime) -> list[Move]:
    """Return where people in the role go next, at the moment."""
    return moves(profile, at=at)


@register.simple_tag
def near_to(edition: Edition, *, at: datetime) -> Near:
    """Return what is live at the moment and near to what was taken down."""
    return near(edition, at=at)
