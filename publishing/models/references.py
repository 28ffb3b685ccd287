"""What a revision refers to in its prose and rows, so that it can be asked from the other side."""

from __future__ import annotations

from django.db import models

from publishing.models.documents import Document, Revision


class Reference(models.Model):
    """A document that a revision links to in its prose (`rows` empty), or names in rows of that name ("pins")."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="references")
    target = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+", db_index=False)
    rows = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "target", "rows"], name="reference_once")]
        indexes = [models.Index(fields=["target", "rows", "revision"], name="reference_target")]

    def __str__(self) -> str:
        return f"{self.revision_id} → {self.target_id} {self.rows}".strip()
