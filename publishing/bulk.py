"""Documents put there in bulk, past the press, as publishing one by one would have left them: for corpora of any size.

Whoever calls this writes what receivers of `recorded` and `settled` would have, or sends these.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from publishing.content import digest
from publishing.models import Document, Revision, User


def insert(copies: Sequence[Any]) -> None:
    """Insert working copies of one kind. Django's own bulk_create takes none of a model that inherits from another,
    since it would have to know the parents' ids first."""
    if not copies:
        return
    inherited = [field.attname for field in Document._meta.concrete_fields if not field.primary_key]
    model = type(copies[0])
    for copy in copies:
        copy.model_label = model._meta.label
    parents = Document.objects.bulk_create(
        Document(**{name: getattr(copy, name) for name in inherited}) for copy in copies
    )
    for copy, parent in zip(copies, parents, strict=True):
        copy.pk = copy.id = parent.pk
        copy._state.adding = False
    model._base_manager.all()._batched_insert(copies, model._meta.local_concrete_fields, batch_size=None)


def record(
    copies: Sequence[Document], contents: Sequence[dict[str, Any]], *, by: User, note: str = ""
) -> list[Revision]:
    """Insert a revision of each working copy."""
    return Revision.objects.bulk_create(
        Revision(
            document_id=copy.pk,
            content=content,
            schema=copy.schema,
            digest=digest(content, schema=copy.schema),
            author=by,
            note=note,
        )
        for copy, content in zip(copies, contents, strict=True)
    )


def issue(
    copies: Sequence[Any],
    revisions: Sequence[Revision],
    values: Sequence[dict[str, Any]],
    moments: Sequence[datetime],
    *,
    by: User,
) -> list[Any]:
    """Insert an edition of each revision, published in an act of its own and live since its moment, unless its values
    say otherwise."""
    if not copies:
        return []
    model = copies[0].edition_model
    dates = ("live_from", "first_published_at", "significant_at", "reviewed_at")
    editions: list[Any] = model.objects.bulk_create(
        model(document=copy, revision=revision, act=uuid4(), issued_by=by, **dict.fromkeys(dates, moment) | columns)
        for copy, revision, columns, moment in zip(copies, revisions, values, moments, strict=True)
    )
    return editions
