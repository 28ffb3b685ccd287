"""Vouch for a page that did not change."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from publishing import windows
from publishing.checks import store
from publishing.errors import Refused
from publishing.models import Document, User
from publishing.publish import publish, require_publisher


@transaction.atomic
def still_right(document: Document, *, by: User) -> Any:
    """Say that the live page is still right, and return the edition that says so.

    The revision that readers see now is issued anew, as reviewed now and as no news; a newer draft stays a draft, and
    what is scheduled stays scheduled. Raises PermissionDenied if `by` may not publish, and Refused if the document is
    not live or if a content check finds an error in what readers see.
    """
    require_publisher(by)
    document = document.working_copy
    seen = _live(document)
    windows.lock({document.pk, *document.needs(seen.content)})
    edition = publish(_live(document).revision, by=by, significant=False)
    store(document)
    return edition


def _live(document: Document) -> Any:
    """Return the page that readers see now."""
    live = windows.siblings(document).live().select_related("revision").first()
    if live is None:
        raise Refused(f"Readers do not see “{document}” now: there is no page to vouch for.")
    return live
