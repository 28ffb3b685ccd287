"""A process that serves makes no database, waits for nothing without end, and goes on reading on a full disk."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from config.databases import SQLITE, held_open, serving
from tests.config.test_settings import start

on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such limits")


def file_at(path: Path) -> dict[str, Any]:
    return connection.settings_dict | {"ENGINE": SQLITE, "NAME": str(path), "OPTIONS": {}}


@pytest.mark.django_db
def test_a_server_makes_no_file_in_place_of_one_that_was_moved_away(tmp_path: Path) -> None:
    file = tmp_path / "a site’s 100% own.sqlite3"
    with closing(sqlite3.connect(file)) as made:
        made.execute("CREATE TABLE kept (id)")
    served = DatabaseWrapper(serving(file_at(file)))
    assert served.introspection.table_names() == ["kept"]
    served.close()
    file.rename(tmp_path / "elsewhere")
    with pytest.raises(OperationalError, match="unable to open database file"):
        served.ensure_connection()
    assert not file.exists()


@pytest.mark.parametrize("maintenance", ["false", "true"])
def test_the_site_is_served_from_the_file_that_is_there_and_leaves_it_alone_while_it_is_worked_on(
    maintenance: str, tmp_path: Path
) -> None:
    file = tmp_path / "site.sqlite3"
    file.touch()
    ask = "from config.wsgi import database, kept_open; print(database['NAME'], kept_open is None)"
    said = start(ask, DATABASE_URL=f"sqlite:///{file}", MAINTENANCE=maintenance)
    assert said.stdout.split() == [f"{file.as_uri()}?mode=rw", maintenance.capitalize()], said.stderr


def test_files_beside_the_database_stay_as_long_as_the_site_is_served(tmp_path: Path) -> None:
    file = tmp_path / "site.sqlite3"
    with closing(sqlite3.connect(file)) as made:
        made.execute("PRAGMA journal_mode=WAL")
    beside = [file.with_name(f"{file.name}-{kind}") for kind in ("wal", "shm")]
    kept = held_open(file_at(file))
    assert kept
    with closing(sqlite3.connect(file)) as last:
        last.execute("CREATE TABLE kept (id)")
    assert all(each.exists() for each in beside)
    kept.close()
    assert not any(each.exists() for each in beside)


def test_nothing_is_held_open_where_there_is_nothing_to_write_to(tmp_path: Path) -> None:
    assert held_open(file_at(tmp_path / "site.sqlite3")) is None
    assert held_open({"ENGINE": "django.db.backends.postgresql", "NAME": "site"}) is None


def postgres(**options: str) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.postgresql", "NAME": "site", "OPTIONS": options}


def test_what_the_operator_says_holds_over_the_limits_of_a_server() -> None:
    options = serving(postgres(options="-c lock_timeout=2s", connect_timeout="3"))["OPTIONS"]
    assert options["options"] == "-c lock_timeout=20s -c statement_timeout=60s -c lock_timeout=2s"
    assert options["connect_timeout"] == "3"


def shown(of: Any) -> list[str]:
    """Return the limits of a connection."""
    with of.cursor() as cursor:
        said = []
        for name in ("lock_timeout", "statement_timeout"):
            cursor.execute(f"SHOW {name}")
            said.append(cursor.fetchone()[0])
        return said


@on_postgres
@pytest.mark.django_db
def test_a_server_waits_for_so_long_and_a_command_as_long_as_it_takes() -> None:
    served = type(connection.copy())(serving(connection.settings_dict))
    assert shown(served) == ["20s", "1min"]
    served.close()
    assert shown(connection) == ["0", "0"]
