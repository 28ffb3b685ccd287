"""Small files at fixed addresses: for crawlers, for whoever finds a weakness, and for phones."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from publishing.context import site_url

TEXT = "text/plain; charset=utf-8"
EXPIRES_IN = timedelta(days=180)
"""RFC 9116, 2.5.5, recommends less than a year."""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of what a search finds, and of the desk if its path is no secret; lead them to the sitemap
    (RFC 9309)."""
    sitemap = f"{site_url(request)['site_url']}{reverse('articles:sitemap')}"
    desk = ["Disallow: /admin/"] if settings.ADMIN_PATH == "admin/" else []
    lines = ["User-agent: *", *desk, "Disallow: /search/", "Allow: /", "", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type=TEXT)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness (RFC 9116), or 404 where SECURITY_CONTACT is not set."""
    if not settings.SECURITY_CONTACT:
        raise Http404("This site names nobody to report a weakness to.")
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {(today + EXPIRES_IN).isoformat()}",
        f"Preferred-Languages: {get_language()}",
        f"Canonical: {site_url(request)['site_url']}{reverse('articles:security')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=TEXT)


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Describe the site to a phone (https://www.w3.org/TR/appmanifest/)."""
    icons = [
        {"src": static(f"icons/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)
    ]
    described = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "start_url": reverse("articles:home"),
        "display": "browser",
        "background_color": "#fcfaf6",
        "theme_color": "#fcfaf6",
        "icons": icons,
    }
    return JsonResponse(described, content_type="application/manifest+json")
