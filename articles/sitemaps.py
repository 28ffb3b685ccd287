"""The sitemap (https://www.sitemaps.org/protocol.html): what is live and may be listed, and when readers were last
given something new there.

It is an index of files, and a file holds what has an id within a range. So a file is read by that range, keeps its
address, and changes only when something in it does, whatever is published elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, Max, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from taggit.models import Tag

from articles.models import Category, ComparisonEdition, PageEdition
from careers.models import RoleEdition
from publishing.as_of import as_of
from publishing.context import site_url
from publishing.models import Revision
from publishing.models.documents import AppearedElsewhere

SIZE = 5_000
"""How many ids a file spans. The protocol allows 50,000 addresses and 50 MB; an address has less than 400 bytes."""

XML = "application/xml"
Dated = Iterable[tuple[Any, datetime]]


class Rows(NamedTuple):
    """A QuerySet whose rows stand for pages: in which fields they have the id by which files are made, the slug of the
    page, and when it changed. Several rows may stand for one page, which changed when the last of them did."""

    rows: Any
    key: str
    slug: str
    changed: str

    def files(self) -> Dated:
        """Return the numbers of the files that hold something, and when each changed."""
        files: Dated = self.rows.order_by().values_list(F(self.key) / SIZE).annotate(newest=Max(self.changed))
        return files

    def within(self, number: int) -> Dated:
        """Return the slugs that a file holds, and when each page changed."""
        span = {f"{self.key}__gte": number * SIZE, f"{self.key}__lt": (number + 1) * SIZE}
        pages: Dated = self.rows.order_by().filter(**span).values_list(self.slug).annotate(newest=Max(self.changed))
        return pages


class Section(NamedTuple):
    """Pages of one kind: the name of their addresses, the rows that stand for them at a moment, and the names of the
    pages that list them."""

    url_name: str
    rows: Callable[[datetime], list[Rows]]
    lists: tuple[str, ...] = ()


def _editions(model: Any) -> Callable[[datetime], list[Rows]]:
    """Return the rows of pages that may be listed: not those of a text that appeared elsewhere first."""

    def rows(at: datetime) -> list[Rows]:
        elsewhere = Revision.objects.filter(AppearedElsewhere("content")).order_by().values("pk")
        listed = model.objects.live(at).filter(is_indexable=True).exclude(revision__in=elsewhere)
        return [Rows(listed, "document_id", "slug", "significant_at")]

    return rows


def _categories(at: datetime) -> list[Rows]:
    on_it = ComparisonEdition.objects.live(at).filter(category=OuterRef("pk")).order_by("-significant_at")
    shelves = Category.objects.annotate(changed=Subquery(on_it.values("significant_at")[:1])).exclude(changed=None)
    return [Rows(shelves, "id", "slug", "changed")]


def _topics(at: datetime) -> list[Rows]:
    comparisons = ComparisonEdition.objects.live(at).filter(tagged__tag=OuterRef("pk"))
    roles = RoleEdition.objects.live(at).filter(tags=OuterRef("pk")).order_by("-significant_at")
    newest = (
        comparisons.annotate(moment=F("tagged__significant_at")).order_by("-moment").values("moment"),
        roles.values("significant_at"),
    )
    tags = (Tag.objects.exclude(slug="").annotate(changed=Subquery(each[:1])).exclude(changed=None) for each in newest)
    return [Rows(each, "id", "slug", "changed") for each in tags]


SECTIONS = {
    "comparisons": Section(
        "articles:comparison", _editions(ComparisonEdition), ("articles:home", "articles:comparisons")
    ),
    "roles": Section("careers:role", _editions(RoleEdition), ("articles:home", "careers:roles")),
    "pages": Section("articles:page", _editions(PageEdition)),
    "categories": Section("articles:category", _categories, ("articles:categories",)),
    "topics": Section("articles:topic", _topics, ("articles:topics",)),
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Name every file of the sitemap that holds something."""
    site = site_url(request)["site_url"]
    files = _files(as_of(request))
    named = [
        (reverse("articles:sitemap-part", args=[name, number]), changed)
        for name, dated in files.items()
        for number, changed in dated
    ]
    if lists_changed := [changed for _, changed in _lists(files)]:
        named.append((reverse("articles:sitemap-lists"), max(lists_changed)))
    sitemaps = [{"location": f"{site}{path}", "last_mod": changed} for path, changed in named]
    return render(request, "sitemap_index.xml", {"sitemaps": sitemaps}, content_type=XML)


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Name the pages that list others, the home page among them: those with something to list."""
    return _pages(request, [(reverse(name), changed) for name, changed in _lists(_files(as_of(request)))])


@require_safe
def part(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """Name the pages of a section that one file holds."""
    if section not in SECTIONS or number > 2**32:
        raise Http404("There is no such file of the sitemap.")
    url_name, rows_at, _ = SECTIONS[section]
    dated = _newest(rows.within(number) for rows in rows_at(as_of(request)))
    return _pages(request, [(reverse(url_name, kwargs={"slug": slug}), changed) for slug, changed in dated])


def _pages(request: HttpRequest, dated: Dated) -> HttpResponse:
    """Answer with a file of paths, each with the moment of its change. Raises Http404 if there is none."""
    site = site_url(request)["site_url"]
    pages = [{"location": f"{site}{path}", "lastmod": changed} for path, changed in dated]
    if not pages:
        raise Http404("This file of the sitemap holds nothing.")
    return render(request, "sitemap.xml", {"urlset": pages}, content_type=XML)


def _files(at: datetime) -> dict[str, list[tuple[int, datetime]]]:
    """Return by section the numbers of the files that hold something at the moment, and when each changed."""
    return {name: _newest(rows.files() for rows in section.rows(at)) for name, section in SECTIONS.items()}


def _lists(files: dict[str, list[tuple[int, datetime]]]) -> list[tuple[str, datetime]]:
    """Return the names of the pages that list what the files hold, and when that last changed."""
    return _newest(
        [(page, changed) for _, changed in dated] for name, dated in files.items() for page in SECTIONS[name].lists
    )


def _newest(sets: Iterable[Dated]) -> list[tuple[Any, datetime]]:
    """Return each once, with the latest of its moments, in order."""
    newest: dict[Any, datetime] = {}
    for dated in sets:
        for each, changed in dated:
            newest[each] = max(changed, newest.get(each, changed))
    return sorted(newest.items())
