"""While the database cannot do what is asked, people are told so, nothing is half saved, and what was typed is kept."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from careers.models import Role, RoleEdition
from config.databases import serving
from images.models import Image
from publishing.models import Report
from publishing.outages import RETRY_SECONDS, Outage, outage_in
from tests.articles.admin.desk import ACT_FORM, page
from tests.articles.builders import act, every_row, form_in
from tests.builders import make_live, make_user
from tests.images.builders import encoded, plain, uploaded

pytestmark = pytest.mark.django_db(transaction=True)
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="it is SQLite's way to fail")

FULL = "There is no room left"
READ_ONLY = "The site can be read just now, but nothing can be saved."
BUSY = "Something else has been changing the site for so long"
GONE = "does not answer just now"


@pytest.fixture
def client() -> Client:
    """Return a browser that is shown what a server answers to an error."""
    return Client(raise_request_exception=False)


@contextmanager
def read_only() -> Iterator[None]:
    """Let nothing be written on this connection."""
    is_sqlite = connection.vendor == "sqlite"
    settings = ("PRAGMA query_only = {}", "SET default_transaction_read_only = {}")
    setting = settings[0] if is_sqlite else settings[1]
    with connection.cursor() as cursor:
        cursor.execute(setting.format("ON"))
    yield
    with connection.cursor() as cursor:
        cursor.execute(setting.format("OFF"))


@contextmanager
def full() -> Iterator[None]:
    """Leave no room for another page of the database."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # what was deleted before leaves room
        cursor.execute("PRAGMA max_page_count = 1")  # which SQLite takes as: as many as there are
    yield
    connection.close()


@contextmanager
def locked() -> Iterator[None]:
    """Let another process write for longer than anybody waits."""
    with closing(sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 10")
        yield
        other.execute("ROLLBACK")
    connection.close()


@contextmanager
def gone() -> Iterator[None]:
    """Lead the site to where there is no database."""
    with pytest.MonkeyPatch.context() as patch:
        connection.close()
        patch.setitem(connection.settings_dict, "NAME", "/nowhere/at/all")
        yield
        connection.close()


WRITING = [
    pytest.param(read_only, READ_ONLY, id="read-only"),
    pytest.param(locked, BUSY, id="locked", marks=on_sqlite),
]
NO_ROOM = pytest.param(full, FULL, id="full", marks=on_sqlite)
ALL = [*WRITING, pytest.param(gone, GONE, id="gone")]


def typed_again(response: Any) -> dict[str, Any]:
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response["Retry-After"] == str(RETRY_SECONDS)
    return form_in(response.content.decode(), "main form.report")


LONG = "<p>" + "A summary that somebody thought about for long. " * 400 + "</p>"


@pytest.mark.parametrize(("fault", "says"), [*WRITING, NO_ROOM])
def test_a_form_that_cannot_be_saved_is_shown_again_as_it_was_typed(client: Client, fault: Any, says: str) -> None:
    client.force_login(make_user(is_superuser=True))
    role = make_live(Role)
    sent = form_in(page(client, act(role, "change")), "form#role_form") | {"summary": LONG}
    before = every_row()
    with fault():
        response = client.post(act(role, "change"), sent | {"_continue": "1"})
        assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        again = form_in(response.content.decode(), "form#role_form")
    assert says in response.content.decode()
    assert again["summary"] == LONG
    assert every_row() == before
    assert client.post(act(role, "change"), again | {"_continue": "1"}).status_code == HTTPStatus.FOUND


def test_a_form_that_the_database_cannot_be_asked_for_is_kept_on_a_page_that_sends_it_again(client: Client) -> None:
    client.force_login(make_user(is_superuser=True))
    role = make_live(Role)
    sent = form_in(page(client, act(role, "change")), "form#role_form") | {"definition": "It keeps\ntwo lines."}
    with gone():
        response = client.post(act(role, "change"), sent | {"_continue": "1"})
    again = typed_again(response)
    assert GONE in response.content.decode()
    assert again.pop("csrfmiddlewaretoken")
    assert client.post(act(role, "change"), again).status_code == HTTPStatus.FOUND
    role.refresh_from_db()
    assert role.definition == "It keeps\ntwo lines."


@pytest.mark.parametrize(("fault", "says"), ALL)
def test_a_page_is_published_whole_or_not_at_all(client: Client, fault: Any, says: str) -> None:
    client.force_login(make_user(is_superuser=True))
    role = make_live(Role)
    sent = form_in(page(client, act(role, "publish")), ACT_FORM)
    before = every_row()
    with fault():
        response = client.post(act(role, "publish"), sent)
    assert says in response.content.decode()
    again = typed_again(response)
    assert every_row() == before
    assert client.post(act(role, "publish"), again).status_code == HTTPStatus.FOUND
    assert RoleEdition.objects.filter(document=role).count() == 2


@on_sqlite
def test_an_act_whose_line_in_the_log_cannot_be_written_is_not_done(client: Client) -> None:
    client.force_login(make_user(is_superuser=True))
    role = make_live(Role)
    sent = form_in(page(client, act(role, "publish")), ACT_FORM)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TRIGGER no_log BEFORE INSERT ON main.{LogEntry._meta.db_table} "
            "BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
        response = client.post(act(role, "publish"), sent)
        cursor.execute("DROP TRIGGER IF EXISTS no_log")
    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert RoleEdition.objects.filter(document=role).count() == 1


@pytest.mark.parametrize(("fault", "says"), ALL)
def test_a_reader_keeps_a_report_that_cannot_be_kept(client: Client, fault: Any, says: str) -> None:
    report = {"path": "/roles/", "text": "The wage of keepers is an old one. " * 50, "website": ""}
    with fault():
        response = client.post("/report/", report, headers={"sec-fetch-site": "same-origin"})
    again = typed_again(response)
    assert says in response.content.decode()
    assert again["text"].strip() == report["text"].strip()
    assert not Report.objects.exists()


def test_a_reader_is_told_when_a_page_cannot_be_read(client: Client) -> None:
    role = make_live(Role)
    with gone():
        answers = [client.get(path) for path in (f"/roles/{role.slug}/", "/nothing-is-here/")]
    for answer in answers:
        assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert GONE in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        assert answer["Retry-After"] == str(RETRY_SECONDS)
    assert client.get(f"/roles/{role.slug}/").status_code == HTTPStatus.OK


def test_a_program_is_told_in_its_own_way(client: Client) -> None:
    with gone():
        answer = client.get("/api/v1/roles")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Retry-After"] == str(RETRY_SECONDS)
    assert GONE in answer.json()["detail"]


@on_sqlite
def test_a_database_that_was_moved_away_is_gone_and_not_empty(client: Client, tmp_path: Path) -> None:
    away = tmp_path / "site.sqlite3"
    with pytest.MonkeyPatch.context() as patch:
        connection.close()
        served = serving({"ENGINE": connection.settings_dict["ENGINE"], "NAME": str(away)})
        patch.setitem(connection.settings_dict, "NAME", served["NAME"])
        answer = client.get("/roles/")
        connection.close()
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert GONE in answer.content.decode()
    assert not away.exists()


@pytest.mark.parametrize(("code", "says"), [(errno.ENOSPC, FULL), (errno.EROFS, READ_ONLY)])
def test_a_picture_that_there_is_no_room_for_is_described_once_more(
    client: Client, code: int, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any, **_options: Any) -> None:
        raise OSError(code, os.strerror(code))

    client.force_login(make_user(is_superuser=True))
    sent = {"title": "Desk", "alt": "A desk with two chairs", "focus_x": "0.5", "focus_y": "0.5"}
    monkeypatch.setattr(default_storage, "save", refuse)
    response = client.post(reverse("admin:images_image_add"), sent | {"file": uploaded(encoded(plain()))})
    again = typed_again(response)
    assert says in response.content.decode()
    assert again["alt"].strip() == sent["alt"]
    assert "A file is not sent again" in response.content.decode()
    assert not Image.objects.exists()


def test_a_connection_that_ends_in_the_midst_of_an_answer_is_gone() -> None:
    """libpq makes up such an answer itself, and psycopg finds no SQLSTATE in it."""
    database: Any = connection
    with pytest.raises(DatabaseError) as ended, connection.wrap_database_errors:
        raise database.Database.DatabaseError("server closed the connection unexpectedly")
    assert outage_in(ended.value) is Outage.GONE
    assert outage_in(DatabaseError("Save with update_fields did not affect any rows.")) is None


def test_no_password_is_repeated(client: Client) -> None:
    sent = {"login": "an editor", "password": "a secret of theirs"}
    with gone():
        response = client.post(reverse("admin:login"), sent)
    again = typed_again(response)
    assert again["login"] == "an editor"
    assert "a secret of theirs" not in response.content.decode()


@on_sqlite
def test_a_fault_of_our_own_is_no_outage(client: Client) -> None:
    role = make_live(Role)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {RoleEdition._meta.db_table} RENAME COLUMN title TO titles")
        try:
            answer = client.get(f"/roles/{role.slug}/")
        finally:
            cursor.execute(f"ALTER TABLE {RoleEdition._meta.db_table} RENAME COLUMN titles TO title")
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
