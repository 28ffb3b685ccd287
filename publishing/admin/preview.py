"""Previews: of a revision, of a form that was not saved, and links that show a revision to others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from csp.constants import SELF
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from publishing import shared, windows
from publishing.admin import pages
from publishing.models import Revision

FORM = "_preview"
"""The name of the button that sends a form to be previewed."""


def show(request: HttpRequest, admin: Any, revision: Revision) -> HttpResponse:
    """Return the page as readers would get it if the revision were published now; it may stand in a frame."""
    document = revision.document.working_copy
    response: HttpResponse = admin.show(request, windows.draft_edition(document, revision, at=timezone.now()))
    response["X-Robots-Tag"] = "noindex"
    return _in_a_frame(response)


def _in_a_frame(response: HttpResponse) -> HttpResponse:
    """Let pages of this site show the response in a frame of theirs."""
    response["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
    return response


def preview_page(admin: Any, request: HttpRequest, document: Any) -> HttpResponse:
    """Show the revision that the address names, or the newest."""
    return show(request, admin, admin.revision_asked_for(request, document))


def unsaved(request: HttpRequest, save: Any) -> HttpResponse:
    """Return what `save` answers, and undo everything that it did.

    So a preview passes through exactly what a save does: sections, tags and pins are as they would be.
    """
    with undone(request):
        response: HttpResponse = save()
        if hasattr(response, "context_data"):  # the form again, with its errors
            response = _refusal(request, response.context_data)
    return response


def content_if_saved(admin: Any, request: HttpRequest, document: Any) -> dict[str, Any] | None:
    """Return the content that the document would have if the form were saved; None if it has errors."""
    with undone(request):
        response = admin._changeform_view(request, str(document.pk), "", None)
        if hasattr(response, "context_data"):
            return None
        content: dict[str, Any] = document.content_of(document.revisions.first())
        return content


@contextmanager
def undone(request: HttpRequest) -> Iterator[None]:
    """Take back whatever is done inside, and what it had to tell."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    list(messages.get_messages(request))


def _refusal(request: HttpRequest, context: Any) -> HttpResponse:
    form = context["adminform"].form
    named = [(form.fields[name].label if name in form.fields else "", e) for name, e in form.errors.items()]
    rows = [
        (f"{formset.opts.verbose_name_plural.capitalize()}, number {place}", errors)
        for formset in context["inline_admin_formsets"]
        for place, row in enumerate(formset.formset.errors, start=1)
        for errors in row.values()
    ]
    page = render(request, "admin/publishing/preview_refused.html", {"errors": [*named, *rows]}, status=422)
    return _in_a_frame(page)


def share_page(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Make a link that shows the revision to whoever has it, and tell it."""
    revision = admin.revision_asked_for(request, document)
    path = shared.link(revision, by=request.user)
    until = timezone.localtime(timezone.now() + shared.LASTS)
    context = {
        "link": f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path),
        "until": until,
        "revision": revision,
    }
    return pages.render_page(admin, request, document, "share", context)
