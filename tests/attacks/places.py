"""Every address of the site that answers a GET: what readers may ask for, and the pages of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.urls import URLPattern, reverse

from publishing.kinds import document_models
from publishing.models import Redirect
from tests.articles.test_html import ASKED, PATHS, make_site
from tests.builders import ahead, make_draft, make_scheduled
from tests.images.builders import make_image

FILES = {
    "/feeds/comparisons.xml",
    "/feeds/categories/r-and-d.xml",
    "/feeds/roles/rope-maker.xml",
    "/sitemap.xml",
    "/sitemap-lists.xml",
    "/robots.txt",
    "/site.webmanifest",
    "/api/v1/roles",
    "/api/v1/roles/rope-maker",
    "/api/v1/openapi.json",
    "/search/offered.json?q=rope",
    "/roles/found.json?q=rope",
    "/media/renditions/nothing.webp",
    "/shared/made-up/",
    "/roles",
    "/.well-known/security.txt",
}
PUBLIC = {*PATHS, *ASKED, *FILES}


def fill() -> None:
    """Make the site that these addresses are of, with something of everything that the desk shows."""
    make_site()
    for kind in document_models():
        make_draft(kind)
        make_scheduled(kind)
    Redirect.objects.create(path="/old/", document=make_draft(kind), live_from=ahead(days=1), is_manual=True)
    make_image()


def pages_of(model: type[Model], row: Model | None) -> Iterator[str]:
    """Yield each address that the admin of the model has, for the row where it takes one."""
    for pattern in admin.site._registry[model].get_urls():
        names = pattern.pattern.converters if isinstance(pattern, URLPattern) and pattern.name else None
        if names is not None and (row or not names):
            yield reverse(f"admin:{pattern.name}", kwargs=dict.fromkeys(names, row and row.pk))


def desk() -> set[str]:
    """Return every address of the desk, with a row of each model that has one."""
    own = {
        reverse(f"admin:{pattern.name}")
        for pattern in admin.site.get_urls()
        if isinstance(pattern, URLPattern) and pattern.name and not pattern.pattern.converters
        if pattern.name not in {"app_list", "logout"}
    }
    rows: dict[Any, Any] = {model: model._default_manager.first() for model in admin.site._registry}
    return own | {address for model, row in rows.items() for address in pages_of(model, row)}
