"""Editions: what readers see, each during a window of time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
"""The end of a window that nobody has closed: a value, so that one range condition serves every query."""

SCHEDULED = models.Q(live_from__gt=models.F("issued_at"))
"""An edition that was issued for a moment to come."""

E = TypeVar("E", bound="Edition")


class EditionQuerySet(models.QuerySet[E]):
    """Editions by window: every question of what is live, was, or will be is asked here."""

    def at(self, moment: datetime | None = None) -> Self:
        """Return the editions whose window holds the moment (default: now): pages, notices and gone."""
        moment = moment or timezone.now()
        return self.filter(live_from__lte=moment, live_until__gt=moment)

    def pages(self) -> Self:
        """Return the editions that are pages, not what was put in a page's place when it was taken down."""
        return self.filter(kind=Edition.Kind.PAGE)

    def live(self, at: datetime | None = None) -> Self:
        """Return the pages that readers see at the moment `at` (default: now)."""
        return self.pages().at(at)

    def opened(self) -> Self:
        """Leave out editions whose window was emptied: cancelled or replaced before it opened."""
        return self.filter(live_from__lt=models.F("live_until"))

    def before(self, moment: datetime) -> Self:
        """Return the editions whose window opened before the moment, latest first."""
        return self.opened().filter(live_from__lt=moment).order_by("-live_from")

    def opening(self, since: datetime) -> Self:
        """Return the editions whose window opens at the moment or after it, soonest first."""
        return self.opened().filter(live_from__gte=since).order_by("live_from")

    def coming(self, after: datetime | None = None) -> Self:
        """Return the editions whose window opens after the moment, soonest first."""
        return self.opened().filter(live_from__gt=after or timezone.now()).order_by("live_from")

    def opened_between(self, start: datetime, end: datetime) -> Self:
        """Return the editions whose window opened at `start` or after it, and before `end`.

        Whatever was not scheduled was issued when its window opened, or later: either has an index.
        """
        recent = models.Q(issued_at__gte=start) | SCHEDULED
        return self.opened().filter(recent, live_from__gte=start, live_from__lt=end)

    def scheduled(self, after: datetime) -> Self:
        """Return the coming editions that were issued for a moment to come, which have an index of their own."""
        return self.coming(after).filter(SCHEDULED)

    def unfinished(self, after: datetime | None = None) -> Self:
        """Return the editions whose window ends after the moment: current and coming, in order."""
        return self.opened().filter(live_until__gt=after or timezone.now()).order_by("live_from")

    def unfinished_or_ended_at(self, moment: datetime) -> Self:
        """Return the edition whose window ended at the moment, and those that are current or coming, in order."""
        return self.opened().ending_from(moment).order_by("live_from")

    def ending_from(self, moment: datetime) -> Self:
        """Return the editions whose window ends at the moment or after it, emptied ones among them."""
        return self.filter(live_until__gte=moment)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: what was published stays on record."""
        raise models.ProtectedError("Editions are kept. Withdraw the document instead.", set(self))


class Edition(models.Model):
    """What readers see of a document at a path while `live_from <= now < live_until`.

    Immutable: the database lets only `live_until` move, and only while it lies in the future. It also holds
    that no two editions of one document, and no two editions at one slug, overlap in time.
    """

    class Kind(models.TextChoices):
        """What a reader who asks for the path gets."""

        PAGE = "page", "Page"
        NOTICE = "notice", "Notice: the page was taken down, with the reason"
        GONE = "gone", "Gone"

    document: Any  # each kind has a ForeignKey to its own working copy, related_name="editions"
    document_id: int

    revision = models.ForeignKey("publishing.Revision", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.PAGE)
    reason = models.TextField(blank=True, help_text="Why the page was taken down; readers see it.")
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(default=FOREVER)
    slug = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    is_significant = models.BooleanField(default=True)
    is_indexable = models.BooleanField(default=True)
    first_published_at = models.DateTimeField()
    significant_at = models.DateTimeField(help_text="When readers were last given something new.")
    reviewed_at = models.DateTimeField(help_text="When somebody last vouched for the whole page.")
    pictures = models.JSONField(default=dict, help_text="Its pictures, as they were when published.")
    act = models.UUIDField(help_text="Shared by everything that was published in one act.")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)

    # What an edition derives from its predecessors and neighbours: it may differ when it is issued anew.
    derived: ClassVar[tuple[str, ...]] = ("slug", "title", "first_published_at", "significant_at", "reviewed_at")

    objects: ClassVar[EditionQuerySet[Any]] = EditionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True
        ordering = ["-live_from", "-pk"]
        indexes = [
            models.Index(fields=["slug", "live_until"], name="%(class)s_slug"),
            models.Index(fields=["document", "live_until"], name="%(class)s_doc"),
            models.Index(fields=["act"], name="%(class)s_act"),
            models.Index(fields=["reviewed_at"], name="%(class)s_reviewed"),
            models.Index(fields=["issued_at"], name="%(class)s_issued"),
            # Few: an index of every live_from would tempt a planner away from those that hold lists in order.
            models.Index(fields=["live_from"], condition=SCHEDULED, name="%(class)s_scheduled"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the public path of the page."""
        path: str = self.document_model().path_of(self.slug)
        return path

    @property
    def edit_path(self) -> str:
        """Where somebody of the desk edits the working copy."""
        return str(self.document_model().edit_path_of(self.document_id))

    @classmethod
    def document_model(cls) -> Any:
        """Return the model of the working copies that these editions are made from."""
        return cls._meta.get_field("document").related_model

    @cached_property
    def content(self) -> dict[str, Any]:
        """The content of the revision that this edition shows."""
        content: dict[str, Any] = self.document_model().content_of(self.revision)
        return content

    @property
    def is_page(self) -> bool:
        """Whether readers get the page itself."""
        return self.kind == self.Kind.PAGE

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: what was published stays on record."""
        raise models.ProtectedError("Editions are kept. Withdraw the document instead.", {self})
