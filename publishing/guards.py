"""What the database itself holds, on SQLite and on PostgreSQL.

- No two editions of one document, and no two editions at one slug, overlap in time.
- An edition never changes: only `live_until` may move, and only while it lies in the future.
- A revision's content never changes.

The guards are put in place after every `migrate` rather than by a migration: SQLite rebuilds a table, and so
drops its triggers, whenever a column changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import connections, models

from publishing.models import Document, Edition, Revision

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
  IF to_jsonb(NEW) - 'note' IS DISTINCT FROM to_jsonb(OLD) - 'note' THEN
    RAISE EXCEPTION 'a revision never changes' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""

POSTGRES_EDITION = """
CREATE OR REPLACE TRIGGER {table}_keep BEFORE UPDATE ON {table}
  FOR EACH ROW EXECUTE FUNCTION publishing_keep_edition();

DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = '{table}_one_of_a_document') THEN
    ALTER TABLE {table} ADD CONSTRAINT {table}_one_of_a_document EXCLUDE USING gist (
      int8range(document_id, document_id, '[]') WITH &&, tstzrange(live_from, live_until) WITH &&);
  END IF;
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = '{table}_one_at_a_slug') THEN
    ALTER TABLE {table} ADD CONSTRAINT {table}_one_at_a_slug EXCLUDE USING gist (
      textrange(slug::text, slug::text, '[]') WITH &&, tstzrange(live_from, live_until) WITH &&);
  END IF;
END $$;
"""

POSTGRES_REVISION = """
CREATE OR REPLACE TRIGGER {table}_keep BEFORE UPDATE ON {table}
  FOR EACH ROW EXECUTE FUNCTION publishing_keep_revision();
"""

SQLITE_OVERLAP = """
CREATE TRIGGER IF NOT EXISTS {table}_no_overlap_{event} BEFORE {when} ON {table}
WHEN NEW.live_from < NEW.live_until
BEGIN
  SELECT RAISE(ABORT, 'two editions of one document overlap') WHERE EXISTS (
    SELECT 1 FROM {table} WHERE document_id = NEW.document_id AND live_until > NEW.live_from
    AND live_from < NEW.live_until AND live_from < live_until AND {other});
  SELECT RAISE(ABORT, 'two editions at one slug overlap') WHERE EXISTS (
    SELECT 1 FROM {table} WHERE slug = NEW.slug AND live_until > NEW.live_from
    AND live_from < NEW.live_until AND live_from < live_until AND {other});
END
"""

SQLITE_KEEP = """
CREATE TRIGGER IF NOT EXISTS {table}_keep BEFORE UPDATE ON {table} WHEN {changed}
BEGIN SELECT RAISE(ABORT, '{sentence}'); END
"""

SQLITE_ENDED = """
CREATE TRIGGER IF NOT EXISTS {table}_ended BEFORE UPDATE ON {table}
WHEN OLD.live_until <= strftime('%Y-%m-%d %H:%M:%f', 'now')
BEGIN SELECT RAISE(ABORT, 'a window that has ended never moves'); END
"""


def edition_models() -> list[Any]:
    """Return every model of editions in the project."""
    return [model for model in apps.get_models() if issubclass(model, Edition)]


def document_models() -> list[Any]:
    """Return every kind of document in the project."""
    return [model for model in apps.get_models() if issubclass(model, Document) and model is not Document]


def install(sender: Any, using: str, **kwargs: Any) -> None:
    """Put the guards of every table that exists in place (receiver of post_migrate); repeating it is harmless."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    statements = _postgres if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for model in [Revision, *edition_models()]:
            if model._meta.db_table in tables:
                for statement in statements(model):
                    cursor.execute(statement)


def _postgres(model: type[models.Model]) -> Iterator[str]:
    yield POSTGRES_SHARED
    template = POSTGRES_REVISION if model is Revision else POSTGRES_EDITION
    yield template.format(table=model._meta.db_table)


def _sqlite(model: type[models.Model]) -> Iterator[str]:
    table = model._meta.db_table
    if model is Revision:
        yield _sqlite_keep(table, REVISION_KEEPS, "a revision never changes")
        return
    columns = [str(field.column) for field in model._meta.local_concrete_fields if field.column != "live_until"]
    yield f"DROP TRIGGER IF EXISTS {table}_keep"  # the list of columns may have grown
    yield _sqlite_keep(table, columns, "an edition never changes")
    yield SQLITE_ENDED.format(table=table)
    yield SQLITE_OVERLAP.format(table=table, event="insert", when="INSERT", other="1")
    yield SQLITE_OVERLAP.format(table=table, event="move", when="UPDATE OF live_until", other="id <> NEW.id")


def _sqlite_keep(table: str, columns: Sequence[str], sentence: str) -> str:
    changed = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in columns)
    return SQLITE_KEEP.format(table=table, changed=changed, sentence=sentence)


def check_guards(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """System check publishing.E001: each edition table is guarded in each database that has it."""
    return [
        checks.Error(
            f"Nothing in the database {alias!r} guards the windows of {model._meta.label}.",
            hint="Run `manage.py migrate`, which puts the guards in place.",
            obj=model,
            id="publishing.E001",
        )
        for alias in databases or []
        for model in edition_models()
        if not _is_guarded(alias, model._meta.db_table)
    ]


def _is_guarded(alias: str, table: str) -> bool:
    connection = connections[alias]
    if table not in connection.introspection.table_names():
        return True  # not migrated yet: there is nothing to guard
    query = (
        "SELECT count(*) FROM pg_constraint WHERE conname IN (%s, %s)"
        if connection.vendor == "postgresql"
        else "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN (%s, %s)"
    )
    names = (
        (f"{table}_one_of_a_document", f"{table}_one_at_a_slug")
        if connection.vendor == "postgresql"
        else (f"{table}_no_overlap_insert", f"{table}_no_overlap_move")
    )
    with connection.cursor() as cursor:
        cursor.execute(query, names)
        return bool(cursor.fetchone()[0] == len(names))


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
