"""Findings that a person looked at and set aside."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from publishing.models.documents import Document


class Dismissal(models.Model):
    """A false alarm of a content check, set aside with a reason for as long as the text stays as it is."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="dismissals")
    key = models.CharField(max_length=64, help_text="SHA-256 of the finding and of the text that it is about.")
    sentence = models.TextField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "key"], name="dismiss_once")]

    def __str__(self) -> str:
        return self.sentence
