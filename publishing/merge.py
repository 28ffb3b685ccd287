"""Merge a document into another of its kind, of which it is a duplicate. The press knows no kind of document: whoever
does registers what it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from publishing.models import Document


@dataclass
class Plan:
    """What a merge would do: why it cannot be done, and its steps, each a heading with sentences below it."""

    reasons: list[str] = field(default_factory=list)
    steps: dict[str, list[str]] = field(default_factory=dict)

    def tell(self, heading: str, sentences: list[str]) -> None:
        """Add a step, if there is something to tell."""
        if sentences:
            self.steps[heading] = sentences


@dataclass(frozen=True)
class Merger:
    """How documents of a kind are merged.

    `plan(old, other)` says what would happen. `merge(old, other, by=...)` does it, all or nothing; it raises
    PermissionDenied if `by` may not publish, and Refused with the plan's reasons.
    """

    plan: Callable[[Any, Any], Plan]
    merge: Callable[..., None]


_mergers: dict[type[Document], Merger] = {}


def register(kind: type[Document], merger: Merger) -> None:
    """Register how documents of the kind are merged."""
    _mergers[kind] = merger


def merger_of(kind: type[Document]) -> Merger | None:
    """Return how documents of the kind are merged, or None if they are not."""
    return _mergers.get(kind)
