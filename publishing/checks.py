"""Content checks: what stands between a working copy and its readers.

A check is a function that is given a document and its content, and yields findings. Errors stop a publication;
warnings and infos are shown to the editor. Register one with `@content_check(Role)`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from publishing.content import snapshot
from publishing.models import Document


class Level(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """One sentence for the editor about one field."""

    level: Level
    sentence: str
    field: str = ""


Content = dict[str, Any]
Check = Callable[[Any, Content], Iterable[Finding]]

_checks: defaultdict[type[Document], list[Check]] = defaultdict(list)


def content_check(model: type[Document]) -> Callable[[Check], Check]:
    """Register the decorated function as a check of that kind of document."""

    def register(check: Check) -> Check:
        _checks[model].append(check)
        return check

    return register


def findings(document: Document, content: Content | None = None) -> list[Finding]:
    """Return what the checks find in the content (default: the working copy as saved), gravest first."""
    if content is None:
        content = snapshot(document)
    found = [finding for check in _checks[type(document)] for finding in check(document, content)]
    return sorted(found, key=lambda finding: list(Level).index(finding.level))


def errors(document: Document, content: Content) -> list[str]:
    """Return the sentences of the findings that stop a publication of the content."""
    return [finding.sentence for finding in findings(document, content) if finding.level is Level.ERROR]
