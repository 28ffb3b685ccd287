"""Which documents a revision refers to: written with each revision, and asked from the other side."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from publishing.checks.passages import passages
from publishing.models import Document, Reference, Revision
from publishing.richtext import document_ids


def on_recorded(sender: Any, document: Document, revision: Revision, **kwargs: Any) -> None:
    """Note what the new revision refers to (receiver of publishing.signals.recorded)."""
    content = document.content_of(revision)
    found = {(id_, "") for passage in passages(document, content) for id_ in document_ids(passage.html)}
    found |= {
        (row[name], relation)
        for relation, names in document.content_rows.items()
        for name in names
        if _is_document(document, relation, name)
        for row in content[relation]
    }
    known = set(Document.objects.filter(pk__in={id_ for id_, _ in found}).values_list("pk", flat=True))
    Reference.objects.bulk_create(
        Reference(revision=revision, target_id=id_, rows=rows) for id_, rows in sorted(found) if id_ in known
    )


def _is_document(document: Document, relation: str, name: str) -> bool:
    rows: Any = document._meta.get_field(relation).related_model
    target = rows._meta.get_field(name).related_model
    return target is not None and issubclass(target, Document)


def referring(targets: Any, *, rows: str = "") -> QuerySet[Reference]:
    """Return the references to the documents (their ids, or a query of them), other than to themselves."""
    found = Reference.objects.filter(target__in=targets, rows=rows)
    return found.exclude(revision__document=F("target"))


def drafts(references: QuerySet[Reference]) -> QuerySet[Any]:
    """Return the ids of the documents whose newest revision makes one of the references."""
    newest = Revision.objects.filter(document=OuterRef("revision__document")).order_by("-pk")
    return references.filter(revision=Subquery(newest.values("pk")[:1])).values_list("revision__document", flat=True)
