"""What readers report, at the desk: the oldest first, each with a button that settles it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from publishing.admin.pages import id_in, text_in
from publishing.errors import Refused
from publishing.kinds import working_copies
from publishing.models import Document, Report
from publishing.reports import settle

PAGE_SIZE = 30


def reports_page(site: Any, request: Any) -> HttpResponse:
    """The reports that wait, and those that were settled last."""
    if request.method == "POST":
        return _settle(request)
    waiting = Paginator(Report.objects.waiting(), PAGE_SIZE).get_page(request.GET.get("p"))
    settled = list(Report.objects.settled().select_related("settled_by")[:PAGE_SIZE])
    copies = working_copies({report.document_id for report in (*waiting, *settled) if report.document_id})
    waiting.entries = _with(copies, waiting)  # type: ignore[attr-defined]
    context = {"title": _("Mistakes that readers report"), "waiting": waiting, "settled": _with(copies, settled)}
    return site.render(request, "reports", context)  # type: ignore[no-any-return]


def _with(copies: Mapping[int, Document], reports: Iterable[Report]) -> list[tuple[Report, Document | None]]:
    """Return each report with the working copy that it is about, if that is known."""
    return [(report, copies.get(report.document_id or 0)) for report in reports]


def _settle(request: Any) -> HttpResponse:
    report = get_object_or_404(Report, pk=id_in(request.POST, "report"))
    try:
        settle(report, by=request.user, outcome=text_in(request.POST, "outcome")[:200])
    except (Refused, ValidationError) as refused:
        reasons = refused.reasons if isinstance(refused, Refused) else refused.messages
        messages.error(request, " ".join(reasons))
    else:
        messages.success(request, _("The report is settled."))
    return redirect("admin:reports")
