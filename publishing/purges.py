"""Telling every process's page cache which pages went stale, or from when on they will have.

A purge is a row that is written in the transaction of the change, so that it is seen when the change is, and never
without it. Each process looks for new rows by itself (publishing.page_cache). It names what changes by tags; pages
carry the tags of what they show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from publishing import windows
from publishing.models import ANYTHING, EVERYTHING, Document, Edition, Purge

KEPT = timedelta(days=1)
"""How long a purge that was due is kept: a process that did not look for so long has long given up its pages."""

M = TypeVar("M", bound=Model)
Stale = Callable[[Any, Any], set[str]]
"""Told two editions of a document, or None for either, returns the tags of the pages that go stale when readers get the
second in the place of the first. Either may be no page."""

_stale: defaultdict[type[Edition], list[Stale]] = defaultdict(list)


def register(edition_model: type[Edition], *stale: Stale) -> None:
    """Let editions of the kind purge what each of these says. Those of kinds that register nothing purge everything."""
    _stale[edition_model] += stale


def document_tag(document_id: int) -> str:
    """Return the tag of the pages that show what the document says."""
    return f"d{document_id}"


def name_tag(document_id: int) -> str:
    """Return the tag of the pages that lead to the document: they show how it is called, and where it is read."""
    return f"n{document_id}"


def purge(tags: Iterable[str] = ()) -> None:
    """Call the pages with one of the tags stale, and those that do not say what they show."""
    purge_at({timezone.now(): tags})


def purge_at(due: Mapping[datetime, Iterable[str]]) -> None:
    """Call pages stale from each of the moments on: those with one of its tags, and those that say nothing."""
    Purge.objects.bulk_create(
        Purge(due_at=moment, tags=" ".join(sorted({*tags, ANYTHING}))) for moment, tags in sorted(due.items())
    )
    # Not inside the act: two of them would wait for each other at the rows that both delete.
    old = Purge.objects.filter(due_at__lt=timezone.now() - KEPT)
    transaction.on_commit(old.delete, robust=True)


def on_settled(sender: Any, documents: Iterable[Document], at: datetime, **kwargs: Any) -> None:
    """Purge for every moment at which a window that changed opens or closes (receiver of `settled`)."""
    due: defaultdict[datetime, set[str]] = defaultdict(set)
    for document in documents:
        for moment, before, after in windows.changes(document, since=at):
            rules = _stale[document.kind.edition_model]
            due[moment].update(*(stale(before, after) for stale in rules) if rules else [{EVERYTHING}])
    purge_at(due)


def watch(model: type[M], tags: Callable[[M], Iterable[str]]) -> None:
    """Purge by these tags whenever a row of the model is changed or deleted: what is new is shown nowhere."""

    def on_changed(sender: Any, instance: M, created: bool = False, **kwargs: Any) -> None:  # noqa: FBT001, FBT002
        if not created:
            purge(tags(instance))

    for signal in (post_save, post_delete):
        signal.connect(on_changed, sender=model, weak=False, dispatch_uid=f"publishing.purges.{model._meta.label}")
