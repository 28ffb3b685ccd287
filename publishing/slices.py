"""Several short lists in one query."""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL


def ids_of(*querysets: QuerySet[Any]) -> RawSQL:
    """Return a subquery of the primary keys in any of the querysets (of one model), each with its own order and limit.

    `model.objects.filter(pk__in=ids_of(newest[:6], pinned))` is one query, on SQLite too, whose own compound
    statements take no limits.
    """
    queries = [queryset.values("pk").query for queryset in querysets]
    # A queryset that can hold nothing stays a query of its own, rather than ending the whole one.
    compiled = [query.get_compiler(DEFAULT_DB_ALIAS, elide_empty=False).as_sql() for query in queries]
    # The pieces are Django's own SQL; every value stays a parameter.
    union = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS slice_{n}" for n, (sql, _) in enumerate(compiled))  # noqa: S608
    return RawSQL(union, [param for _, params in compiled for param in params])  # noqa: S611
