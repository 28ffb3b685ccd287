"""Long lists in pages, each as cheap as the first: a page begins after the last row of the one before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q
from django.http import Http404

STAMP = "%Y%m%dT%H%M%S%f"
CURSOR = re.compile(r"(\d{8}T\d{12})-(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class KeysetPage:
    """Some editions, newest first, and the cursors of the pages beside them (None: there is none).

    `query` is what follows the list's path in this page's own address: empty for the first.
    """

    editions: list[Any]
    query: str
    newer: str | None
    older: str | None


def page_of(live: Any, *, query: Any, size: int, moment: str = "first_published_at") -> KeysetPage:
    """Return the page of the live editions that the query arguments `older` or `newer` ask for (else the first).

    `moment` names what holds their first publication: another column, where another index has the list in order.
    Raises Http404 for a cursor that this function did not make.
    """
    backwards = "newer" in query
    cursor = query.get("newer" if backwards else "older")
    order = (moment, "document_id") if backwards else (f"-{moment}", "-document_id")
    rows = list(_beyond(live, cursor, moment, "gt" if backwards else "lt").order_by(*order)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_newer, has_older = (more, True) if backwards else (cursor is not None, more)
    return KeysetPage(
        editions=rows,
        query=f"?{'newer' if backwards else 'older'}={cursor}" if cursor else "",
        newer=_cursor(rows[0]) if rows and has_newer else None,
        older=_cursor(rows[-1]) if rows and has_older else None,
    )


def _cursor(edition: Any) -> str:
    moment: datetime = edition.first_published_at
    return f"{moment.astimezone(UTC):{STAMP}}-{edition.document_id}"


def _beyond(live: Any, cursor: str | None, moment: str, side: str) -> Any:
    if cursor is None:
        return live
    at, document = _read_cursor(cursor)
    # The bound says nothing more, but lets the index that holds the order begin there, which an OR does not.
    return live.filter(
        Q(**{f"{moment}__{side}": at}) | Q(**{moment: at, f"document__{side}": document}), **{f"{moment}__{side}e": at}
    )


def _read_cursor(cursor: str) -> tuple[datetime, int]:
    match = CURSOR.fullmatch(cursor)
    try:
        if match:
            return datetime.strptime(match[1], STAMP).replace(tzinfo=UTC), int(match[2])
    except ValueError:
        pass  # a month 13, or the like
    raise Http404("There is no such page of this list.")
