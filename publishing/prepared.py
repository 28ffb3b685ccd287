"""Queries whose SQL is built once: building it takes Django longer than a database takes to answer.

    live_roles = Prepared(lambda ids, at: RoleEdition.objects.live(at).filter(document__in=ids))
    live_roles(ids=(1, 2), at=now)

The function is called once for each form of its arguments: which of them are None, and how many values a tuple holds.
What it gets then are marks, which it may use as values of conditions and in no other way. Later calls put their values
where the marks came out in the SQL. The queryset gives instances, with whatever `select_related`, `only` and `annotate`
say, or with `values_list` tuples, which cost less where there are many rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.query import ModelIterable, get_related_populators

MOST_FORMS = 200
"""How many forms are remembered; a query with more of them is built each time."""

NUMBER = 9_100_000_000_000_000_000
MOMENT = datetime(1871, 3, 5, 7, 9, 11, 131_719, tzinfo=UTC)
"""Where marks are counted from: nothing that is stored looks like them."""
MARKS = 20_000
"""How far apart two sets of them are: as moments, in another year, on another day, at another hour."""


class Prepared:
    """A query, called with values by name; it returns the rows as a list."""

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self.build = build
        self.forms: dict[Any, Statement | None] = {}

    def __call__(self, **values: Any) -> list[Any]:
        """Return the rows for the values: texts, integers, moments, tuples of these, or None (one query).

        Raises TypeError if the query uses one of them otherwise than as the value of a condition.
        """
        form = tuple((name, _form(value)) for name, value in values.items())
        if form not in self.forms:
            if len(self.forms) >= MOST_FORMS:
                return list(self.build(**values))
            self.forms[form] = _statement(self.build, values)
        statement = self.forms[form]
        return statement.rows(list(_flat(values))) if statement else []


class Slot(NamedTuple):
    """Where a value goes among the parameters, and of which type it is there."""

    parameter: int
    value: int
    type: type


class Statement:
    """SQL with the places of its values, and what becomes of the rows that it finds."""

    def __init__(self, sql: str, parameters: list[Any], slots: list[Slot], reader: Reader) -> None:
        self.sql, self.parameters, self.slots, self.reader = sql, parameters, slots, reader

    def rows(self, values: list[Any]) -> list[Any]:
        """Return the rows for the values, in the order of the marks."""
        using = connections[DEFAULT_DB_ALIAS]
        adapted = _adapted(values, using)
        parameters = self.parameters.copy()
        for place, n, kind in self.slots:
            parameters[place] = adapted[n] if isinstance(adapted[n], kind) else kind(adapted[n])
        with using.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            found = cursor.fetchall()
        return [*self.reader.read(found, using)]


class Reader:
    """Makes of rows what the queryset makes of them: instances with what they are related to, or tuples."""

    def __init__(self, queryset: QuerySet[Any], compiler: Any) -> None:
        self.width = compiler.col_count  # what is ordered by, of distinct rows, comes after
        columns = [column for column, *_ in compiler.select[: self.width]]
        self.converters = [(n, *each) for n, each in compiler.get_converters(columns).items()]
        self.model: Any = None
        if queryset._iterable_class is ModelIterable:
            about = compiler.klass_info
            self.model, own = about["model"], about["select_fields"]
            self.own = slice(own[0], own[-1] + 1)
            self.names = [column.target.attname for column in columns[self.own]]
            # The stubs are of a newer Django, which asks for one argument more.
            self.related = get_related_populators(about, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
            self.annotations = compiler.annotation_col_map or {}

    def read(self, rows: Iterable[Sequence[Any]], using: Any) -> Iterator[Any]:
        """Yield what each row is."""
        for row in map(list, rows):
            for n, converters, column in self.converters:
                for convert in converters:
                    row[n] = convert(row[n], column, using)
            yield self._instance(row) if self.model else tuple(row[: self.width])

    def _instance(self, row: list[Any]) -> Any:
        instance = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.own])
        for each in self.related:
            each.populate(row, instance)
        for name, n in self.annotations.items():
            setattr(instance, name, row[n])
        return instance


def _statement(build: Callable[..., QuerySet[Any]], values: dict[str, Any]) -> Statement | None:
    """Return the statement for values of this form, or None if it can find nothing."""
    marks, others = (_marks(values, first=first) for first in (0, MARKS))
    queryset = build(**marks)
    try:
        compiler, sql, parameters = _compiled(queryset)
        _, other_sql, other_parameters = _compiled(build(**others))
    except EmptyResultSet:
        return None
    flat = _adapted(list(_flat(marks)), connections[DEFAULT_DB_ALIAS])
    slots = [
        Slot(place, n, type(parameter))
        for place, parameter in enumerate(parameters)
        for n, mark in enumerate(flat)
        if mark is not None and parameter == mark
    ]
    filled = {slot.parameter for slot in slots}
    constants = [(a, b) for n, (a, b) in enumerate(zip(parameters, other_parameters, strict=True)) if n not in filled]
    is_used = {slot.value for slot in slots} == {n for n, mark in enumerate(flat) if mark is not None}
    if sql != other_sql or not is_used or any(a != b for a, b in constants):
        raise TypeError("A prepared query uses its values otherwise than as the values of conditions.")
    return Statement(sql, parameters, slots, Reader(queryset, compiler))


def _compiled(queryset: QuerySet[Any]) -> tuple[Any, str, list[Any]]:
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    return compiler, sql, list(parameters)


def _adapted(values: list[Any], using: Any) -> list[Any]:
    """Return the values with moments as the database wants them."""
    adapt = using.ops.adapt_datetimefield_value
    return [adapt(value) if isinstance(value, datetime) else value for value in values]


def _form(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_form, value))
    return None if value is None else type(value)


def _marks(values: dict[str, Any], *, first: int) -> dict[str, Any]:
    numbers = count(first)

    def mark(value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, tuple):
            return tuple(map(mark, value))
        number = next(numbers)
        if isinstance(value, datetime):
            return MOMENT + timedelta(hours=number)
        return f"mark-{NUMBER}-{number}" if isinstance(value, str) else NUMBER + number

    return {name: mark(value) for name, value in values.items()}


def _flat(values: dict[str, Any]) -> Iterator[Any]:
    for value in values.values():
        if isinstance(value, tuple):
            yield from value
        else:
            yield value
