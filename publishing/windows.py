"""How windows of editions are opened and closed. Only the verbs of the press call this."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from publishing.errors import Refused
from publishing.models import FOREVER, Document, Edition, Revision, User


def lock(ids: Iterable[int]) -> None:
    """Hold the documents until the transaction ends. Lock what others need before those that need it."""
    list(Document.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk"))


def moment_of(at: datetime | None) -> datetime:
    """Return `at`, or now. Raises Refused for a moment in the past. Call it with the locks held."""
    now = timezone.now()
    if at is not None and at < now:
        raise Refused("That moment has passed: choose one in the future, or publish now.")
    return at or now


def siblings(document: Document) -> Any:
    """Return every edition of the document."""
    return document.edition_model.objects.filter(document=document)


def issue(
    document: Document,
    revision: Revision,
    *,
    at: datetime,
    by: User,
    act: UUID,
    significant: bool,
    reviewed: bool = True,
    kind: Edition.Kind = Edition.Kind.PAGE,
    reason: str = "",
) -> Any:
    """Open a window at `at`, until the next coming edition, closing the one it follows; return the edition.

    Raises Refused if another document has the slug during that window.
    """
    before = siblings(document).at(at).first()
    if before:
        move_end(before, to=at)
    coming = siblings(document).coming(at).first()
    edition = draft_edition(document, revision, at=at, significant=significant, reviewed=reviewed)
    edition.live_until = coming.live_from if coming else FOREVER
    edition.kind, edition.reason, edition.act, edition.issued_by = kind, reason, act, by
    _insert(edition)
    return edition


def draft_edition(
    document: Document, revision: Revision, *, at: datetime, significant: bool = True, reviewed: bool = True
) -> Any:
    """Return the unsaved edition that the revision would become at the moment."""
    earlier = siblings(document).opened().pages().filter(live_from__lt=at).order_by("-live_from").first()
    return document.edition_model(
        document=document,
        revision=revision,
        live_from=at,
        is_significant=significant,
        first_published_at=earlier.first_published_at if earlier else at,
        significant_at=at if significant or not earlier else earlier.significant_at,
        reviewed_at=at if reviewed or not earlier else earlier.reviewed_at,
        **document.edition_values(revision.content, at=at),
    )


def _insert(edition: Any) -> None:
    rival = (
        type(edition)
        .objects.filter(slug=edition.slug, live_from__lt=edition.live_until)
        .unfinished(edition.live_from)
        .exclude(document=edition.document)
        .first()
    )
    if rival:
        raise Refused(
            f"{edition.get_absolute_url()} belongs to “{rival.title}”. Choose another slug, or withdraw that page."
        )
    try:
        with transaction.atomic():
            edition.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(
            f"Somebody else published at {edition.get_absolute_url()} at the same moment. Look at it, then try again."
        ) from error
    if hasattr(edition, "tags"):
        edition.tags.add(*edition.content.get("tags", []))


def move_end(edition: Any, *, to: datetime) -> None:
    """Move the end of the edition's window; the database refuses it once the window has ended."""
    edition.live_until = to
    edition.save(update_fields=["live_until"])


def empty(edition: Any) -> None:
    """Empty a coming window: the edition stays on record, and no reader ever sees it."""
    move_end(edition, to=edition.live_from)


def renew_coming(document: Document, *, after: datetime) -> None:
    """Issue coming pages anew where what they derive from earlier editions, or from what they need, has changed."""
    for coming in list(siblings(document).coming(after).pages()):
        renewed = draft_edition(
            document, coming.revision, at=coming.live_from, significant=coming.is_significant, reviewed=True
        )
        if all(getattr(renewed, name) == getattr(coming, name) for name in coming.derived):
            continue
        renewed.live_until, renewed.act, renewed.issued_by = coming.live_until, coming.act, coming.issued_by
        empty(coming)
        _insert(renewed)
