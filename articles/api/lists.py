"""Long lists in pages: each begins after the last entry of the one before, costs what it costs, and counts nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from pydantic import BaseModel, Field

from publishing.context import site_url
from publishing.keyset import page_of

T = TypeVar("T")

ON_A_PAGE = 24
MOST = 100

Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=200)]
"""A slug, a code, or a cursor."""


class Paging(BaseModel):
    """Which page of a list."""

    size: Annotated[int, Field(ge=1, le=MOST, description="How many entries a page has at most.")] = ON_A_PAGE
    cursor: Annotated[Key | None, Field(description="Where the page begins: follow `next`.")] = None


class Page(BaseModel, Generic[T]):
    """Some entries of a list."""

    items: list[T]
    next: str | None = Field(description="Where the list goes on; null at its end.")


def by_key(rows: QuerySet[Any], key: str, paging: Paging) -> tuple[list[Any], str | None]:
    """Return the page of the rows in the order of a unique key, a slug or a code, and the cursor of the next."""
    if paging.cursor:
        rows = rows.filter(**{f"{key}__gt": paging.cursor})
    found = list(rows.order_by(key)[: paging.size + 1])
    page, more = found[: paging.size], found[paging.size :]
    return page, str(getattr(page[-1], key)) if more else None


def newest_first(live: Any, paging: Paging) -> tuple[list[Any], str | None]:
    """Return the page of the live editions, newest first, and the cursor of the next. Raises Http404."""
    query = {"older": paging.cursor} if paging.cursor else {}
    page = page_of(live, query=query, size=paging.size)
    return page.editions, page.older


def page_with(request: HttpRequest, found: tuple[list[Any], str | None], shape: Callable[[Any], T]) -> dict[str, Any]:
    """Return what was found as the values of a `Page`, each row in its shape."""
    rows, cursor = found
    return {"items": [shape(row) for row in rows], "next": next_(request, cursor) if cursor else None}


def next_(request: HttpRequest, cursor: str) -> str:
    """Return the address of the page that the cursor begins, of the list that the request asks for."""
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"{site_url(request)['site_url']}{request.path}?{query.urlencode()}"
