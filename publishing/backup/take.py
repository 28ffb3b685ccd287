"""Making a backup of the site as it is at one moment, while people go on working."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.loader import MigrationLoader

from publishing.backup import pictures, rows
from publishing.backup.archive import BackupError, Manifest, Table, Writer, writing
from publishing.export.reader import one_moment


class Taken(NamedTuple):
    """How many rows and pictures the backup holds, and which pictures rows name that are not in the storage."""

    rows: int
    files: int
    missing: list[str]


def backup(place: Path, *, replace: bool, bar: Any) -> Taken:
    """Write the site into a file at the place, whole or not at all; `bar` is a tqdm that is moved on.

    Rows are read in one transaction that only reads, so that nobody waits. Raises BackupError, and OSError where the
    file or a picture cannot be written or read.
    """
    if not MigrationLoader(connection).applied_migrations:
        raise BackupError("The database holds no site: run manage.py migrate, or see what DATABASE_URL names.")
    with writing(place, replace=replace) as writer:
        with one_moment() as at:
            loader = MigrationLoader(connection)
            migrations = _known(loader)
            models = rows.tables(loader.project_state(leaves(loader.graph, migrations)).apps)
            bar.reset(sum(model._base_manager.count() for model in models))
            tables = [_table(model, writer, bar) for model in models]
            named = {
                name
                for field in pictures.file_fields(models)
                for name in field.model._base_manager.values_list(field.attname, flat=True)
            }
        carried = {name for name in pictures.names() if pictures.carry(name, writer)}
        writer.finish(Manifest(at.isoformat(), migrations, tables, writer.members))
    return Taken(sum(table.rows for table in tables), len(carried), sorted(named - carried))


def leaves(graph: MigrationGraph, applied: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return those of the applied migrations that no other of their app follows."""
    followed = {parent.key for key in applied for parent in graph.node_map[key].parents if parent.key[0] == key[0]}
    return sorted({*applied} - followed)


def _known(loader: MigrationLoader) -> list[tuple[str, str]]:
    """Return the migrations that are applied, but for those of apps that were taken out.

    Raises BackupError where the code does not know one: what it added would be left out.
    """
    applied = sorted(key for key in loader.applied_migrations if key[0] in loader.migrated_apps)
    unknown = [f"{app}.{name}" for app, name in applied if (app, name) not in loader.graph.nodes]
    if unknown:
        raise BackupError(
            f"A newer version of the site has migrated the database ({', '.join(unknown)}): back up with that version."
        )
    return applied


def _table(model: Any, writer: Writer, bar: Any) -> Table:
    with writer.member(f"tables/{model._meta.label_lower}") as member:
        number = 0
        for line in rows.lines(model):
            member.write(line)
            bar.update()
            number += 1
    return Table(model._meta.label_lower, rows.columns(model), number, rows.last_id(model))
