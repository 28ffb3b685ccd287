"""Mistakes that readers report."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from publishing.models.documents import Document

LONGEST = 2000
"""How many characters a report has at most."""


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports by what became of them."""

    def waiting(self) -> ReportQuerySet:
        """Return the reports that nobody has settled, the oldest first."""
        return self.filter(settled_at=None).order_by("created_at", "pk")

    def settled(self) -> ReportQuerySet:
        """Return the reports that somebody settled, the last first."""
        return self.exclude(settled_at=None).order_by("-settled_at", "-pk")


class Report(models.Model):
    """What a reader says is wrong on a page. Of the reader nothing is kept."""

    path = models.CharField(max_length=300, help_text="The page's address when it was reported.")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, related_name="reports")
    text = models.TextField(max_length=LONGEST)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=200, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["settled_at", "created_at"], name="report_settled")]

    def __str__(self) -> str:
        return f"{self.path}: {self.text[:40]}"
