"""Whether a database is whole: each function returns a sentence for each thing that is lost or half done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from itertools import chain, pairwise
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db import connection

from articles.search.index import words_of
from publishing.content import snapshot
from publishing.guards import check_guards
from publishing.kinds import document_models
from publishing.models import ANYTHING, Document, Purge, Revision
from publishing.purges import document_tag
from tests.servers import holds
from tests.torture.desk import Browser, Editor

SOON_SECONDS = 3
"""How long a page cache may give what was published before: it looks for purges twice a second."""
SAID = re.compile(r"Said (\d+) times")


def everything(editors: list[Editor], *, since: datetime) -> list[str]:
    """Return what is wrong with the database, and what is missing of what was acknowledged to these editors."""
    return [
        *database(),
        *chain.from_iterable(overlaps(kind) for kind in document_models()),
        *chain.from_iterable(half_published(kind, since=since) for kind in document_models()),
        *chain.from_iterable(half_saved(editor.document) for editor in editors),
        *chain.from_iterable(missing(editor) for editor in editors),
        *chain.from_iterable(unlogged(editor.document, since=since) for editor in editors),
    ]


def database() -> Iterator[str]:
    """What the database says of itself."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for question in ("PRAGMA integrity_check", "PRAGMA foreign_key_check"):
                cursor.execute(question)
                yield from (f"{question}: {row}" for row in cursor.fetchall() if row != ("ok",))
        else:
            cursor.execute("SELECT conname FROM pg_constraint WHERE NOT convalidated")
            yield from (f"The constraint {name} does not hold." for (name,) in cursor.fetchall())
            cursor.execute("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid")
            yield from (f"The index {name} is not valid." for (name,) in cursor.fetchall())
            cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'amcheck'")
            if cursor.fetchone():
                cursor.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
                # Raises an error if an index or its table is broken.
                cursor.execute(
                    "SELECT bt_index_check(index => c.oid, heapallindexed => true) FROM pg_class c "
                    "JOIN pg_index i ON i.indexrelid = c.oid JOIN pg_am am ON am.oid = c.relam "
                    "WHERE am.amname = 'btree' AND c.relpersistence = 'p'"
                )
    yield from (str(each.msg) for each in check_guards(["default"]))


def overlaps(kind: type[Document]) -> Iterator[str]:
    """Windows of one document, or at one slug, that overlap."""
    for key in ("document_id", "slug"):
        opened = kind.edition_model.objects.opened().order_by(key, "live_from")
        for earlier, later in pairwise(opened.values_list(key, "live_from", "live_until", "pk")):
            if earlier[0] == later[0] and later[1] < earlier[2]:
                yield f"{kind.__name__}: the editions {earlier[3]} and {later[3]} overlap at {earlier[0]}."


def half_published(kind: type[Document], *, since: datetime) -> Iterator[str]:
    """Editions that lack something that is written with them."""
    for edition in kind.edition_model.objects.unfinished().pages().select_related("revision"):
        found = getattr(edition, "found_by", None)
        # PostgreSQL writes each word between quotes.
        if found is None or set(found.words.replace("'", "").split()) != set(words_of(edition, kind).split()):
            yield f"{edition.get_absolute_url()} is not found by its words."
        if hasattr(edition, "tags") and set(edition.tags.names()) != set(edition.content.get("tags", [])):
            yield f"{edition.get_absolute_url()} has other tags than its revision."
    for edition in kind.edition_model.objects.filter(issued_at__gt=since):
        purges = Purge.objects.filter(due_at=edition.live_from).values_list("tags", flat=True)
        named = set(" ".join(purges).split())
        if ANYTHING not in named or not named & {document_tag(edition.document_id), "everything"}:
            yield f"Nothing was purged for the edition {edition.pk} of {edition.document}: {named}."


def half_saved(document: Document) -> Iterator[str]:
    """A working copy that is not what its newest revision holds."""
    copy = document.kind.objects.get(pk=document.pk)
    newest = copy.revisions.first()
    if newest is None or snapshot(copy) != copy.content_of(newest):
        yield f"The working copy of {copy} is not its newest revision."


def missing(editor: Editor) -> Iterator[str]:
    """What was acknowledged to the editor, and is not there."""
    there = numbers(editor)
    issued = set(editor.document.kind.edition_model.objects.values_list("revision_id", flat=True))
    yield from (f"{editor.document}: the revision that says {n} is lost." for n in editor.saved - there.keys())
    for number in editor.published & there.keys():
        if there[number].pk not in issued:
            yield f"{editor.document}: the edition that says {number} is lost."


def numbers(editor: Editor) -> dict[int, Revision]:
    """Return the revisions of the editor's document that say a number, by that number."""
    revisions = editor.document.revisions.all()
    return {said: revision for revision in revisions if (said := _said(revision.content[editor.field_name]))}


def unlogged(document: Document, *, since: datetime) -> Iterator[str]:
    """Publications without their line in the log, or lines without a publication."""
    editions = document.kind.edition_model.objects.filter(document=document.pk, issued_at__gt=since)
    acts = editions.values("act").distinct().count()
    lines = LogEntry.objects.filter(
        object_id=str(document.pk), action_time__gt=since, change_message__startswith="Published"
    )
    if acts != lines.count():
        yield f"{document} was published {acts} times, and the log says {lines.count()}."


def live_pages() -> list[Any]:
    """Return every page that is live now."""
    return [edition for kind in document_models() for edition in kind.edition_model.objects.live()]


def unreadable(browser: Browser) -> Iterator[str]:
    """Live pages that readers do not get as they are, soon."""
    for edition in live_pages():
        texts = " ".join(str(value) for value in edition.content.values())
        said, path = _said(texts), edition.get_absolute_url()

        def is_shown(path: str = path, text: str = f"Said {said} times" if said else "") -> bool:
            answer = browser.ask(path)
            return answer is not None and answer.status == HTTPStatus.OK and text in answer.text

        if not holds(is_shown, seconds=SOON_SECONDS):
            yield f"{path} is not there, or does not say {said}."


def _said(text: str) -> int:
    found = SAID.search(text)
    return int(found[1]) if found else 0
