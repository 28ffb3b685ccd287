"""Public pages of comparisons and of the shelves they stand on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from taggit.models import Tag

from articles.models import Category, ComparisonEdition, ComparisonEditionTag, PageEdition
from articles.models.comparisons import turned
from articles.reading import comparison_page, opening, page_context
from careers.models import RoleEdition, RoleEditionTag
from publishing.answers import edition_at, taken_down
from publishing.keyset import page_of

ON_A_PAGE = 24
ON_THE_HOME_PAGE = 9
ROLES_ON_THE_HOME_PAGE = 48


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The way in: the newest comparison in full, the next newest, categories, roles."""
    now = timezone.now()
    newest = list(ComparisonEdition.objects.live(now).select_related("revision").newest_first()[:ON_THE_HOME_PAGE])
    featured = next(filter(None, (opening(each, at=now) for each in newest)), None)
    context = {
        "featured": featured,
        "newest": newest[newest.index(featured.edition) + 1 :] if featured else [],
        "categories": _live_categories(now),
        "roles": RoleEdition.objects.live(now).order_by("title")[:ROLES_ON_THE_HOME_PAGE],
    }
    return render(request, "articles/home.html", context)


@require_safe
def comparisons(request: HttpRequest) -> HttpResponse:
    """Every live comparison, newest first."""
    return render(request, "articles/comparisons.html", {"page": _page(request, ComparisonEdition.objects.live())})


@require_safe
def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """One comparison. "B vs. A" leads to "A vs. B", or to its notice."""
    now = timezone.now()
    try:
        edition = edition_at(ComparisonEdition, slug, at=now, related=("category",))
    except Http404:
        edition = edition_at(ComparisonEdition, turned(slug), at=now)
        if edition.kind != edition.Kind.GONE:
            return redirect(edition, permanent=True)
    if not edition.is_page:
        return taken_down(request, edition)
    return render(request, "articles/comparison.html", {"page": comparison_page(edition, at=now)})


@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    """Every category with something live in it."""
    return render(request, "articles/categories.html", {"categories": _live_categories(timezone.now())})


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """One category's comparisons, newest first."""
    shelf = get_object_or_404(_live_categories(timezone.now()), slug=slug)
    page = _page(request, ComparisonEdition.objects.live().filter(category=shelf))
    return render(request, "articles/category.html", {"category": shelf, "page": page})


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """Every tag that something live carries."""
    return render(request, "articles/topics.html", {"topics": _live_topics(timezone.now()).order_by("name")})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """What carries one tag: roles, and comparisons, newest first."""
    now = timezone.now()
    tag = get_object_or_404(_live_topics(now), slug=slug)
    page = _page(request, ComparisonEdition.objects.live(now).filter(tags=tag))
    roles = RoleEdition.objects.live(now).filter(tags=tag).order_by("title")
    return render(request, "articles/topic.html", {"topic": tag, "page": page, "roles": roles})


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the site's own pages."""
    now = timezone.now()
    edition = edition_at(PageEdition, slug, at=now)
    if not edition.is_page:
        return taken_down(request, edition)
    return render(request, "articles/page.html", page_context(edition, at=now))


def _page(request: HttpRequest, live: Any) -> Any:
    return page_of(live.select_related("category"), query=request.GET, size=ON_A_PAGE)


def _live_categories(at: datetime) -> Any:
    """Return the categories that readers know of: those with something live in them."""
    return Category.objects.filter(Exists(ComparisonEdition.objects.live(at).filter(category=OuterRef("pk"))))


def _live_topics(at: datetime) -> Any:
    """Return the tags that readers know of: those that something live carries."""
    comparisons_ = ComparisonEditionTag.objects.filter(
        tag=OuterRef("pk"), content_object__in=ComparisonEdition.objects.live(at)
    )
    roles = RoleEditionTag.objects.filter(tag=OuterRef("pk"), content_object__in=RoleEdition.objects.live(at))
    return Tag.objects.exclude(slug="").filter(Exists(comparisons_) | Exists(roles))
