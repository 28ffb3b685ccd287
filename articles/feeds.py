"""Feeds of new comparisons, in Atom (RFC 4287): of all, of one category, of one role.

An entry is known by its document, not by its address: another slug makes no new entry in a reader's list.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from articles.models import ComparisonEdition
from articles.views import live_categories
from careers.models import RoleEdition
from publishing.as_of import as_of
from publishing.context import site_url

ENTRIES = 30
OWNED_IN = 2026
"""A year that the ids name beside the host, as RFC 4151 asks: another year would make new entries of all."""


class Feed(Atom1Feed):
    """A feed that was updated when one of its entries was, and not before its own moment, `changed`."""

    def latest_post_date(self) -> datetime:
        """Return when the newest change in it was made."""
        moments: list[datetime] = [self.feed["changed"], *(item["updateddate"] for item in self.items)]
        return max(moments)


@require_safe
@conditional_page
def comparisons(request: HttpRequest) -> HttpResponse:
    """The newest comparisons of all, or 404 as long as there is none."""
    path = reverse("articles:comparisons")
    return _feed(request, ComparisonEdition.objects.live(as_of(request)), _("New comparisons"), path, "comparisons")


@require_safe
@conditional_page
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest comparisons of a category."""
    at = as_of(request)
    shelf = get_object_or_404(live_categories(at), slug=slug)
    live = ComparisonEdition.objects.live(at).filter(category=shelf)
    return _feed(request, live, shelf.title, shelf.get_absolute_url(), f"category-{shelf.pk}")


@require_safe
@conditional_page
def role(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest comparisons that a role is in: none at first, perhaps."""
    at = as_of(request)
    edition = get_object_or_404(RoleEdition.objects.live(at), slug=slug)
    live = ComparisonEdition.objects.live(at).about([edition.document_id])
    name, path = f"role-{edition.document_id}", edition.get_absolute_url()
    return _feed(request, live, edition.title, path, name, changed=edition.first_published_at)


def _feed(
    request: HttpRequest, live: Any, title: str, path: str, name: str, *, changed: datetime | None = None
) -> HttpResponse:
    """Answer with the feed of the live comparisons that belongs to the page at the path.

    Raises Http404 if there is none of them, and no moment when the feed itself was `changed`.
    """
    editions = list(live.select_related("category").newest_first()[:ENTRIES])
    if not editions and changed is None:
        raise Http404("No comparison is published yet.")
    site = site_url(request)["site_url"]
    feed = Feed(
        title=f"{title} · {settings.SITE_NAME}",
        link=f"{site}{path}",
        feed_url=f"{site}{request.path}",
        feed_guid=_id(site, name),
        description=None,
        author_name=settings.SITE_NAME,
        language=get_language(),
        changed=changed or editions[0].significant_at,
    )
    for edition in editions:
        feed.add_item(
            title=edition.title,
            link=f"{site}{edition.get_absolute_url()}",
            unique_id=_id(site, f"document-{edition.document_id}"),
            description=escape(edition.standfirst),  # Django calls every summary HTML
            pubdate=edition.first_published_at,
            updateddate=edition.significant_at,
            author_name=edition.byline or None,
            categories=[edition.category.title],
        )
    headers = {"Last-Modified": http_date(feed.latest_post_date().timestamp())}
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type, headers=headers)


def _id(site: str, name: str) -> str:
    return f"tag:{urlsplit(site).hostname},{OWNED_IN}:{name}"
