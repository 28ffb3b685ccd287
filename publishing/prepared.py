"""Queries whose SQL is built once: building it takes Django longer than a database takes to answer.

    live_roles = Prepared(lambda ids, at: RoleEdition.objects.live(at).filter(document__in=ids))
    live_roles(ids=(1, 2), at=now)

The function is called once for each form of its arguments: which of them are None, and how many values a tuple holds.
What it gets then are marks, which it may use as values of conditions and in no other way. Later calls put their values
where the marks came out in the SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

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
    """Where a value goes among the parameters, and as what the database wants it."""

    parameter: int
    value: int
    adapted: Callable[[Any], Any]


class Statement:
    """SQL with the places of its values, and Django's compiler, which knows what the columns are."""

    def __init__(
        self, queryset: QuerySet[Any], sql: str, parameters: list[Any], slots: list[Slot], compiler: Any
    ) -> None:
        self.iterable: Any = queryset._iterable_class
        self.sql, self.parameters, self.slots, self.compiler = sql, parameters, slots, compiler

    def rows(self, values: list[Any]) -> list[Any]:
        """Return the rows for the values, in the order of the marks."""
        parameters = self.parameters.copy()
        for slot in self.slots:
            parameters[slot.parameter] = slot.adapted(values[slot.value])
        compiler = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_kwargs: (self.sql, tuple(parameters))
        query = SimpleNamespace(get_compiler=lambda using: compiler)
        ready = SimpleNamespace(db=DEFAULT_DB_ALIAS, query=query, _known_related_objects={})
        return [*self.iterable(ready)]


def _statement(build: Callable[..., QuerySet[Any]], values: dict[str, Any]) -> Statement | None:
    """Return the statement for values of this form, or None if it can find nothing."""
    marks, others = (_marks(values, first=first) for first in (0, MARKS))
    queryset = build(**marks)
    try:
        compiler, sql, parameters = _compiled(queryset)
        _, other_sql, other_parameters = _compiled(build(**others))
    except EmptyResultSet:
        return None
    flat = list(_flat(marks))
    slots = [slot for place, parameter in enumerate(parameters) for slot in _slots(place, parameter, flat)]
    filled = {slot.parameter for slot in slots}
    constants = [(a, b) for n, (a, b) in enumerate(zip(parameters, other_parameters, strict=True)) if n not in filled]
    is_used = {slot.value for slot in slots} == {n for n, mark in enumerate(flat) if mark is not None}
    if sql != other_sql or not is_used or any(a != b for a, b in constants):
        raise TypeError("A prepared query uses its values otherwise than as the values of conditions.")
    return Statement(queryset, sql, parameters, slots, compiler)


def _compiled(queryset: QuerySet[Any]) -> tuple[Any, str, list[Any]]:
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    return compiler, sql, list(parameters)


def _slots(place: int, parameter: Any, marks: list[Any]) -> Iterator[Slot]:
    """Yield the slot for a parameter that is a mark."""
    for n, mark in enumerate(marks):
        if isinstance(mark, datetime) and parameter == _moment(mark):
            yield Slot(place, n, _moment)
        elif not isinstance(mark, datetime) and mark is not None and parameter == mark:
            yield Slot(place, n, type(parameter))


def _moment(value: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


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
