"""Revisions: what every save leaves behind, and the way back to one."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from publishing import windows
from publishing.content import digest, put_back, snapshot
from publishing.models import Document, Revision, User
from publishing.signals import recorded


def record(document: Document, *, by: User, note: str = "") -> Revision:
    """Return the revision that holds the working copy as it is saved now, written by `by`.

    A save that changed nothing leaves no new revision: then the newest one is returned.
    """
    return record_content(document, snapshot(document), by=by, note=note)


def record_content(document: Document, content: dict[str, Any], *, by: User, note: str = "") -> Revision:
    """Return the revision of the document that holds the content, which its working copy need not hold."""
    newest = document.revisions.first()
    if newest and document.content_of(newest) == content:
        return newest
    fingerprint = digest(content, schema=document.schema)
    revision = document.revisions.create(
        content=content, schema=document.schema, digest=fingerprint, author=by, note=note
    )
    recorded.send(sender=type(document), document=document, revision=revision)
    return revision


@transaction.atomic
def restore(revision: Revision, *, by: User) -> Revision:
    """Put the revision's content back into the working copy, and return the revision that this leaves.

    What readers see does not change. Raises ValidationError if the content cannot stand any more.
    """
    windows.lock([revision.document_id])  # a form that is saved meanwhile waits
    document = revision.document.working_copy
    put_back(document, document.content_of(revision))
    return record(document, by=by, note=f"Restored from revision {revision.pk}")
