"""Pages that the press itself shows outside the admin."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from publishing.limits import is_within, too_many
from publishing.reports import HOUR, ReportForm, is_same_origin
from publishing.shared import opened
from publishing.windows import draft_edition


@require_safe
@never_cache
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A draft, in the readers' template, for whoever has its link. No search engine keeps it."""
    found = opened(token)
    document = found.revision.document.working_copy
    edition = draft_edition(document, found.revision, at=timezone.now())
    edition.shared = found
    response: HttpResponse = admin.site.get_model_admin(type(document)).show(request, edition)  # type: ignore[attr-defined]
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


@csrf_exempt  # no cookie is read: `is_same_origin` keeps other sites out
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """What a reader says is wrong on a page; a form with what is missing, until it can be kept."""
    if request.method != "POST":
        asked = ReportForm(initial={"path": request.GET.get("path", "/")})
        return render(request, "publishing/report.html", {"form": asked})
    if not is_same_origin(request):
        raise PermissionDenied
    form = ReportForm(request.POST)
    if not form.is_valid():
        return render(request, "publishing/report.html", {"form": form}, status=HTTPStatus.BAD_REQUEST)
    if form.is_from_a_machine:
        return redirect("publishing:thanks")
    _, most = settings.RATE_LIMITS["reports"]
    if most and not is_within(request, "report", most=most, seconds=HOUR):
        return too_many(request, HOUR)
    form.save()
    return redirect("publishing:thanks")


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 (its handler), without a context: a page that tells its own address asks for the host, which may be
    what is wrong."""
    return HttpResponse(render_to_string("400.html"), status=HTTPStatus.BAD_REQUEST)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """That a report has come in."""
    return render(request, "publishing/thanks.html")
