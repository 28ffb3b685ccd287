"""Shelves."""

from __future__ import annotations

from django.db import models
from django.urls import reverse


class Category(models.Model):
    """A shelf of comparisons: the crumb above them and the way back. Readers see it once something on it is live."""

    title = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True, help_text="The address: /categories/job-search/.")
    description = models.CharField(max_length=300, blank=True, help_text="One or two sentences below the title.")

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the category's public path."""
        return reverse("articles:category", kwargs={"slug": self.slug})
