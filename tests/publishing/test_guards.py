"""What the database itself refuses, whoever asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.checks import Error, Warning
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles.models import Comparison, Page
from careers.models import Role, RoleEdition
from publishing import guards
from publishing.models import FOREVER, Document, Revision
from tests.builders import ahead, make_draft, make_live, make_scheduled, make_user

pytestmark = pytest.mark.django_db

KINDS = [Role, Comparison, Page]
GUARD = re.compile("_(keep|ended|no_overlap_insert|no_overlap_move|one_of_a_document|one_at_a_slug)$")
ENDED = "2020-01-01 00:00:00+00:00"


@contextmanager
def refused() -> Iterator[None]:
    """Expect the database to refuse, and let the test's transaction go on."""
    with pytest.raises(IntegrityError), transaction.atomic():
        yield


@contextmanager
def undone() -> Iterator[None]:
    """Do something to the database, and take it back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def insert_copy(edition: Any, **changes: Any) -> int:
    """Insert the edition's row once more, in plain SQL, with other values in some columns; return its id."""
    fields = [field for field in edition._meta.local_concrete_fields if not field.primary_key]
    named = {
        field.column: field.get_db_prep_save(changes[field.column], connection)
        for field in fields
        if field.column in changes
    }
    columns = ", ".join(field.column for field in fields)
    copied = ", ".join("%s" if field.column in named else field.column for field in fields)
    table = edition._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {copied} FROM {table} WHERE id = %s RETURNING id",  # noqa: S608
            [*named.values(), edition.pk],
        )
        return int(cursor.fetchone()[0])


def update(edition: models.Model, **changes: Any) -> None:
    """Update the row past every save() and manager of ours."""
    models.QuerySet(type(edition)).filter(pk=edition.pk).update(**changes)


def only_edition(document: Document) -> Any:
    return document.edition_model.objects.get(document=document)


def make_ended() -> RoleEdition:
    """Return an edition whose window has ended, beside one that is live."""
    insert_copy(only_edition(make_live(Role)), live_from="2019-01-01 00:00:00+00:00", live_until=ENDED)
    return RoleEdition.objects.earliest("live_from")


@pytest.mark.parametrize("kind", KINDS)
def test_two_windows_of_one_document_do_not_overlap(kind: type[Document]) -> None:
    edition = only_edition(make_live(kind))
    with refused():
        insert_copy(edition, slug="elsewhere", live_from=ahead(days=3))


@pytest.mark.parametrize("kind", KINDS)
def test_two_windows_at_one_slug_do_not_overlap(kind: type[Document]) -> None:
    edition = only_edition(make_live(kind))
    with refused():
        insert_copy(edition, document_id=make_draft(kind).pk, live_from=ahead(days=3))


def test_windows_that_touch_do_not_overlap() -> None:
    edition = only_edition(make_scheduled(Role, at=ahead(days=3)))
    insert_copy(edition, live_from=ahead(days=1), live_until=edition.live_from)
    with refused():
        insert_copy(edition, live_from=ahead(days=2), live_until=edition.live_from + timedelta(microseconds=1))


def test_an_empty_window_overlaps_nothing() -> None:
    edition = only_edition(make_live(Role))
    for moment in (edition.live_from, ahead(days=2), FOREVER):
        insert_copy(edition, live_from=moment, live_until=moment)
    assert RoleEdition.objects.opened().count() == 1


def test_a_window_is_not_moved_over_the_next_one() -> None:
    earlier = only_edition(make_scheduled(Role, at=ahead(days=2)))
    next_opening = ahead(days=5)
    update(earlier, live_until=next_opening)
    insert_copy(earlier, live_from=next_opening, live_until=FOREVER)
    update(earlier, live_until=next_opening - timedelta(days=1))
    update(earlier, live_until=next_opening)
    with refused():
        update(earlier, live_until=next_opening + timedelta(seconds=1))


def test_a_window_is_not_moved_over_another_document_at_the_slug() -> None:
    earlier = only_edition(make_scheduled(Role, at=ahead(days=2)))
    next_opening = ahead(days=5)
    update(earlier, live_until=next_opening)
    insert_copy(earlier, document_id=make_draft(Role).pk, live_from=next_opening, live_until=FOREVER)
    with refused():
        update(earlier, live_until=FOREVER)


@pytest.mark.parametrize("kind", KINDS)
def test_no_column_of_an_edition_changes_but_the_end_of_its_window(kind: type[Document]) -> None:
    edition = only_edition(make_scheduled(kind))
    other = only_edition(make_scheduled(kind))
    for field in edition._meta.local_concrete_fields:
        mine, theirs = getattr(edition, field.attname), getattr(other, field.attname)
        if field.attname == "live_until" or mine == theirs:
            continue
        with refused():
            update(edition, **{field.attname: theirs})
    update(edition, live_until=ahead(days=9))


@pytest.mark.parametrize(
    ("column", "value"),
    [("kind", "gone"), ("reason", "Why not"), ("is_significant", False), ("title", "Another"), ("definition", "New")],
)
def test_what_an_edition_says_does_not_change(column: str, value: Any) -> None:
    edition = only_edition(make_live(Role))
    with refused():
        update(edition, **{column: value})


def test_a_window_that_has_ended_never_moves() -> None:
    ended = make_ended()
    for end in (FOREVER, ahead(days=1), ended.live_from):
        with refused():
            update(ended, live_until=end)


def test_a_window_that_is_open_may_be_closed_now() -> None:
    edition = only_edition(make_live(Role))
    update(edition, live_until=ahead())
    assert not RoleEdition.objects.live(ahead(seconds=1)).exists()


@pytest.mark.parametrize("column", ["document_id", "content", "schema", "digest", "author_id", "created_at"])
def test_a_revision_never_changes(column: str) -> None:
    revision: Any = make_draft(Role).revisions.get()
    other = Revision(document_id=make_draft(Role).pk, content={}, schema=9, digest="0" * 64, created_at=ahead(days=1))
    other.author_id = make_draft(Role).revisions.get().author_id
    with refused():
        update(revision, **{column: getattr(other, column)})


def test_the_note_of_a_revision_may_be_mended() -> None:
    revision = make_draft(Role).revisions.get()
    update(revision, note="Before the reorganisation")
    revision.refresh_from_db()
    assert revision.note == "Before the reorganisation"


def test_an_overlap_is_told_from_every_other_error() -> None:
    edition = only_edition(make_live(Role))
    with pytest.raises(IntegrityError) as overlap, transaction.atomic():
        insert_copy(edition, live_from=ahead(days=3))
    with pytest.raises(IntegrityError) as change, transaction.atomic():
        update(edition, title="Another")
    assert (guards.is_collision(overlap.value), guards.is_collision(change.value)) == (True, False)


def test_installing_the_guards_again_changes_nothing() -> None:
    before = guards_in_place()
    guards.install(None, using="default")
    assert guards_in_place() == before


def guards_in_place() -> list[Any]:
    query = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        if connection.vendor == "sqlite"
        else "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint UNION ALL "
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def test_a_guarded_database_passes_its_check() -> None:
    assert guards.check_guards(databases=["default"]) == []


def drop(table: str, guard: str) -> None:
    is_constraint = guard.startswith(f"{table}_one_")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {guard}")
        else:
            what = (
                f"ALTER TABLE {table} DROP CONSTRAINT {guard}" if is_constraint else f"DROP TRIGGER {guard} ON {table}"
            )
            cursor.execute(what)


@pytest.mark.parametrize("model", [RoleEdition, Revision])
def test_a_table_that_lost_a_guard_is_reported(model: type[models.Model]) -> None:
    table = model._meta.db_table
    for guard in [name for name, _ in guards_in_place() if name.startswith(table) and GUARD.search(name)]:
        with undone():
            drop(table, guard)
            assert guards.check_guards(databases=["default"]) == [unguarded(model)]
    assert guards.check_guards(databases=["default"]) == []


@pytest.mark.parametrize("model", [RoleEdition, Revision])
def test_migrate_puts_a_guard_that_was_lost_back(model: type[models.Model]) -> None:
    before = guards_in_place()
    drop(model._meta.db_table, f"{model._meta.db_table}_keep")
    assert guards_in_place() != before
    call_command("migrate", verbosity=0, skip_checks=False)
    assert guards_in_place() == before


def test_a_lost_guard_fails_the_check_that_a_deployment_runs() -> None:
    check = partial(call_command, "check", databases=["default"], fail_level="WARNING")
    check()
    drop(RoleEdition._meta.db_table, f"{RoleEdition._meta.db_table}_keep")
    with pytest.raises(SystemCheckError, match="publishing.W001"):
        check()


# Migrations


def schema_editor() -> BaseDatabaseSchemaEditor:
    """Return what a migration is given, for use inside the test's transaction."""
    return connection.SchemaEditorClass(connection, atomic=False)


def test_a_migration_can_fill_a_column_of_what_was_published() -> None:
    before, ended = guards_in_place(), make_ended()
    revision = ended.revision
    with guards.lifted(schema_editor()):
        models.QuerySet(RoleEdition).update(definition="Filled in.")
        update(revision, schema=2)
    assert set(RoleEdition.objects.values_list("definition", flat=True)) == {"Filled in."}
    assert guards_in_place() == before
    for edition in RoleEdition.objects.all():
        with refused():
            update(edition, definition="Filled in again.")
    with refused():
        update(revision, schema=3)


def test_a_migration_can_fill_a_column_that_refers_to_another_row() -> None:
    editor, edition = make_user(), only_edition(make_live(Role))
    with guards.lifted(schema_editor()):
        update(edition, issued_by=editor)
    with refused():
        update(edition, issued_by=make_user())


def test_windows_do_not_overlap_while_a_migration_fills_a_column() -> None:
    edition = only_edition(make_live(Role))
    with guards.lifted(schema_editor()), refused():
        insert_copy(edition, slug="elsewhere", live_from=ahead(days=3))


def test_a_migration_that_fails_leaves_every_guard_where_it_was() -> None:
    before, edition = guards_in_place(), only_edition(make_live(Role))
    with pytest.raises(ZeroDivisionError), guards.lifted(schema_editor()):
        update(edition, definition=str(1 / 0))
    assert guards_in_place() == before
    with refused():
        update(edition, definition="Another.")


def test_a_migration_of_an_empty_database_finds_no_guard_to_lift() -> None:
    for name, _ in guards_in_place():
        if name.endswith("_keep"):
            drop(name.removesuffix("_keep"), name)
    before = guards_in_place()
    with guards.lifted(schema_editor()):
        update(only_edition(make_live(Role)), definition="Filled in.")
    assert guards_in_place() == before


def test_a_guard_of_an_older_kind_is_replaced() -> None:
    table = RoleEdition._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {table}_ended")
            cursor.execute(f"CREATE TRIGGER {table}_ended BEFORE UPDATE ON {table} BEGIN SELECT 1; END")
        else:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION publishing_keep_edition() RETURNS trigger LANGUAGE plpgsql "
                "AS $$ BEGIN RETURN NEW; END $$"
            )
    ended = make_ended()
    update(ended, live_until="2019-06-01 00:00:00+00:00")
    guards.install(None, using="default")
    with refused():
        update(ended, live_until=ENDED)


def unguarded(model: type[models.Model]) -> Warning:
    return Warning(
        f"Nothing in the database 'default' guards {model._meta.label}.",
        hint="Run `manage.py migrate`, which puts the guards in place.",
        obj=model,
        id="publishing.W001",
    )


@pytest.mark.django_db(transaction=True)
def test_the_guards_come_back_after_a_column_changed() -> None:
    column = RoleEdition._meta.get_field("definition")
    wider = copy(column)
    wider.max_length = 260
    try:
        with connection.schema_editor() as editor:
            editor.alter_field(RoleEdition, column, wider)
        # SQLite builds such a table anew, without its triggers.
        expected = [unguarded(RoleEdition)] if connection.vendor == "sqlite" else []
        assert guards.check_guards(databases=["default"]) == expected
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(RoleEdition, wider, column)
        guards.install(None, using="default")
    assert guards.check_guards(databases=["default"]) == []
    edition = only_edition(make_live(Role))
    with refused():
        insert_copy(edition, slug="elsewhere")
    with refused():
        update(edition, title="Another")


def test_a_kind_that_does_not_say_what_it_is_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    assert guards.check_documents() == []
    monkeypatch.setattr(Role, "url_name", "")
    assert guards.check_documents() == [
        Error(
            "careers.Role does not set url_name.",
            hint="A kind of document names its edition_model, url_name and content_fields.",
            obj=Role,
            id="publishing.E002",
        )
    ]
