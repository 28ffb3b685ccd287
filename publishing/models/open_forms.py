"""Forms that people have open, and what they typed there since they last saved."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from publishing.models.documents import Document, Revision
from publishing.models.users import User

PRESENT = timedelta(seconds=45)
"""How long after its last sign of life a form counts as open: three heartbeats of static/js/open-form.js."""


class OpenFormQuerySet(models.QuerySet["OpenForm"]):
    """Open forms by document and person."""

    def of_others(self, document: Document, *, than: User) -> OpenFormQuerySet:
        """Return the forms of the document that other people have open now."""
        since = timezone.now() - PRESENT
        return self.filter(document=document.pk, seen_at__gt=since).exclude(user=than).select_related("user")


class OpenForm(models.Model):
    """A change form that a person has or had open: one row for each person and document (or kind, while it is new).

    `typed` is what the form held when it was last kept, as [name, value] pairs of its fields, and None once it was
    saved. It is never part of the history.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, related_name="open_forms")
    model_label = models.CharField(max_length=100)
    base = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, related_name="+")
    typed = models.JSONField(null=True)
    typed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = OpenFormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "document"], name="open_form_once"),
            models.UniqueConstraint(
                fields=["user", "model_label"], condition=Q(document=None), name="open_form_of_a_new_document_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.model_label} {self.document_id or 'new'}"
