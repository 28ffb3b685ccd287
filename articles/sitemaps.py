"""The sitemap: what is live, and when readers were last given something new there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap

from articles.models import ComparisonEdition, PageEdition
from careers.models import RoleEdition
from publishing.models import Edition


class LiveSitemap(Sitemap[Any]):
    """The live pages of one kind."""

    def __init__(self, model: type[Edition]) -> None:
        self.model = model

    def items(self) -> Any:
        """Return the live pages."""
        return self.model.objects.live().order_by("document_id")

    def lastmod(self, item: Edition) -> datetime:
        """Return the date of the last significant change."""
        return item.significant_at


SITEMAPS = {
    "comparisons": LiveSitemap(ComparisonEdition),
    "roles": LiveSitemap(RoleEdition),
    "pages": LiveSitemap(PageEdition),
}
