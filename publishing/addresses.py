"""Which document is at a path, and at which path a document is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Value
from django.urls import Resolver404, resolve
from django.utils import timezone

from publishing.kinds import document_models, working_copies
from publishing.models import Document, Redirect


def document_at(path: str) -> int | None:
    """Return the id of the document that a public path means, or None.

    What is live there counts first, then what was live there last, then a working copy that would be published
    there, then a redirect.
    """
    try:
        match = resolve(path)
    except Resolver404:
        return _redirected(path)
    for kind in document_models():
        if match.view_name == kind.url_name:
            return _document_with(kind, match.kwargs["slug"]) or _redirected(path)
    return _redirected(path)


def _document_with(kind: type[Document], slug: str) -> int | None:
    edition = kind.edition_model.objects.before(timezone.now()).filter(slug=slug).first()
    if edition:
        return int(edition.document_id)
    return kind.with_working_slug(slug)


def _redirected(path: str) -> int | None:
    redirect = Redirect.objects.asked(path)
    return redirect.document_id if redirect else None


def working_paths(ids: Iterable[int]) -> dict[int, str]:
    """Return where each document would be published as its working copy stands now."""
    return {pk: copy.working_path() for pk, copy in working_copies(ids).items()}


def live_paths(ids: Iterable[int], *, at: datetime | None = None) -> dict[int, str]:
    """Return the paths of those documents that are live at the moment (one query); the others are left out."""
    ids = set(ids)
    if not ids:
        return {}
    kinds = document_models()
    first, *others = (
        kind.edition_model.objects.live(at)
        .filter(document__in=ids)
        .order_by()
        .values_list(Value(place), "document_id", "slug")
        for place, kind in enumerate(kinds)
    )
    return {document: kinds[place].path_of(slug) for place, document, slug in first.union(*others)}
