"""What the database itself holds, on SQLite and on PostgreSQL.

- No two editions of one document, and no two editions at one slug, overlap in time.
- An edition never changes: only `live_until` may move, and only while it lies in the future.
- A revision's content never changes.
- An entry of the audit log never changes, and is not deleted within a year. After that it may be: it holds names and
  addresses of people, which are not kept for good.

The guards are put in place after every `migrate` rather than by a migration: SQLite rebuilds a table, and so
drops its triggers, whenever a column changes. A migration that changes published rows does so inside `lifted()`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core import checks
from django.db import DatabaseError, connections, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from publishing.kinds import document_models, edition_models
from publishing.models import AuditEntry, Revision

OVERLAP = "overlaps in time"
"""How the sentence of an overlap ends on SQLite."""

POSTGRES_COLLISIONS = frozenset({"23P01", "40P01"})
"""SQLSTATE of exclusion_violation, and of deadlock_detected: how PostgreSQL ends two inserts that exclude each other
(https://www.postgresql.org/docs/current/errcodes-appendix.html)."""

REVISION_KEEPS = ("document_id", "content", "schema", "digest", "author_id", "created_at")

POSTGRES_SHARED = """
DO $$ BEGIN CREATE TYPE textrange AS RANGE (subtype = text); EXCEPTION WHEN duplicate_object THEN NULL; END $$;

CREATE OR REPLACE FUNCTION publishing_keep_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'live_until' IS DISTINCT FROM to_jsonb(OLD) - 'live_until' THEN
    RAISE EXCEPTION 'an edition never changes' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.live_until <= clock_timestamp() THEN
    RAISE EXCEPTION 'a window that has ended never moves' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION publishing_keep_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - '{note,name}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{note,name}'::text[] THEN
    RAISE EXCEPTION 'a revision never changes' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION publishing_keep_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.at < clock_timestamp() - interval '365 days' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'an entry of the audit log never changes, and stays for a year'
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

POSTGRES_EDITION = """
CREATE OR REPLACE TRIGGER {table}_keep BEFORE UPDATE ON {table}
  FOR EACH ROW EXECUTE FUNCTION publishing_keep_edition();

DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint
    WHERE conname = '{table}_one_of_a_document' AND conrelid = '{table}'::regclass) THEN
    ALTER TABLE {table} ADD CONSTRAINT {table}_one_of_a_document EXCLUDE USING gist (
      int8range(document_id, document_id, '[]') WITH &&, tstzrange(live_from, live_until) WITH &&);
  END IF;
  IF NOT EXISTS (SELECT FROM pg_constraint
    WHERE conname = '{table}_one_at_a_slug' AND conrelid = '{table}'::regclass) THEN
    ALTER TABLE {table} ADD CONSTRAINT {table}_one_at_a_slug EXCLUDE USING gist (
      textrange(slug::text, slug::text, '[]') WITH &&, tstzrange(live_from, live_until) WITH &&);
  END IF;
END $$;
"""

POSTGRES_REVISION = """
CREATE OR REPLACE TRIGGER {table}_keep BEFORE UPDATE ON {table}
  FOR EACH ROW EXECUTE FUNCTION publishing_keep_revision();
"""

POSTGRES_ENTRY = """
CREATE OR REPLACE TRIGGER {table}_keep BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION publishing_keep_entry();
"""

SQLITE_OVERLAP = """
CREATE TRIGGER {table}_no_overlap_{event} BEFORE {when} ON {table}
WHEN NEW.live_from < NEW.live_until
BEGIN
  SELECT RAISE(ABORT, 'another edition of the document {overlap}') WHERE EXISTS (
    SELECT 1 FROM {table} WHERE document_id = NEW.document_id AND live_until > NEW.live_from
    AND live_from < NEW.live_until AND live_from < live_until AND {other});
  SELECT RAISE(ABORT, 'another edition at the slug {overlap}') WHERE EXISTS (
    SELECT 1 FROM {table} WHERE slug = NEW.slug AND live_until > NEW.live_from
    AND live_from < NEW.live_until AND live_from < live_until AND {other});
END
"""

SQLITE_KEEP = """
CREATE TRIGGER {table}_keep BEFORE UPDATE ON {table} WHEN {changed}
BEGIN SELECT RAISE(ABORT, '{sentence}'); END
"""

SQLITE_ENTRY_KEEP = """
CREATE TRIGGER {table}_keep BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'an entry of the audit log never changes'); END
"""

SQLITE_ENTRY_STAY = """
CREATE TRIGGER {table}_stay BEFORE DELETE ON {table}
WHEN OLD.at >= strftime('%Y-%m-%d %H:%M:%f', 'now', '-365 days')
BEGIN SELECT RAISE(ABORT, 'an entry of the audit log stays for a year'); END
"""

SQLITE_ENDED = """
CREATE TRIGGER {table}_ended BEFORE UPDATE OF live_until ON {table}
WHEN OLD.live_until <= strftime('%Y-%m-%d %H:%M:%f', 'now')
BEGIN SELECT RAISE(ABORT, 'a window that has ended never moves'); END
"""


POSTGRES_IN_PLACE = """
SELECT name FROM (
  SELECT conrelid AS of_table, conname AS name FROM pg_constraint UNION ALL SELECT tgrelid, tgname FROM pg_trigger
) AS guards WHERE of_table = %s::regclass
"""

SQLITE_IN_PLACE = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"

POSTGRES_KEEPERS = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname = ANY(%s)"

SQLITE_KEEPERS = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name IN (SELECT value FROM json_each(%s))"
)


def is_collision(error: DatabaseError) -> bool:
    """Whether the database says by this error that two editions would have overlapped."""
    return getattr(error.__cause__, "sqlstate", None) in POSTGRES_COLLISIONS or OVERLAP in str(error)


def install(sender: Any, using: str, **kwargs: Any) -> None:
    """Put the guards of every table that exists in place (receiver of post_migrate), in place of older ones: all at
    once, so that nobody writes unguarded meanwhile."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    statements = _postgres if connection.vendor == "postgresql" else _sqlite
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for model in _guarded():
            if model._meta.db_table in tables:
                for statement in statements(model):
                    cursor.execute(statement)


@contextmanager
def lifted(schema_editor: BaseDatabaseSchemaEditor) -> Iterator[None]:
    """Let a migration change editions and revisions inside, to fill a new column of theirs for instance.

    Windows that overlap are refused all the same. What stood before stands again at the end; if anything is raised
    inside, all that was done inside is undone.
    """
    connection = schema_editor.connection
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        lift, put_back = (_postgres_keepers if connection.vendor == "postgresql" else _sqlite_keepers)(cursor)
        for statement in lift:
            cursor.execute(statement)
        yield
        for statement in put_back:
            cursor.execute(statement)


def _postgres_keepers(cursor: Any) -> tuple[list[str], list[str]]:
    """Return the statements that lift what keeps rows as they are, and those that put it back."""
    cursor.execute(POSTGRES_KEEPERS, [_keepers()])
    keepers = cursor.fetchall()
    lift = [f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name in keepers]
    put_back = [f"ALTER TABLE {table} ENABLE TRIGGER {name}" for table, name in keepers]
    # PostgreSQL alters no table while a foreign key of its rows waits to be checked.
    return ["SET CONSTRAINTS ALL IMMEDIATE", *lift], [*put_back, "SET CONSTRAINTS ALL DEFERRED"]


def _sqlite_keepers(cursor: Any) -> tuple[list[str], list[str]]:
    """Return the statements that lift what keeps rows as they are, and those that put it back."""
    cursor.execute(SQLITE_KEEPERS, [json.dumps(_keepers())])
    keepers = cursor.fetchall()
    return [f"DROP TRIGGER {name}" for name, _ in keepers], [sql for _, sql in keepers]


def _keepers() -> list[str]:
    return [f"{model._meta.db_table}_{what}" for model in _guarded() for what in ("keep", "ended", "stay")]


def _guarded() -> list[Any]:
    return [Revision, AuditEntry, *edition_models()]


def _postgres(model: type[models.Model]) -> Iterator[str]:
    yield POSTGRES_SHARED
    template = {Revision: POSTGRES_REVISION, AuditEntry: POSTGRES_ENTRY}.get(model, POSTGRES_EDITION)
    yield template.format(table=model._meta.db_table)


def _sqlite(model: type[models.Model]) -> Iterator[str]:
    for name, trigger in _sqlite_triggers(model).items():
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield trigger


def _sqlite_triggers(model: type[models.Model]) -> dict[str, str]:
    """Return the triggers of the table by name."""
    table = model._meta.db_table
    if model is Revision:
        return {f"{table}_keep": _sqlite_keep(table, REVISION_KEEPS, "a revision never changes")}
    if model is AuditEntry:
        triggers = {"keep": SQLITE_ENTRY_KEEP, "stay": SQLITE_ENTRY_STAY}
        return {f"{table}_{name}": sql.format(table=table) for name, sql in triggers.items()}
    columns = [str(field.column) for field in model._meta.local_concrete_fields if field.column != "live_until"]
    insert = {"event": "insert", "when": "INSERT", "other": "1"}
    move = {"event": "move", "when": "UPDATE OF live_until", "other": "id <> NEW.id"}
    return {
        f"{table}_keep": _sqlite_keep(table, columns, "an edition never changes"),
        f"{table}_ended": SQLITE_ENDED.format(table=table),
        f"{table}_no_overlap_insert": SQLITE_OVERLAP.format(table=table, overlap=OVERLAP, **insert),
        f"{table}_no_overlap_move": SQLITE_OVERLAP.format(table=table, overlap=OVERLAP, **move),
    }


def _sqlite_keep(table: str, columns: Sequence[str], sentence: str) -> str:
    changed = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in columns)
    return SQLITE_KEEP.format(table=table, changed=changed, sentence=sentence)


def check_guards(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """System check publishing.W001: each table of editions, of revisions, and of the audit log is guarded wherever it
    exists.

    A warning, since `migrate` begins with this check and ends by putting the guards in place.
    """
    return [
        checks.Warning(
            f"Nothing in the database {alias!r} guards {model._meta.label}.",
            hint="Run `manage.py migrate`, which puts the guards in place.",
            obj=model,
            id="publishing.W001",
        )
        for alias in databases or []
        for model in _guarded()
        if not _is_guarded(alias, model)
    ]


def _is_guarded(alias: str, model: Any) -> bool:
    connection = connections[alias]
    table = model._meta.db_table
    if table not in connection.introspection.table_names():
        return True  # not migrated yet: there is nothing to guard
    is_postgres = connection.vendor == "postgresql"
    names = _postgres_names(model) if is_postgres else set(_sqlite_triggers(model))
    with connection.cursor() as cursor:
        cursor.execute(POSTGRES_IN_PLACE if is_postgres else SQLITE_IN_PLACE, [table])
        return names <= {name for (name,) in cursor.fetchall()}


def _postgres_names(model: type[models.Model]) -> set[str]:
    table = model._meta.db_table
    overlaps = set() if model in {Revision, AuditEntry} else {f"{table}_one_of_a_document", f"{table}_one_at_a_slug"}
    return {f"{table}_keep"} | overlaps


def check_documents(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """System check publishing.E002: every kind of document says what its editions are and where readers find it."""
    return [
        checks.Error(
            f"{model._meta.label} does not set {name}.",
            hint="A kind of document names its edition_model, url_name and content_fields.",
            obj=model,
            id="publishing.E002",
        )
        for model in document_models()
        for name in ("edition_model", "url_name", "content_fields")
        if not getattr(model, name, None)
    ]
