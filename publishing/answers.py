"""What a reader gets who asks for a path."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from publishing.as_of import as_of
from publishing.prepared import Prepared


def edition_at(model: Any, slug: str, *, at: datetime, related: tuple[str, ...] = ()) -> Any:
    """Return the edition at the slug at the moment, of whatever kind, with its revision. Raises Http404."""
    found = _holding(model, related)(slug=slug, at=at)
    if not found:
        raise Http404(f"Nothing is published at {model.document_model().path_of(slug)}.")
    return found[0]


@cache
def _holding(model: Any, related: tuple[str, ...]) -> Prepared:
    return Prepared(lambda slug, at: model.objects.at(at).select_related("revision", *related).filter(slug=slug)[:1])


def taken_down(request: HttpRequest, edition: Any) -> HttpResponse:
    """Return what stands in the place of a page that was taken down: a notice with its reason, or 410."""
    context = {"edition": edition, "at": as_of(request)}
    if edition.kind == edition.Kind.NOTICE:
        return render(request, "publishing/notice.html", context)
    return render(request, "410.html", context, status=HTTPStatus.GONE)
