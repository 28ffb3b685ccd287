"""What writers and editors say to each other about a document: submissions and comments."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from publishing.models.documents import Document, Revision
from publishing.models.users import User


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Submissions by how they stand."""

    def waiting(self) -> SubmissionQuerySet:
        """Return those that nobody has decided on, the oldest first."""
        return self.filter(outcome=Submission.Outcome.WAITING).order_by("submitted_at", "pk")

    def approved(self) -> SubmissionQuerySet:
        """Return those that were found right and are not published yet, in the order of their approval."""
        return self.filter(outcome=Submission.Outcome.APPROVED).order_by("decided_at", "pk")

    def answered_by(self, revision: Revision) -> SubmissionQuerySet:
        """Return those that come to their end when the revision is published: of it, or of an earlier one."""
        unfinished = self.filter(outcome__in=[Submission.Outcome.WAITING, Submission.Outcome.APPROVED])
        return unfinished.filter(revision__document=revision.document_id, revision__lte=revision.pk)

    def of(self, document: Document) -> SubmissionQuerySet:
        """Return those of the document, the newest first."""
        return self.filter(revision__document=document.pk).order_by("-pk")

    def by(self, person: User) -> SubmissionQuerySet:
        """Return those that the person submitted, the newest first."""
        return self.filter(submitted_by=person).order_by("-pk")

    def at_hand(self) -> SubmissionQuerySet:
        """Leave out those of documents that were put away."""
        return self.filter(revision__document__put_away_at=None)

    def told(self) -> SubmissionQuerySet:
        """Return them with the people, the document, and `has_changed_since`: whether its draft is another now."""
        newest = Revision.objects.filter(document=OuterRef("revision__document")).order_by("-pk")
        rows = self.select_related("revision__document", "submitted_by", "decided_by").defer("revision__content")
        return rows.annotate(has_changed_since=~Q(revision__digest=Subquery(newest.values("digest")[:1])))


class Submission(models.Model):
    """A revision that a writer asks an editor to look at, and what became of that.

    Whoever publishes what waits has decided on it thereby; what was approved before keeps who approved it, and when.
    """

    class Outcome(models.TextChoices):
        """How a submission stands."""

        WAITING = "waiting", "Waiting for review"
        APPROVED = "approved", "Approved"
        CHANGES = "changes", "Changes asked for"
        TAKEN_BACK = "taken_back", "Taken back"
        REPLACED = "replaced", "Submitted again"
        PUBLISHED = "published", "Published"

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="submissions")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submissions")
    submitted_at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True, help_text="What the editor should know.")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True, help_text="Why: the writer reads it.")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at"]
        indexes = [models.Index(fields=["outcome", "submitted_at"], name="submission_queue")]

    def __str__(self) -> str:
        return f"{self.revision}: {self.get_outcome_display()}"

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided on it."""
        return self.outcome == self.Outcome.WAITING


class Comment(models.Model):
    """A remark about a document, or about one of its rows ("sections", 12), until somebody resolves it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="comments")
    rows = models.CharField(max_length=40, blank=True)
    row_id = models.PositiveBigIntegerField(null=True)
    about = models.CharField(max_length=200, blank=True, help_text="What the row was called when it was written.")
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments")
    written_at = models.DateTimeField(auto_now_add=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["written_at"]

    def __str__(self) -> str:
        return self.text[:60]
