"""Making a site of a backup: beside the present one, which it replaces at one stroke when it is whole.

Pictures are added before, which changes nothing that anybody sees, and what the backup does not have is removed after.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from publishing import audit, bulk, purges
from publishing.backup import pictures, rows
from publishing.backup.archive import Archive, BackupError
from publishing.backup.beside import beside
from publishing.backup.take import leaves
from publishing.models import EVERYTHING, Document, Purge, User

NAMED = 3
"""How many migrations are named that this version does not know."""


def restore(archive: Archive, *, replace: bool, bar: Any) -> list[str]:
    """Make the backup the site, in place of an empty one or, with `replace`, of any; `bar` is a tqdm that is moved on.

    Returns sentences about what is left to do by hand: nothing, as a rule. Raises BackupError if the backup cannot be
    taken, and what the database or the storage raises; the present site is then as it was.
    """
    _refuse_newer(archive, {*MigrationLoader(None).disk_migrations})
    if not replace and _holds_something():
        raise BackupError(
            "The site holds something already: say --replace to give it up for what the backup holds, or set "
            "DATABASE_URL to an empty database."
        )
    archive.verify()
    bar.reset(sum(table.rows for table in archive.manifest.tables))
    last_purge = rows.last_id(Purge) if rows.has_table(Purge) else 0
    damaged = _add_pictures(archive)
    with beside() as put_in_place:
        _fill(archive, bar)
        put_in_place(lambda: _finish(archive, last_purge))
    return [
        sentence for sentence in (_forget_sessions(), _settle_pictures(archive, damaged, replace=replace)) if sentence
    ]


def _refuse_newer(archive: Archive, known: set[tuple[str, str]]) -> None:
    unknown = [f"{app}.{name}" for app, name in archive.manifest.migrations if (app, name) not in known]
    if unknown:
        named = ", ".join(unknown[:NAMED]) + (", …" if len(unknown) > NAMED else "")
        raise BackupError(
            f"The backup was made by a newer version of the site, whose migrations this one does not know ({named}): "
            "install that version, and restore it again."
        )


def _holds_something() -> bool:
    return any(rows.has_table(model) and model._base_manager.exists() for model in (Document, User))


def _add_pictures(archive: Archive) -> list[str]:
    """Add the pictures that the storage does not have, and return the names of those that it has with another content.

    They stay if restoring fails after that: nothing leads to them, and somebody may have uploaded the very same.
    """
    wanted = archive.manifest.media
    there = {*pictures.names()} & {*wanted}
    for name in sorted({*wanted} - there):
        pictures.add(name, archive)
    return [name for name in sorted(there) if not pictures.is_there(name, wanted[name])]


def _forget_sessions() -> str:
    """Empty the cache, in which sessions are too where CACHE_URL names a server."""
    try:
        cache.clear()
    except Exception as error:  # each kind of cache has its own
        return (
            f"The cache could not be emptied ({error}), so that people stay signed in: empty it, and restart the site."
        )
    return ""


def _settle_pictures(archive: Archive, damaged: list[str], *, replace: bool) -> str:
    """Mend pictures that have another content than their name says, and remove those that the backup does not have."""
    try:
        for name in damaged:
            pictures.add(name, archive)
        if replace:
            for name in sorted({*pictures.names()} - {*archive.manifest.media}):
                default_storage.delete(name)
    except OSError as error:
        return f"Not all pictures could be brought in line ({error}): see to it, and restore once more with --replace."
    return ""


def _fill(archive: Archive, bar: Any) -> None:
    """Make the tables as they were when the backup was made, put the rows into them, and migrate to the present."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    then = leaves(executor.loader.graph, archive.manifest.migrations)
    executor.migrate(then)
    models = {model._meta.label_lower: model for model in rows.tables(executor.loader.project_state(then).apps)}
    for model in reversed(models.values()):  # what migrations put there
        _empty(model)
    with bulk.roomy():
        for table in archive.manifest.tables:
            with transaction.atomic():
                for number in rows.load(models[table.model], table.columns, archive.rows(table)):
                    bar.update(number)
                rows.count_from(models[table.model], table.last)
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    executor.migrate(executor.loader.graph.leaf_nodes())


def _empty(model: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def _finish(archive: Archive, last_purge: int) -> None:
    """Put guards in place, say in the audit log what happened, and tell every process, which knows purges up to that
    one, that all its pages are stale."""
    emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)
    audit.record(audit.Act.RESTORE, detail=f"made at {archive.manifest.made_at}")
    coming: defaultdict[datetime, set[str]] = defaultdict(set)
    for due_at, tags in Purge.objects.filter(due_at__gt=timezone.now()).values_list("due_at", "tags"):
        coming[due_at].update(tags.split())
    rows.count_from(Purge, max(last_purge, rows.last_id(Purge)))
    Purge.objects.all().delete()
    purges.purge_at(coming)
    purges.purge([EVERYTHING])
