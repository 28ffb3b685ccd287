"""When what caches hold went stale, or will."""

from __future__ import annotations

from django.db import models

EVERYTHING = "everything"
"""The tag of a purge after which no page may be given again."""
ANYTHING = "anything"
"""The tag of the pages that say nothing of what they show: every purge is about them."""


class Purge(models.Model):
    """From this moment on, pages that were made before it and carry one of the tags may show what is no longer so."""

    due_at = models.DateTimeField(db_index=True)
    tags = models.TextField(default=EVERYTHING, help_text="What changes, between spaces.")

    def __str__(self) -> str:
        return f"{self.due_at}: {self.tags}"
