"""An empty database beside the site's, which takes its place at one stroke.

On SQLite it is another file, whose pages SQLite's own backup copies over those of the site's in one transaction
(https://www.sqlite.org/backup.html); on PostgreSQL it is another schema, whose tables take the place of those of the
site's in one transaction. Whatever ends a run before that leaves the site as it was, and the next run clears it away.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections, transaction

from publishing.backup.archive import BackupError

UNDER_WAY = "Another backup is being restored, or the site exported, just now: wait until that is done."
RECORD = "django_migrations"
LOCK_SECONDS = 60
"""How long to wait for whoever reads a table of the site."""

Finish = Callable[[], None]
PutInPlace = Callable[[Finish], None]
"""Lets the new database take the site's place after it has called what is given, in the new one."""


@contextmanager
def beside() -> Iterator[PutInPlace]:
    """Let the default connection be that of an empty database inside, which nobody else sees until it is put in place.

    Migrations ask the default connection in places, so that no other would do.
    """
    with (_schema if connection.vendor == "postgresql" else _file)() as put_in_place:
        yield put_in_place


@contextmanager
def _file() -> Iterator[PutInPlace]:
    site = Path(connection.settings_dict["NAME"])
    new = site.with_name(f"{site.name}.restoring")

    def put_in_place(finish: Finish) -> None:
        finish()
        connection.close()
        with (
            connection.wrap_database_errors,
            closing(sqlite3.connect(new)) as source,
            closing(sqlite3.connect(site)) as target,
        ):
            source.backup(target)

    folder = os.open(site.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(folder)
        raise BackupError(UNDER_WAY) from error
    try:
        _remove(new)
        with _settings(NAME=str(new)):
            yield put_in_place
    finally:
        _remove(new)
        os.close(folder)


def _remove(file: Path) -> None:
    for each in (file, *(file.with_name(f"{file.name}-{kind}") for kind in ("wal", "shm", "journal"))):
        each.unlink(missing_ok=True)


@contextmanager
def _schema() -> Iterator[PutInPlace]:
    quote = connection.ops.quote_name
    options = connection.settings_dict["OPTIONS"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (site,) = cursor.fetchone()
    new = f"{site}_restoring"
    clear_away = f"DROP SCHEMA IF EXISTS {quote(new)} CASCADE"

    def put_in_place(finish: Finish) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            _move(cursor, new, site)
            cursor.execute("SELECT set_config('search_path', %s, false)", [quote(site)])
            finish()

    with closing(connections.create_connection(DEFAULT_DB_ALIAS)) as other, other.cursor() as alone:
        alone.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [new])
        if alone.fetchone() != (True,):
            raise BackupError(UNDER_WAY)
        alone.execute(clear_away)
        alone.execute(f"CREATE SCHEMA {quote(new)}")
        try:
            with _settings(OPTIONS=options | {"options": f"{options.get('options', '')} -c search_path={new}".strip()}):
                yield put_in_place
        finally:
            with suppress(Error):  # the next run does it
                alone.execute(clear_away)


def _move(cursor: Any, new: str, site: str) -> None:
    """Drop the tables of the site, and move the new ones to where they were.

    What others have made of them, a view for instance, is not dropped: then the database refuses.
    """
    quote = connection.ops.quote_name
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename", [new])
    tables = [name for (name,) in cursor.fetchall()]
    present = sorted({*tables, RECORD, *connection.introspection.django_table_names()})
    cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
    cursor.execute(f"DROP TABLE IF EXISTS {', '.join(f'{quote(site)}.{quote(name)}' for name in present)}")
    for name in tables:
        cursor.execute(f"ALTER TABLE {quote(new)}.{quote(name)} SET SCHEMA {quote(site)}")


@contextmanager
def _settings(**other: Any) -> Iterator[None]:
    """Let the default connection have other settings inside."""
    before = {name: connection.settings_dict[name] for name in other}
    connection.close()
    connection.settings_dict.update(other)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
