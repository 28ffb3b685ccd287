"""The site's own pages: about, how figures are made, corrections, privacy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import Resolver404, resolve

from publishing.models import Document, Edition
from publishing.richtext import RichTextField

COMING = ("search", "feeds", "api", "shared")
"""First parts of addresses that the site itself will use: a page there would have to move then."""


class PageEdition(Edition):
    """What readers see of a page during a window of time."""

    document = models.ForeignKey("Page", on_delete=models.PROTECT, related_name="editions")
    standfirst = models.CharField(max_length=300)

    class Meta(Edition.Meta):
        pass


class Page(Document):
    """Working copy of a page about the site itself."""

    edition_model = PageEdition
    url_name = "articles:page"
    schema = 2
    content_fields = (*Document.listing_fields, "title", "slug", "standfirst", "body")

    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True, help_text="The address: /about/.")
    standfirst = models.CharField(max_length=300, blank=True, help_text="One or two sentences below the title.")
    body = RichTextField("text", headings=(2, 3))

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse an address at which something else of the site stands."""
        try:
            is_free = resolve(f"/{self.slug}/").view_name == self.url_name
        except Resolver404:
            return
        if self.slug in COMING or not is_free:
            raise ValidationError(
                {"slug": f"/{self.slug}/ belongs to another part of the site: choose another address."}
            )

    @property
    def working_slug(self) -> str:
        """The slug at which the working copy would be published."""
        return self.slug

    def edition_values(self, content: dict[str, Any], *, at: datetime) -> dict[str, Any]:
        """Return the columns of a page's edition."""
        return {name: content[name] for name in ("slug", "title", "standfirst")}
