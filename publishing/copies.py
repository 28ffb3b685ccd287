"""Working copies of many documents at once, whatever their kinds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import ForeignKey, OneToOneField

from publishing.guards import document_models
from publishing.models import Document


def working_copies(ids: Iterable[int]) -> list[Any]:
    """Return the working copies of the documents, in one query for each kind that there is.

    Each comes with the documents that it names, since a title or an address may be made from theirs.
    """
    wanted = set(ids)
    return [copy for kind in document_models() for copy in _with_named(kind).filter(pk__in=wanted)]


def _with_named(kind: type[Document]) -> Any:
    fields = [
        field for field in kind._meta.fields if isinstance(field, ForeignKey) and not isinstance(field, OneToOneField)
    ]
    named = [field.name for field in fields if issubclass(field.related_model, Document)]
    return kind._default_manager.select_related(*named) if named else kind._default_manager.all()
