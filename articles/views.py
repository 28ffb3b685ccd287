"""Public pages of comparisons and of the shelves they stand on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from taggit.models import Tag

from articles.models import Category, ComparisonEdition, PageEdition
from articles.models.comparisons import turned
from articles.pairs import Choice, count, pair_at, path_of, unwritten
from articles.popular import most_compared
from articles.reading import comparison_page, opening, page_context
from articles.stale import CATEGORIES, TOPICS, category_tag, shown_by_comparison, shown_by_page, topic_tag
from careers.models import RoleEdition
from careers.places import asked
from publishing.answers import edition_at, taken_down
from publishing.as_of import as_of
from publishing.keyset import page_of
from publishing.limits import place_of, seconds_to_wait, too_many
from publishing.page_cache import cached, made, shows

ON_A_PAGE = 24
ON_THE_HOME_PAGE = 9
ROLES_ON_THE_HOME_PAGE = 48


@cached()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The way in: the newest comparison in full, the next newest, what readers compare most, categories, roles."""
    at = as_of(request)
    newest = list(ComparisonEdition.objects.live(at).select_related("revision").newest_first()[:ON_THE_HOME_PAGE])
    featured = next(filter(None, (opening(each, at=at) for each in newest)), None)
    context = {
        "featured": featured,
        "newest": newest[newest.index(featured.edition) + 1 :] if featured else [],
        "most_compared": most_compared(at=at),
        "categories": live_categories(at),
        "roles": RoleEdition.objects.live(at).order_by("title")[:ROLES_ON_THE_HOME_PAGE],
    }
    return render(request, "articles/home.html", context)


@cached("older", "newer", never_with=("a", "b"))
@require_safe
def comparisons(request: HttpRequest) -> HttpResponse:
    """Choose any two roles; below, every live comparison, newest first. Whoever has chosen is led to the page;
    what is chosen is counted, and of one place no more than readers choose."""
    at, place = as_of(request), place_of(request)
    if request.GET.keys() & {"a", "b"} and (wait := seconds_to_wait("search", place)):
        return too_many(request, wait)
    choice = Choice.of(request.GET, at=at)
    if choice.pair:
        if not seconds_to_wait("pairs", place):
            count(*choice.pair)
        return redirect(path_of(*choice.pair, at=at))
    page = _page(request, ComparisonEdition.objects.live(at))
    return render(request, "articles/comparisons.html", {"page": page, "choice": choice})


@cached("area")
@require_safe
def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """One comparison, with pay in the `area` asked for. "B vs. A" leads to "A vs. B", or to its notice."""
    at = as_of(request)
    try:
        edition = edition_at(ComparisonEdition, slug, at=at, related=("category",))
    except Http404:
        return _turned_or_unwritten(request, slug, at=at)
    if not edition.is_page:
        return taken_down(request, edition)
    return _comparison(request, edition, at=at)


def _turned_or_unwritten(request: HttpRequest, slug: str, *, at: datetime) -> HttpResponse:
    """Lead from "B vs. A" to "A vs. B", or show the page of two roles of which nobody wrote a comparison."""
    try:
        edition = edition_at(ComparisonEdition, turned(slug), at=at)
    except Http404:
        roles = pair_at(slug, at=at)
        if not roles:
            raise
        edition = unwritten(*roles, at=at)
        return made(_comparison(request, edition, at=at)) if edition.slug == slug else redirect(edition)
    return taken_down(request, edition) if edition.kind == edition.Kind.GONE else redirect(edition, permanent=True)


def _comparison(request: HttpRequest, edition: ComparisonEdition, *, at: datetime) -> HttpResponse:
    page = comparison_page(edition, at=at, area=asked(request.GET))
    if request.GET.get("area") and not page.pay.places:
        return redirect(edition)
    return shows(render(request, "articles/comparison.html", {"page": page}), shown_by_comparison(page))


@cached()
@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """The frame in which a reader's browser shows what it has kept."""
    return render(request, "articles/saved.html")


@cached()
@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    """Every category with something live in it."""
    response = render(request, "articles/categories.html", {"categories": live_categories(as_of(request))})
    return shows(response, {CATEGORIES})


@cached("older", "newer")
@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """One category's comparisons, newest first."""
    shelf = get_object_or_404(live_categories(as_of(request)), slug=slug)
    page = _page(request, ComparisonEdition.objects.live(as_of(request)).filter(category=shelf))
    response = render(request, "articles/category.html", {"category": shelf, "page": page})
    return shows(response, {category_tag(shelf.pk)})


@cached()
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """Every tag that something live carries."""
    response = render(request, "articles/topics.html", {"topics": _live_topics(as_of(request)).order_by("name")})
    return shows(response, {TOPICS})


@cached("older", "newer")
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """What carries one tag: roles, and comparisons, newest first."""
    at = as_of(request)
    tag = get_object_or_404(_live_topics(at), slug=slug)
    page = _page(request, ComparisonEdition.objects.live(at).on_topic(tag), moment="listed_at")
    roles = RoleEdition.objects.live(at).filter(tags=tag).order_by("title")
    return shows(
        render(request, "articles/topic.html", {"topic": tag, "page": page, "roles": roles}), {topic_tag(tag.pk)}
    )


@cached()
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the site's own pages."""
    at = as_of(request)
    edition = edition_at(PageEdition, slug, at=at)
    if not edition.is_page:
        return taken_down(request, edition)
    return shows(render(request, "articles/page.html", page_context(edition, at=at)), shown_by_page(edition))


def _page(request: HttpRequest, live: Any, **order: str) -> Any:
    return page_of(live.select_related("category"), query=request.GET, size=ON_A_PAGE, **order)


def live_categories(at: datetime) -> Any:
    """Return the categories that readers know of: those with something live in them."""
    return Category.objects.filter(Exists(ComparisonEdition.objects.live(at).filter(category=OuterRef("pk"))))


def _live_topics(at: datetime) -> Any:
    """Return the tags that readers know of: those that something live carries."""
    comparisons_, roles = (
        model.objects.live(at).filter(tags=OuterRef("pk")) for model in (ComparisonEdition, RoleEdition)
    )
    return Tag.objects.exclude(slug="").filter(Exists(comparisons_) | Exists(roles))
