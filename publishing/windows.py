"""The windows of a document's editions: how they are asked for, and how they are opened and closed.

Anybody may ask (`siblings`, `pages_ahead`, `slugs`, `draft_edition`). What moves a window is called by the verbs of the
press alone, and by what settles after them, with the locks held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, groupby, pairwise
from typing import Any
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from publishing.errors import Refused
from publishing.guards import is_collision
from publishing.kinds import document_models
from publishing.models import FOREVER, Document, Edition, Revision, User


def lock(ids: Iterable[int]) -> None:
    """Hold the documents until the transaction ends.

    Those that need nothing come first, then by id, so that acts which lock once wait for each other in one order. What
    follows a changed path is locked a second time round, when it is known: there two acts can wait for each other.
    Raises Refused for the one that PostgreSQL ends then.
    """
    needy = [kind._meta.label for kind in document_models() if kind.needs is not Document.needs]
    documents = Document.objects.annotate(is_needy=Q(model_label__in=needy)).order_by("is_needy", "pk")
    try:
        list(documents.select_for_update().filter(pk__in=set(ids)))
    except OperationalError as error:
        if not is_collision(error):
            raise
        raise Refused("Somebody else changes what readers see of the same pages just now. Try again.") from error


def moment_of(at: datetime | None) -> datetime:
    """Return `at`, or now. Raises Refused for a moment in the past, or one at which every window has ended. Call it
    with the locks held."""
    now = timezone.now()
    if at is not None and at >= FOREVER:
        raise Refused(f"That moment is too far off: choose one before the year {FOREVER.year}.")
    if at is not None and at < now:
        raise Refused("That moment has passed: choose one in the future, or publish now.")
    return at or now


def siblings(document: Document) -> Any:
    """Return every edition of the document, of which the identity alone will do."""
    return document.kind.edition_model.objects.filter(document=document.pk)


def pages_ahead(documents: Iterable[Document], *, after: datetime) -> list[Any]:
    """Return the documents' pages that are current at the moment or coming after it."""
    ahead = (siblings(document).unfinished(after).pages().select_related("revision") for document in documents)
    return list(chain.from_iterable(ahead))


def slugs(document: Document, *, after: datetime) -> list[tuple[str, datetime]]:
    """Return the slugs that the document has from the moment on, each with the moment since when it has it."""
    pages = siblings(document).unfinished_or_ended_at(after).pages()
    return [(slug, next(same).live_from) for slug, same in groupby(pages, key=lambda page: str(page.slug))]


def changes(document: Document, *, since: datetime) -> Iterator[tuple[datetime, Any | None, Any | None]]:
    """Yield each moment, from the given one on, at which readers get another edition of the document: the moment, and
    the editions before and after it (None: there is none)."""
    editions = list(siblings(document).unfinished_or_ended_at(since))
    for before, after in pairwise([None, *editions, None]):
        if before and after and before.live_until == after.live_from:
            yield after.live_from, before, after
            continue
        if before and before.live_until < FOREVER:
            yield before.live_until, before, None
        if after and after.live_from >= since:
            yield after.live_from, None, after


def draft_edition(
    document: Document,
    revision: Revision,
    *,
    at: datetime,
    significant: bool = True,
    reviewed: bool = True,
    pictures: dict[str, Any] | None = None,
) -> Any:
    """Return the unsaved edition that the revision would become at the moment.

    `reviewed` says whether somebody vouches for the page by publishing it. An edition that is issued anew keeps the
    `pictures` that it was published with; without them, they are taken as they are now.
    """
    content = document.content_of(revision)
    earlier = siblings(document).before(at).pages().first()
    return document.edition_model(
        document=document,
        revision=revision,
        live_from=at,
        is_significant=significant,
        is_indexable=content["is_indexable"],
        pictures=document.pictures(content) if pictures is None else pictures,
        first_published_at=earlier.first_published_at if earlier else at,
        significant_at=at if significant or not earlier else earlier.significant_at,
        reviewed_at=at if reviewed or not earlier else earlier.reviewed_at,
        **document.edition_values(content, at=at),
    )


def stand_in(edition: Any, *, at: datetime, kind: Edition.Kind, reason: str) -> Any:
    """Return the unsaved edition that stands in an edition's place from the moment on: at its slug, under its title."""
    columns = [field.attname for field in edition._meta.concrete_fields if not field.primary_key]
    values = {name: getattr(edition, name) for name in columns}
    return type(edition)(**values | {"live_from": at, "kind": kind, "reason": reason, "is_significant": False})


def issue(edition: Any, *, by: User, act: UUID) -> Any:
    """Open the window of an unsaved edition, until the next coming one, closing the one it follows; return it.

    Raises Refused if another document has the slug during that window.
    """
    before = siblings(edition.document).at(edition.live_from).first()
    if before:
        move_end(before, to=edition.live_from)
    edition.live_until = _next_opening(edition)
    edition.act, edition.issued_by = act, by
    _insert(edition)
    return edition


def take_out(edition: Any) -> None:
    """Empty a coming window, and let the edition before it go on. The edition stays on record; no reader sees it.

    Raises Refused if another document has the slug of the edition before it by then.
    """
    before = _followed(edition)
    move_end(edition, to=edition.live_from)
    if before:
        move_end(before, to=_next_opening(edition))


def _followed(edition: Any) -> Any | None:
    """Return the edition whose window ends where this one's begins."""
    return siblings(edition.document).opened().filter(live_until=edition.live_from).first()


def _next_opening(edition: Any) -> datetime:
    coming = siblings(edition.document).coming(edition.live_from).first()
    return coming.live_from if coming else FOREVER


def move_end(edition: Any, *, to: datetime) -> None:
    """Move the end of the edition's window. Raises Refused if another document has the slug until then."""
    edition.live_until = to
    _refuse_rival(edition)
    _write(edition, update_fields=["live_until"])


def _insert(edition: Any) -> None:
    _refuse_rival(edition)
    _write(edition, force_insert=True)
    if hasattr(edition, "tags"):
        edition.tags.add(*edition.content.get("tags", []))


def _refuse_rival(edition: Any) -> None:
    others = type(edition).objects.filter(slug=edition.slug).exclude(document=edition.document_id)
    rival = others.unfinished(edition.live_from).filter(live_from__lt=edition.live_until).first()
    if rival:
        path, state = (
            edition.get_absolute_url(),
            "" if rival.is_page else ", which was taken down and keeps its address",
        )
        raise Refused(f"{path} belongs to “{rival.title}”{state}. Choose another slug, or change that one's.")


def _write(edition: Any, **options: Any) -> None:
    """Save the edition. Two publishers at one slug are told apart by the database alone."""
    try:
        with transaction.atomic():
            edition.save(**options)
    except (IntegrityError, OperationalError) as error:
        if not is_collision(error):
            raise
        raise Refused(
            f"Something else became live at {edition.get_absolute_url()} at the same moment. "
            "Look at it, then try again."
        ) from error


def renew_coming(document: Document, *, since: datetime) -> None:
    """Issue coming editions anew where what they derive from earlier editions, or from what they need, has changed."""
    for coming in list(siblings(document).opening(since)):
        renewed = _renewed(document, coming)
        if renewed is None:
            take_out(coming)
        elif any(getattr(renewed, name) != getattr(coming, name) for name in (*coming.derived, "revision_id")):
            renewed.live_until, renewed.act, renewed.issued_by = coming.live_until, coming.act, coming.issued_by
            move_end(coming, to=coming.live_from)
            _insert(renewed)


def _renewed(document: Document, coming: Any) -> Any | None:
    """Return what a coming edition becomes as things stand now; None if it followed a page that is not there now.

    A page that nobody vouched for repeats the page before it under a new path (publishing.settle.settling).
    """
    moment, before = coming.live_from, _followed(coming)
    if not coming.is_page:
        return before and stand_in(before, at=moment, kind=coming.kind, reason=coming.reason)
    if coming.reviewed_at == moment:
        return draft_edition(
            document, coming.revision, at=moment, significant=coming.is_significant, pictures=coming.pictures
        )
    if before and before.is_page:
        return draft_edition(
            document, before.revision, at=moment, significant=False, reviewed=False, pictures=before.pictures
        )
    return None
