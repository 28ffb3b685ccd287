"""What every page needs to name its own address."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site_url(request: HttpRequest) -> dict[str, str]:
    """Return scheme and host of the site: SITE_URL, or those that were asked where it is not set."""
    return {"site_url": settings.SITE_URL or f"{request.scheme}://{request.get_host()}"}
