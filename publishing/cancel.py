"""Cancel: what is scheduled does not happen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from publishing import audit, needs, windows
from publishing.errors import Refused
from publishing.kinds import edition_models
from publishing.models import Document, User
from publishing.publish import require_publisher
from publishing.settle import settling


@transaction.atomic
def cancel(edition: Any, *, by: User) -> None:
    """Empty the window of a coming edition, and of everything scheduled in the same act; what it would have
    followed stays live instead.

    Raises PermissionDenied if `by` may not publish, and Refused if the window has opened already, if a
    page needs what would be cancelled, or if another page has been scheduled at the path that would stay live.
    """
    require_publisher(by)
    act = [model.objects.filter(act=edition.act).select_related("document") for model in edition_models()]
    documents = {each.document_id: each.document for editions in act for each in editions}
    windows.lock({*documents, *_needed(documents.values())})
    now = timezone.now()
    coming = [each for editions in act for each in editions.coming(now)]
    if edition.document_id not in {each.document_id for each in coming}:  # the edition itself may have been renewed
        raise Refused(f"“{edition.title}” is live already, or was cancelled: there is nothing to cancel.")
    with settling(list(documents.values()), at=now, by=by):
        for each in coming:
            windows.take_out(each)
    needs.verify(
        [*windows.pages_ahead(documents.values(), after=now), *needs.dependents(list(documents), at=now)], at=now
    )
    for each in coming:
        when = f"{each.live_from:%Y-%m-%d %H:%M %Z}"
        audit.record(audit.Act.CANCEL, each.document.working_copy, by=by, detail=f"was to open {when}")


def _needed(documents: Iterable[Document]) -> set[int]:
    """Return what the documents' pages need: a page that goes on longer needs it longer."""
    pages = ((document, windows.siblings(document).pages().select_related("revision")) for document in documents)
    return {id_ for document, its in pages for page in its for id_ in document.needs(page.content)}
