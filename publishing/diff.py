"""What differs between two contents of a document, for the editor who compares them.

Everything is plain data, for `admin/publishing/_changes.html` to show: texts, never HTML.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.formats import localize, number_format
from django.utils.text import capfirst

from publishing.checks import Content
from publishing.kinds import document_models
from publishing.models import Document
from publishing.prosediff import Block, Blocks, Text, collapsed, compared, prose, whole
from publishing.richtext import RichTextField, document_ids
from publishing.rowdiff import Row, counterparts, moved
from publishing.textdiff import Budget, Op, Pair, Piece, pieces

EMPTY: tuple[Any, ...] = (None, "", [])

Field = Any  # a field of a model; what django-stubs calls it depends on the field


@dataclass(frozen=True)
class RowChange:
    """What became of one row: its places (from 1) before and after, None on the side that does not have it."""

    title: str
    was: int | None
    now: int | None
    is_moved: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Change:
    """What differs in one field (`blocks`) or in the rows of one kind (`rows`)."""

    name: str
    label: str
    blocks: Blocks = ()
    rows: tuple[RowChange, ...] = ()


def compare(kind: type[Document], before: Content, after: Content) -> list[Change]:
    """Return what differs between two contents of that kind of document, as its present schema has them.

    Fields come in the order of the content, those for search engines after the article's own; then tags, then rows.
    Equal contents give an empty list. Titles are read with one query for each related model.
    """
    if before == after:
        return []
    differ = _Differ(_titles(kind, before, after))
    names = sorted(kind.content_fields, key=kind.listing_fields.__contains__)
    changes = [
        *differ.fields(kind, names, before, after),
        _tags(before.get("tags", []), after.get("tags", [])),
        *(differ.rows(kind, relation, before[relation], after[relation]) for relation in kind.content_rows),
    ]
    return [change for change in changes if change.blocks or change.rows]


def _tags(before: Sequence[str], after: Sequence[str]) -> Change:
    removed = [whole(Op.DELETED, Text("tag", tag)) for tag in before if tag not in after]
    added = [whole(Op.INSERTED, Text("tag", tag)) for tag in after if tag not in before]
    return Change("tags", "Tags", (*removed, *added))


def _titles(kind: type[Document], *contents: Content) -> dict[tuple[Any, Any], str]:
    """Return what the contents name or link to: a title for each (model, id)."""
    wanted: defaultdict[Any, set[Any]] = defaultdict(set)
    for field, value in (each for content in contents for each in _values(kind, content)):
        if field.related_model and value not in EMPTY:
            wanted[field.related_model].add(field.to_python(value))
        elif isinstance(field, RichTextField):
            for model in document_models() if document_ids(value or "") else ():
                wanted[model] |= document_ids(value)
    rows = (row for model, ids in wanted.items() for row in model._default_manager.select_related().filter(pk__in=ids))
    return {(type(row), row.pk): str(row) for row in rows}


def _values(kind: type[Document], content: Content) -> Iterator[tuple[Field, Any]]:
    yield from ((kind._meta.get_field(name), content[name]) for name in kind.content_fields)
    for relation, names in kind.content_rows.items():
        model = _rows_model(kind, relation)
        yield from ((model._meta.get_field(name), row[name]) for row in content[relation] for name in names)


def _rows_model(kind: type[Document], relation: str) -> type[models.Model]:
    return kind._meta.get_field(relation).related_model  # type: ignore[return-value]


class _Differ:
    """Compares fields and rows of one pair of contents, whose titles it has."""

    def __init__(self, titles: dict[tuple[Any, Any], str]) -> None:
        self._titles = titles
        self._links = {pk: title for (model, pk), title in titles.items() if issubclass(model, Document)}
        self._budget = Budget()

    def fields(self, model: type[models.Model], names: Iterable[str], before: Row, after: Row) -> tuple[Change, ...]:
        """Return the fields that differ. A side that has no such row is empty."""
        changes = (self._field(model._meta.get_field(name), before.get(name), after.get(name)) for name in names)
        return tuple(change for change in changes if change.blocks)

    def _field(self, field: Field, before: Any, after: Any) -> Change:
        return Change(field.name, capfirst(field.verbose_name), self._blocks(field, before, after))

    def _blocks(self, field: Field, before: Any, after: Any) -> Blocks:
        old, new = _python(field, before), _python(field, after)
        if old == new:
            return ()
        if isinstance(field, RichTextField):
            return prose(old or "", new or "", budget=self._budget, titles=self._links)
        if isinstance(old, list) or isinstance(new, list):
            return self._lines(old or [], new or [])
        return (Block(Op.CHANGED, "", self._pieces(field, old, new)),)

    def _lines(self, before: Sequence[str], after: Sequence[str]) -> Blocks:
        sides = [[Text("line", str(line)) for line in side] for side in (before, after)]
        return collapsed(compared(*sides, budget=self._budget))

    def _pieces(self, field: Field, before: Any, after: Any) -> tuple[Piece, ...]:
        old, new = self._shown(field, before), self._shown(field, after)
        if old == new:
            old, new = f"{old} ({before})", f"{new} ({after})"
        if _is_prose(field):
            return pieces(old, new, budget=self._budget)
        return tuple(piece for piece in (Piece(Op.DELETED, old), Piece(Op.INSERTED, new)) if piece.text)

    def _shown(self, field: Field, value: Any) -> str:
        """Return the value as an editor knows it."""
        if value in EMPTY:
            return ""
        if field.related_model:
            return self._titles.get((field.related_model, value), f"no longer there (number {value})")
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, Decimal):
            return number_format(value, field.decimal_places, use_l10n=True, force_grouping=True)
        return str(localize(value))

    def rows(self, kind: type[Document], relation: str, before: Sequence[Row], after: Sequence[Row]) -> Change:
        """Return which rows were added, removed, moved or changed, in the order of their places."""
        model, names = _rows_model(kind, relation), kind.content_rows[relation]
        pairs = counterparts(before, after, names=names)
        elsewhere = moved((i, j) for i, j in pairs if i is not None and j is not None)
        changes = (
            RowChange(
                title=self._title(model, names[0], {} if i is None else before[i], {} if j is None else after[j]),
                was=None if i is None else i + 1,
                now=None if j is None else j + 1,
                is_moved=(i, j) in elsewhere,
                changes=self._values(model, names, {} if i is None else before[i], {} if j is None else after[j]),
            )
            for i, j in sorted(pairs, key=_place)
        )
        rows = tuple(row for row in changes if row.changes or row.is_moved or None in (row.was, row.now))
        return Change(relation, capfirst(str(model._meta.verbose_name_plural)), rows=rows)

    def _title(self, model: type[models.Model], name: str, before: Row, after: Row) -> str:
        field = model._meta.get_field(name)
        return self._shown(field, _python(field, (after or before)[name])) or f"{model._meta.verbose_name}"

    def _values(self, model: type[models.Model], names: Sequence[str], before: Row, after: Row) -> tuple[Change, ...]:
        """Return the fields that differ; the first one is the title of a row that only one side has."""
        return self.fields(model, names if before and after else names[1:], before, after)


def _place(pair: Pair) -> tuple[int, bool]:
    """Sort by the place after, and what is gone by the place that it had."""
    was, now = pair
    return (was or 0, True) if now is None else (now, False)


def _python(field: Field, value: Any) -> Any:
    return None if value in EMPTY else field.to_python(value)


def _is_prose(field: Field) -> bool:
    """Tell sentences and names, whose words are compared, from what is one value: a choice, an address, a number."""
    is_text = isinstance(field, models.CharField | models.TextField)
    return is_text and not field.choices and not isinstance(field, models.URLField)
