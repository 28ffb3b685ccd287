"""Pages that the press itself shows outside the admin."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

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
