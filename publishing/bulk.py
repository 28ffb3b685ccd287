"""Documents put there in bulk, past the press, as publishing one by one would have left them: for corpora of any size.

`insert`, `record` and `issue` take working copies. For very many, `numbers` gives out ids and `put` stores plain rows.
Whoever calls this writes what receivers of `recorded` and `settled` would have, or sends these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from itertools import repeat
from typing import Any
from uuid import uuid4

from django.db import connection
from django.db.models import DateTimeField

from publishing.content import digest
from publishing.models import Document, Revision, User

CACHE_KB = 64_000
"""How much of a SQLite database a growing process keeps in memory; as a rule it is 2 MB."""


def insert(copies: Sequence[Any]) -> None:
    """Insert working copies of one kind. Django's own bulk_create takes none of a model that inherits from another,
    since it would have to know the parents' ids first."""
    if not copies:
        return
    inherited = [field.attname for field in Document._meta.concrete_fields if not field.primary_key]
    model = type(copies[0])
    for copy in copies:
        copy.model_label = model._meta.label
    parents = Document.objects.bulk_create(
        Document(**{name: getattr(copy, name) for name in inherited}) for copy in copies
    )
    for copy, parent in zip(copies, parents, strict=True):
        copy.pk = copy.id = parent.pk
        copy._state.adding = False
    model._base_manager.all()._batched_insert(copies, model._meta.local_concrete_fields, batch_size=None)


def record(
    copies: Sequence[Document], contents: Sequence[dict[str, Any]], *, by: User, note: str = ""
) -> list[Revision]:
    """Insert a revision of each working copy."""
    return Revision.objects.bulk_create(
        Revision(
            document_id=copy.pk,
            content=content,
            schema=copy.schema,
            digest=digest(content, schema=copy.schema),
            author=by,
            note=note,
        )
        for copy, content in zip(copies, contents, strict=True)
    )


def issue(
    copies: Sequence[Any],
    revisions: Sequence[Revision],
    values: Sequence[dict[str, Any]],
    moments: Sequence[datetime],
    *,
    by: User,
) -> list[Any]:
    """Insert an edition of each revision, published in an act of its own and live since its moment, unless its values
    say otherwise."""
    if not copies:
        return []
    model = copies[0].edition_model
    dates = ("live_from", "first_published_at", "significant_at", "reviewed_at")
    editions: list[Any] = model.objects.bulk_create(
        model(document=copy, revision=revision, act=uuid4(), issued_by=by, **dict.fromkeys(dates, moment) | columns)
        for copy, revision, columns, moment in zip(copies, revisions, values, moments, strict=True)
    )
    return editions


@contextmanager
def roomy() -> Iterator[None]:
    """Let SQLite keep more in memory inside: each row has its place somewhere else in large indexes."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {before}")


def numbers(model: Any, many: int) -> Iterator[int]:
    """Yield so many ids that no row of the model has or had; on PostgreSQL, nobody else is given them.

    On SQLite they are free until the transaction ends, in which nobody else writes.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, many]
            )
            return iter([number for (number,) in cursor.fetchall()])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone() or (0,)
    return iter(range(last + 1, last + 1 + many))


def put(model: Any, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of which these columns are given, by the fields' attnames; the others are at their default.

    It makes no instances of the model, which is what takes most of the time of Django's bulk_create. Moments are given
    as such, JSON and UUIDs as text.
    """
    if not rows:
        return
    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    given = [fields.pop(name) for name in names]
    left = [field for field in fields.values() if not field.primary_key]  # the database numbers rows without an id
    columns: list[Iterable[Any]] = [
        map(_moment, column) if isinstance(field, DateTimeField) else column
        for field, column in zip(given, zip(*rows, strict=True), strict=True)
    ]
    blank = model()
    columns += [repeat(field.get_db_prep_save(field.pre_save(blank, add=True), connection)) for field in left]
    _write(model, [field.column for field in (*given, *left)], list(zip(*columns, strict=False)))


@lru_cache(maxsize=10_000)
def _moment(value: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


def _write(model: Any, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    quote = connection.ops.quote_name
    target = f"{quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {target} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            values = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {target} VALUES ({values})", rows)  # noqa: S608
