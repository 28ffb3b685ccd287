"""How a process that serves the site is connected to the database: it makes none, and waits for nothing without end.

Commands are not bound by this: a migration, an import or a backup takes as long as it takes.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

SQLITE = "django.db.backends.sqlite3"
CONNECT_SECONDS = 10
LOCK_SECONDS = 20
STATEMENT_SECONDS = 60
"""How long PostgreSQL may take to be reached, to give a lock (as long as SQLite may, see config/settings.py), and to
answer one question."""


def serving(database: dict[str, Any]) -> dict[str, Any]:
    """Return Django's settings of a database as they are for a process that serves; what DATABASE_URL says of
    PostgreSQL's options holds over ours.

    SQLite opens the file that is there (https://www.sqlite.org/uri.html#urimode), where it would make an empty one in
    place of one that was moved away. A database in memory is always made.
    """
    if database["NAME"] == ":memory:":
        return database
    if database["ENGINE"] == SQLITE:
        return database | {"NAME": f"{Path(database['NAME']).absolute().as_uri()}?mode=rw"}
    given = database.get("OPTIONS", {})
    limits = f"-c lock_timeout={LOCK_SECONDS}s -c statement_timeout={STATEMENT_SECONDS}s"
    ours = {"connect_timeout": CONNECT_SECONDS, "tcp_user_timeout": LOCK_SECONDS * 1000}
    return database | {"OPTIONS": ours | given | {"options": f"{limits} {given.get('options', '')}".strip()}}


def held_open(database: dict[str, Any]) -> sqlite3.Connection | None:
    """Return a connection to SQLite's file for a process to keep as long as it serves; None with PostgreSQL, or where
    the file cannot be written to.

    With the last connection SQLite removes the files beside the database, which the next one makes anew
    (https://www.sqlite.org/wal.html#the_wal_file). On a disk that is full or turned read-only that fails, and nothing
    could be read any more. A process that has opened them for reading alone goes on so: that one is not kept.
    """
    if database["ENGINE"] != SQLITE or not os.access(database["NAME"], os.W_OK):
        return None
    with suppress(sqlite3.OperationalError):  # each request says so by itself
        kept = sqlite3.connect(database["NAME"], check_same_thread=False)
        kept.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return kept
    return None
