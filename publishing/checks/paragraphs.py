"""Paragraphs that two documents share, found by what they hash to: no text but the draft's own is read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import Count, Min, Q

from publishing.checks.passages import Passage, passages
from publishing.checks.registry import limit
from publishing.models import Document, Paragraph
from publishing.uses import ways


def digests(texts: list[Passage]) -> dict[str, tuple[Passage, str]]:
    """Return the long paragraphs by what they hash to, whatever their punctuation and capitals, each with its place."""
    least = limit("shared_paragraph_words")
    found = {}
    for passage in texts:
        for line in passage.lines:
            words = re.findall(r"\w+", line.casefold())
            if len(words) >= least:
                found[hashlib.sha256(" ".join(words).encode()).hexdigest()] = (passage, line)
    return found


def remember(document: Document, content: dict[str, Any]) -> None:
    """Keep what the document's paragraphs hash to, in place of what was kept before."""
    now = set(digests(passages(document, content)))
    before = set(Paragraph.objects.filter(document=document.pk).values_list("digest", flat=True))
    if before - now:
        Paragraph.objects.filter(document=document.pk, digest__in=before - now).delete()
    Paragraph.objects.bulk_create(
        [Paragraph(document_id=document.pk, digest=digest) for digest in sorted(now - before)], ignore_conflicts=True
    )


class Sharing(NamedTuple):
    """How many other documents have a paragraph, the oldest of them, and how many of them it may be taken over from."""

    documents: int
    oldest: int
    sources: int


def elsewhere(document: Document, listed: list[str], *, sources: Collection[int] = ()) -> dict[str, Sharing]:
    """Return which of the digests other documents in use have (one query).

    Those that show what this document says do not count: what they have of it is taken over from it.
    """
    others = Paragraph.objects.filter(digest__in=listed, document__put_away_at=None).exclude(document=document.pk)
    for way in ways(document):
        if way.shows:
            others = others.exclude(document__in=way.drafts)
    counted = others.values("digest").annotate(
        documents=Count("document"), oldest=Min("document"), sources=Count("document", filter=Q(document__in=sources))
    )
    return {row["digest"]: Sharing(row["documents"], row["oldest"], row["sources"]) for row in counted.order_by()}
