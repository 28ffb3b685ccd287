"""When what caches hold went stale, or will."""

from __future__ import annotations

from django.db import models


class Purge(models.Model):
    """From this moment on, pages that were made before it may show what is no longer so."""

    due_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.due_at}"
