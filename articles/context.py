"""What every page's header and footer show."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from articles.models import PageEdition
from publishing.as_of import as_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name and its own live pages (asked for only where a template shows them)."""
    return {
        "site_name": settings.SITE_NAME,
        "site_pages": PageEdition.objects.live(as_of(request)).order_by("first_published_at", "pk"),
    }
