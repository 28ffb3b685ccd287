"""Telling every process's page cache that pages went stale, or from when on they will have.

A purge is a row that is written in the transaction of the change, so that it is seen when the change is, and never
without it. Each process looks for new rows by itself (publishing.page_cache).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from publishing import windows
from publishing.models import FOREVER, Document, Purge

KEPT = timedelta(days=1)
"""How long a purge that was due is kept: a process that did not look for so long has long given up its pages."""


def purge(moments: Iterable[datetime] = ()) -> None:
    """Call every page stale, now and again at each of the moments that is still to come."""
    now = timezone.now()
    due = {now, *(moment for moment in moments if now < moment < FOREVER)}
    Purge.objects.bulk_create(Purge(due_at=moment) for moment in sorted(due))
    # Not inside the act: two of them would wait for each other at the rows that both delete.
    transaction.on_commit(Purge.objects.filter(due_at__lt=now - KEPT).delete, robust=True)


def on_settled(sender: Any, documents: Iterable[Document], **kwargs: Any) -> None:
    """Purge for a change of windows, and for every moment at which one of them will open or close (receiver of
    `settled`)."""
    ahead = [windows.siblings(each).unfinished().values_list("live_from", "live_until") for each in documents]
    purge(moment for spans in ahead for span in spans for moment in span)


def on_changed(sender: Any, **kwargs: Any) -> None:
    """Purge for a change of what pages show as it stands (receiver of anything that tells of one)."""
    is_sign_in = kwargs.get("update_fields") == {"last_login"}
    if not is_sign_in and not kwargs.get("created"):  # nothing that is live can show what is new
        purge()


def watch(*models: type[Model]) -> None:
    """Purge whenever a row of one of the models is saved or deleted."""
    for model in models:
        for signal in (post_save, post_delete):
            signal.connect(on_changed, sender=model, dispatch_uid=f"publishing.purges.{model._meta.label}")
