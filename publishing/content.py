"""A working copy's content as plain data: what a revision keeps, and how it is put back.

The content of a document is a JSON object: a key for each of its `content_fields`, a list of objects for each of
its `content_rows` (in their order, each with its id), and `tags`, sorted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from publishing.models import Document
from publishing.richtext import RichTextField, sanitise


def snapshot(document: Document) -> dict[str, Any]:
    """Return the content of a saved working copy. Rich text passes the sanitiser once more on its way."""
    rows = {relation: getattr(document, relation).all() for relation in document.content_rows}
    return content_from(document, rows, document.tags.names() if hasattr(document, "tags") else None)


def content_from(
    document: Document, rows: Mapping[str, Iterable[models.Model]], tags: Iterable[str] | None
) -> dict[str, Any]:
    """Return the content of a working copy of which these are the rows, by their relation, and the tags (None: it can
    have none)."""
    content = {name: _value(document, name) for name in document.content_fields}
    for relation, fields in document.content_rows.items():
        content[relation] = [
            {"id": row.pk} | {name: _value(row, name) for name in fields} for row in rows.get(relation, ())
        ]
    if tags is not None:
        content["tags"] = sorted(tags)
    plain: dict[str, Any] = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return plain


def _value(row: models.Model, name: str) -> Any:
    field = row._meta.get_field(name)
    value = field.value_from_object(row)  # type: ignore[union-attr]
    return sanitise(value) if isinstance(field, RichTextField) else value


def digest(content: dict[str, Any], *, schema: int) -> str:
    """Return the SHA-256 (hexadecimal) of the canonical JSON of the schema number and the content."""
    canonical = json.dumps([schema, content], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def put_back(document: Document, content: dict[str, Any]) -> None:
    """Write the content into the working copy and its rows, removing rows that the content does not have.

    Raises ValidationError if the content cannot stand any more (a category that was deleted, a slug that another
    document took).
    """
    _assign(document, {name: content[name] for name in document.content_fields})
    document.full_clean(exclude=["document_ptr"])
    document.save()
    for relation, fields in document.content_rows.items():
        _put_back_rows(document, relation, fields, content[relation])
    if hasattr(document, "tags"):
        document.tags.set(content.get("tags", []))


def _put_back_rows(document: Document, relation: str, fields: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    manager = getattr(document, relation)
    manager.all().delete()  # all at once: two rows that swap what is unique would collide one after the other
    for position, values in enumerate(rows):
        row = manager.model(pk=values["id"], position=position, **{manager.field.name: document})
        _assign(row, {name: values[name] for name in fields})
        row.full_clean(validate_unique=False)
        row.save(force_insert=True)


def _assign(row: models.Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        field = row._meta.get_field(name)
        setattr(row, field.attname, field.to_python(value))  # type: ignore[union-attr]
