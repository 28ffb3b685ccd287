"""The press's tables: users, documents with their revisions, editions with their windows, redirects; and the desk's:
open forms, submissions, comments, dismissed findings, and what the content checks keep; and when caches went stale;
and the log of who did what."""

from publishing.models.audit import AuditEntry
from publishing.models.checks import CheckResult, Paragraph
from publishing.models.dismissals import Dismissal
from publishing.models.documents import Document, Revision
from publishing.models.editions import FOREVER, Edition, EditionQuerySet
from publishing.models.open_forms import OpenForm
from publishing.models.purges import ANYTHING, EVERYTHING, Purge
from publishing.models.redirects import Redirect
from publishing.models.references import Reference
from publishing.models.reports import Report
from publishing.models.reviews import Comment, Submission
from publishing.models.users import User

__all__ = [
    "ANYTHING",
    "EVERYTHING",
    "FOREVER",
    "AuditEntry",
    "CheckResult",
    "Comment",
    "Dismissal",
    "Document",
    "Edition",
    "EditionQuerySet",
    "OpenForm",
    "Paragraph",
    "Purge",
    "Redirect",
    "Reference",
    "Report",
    "Revision",
    "Submission",
    "User",
]
