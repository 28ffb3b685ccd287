"""Rows of every table as lines of JSON, and back.

Tables are those that the database has by its migrations, whatever the code has become since: of Django's historical
models. Values pass through the fields, so that the lines are the same whichever database they come from.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from graphlib import TopologicalSorter
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, models

from publishing import bulk

NOT_CARRIED = frozenset({"sessions.session", "usersessions.usersession"})
"""Who is signed in: people sign in again."""

AT_ONCE = 500
"""How many rows are held in memory."""

NATIVE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.FloatField)
"""Fields whose values are in JSON what they are in both databases."""


def tables(apps: Any) -> list[Any]:
    """Return the models that have a table of their own that is carried, each after those that its rows refer to."""
    found = {
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in NOT_CARRIED
    }
    order = {model: sorted((_referred(model) & found) - {model}, key=_label) for model in sorted(found, key=_label)}
    return list(TopologicalSorter(order).static_order())


def has_table(model: Any) -> bool:
    """Whether the database has the model's table."""
    return model._meta.db_table in connection.introspection.table_names()


def _label(model: Any) -> str:
    return str(model._meta.label_lower)


def _referred(model: Any) -> set[Any]:
    return {field.related_model for field in model._meta.local_concrete_fields if field.is_relation}


def columns(model: Any) -> list[str]:
    """Return how the fields are called whose values make a line."""
    return [field.attname for field in model._meta.local_concrete_fields]


def lines(model: Any) -> Iterator[bytes]:
    """Yield a line for each row, in the order of their ids."""
    rows = model._base_manager.order_by(model._meta.pk.attname).values_list(*columns(model))
    for row in rows.iterator(AT_ONCE):
        line = json.dumps(row, default=_plain, ensure_ascii=False, separators=(",", ":"))
        yield line.encode(errors="surrogatepass") + b"\n"  # half a character can stand in JSON, and json reads it back


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"A backup does not know how to write {type(value)}.")


def load(model: Any, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[int]:
    """Insert the rows, whose values are of these columns, and yield how many there were each time."""
    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    read = [_reader(fields[name]) for name in names]
    rows = iter(rows)
    while some := list(islice(rows, AT_ONCE)):
        values = [[_value(each, value) for each, value in zip(read, row, strict=True)] for row in some]
        bulk.put(model, names, values)
        yield len(some)


def _value(read: Callable[[Any], Any] | None, value: Any) -> Any:
    return value if read is None or value is None else read(value)


def _reader(field: Any) -> Callable[[Any], Any] | None:
    """Return what makes a value of a line that `bulk.put` takes, or None where it is one."""
    while field.is_relation:
        field = field.target_field
    if isinstance(field, models.JSONField):
        return json.dumps
    if isinstance(field, models.DateTimeField):
        return datetime.fromisoformat
    if isinstance(field, NATIVE):
        return None
    return lambda value: field.get_db_prep_save(field.to_python(value), connection)


def last_id(model: Any) -> int:
    """Return the highest id that was ever given out, or 0 for tables whose ids are not counted.

    Remarks, among others, name rows that are gone by their ids, which nothing else must get.
    """
    key = model._meta.pk
    if not isinstance(key, models.AutoField):
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)"
            cursor.execute(sequence, [model._meta.db_table, key.column])
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        (last,) = cursor.fetchone() or (None,)
    highest = model._base_manager.aggregate(highest=models.Max("pk"))["highest"]
    return max(last or 0, highest or 0)


def count_from(model: Any, last: int) -> None:
    """Let the next id of the table be higher than `last`."""
    if not last:
        return
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, key, last])
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
