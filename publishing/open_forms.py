"""What happens to a form that somebody has open: it shows signs of life, it is kept, it is saved or given up."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from publishing.models import Document, OpenForm, Revision, User

Typed = list[list[str]]
"""A form's fields as [name, value] pairs, in their order; a name may come more than once."""


def _key(user: User, kind: type[Document], document_id: int | None) -> dict[str, Any]:
    return {"user": user, "document_id": document_id, "model_label": kind._meta.label}


def seen(user: User, kind: type[Document], document_id: int | None) -> None:
    """Note that the person has the form open now (None: the form of a new document)."""
    OpenForm.objects.update_or_create(**_key(user, kind, document_id), defaults={"seen_at": timezone.now()})


def keep(user: User, kind: type[Document], document_id: int | None, *, typed: Typed, base: Revision | None) -> None:
    """Keep what the form holds, begun from the revision `base`, in place of what was kept of it before."""
    now = timezone.now()
    kept = {"typed": typed, "typed_at": now, "base": base, "seen_at": now}
    OpenForm.objects.update_or_create(**_key(user, kind, document_id), defaults=kept)


def kept(user: User, kind: type[Document], document_id: int | None) -> OpenForm | None:
    """Return the person's form with what was typed there and not saved, or None if there is nothing."""
    return OpenForm.objects.filter(**_key(user, kind, document_id), typed__isnull=False).first()


def let_go(user: User, kind: type[Document], document_id: int | None) -> None:
    """Forget what was kept: it was saved, or the person gave it up."""
    OpenForm.objects.filter(**_key(user, kind, document_id)).update(typed=None, typed_at=None, base=None)
