"""The registry of content checks, and how a document is put through them.

A check is a function that is given a draft, and yields findings. Errors stop a publication; warnings and infos are
shown to the editor. Register one with `@content_check(Role)`; `@content_check(Document)` is for every kind.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from django.conf import settings
from django.utils.text import capfirst

from publishing.checks.passages import Passage, passages
from publishing.content import snapshot
from publishing.models import Dismissal, Document

T = TypeVar("T")
Content = dict[str, Any]


class Level(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclasses.dataclass(frozen=True)
class Finding:
    """One sentence for the editor about one field, or about one row where the field is ordered rows.

    `contradicts` says that the prose says otherwise than the record.

    The registry adds the check that it is from, the field's name for people, and a key: the SHA-256 of the check, the
    field, the sentence and the text that it is about. Whoever sets a false alarm aside does so by its key.
    """

    level: Level
    sentence: str
    field: str = ""
    row: int | None = None
    contradicts: bool = dataclasses.field(default=False, compare=False)
    check: str = dataclasses.field(default="", compare=False)
    label: str = dataclasses.field(default="", compare=False)
    key: str = dataclasses.field(default="", compare=False)
    dismissed: Dismissal | None = dataclasses.field(default=None, compare=False)


@dataclasses.dataclass(frozen=True, eq=False)
class Draft:
    """What is checked: a document and a content of it."""

    document: Any
    content: Content
    _fetched: dict[Any, Any] = dataclasses.field(default_factory=dict, repr=False)
    _written: dict[tuple[str, int | None], str] = dataclasses.field(default_factory=dict, repr=False)

    @cached_property
    def passages(self) -> list[Passage]:
        """Every rich text of the content."""
        return passages(self.document, self.content)

    def once(self, fetch: Callable[[Draft], T]) -> T:
        """Return what the function returns for this draft, asking it once however many checks want to know."""
        if fetch not in self._fetched:
            self._fetched[fetch] = fetch(self)
        return self._fetched[fetch]  # type: ignore[no-any-return]


Check = Callable[[Draft], Iterable[Finding]]
MOST = 200
"""How many findings of one check are told, more than anybody reads; of errors, all are."""

_checks: defaultdict[type[Document], list[Check]] = defaultdict(list)


def content_check(model: type[Document]) -> Callable[[Check], Check]:
    """Register the decorated function as a check of that kind of document."""

    def register(check: Check) -> Check:
        _checks[model].append(check)
        return check

    return register


def limit(name: str) -> int:
    """Return a threshold of the checks, as the setting CONTENT_CHECKS has it."""
    return int(settings.CONTENT_CHECKS[name])


def findings(document: Document, content: Content | None = None) -> list[Finding]:
    """Return what the checks find in the content (default: the working copy as saved), gravest first.

    What somebody set aside is among them, last, with its `dismissed`.
    """
    draft = Draft(document, snapshot(document) if content is None else content)
    found = _found(draft)
    set_aside = _set_aside(document) if found else {}
    marked = [
        finding if finding.level is Level.ERROR else dataclasses.replace(finding, dismissed=set_aside.get(finding.key))
        for finding in found
    ]
    return sorted(marked, key=lambda finding: (bool(finding.dismissed), list(Level).index(finding.level)))


def standing(found: Iterable[Finding]) -> list[Finding]:
    """Return those of the findings that nobody set aside."""
    return [finding for finding in found if not finding.dismissed]


def errors(document: Document, content: Content) -> list[str]:
    """Return the sentences of the findings that stop a publication of the content."""
    return [finding.sentence for finding in _found(Draft(document, content)) if finding.level is Level.ERROR]


def _found(draft: Draft) -> list[Finding]:
    kinds = [kind for kind in reversed(type(draft.document).__mro__) if issubclass(kind, Document)]
    found = [
        _identified(finding, check.__name__, draft)
        for kind in kinds
        for check in _checks[kind]
        for number, finding in enumerate(check(draft))
        if number < MOST or finding.level is Level.ERROR
    ]
    return list(dict.fromkeys(found))


def _set_aside(document: Document) -> dict[str, Dismissal]:
    return {each.key: each for each in Dismissal.objects.filter(document=document.pk).select_related("by")}


def _identified(finding: Finding, check: str, draft: Draft) -> Finding:
    # One text may be long, and have many findings: it is written once.
    place = (finding.field, finding.row)
    if place not in draft._written:
        draft._written[place] = json.dumps(_value(finding, draft.content), sort_keys=True, default=str)
    about = json.dumps([check, finding.field, finding.sentence]).removesuffix("]")
    key = hashlib.sha256(f"{about}, {draft._written[place]}]".encode()).hexdigest()
    return dataclasses.replace(finding, check=check, key=key, label=_label(finding, draft))


def _value(finding: Finding, content: Content) -> Any:
    value = content.get(finding.field)
    if finding.row is None:
        return value
    return next((row for row in value or [] if row["id"] == finding.row), None)


def _label(finding: Finding, draft: Draft) -> str:
    """Return what people call the field: "Introduction", "Sections: Salary"."""
    if not finding.field:
        return ""
    if finding.field not in draft.document.content_rows:
        return capfirst(str(getattr(draft.document._meta.get_field(finding.field), "verbose_name", finding.field)))
    row = _value(finding, draft.content) if finding.row is not None else None
    heading = row.get("heading") if row else None
    return capfirst(finding.field) + (f": {heading}" if heading else "")
