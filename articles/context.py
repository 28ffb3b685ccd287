"""What every page's header and footer show."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.models import PageEdition
from publishing.as_of import as_of
from publishing.prepared import Prepared


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name and its own live pages (asked for only where a template shows them)."""
    return {
        "site_name": settings.SITE_NAME,
        "site_pages": SimpleLazyObject(lambda: _live_pages(at=as_of(request))),
    }


_live_pages = Prepared(
    lambda at: PageEdition.objects.live(at).order_by("first_published_at", "pk").only("slug", "title")
)
