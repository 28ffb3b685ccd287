"""What the content checks keep: what they found last, and what the paragraphs of each document hash to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from publishing.models.documents import Document


class CheckResultQuerySet(models.QuerySet["CheckResult"]):
    """Results by what was found."""

    def wanting(self) -> CheckResultQuerySet:
        """Return those with an error or a warning, the worst first."""
        return self.filter(Q(errors__gt=0) | Q(warnings__gt=0)).order_by("-errors", "-warnings", "document")

    def contradicted(self) -> CheckResultQuerySet:
        """Return those whose prose says otherwise than the record, the worst first."""
        return self.filter(contradictions__gt=0).order_by("-contradictions", "document")


class CheckResult(models.Model):
    """How much the checks found in a working copy when they last ran, without what was set aside."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="check_result")
    errors = models.PositiveIntegerField()
    warnings = models.PositiveIntegerField()
    infos = models.PositiveIntegerField()
    contradictions = models.PositiveIntegerField(
        default=0, help_text="Those of the findings that say that the prose contradicts the record."
    )
    checked_at = models.DateTimeField()

    objects = CheckResultQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-contradictions"], name="check_contradictions"),
            models.Index(fields=["-errors", "-warnings", "document"], name="check_wanting"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.words or 'nothing'}"

    @property
    def words(self) -> str:
        """The errors and warnings in words, or an empty text."""
        counts = ((self.errors, "error"), (self.warnings, "warning"))
        return ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in counts if number)


class Paragraph(models.Model):
    """What a long paragraph of a working copy hashes to, so that another document with the same one is found."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, help_text="SHA-256 of its words.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "digest"], name="paragraph_once")]
        indexes = [models.Index(fields=["digest", "document"], name="paragraph_digest")]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.digest[:12]}"
