"""The sitemap: what is live, and when readers were last given something new there."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from articles.models import ComparisonEdition, PageEdition
from careers.models import RoleEdition
from publishing.models import Edition


class LiveSitemap(Sitemap[Any]):
    """The live pages of one kind."""

    def __init__(self, model: type[Edition]) -> None:
        self.model = model

    def get_domain(self, site: Any = None) -> str:
        """Return the host of the site's own address, or the one that was asked where it has none."""
        return urlsplit(settings.SITE_URL).netloc or super().get_domain(site)

    def get_protocol(self, protocol: str | None = None) -> str:
        """Return the scheme of the site's own address, or the one that was asked where it has none."""
        return urlsplit(settings.SITE_URL).scheme or super().get_protocol(protocol)

    def items(self) -> Any:
        """Return the live pages that search engines may list."""
        return self.model.objects.live().filter(is_indexable=True).order_by("document_id")

    def lastmod(self, item: Edition) -> datetime:
        """Return the date of the last significant change."""
        return item.significant_at


SITEMAPS = {
    "comparisons": LiveSitemap(ComparisonEdition),
    "roles": LiveSitemap(RoleEdition),
    "pages": LiveSitemap(PageEdition),
}
