"""Old paths that lead to a document."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone

from publishing.models.documents import Document
from publishing.models.editions import FOREVER


def normalised(path: str) -> str:
    """Return the one form in which an old path is kept and looked up: it ends with a slash, unless it names a file
    (/about.html)."""
    is_file = not path.endswith("/") and "." in path.rsplit("/", 1)[-1]
    inner = path.strip("/")
    return f"/{inner}" + ("" if is_file or not inner else "/")


class RedirectQuerySet(models.QuerySet["Redirect"]):
    """Redirects by window."""

    def live(self, at: datetime | None = None) -> Self:
        """Return the redirects in force at the moment; one that a person made comes first, then the newest."""
        moment = at or timezone.now()
        return self.filter(live_from__lte=moment, live_until__gt=moment).order_by("-is_manual", "-live_from", "-pk")

    def asked(self, path: str, *, at: datetime | None = None) -> Redirect | None:
        """Return the redirect in force at the moment (default: now) for the path as a reader asks for it, or None."""
        # PostgreSQL takes no NUL in a text, and no redirect has one.
        return None if "\0" in path else self.live(at).filter(path=normalised(path)).first()


class Redirect(models.Model):
    """An old path, leading to a document wherever that is live; asked only after a 404.

    It names a document and not a path, so there are neither chains nor loops.
    """

    path = models.CharField(max_length=250, help_text="The old address, for instance /roles/office-boss/.")
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        related_name="redirects",
        help_text="What readers who ask for the old address get.",
    )
    live_from = models.DateTimeField(default=timezone.now)
    live_until = models.DateTimeField(default=FOREVER)
    is_manual = models.BooleanField("made by a person", default=True, editable=False)
    act = models.UUIDField(
        null=True, editable=False, help_text="The withdrawal that it came with, and lasts as long as."
    )

    objects = RedirectQuerySet.as_manager()

    class Meta:
        ordering = ["path", "-live_from"]
        indexes = [models.Index(fields=["path", "live_until"], name="publishing_redirect_path")]

    def __str__(self) -> str:
        return self.path
