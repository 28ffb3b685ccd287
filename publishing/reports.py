"""Readers report mistakes, without an account or a cookie; the desk settles what they report."""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing import audit
from publishing.errors import Refused
from publishing.kinds import edition_models
from publishing.models import Report, User
from publishing.models.reports import LONGEST

HOUR = 60 * 60
"""The time in which so many reports are taken from one address as RATE_LIMITS says, in seconds."""


class ReportForm(forms.Form):
    """What a reader sends: which page, what is wrong there, and nothing in a field that people do not see."""

    path = forms.RegexField(r"^/(?!/)[\w./-]*$", max_length=300)
    text = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": _("Write what is wrong, and if you can where it is said correctly."),
            "max_length": _("Write it in at most %(limit_value)d characters; yours has %(show_value)d."),
        },
    )
    website = forms.CharField(required=False)

    @property
    def is_from_a_machine(self) -> bool:
        """Whether the field was filled in that people do not see."""
        return bool(self.cleaned_data["website"])

    def save(self) -> Report:
        """Keep the report, with the document that readers see at its path."""
        path, text = self.cleaned_data["path"], self.cleaned_data["text"]
        return Report.objects.create(path=path, text=text, document_id=_document_at(path))


def is_same_origin(request: HttpRequest) -> bool:
    """Whether a browser sent the request from a page of this very site, as it says itself: without a cookie there is
    nothing else to forge, and nothing that a stranger could do in somebody's name."""
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin.partition("://")[2] == request.get_host()
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _document_at(path: str) -> int | None:
    """Return the document whose page readers see at the path, or None."""
    slug = path.rstrip("/").rpartition("/")[2]
    for editions in edition_models():
        edition = editions.objects.live().filter(slug=slug).first()
        if edition is not None and edition.get_absolute_url() == path:
            return int(edition.document_id)
    return None


@transaction.atomic
def settle(report: Report, *, by: User, outcome: str) -> None:
    """Close a report, saying what came of it, which is in the audit log too. Raises Refused if somebody else has."""
    changed = Report.objects.waiting().filter(pk=report.pk)
    if not changed.order_by().update(settled_at=timezone.now(), settled_by=by, outcome=outcome):
        raise Refused(gettext("Somebody else has settled this report meanwhile."))
    document = report.document and report.document.working_copy
    audit.record(audit.Act.SETTLE, document, by=by, detail=f"{report.path}: {outcome}")
