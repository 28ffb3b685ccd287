"""Writes the audit log: what was done, by whom, on what, from which address.

The verbs of the press call `record` inside their transaction; what accounts do is heard of by
`publishing.accounts.watching`.
"""

from __future__ import annotations

from typing import Any

from allauth.core import context
from django.db import models

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
