"""The kinds of documents in the project, and their working copies. The press itself names none of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, OneToOneField

from publishing.models import Document, Edition


def document_models() -> list[Any]:
    """Return every kind of document in the project."""
    return [model for model in apps.get_models() if issubclass(model, Document) and model is not Document]


def edition_models() -> list[Any]:
    """Return every model of editions in the project."""
    return [model for model in apps.get_models() if issubclass(model, Edition)]


def working_copies(ids: Iterable[int]) -> dict[int, Any]:
    """Return the working copies of the documents by id, whatever their kinds: one query for each kind that there is.

    Each comes with the documents that it names, since a title or an address may be made from theirs.
    """
    wanted = set(ids)
    return {copy.pk: copy for kind in document_models() for copy in _with_named(kind).filter(pk__in=wanted)}


def _with_named(kind: type[Document]) -> Any:
    fields = [
        field for field in kind._meta.fields if isinstance(field, ForeignKey) and not isinstance(field, OneToOneField)
    ]
    named = [field.name for field in fields if issubclass(field.related_model, Document)]
    return kind._default_manager.select_related(*named) if named else kind._default_manager.all()
