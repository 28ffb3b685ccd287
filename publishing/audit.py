"""Writes the audit log: what was done, by whom, on what, from which address.

The verbs of the press call `record` inside their transaction; what accounts do is heard of by
`publishing.accounts.watching`, and `watch` hears of what shows to readers at once, without a publication.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from allauth.core import context
from django.db import models
from django.db.models.signals import post_delete, post_save, pre_save

from publishing.limits import address_of
from publishing.models import AuditEntry, User

Act = AuditEntry.Act

COMMAND_LINE = "command line"
"""The address of what no request does."""


def record(act: Act, about: models.Model | None = None, *, by: User | None = None, detail: str = "") -> None:
    """Add an entry to the audit log, in the transaction of the act.

    `by` is whoever is signed in on the request that is being answered, unless it is said. The address is that
    request's.
    """
    request = context.request
    person = by or getattr(request, "user", None)
    AuditEntry.objects.create(
        act=act,
        who=person.get_username() if person and person.is_authenticated else "",
        address=address_of(request)[:100] if request else COMMAND_LINE,
        detail=detail,
        **(_named(about) if about else {}),
    )


def _named(about: models.Model) -> dict[str, Any]:
    return {"kind": about._meta.label_lower, "number": about.pk, "about": str(about)[:250]}


def watch(model: type[models.Model]) -> None:
    """Record whenever a row of the model is changed or deleted: what is new is shown nowhere."""

    def before_save(sender: Any, instance: Any, **kwargs: Any) -> None:
        instance._before = sender._base_manager.filter(pk=instance.pk).first() if instance.pk else None

    def after_save(sender: Any, instance: Any, **kwargs: Any) -> None:
        changed = changes(instance._before, instance) if instance._before else ""
        if changed:
            record(Act.CHANGE, instance, detail=changed)

    def after_delete(sender: Any, instance: Any, **kwargs: Any) -> None:
        record(Act.DELETE, instance)

    for signal, receiver in ((pre_save, before_save), (post_save, after_save), (post_delete, after_delete)):
        signal.connect(receiver, sender=model, weak=False, dispatch_uid=f"publishing.audit.{model._meta.label}")


def changes(before: models.Model, after: models.Model, *, silent: Collection[str] = ()) -> str:
    """Return which fields differ, with both values, but for the silent ones."""
    fields = {field.attname: field for field in after._meta.local_concrete_fields if field.attname not in silent}
    # What was set in Python may be of another type than what comes from the database.
    values = [(name, getattr(before, name), field.to_python(getattr(after, name))) for name, field in fields.items()]
    return "; ".join(f"{name}: {was!r} → {is_!r}" for name, was, is_ in values if was != is_)
