"""Revisions: what every save leaves behind, and the way back to one."""

from __future__ import annotations

from django.db import transaction

from publishing.content import digest, put_back, snapshot
from publishing.models import Document, Revision, User


def record(document: Document, *, by: User, note: str = "") -> Revision:
    """Return the revision that holds the working copy as it is saved now, written by `by`.

    A save that changed nothing leaves no new revision: then the newest one is returned.
    """
    content = snapshot(document)
    fingerprint = digest(content, schema=document.schema)
    newest = document.revisions.first()
    if newest and newest.digest == fingerprint:
        return newest
    return document.revisions.create(content=content, schema=document.schema, digest=fingerprint, author=by, note=note)


@transaction.atomic
def restore(revision: Revision, *, by: User) -> Revision:
    """Put the revision's content back into the working copy, and return the revision that this leaves.

    What readers see does not change. Raises ValidationError if the content cannot stand any more.
    """
    document = revision.document.working_copy
    put_back(document, revision.content)
    return record(document, by=by, note=f"Restored from revision {revision.pk}")
