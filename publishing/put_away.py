"""Put a document away, which editors call deleting, and bring it back. No row is ever deleted."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from publishing import audit, uses, windows
from publishing.errors import Refused
from publishing.kinds import working_copies
from publishing.models import Document, User
from publishing.reviews import may_take_part

NAMED = 20
"""How many pages a refusal names."""


def objections(document: Document) -> list[str]:
    """Return why the document cannot be put away: readers see it, or will, or pages show what it says."""
    return [*_on_the_site(document), *_shown_elsewhere(document)]


def _on_the_site(document: Document) -> Iterator[str]:
    ahead = windows.siblings(document).unfinished().pages()
    page = ahead.first()
    if page is None:
        return
    if page.live_from <= timezone.now():
        yield f"Readers see it at {page.get_absolute_url()}: take it down first."
    else:
        yield f"It is scheduled at {page.get_absolute_url()}: cancel that first."


def _shown_elsewhere(document: Document) -> Iterator[str]:
    showing = {page.document_id: page for page in uses.showing(document)}
    if showing:
        named = ", ".join(f"“{page.title}”" for page in list(showing.values())[:NAMED])
        more = f" and {len(showing) - NAMED} more" if len(showing) > NAMED else ""
        yield f"Pages that readers see, or will see, show it: {named}{more}."


@transaction.atomic
def put_away(document: Document, *, by: User) -> None:
    """Put the document away: lists, autocompletes, the queue and the checks no longer have it.

    Its history stays, and so does its claim to its title and slug. Raises PermissionDenied if `by` does not work on
    such documents, and Refused with the reasons if readers see it or will, or if such pages show it.
    """
    _require_part(by, document)
    windows.lock([document.pk])
    reasons = objections(document)
    if reasons:
        raise Refused(reasons)
    if Document.objects.filter(pk=document.pk, put_away_at=None).update(put_away_at=timezone.now()):
        audit.record(audit.Act.PUT_AWAY, document.working_copy, by=by)


@transaction.atomic
def bring_back(document: Document, *, by: User) -> None:
    """Bring back what was put away, as it was. Raises PermissionDenied if `by` does not work on such documents."""
    _require_part(by, document)
    if Document.objects.filter(pk=document.pk).exclude(put_away_at=None).update(put_away_at=None):
        audit.record(audit.Act.BRING_BACK, document.working_copy, by=by)


def _require_part(by: User, document: Document) -> None:
    if not may_take_part(by, document):
        raise PermissionDenied(f"{by} does not work on documents of this kind.")


def refuse_put_away(ids: set[int]) -> None:
    """Raise Refused if one of the documents was put away. Call it with the locks held."""
    gone = Document.objects.filter(pk__in=ids).exclude(put_away_at=None).values_list("pk", flat=True)
    if gone:
        raise Refused(f"“{document}” was deleted: bring it back first." for document in working_copies(gone).values())
