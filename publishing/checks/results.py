"""What the checks found when they last ran, kept for lists: a changelist runs none."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils import timezone

from publishing.checks.paragraphs import remember
from publishing.checks.registry import Content, Finding, Level, findings, standing
from publishing.content import snapshot
from publishing.models import CheckResult, Document, Revision


def store(document: Document, content: Content | None = None) -> list[Finding]:
    """Check the content (default: the working copy as saved), keep how many findings stand, and return them all."""
    content = snapshot(document) if content is None else content
    remember(document, content)
    found = findings(document, content)
    stands = standing(found)
    levels = Counter(finding.level for finding in stands)
    result = CheckResult(
        document_id=document.pk,
        errors=levels[Level.ERROR],
        warnings=levels[Level.WARNING],
        infos=levels[Level.INFO],
        contradictions=sum(finding.contradicts for finding in stands),
        checked_at=timezone.now(),
    )
    CheckResult.objects.bulk_create(
        [result],
        update_conflicts=True,
        unique_fields=["document"],
        update_fields=["errors", "warnings", "infos", "contradictions", "checked_at"],
    )
    return found


def on_recorded(sender: Any, document: Document, revision: Revision, **kwargs: Any) -> None:
    """Keep what the checks find in what was just saved (receiver of publishing.signals.recorded)."""
    store(document, document.content_of(revision))
