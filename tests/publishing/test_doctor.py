"""What is wrong with an installation is said in plain words, with what to do."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from pytest_django import Settings

from careers.models import Role, RoleEdition
from publishing import bulk, doctor, guards
from publishing.models import Revision
from tests.browser.serving import free_port
from tests.builders import make_draft, make_live

pytestmark = pytest.mark.django_db


def wrong(finder: Callable[..., Iterator[doctor.Finding]], *arguments: Any) -> str:
    """Return what the finder says, in one text, with nothing else between."""
    return "\n".join(f"{finding.wrong} {finding.remedy}" for finding in finder(*arguments))


@pytest.fixture
def sound(settings: Settings) -> Settings:
    """Give the settings of a site for everybody, as docs/deploying.md has them."""
    settings.SECRET_KEY = "".join(map(chr, range(48, 110)))
    settings.DEBUG = False
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://careers.example.org", ["careers.example.org"]
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    return settings


def test_nothing_is_wrong_with_a_site_as_the_guide_sets_it_up(sound: Settings) -> None:
    out = StringIO()
    call_command("doctor", "--mail", "ada@example.org", stdout=out)
    assert out.getvalue().startswith("Nothing is wrong. Looked at: database, migrations, guarded, clock, words, ")
    assert [letter.to for letter in mail.outbox] == [["ada@example.org"]]


def test_the_command_says_what_is_wrong_and_fails(sound: Settings) -> None:
    sound.SITE_URL = ""
    sound.DEBUG = True
    out = StringIO()
    with pytest.raises(CommandError, match="2 things are wrong"):
        call_command("doctor", stdout=out)
    assert "1. DEBUG is on: whoever meets an error is shown the code" in out.getvalue()
    assert "2. SITE_URL is not set" in out.getvalue()


def test_a_demonstration_is_called_one_once(sound: Settings) -> None:
    sound.SECURE_SSL_REDIRECT = sound.SESSION_COOKIE_SECURE = sound.CSRF_COOKIE_SECURE = False
    sound.SECURE_HSTS_SECONDS = 0
    assert wrong(doctor.deployment).count("set up for a demonstration on this machine") == 1


def test_a_weak_key_and_no_hosts_are_named(sound: Settings) -> None:
    sound.SECRET_KEY, sound.ALLOWED_HOSTS = "abc", []
    said = wrong(doctor.deployment)
    assert "The secret key is short or easily guessed" in said
    assert "ALLOWED_HOSTS is empty" in said


@pytest.mark.parametrize(
    ("hosts", "sentence"),
    [
        (
            ["other.example.org"],
            "does not answer at careers.example.org, the host of SITE_URL. Add careers.example.org",
        ),
        (["*"], "ALLOWED_HOSTS has a \\*"),
        ([".example.org"], "^$"),
    ],
)
def test_the_sites_address_is_one_that_it_answers_at(sound: Settings, hosts: list[str], sentence: str) -> None:
    sound.ALLOWED_HOSTS = hosts
    assert re.search(sentence, wrong(doctor.address))


def test_migrations_that_are_missing_or_of_a_newer_version_are_named() -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("articles", "0010_issued_in_an_index")
    recorder.record_applied("articles", "9001_a_better_shelf")
    said = wrong(doctor.migrations)
    assert "1 migrations are not applied. Back up, then run `manage.py migrate`." in said
    assert "A newer version of the site has migrated the database: articles.9001_a_better_shelf." in said


def test_guards_that_are_gone_are_named() -> None:
    table = RoleEdition._meta.db_table
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_keep{on_table}")
    assert "Nothing in the database keeps these as they are: role editions." in wrong(doctor.guarded)
    guards.install(None, "default")
    assert not wrong(doctor.guarded)


def test_a_clock_that_went_back_is_noticed() -> None:
    assert not wrong(doctor.clock)
    revision, later = make_draft(Role).revisions.get(), timezone.now() + timedelta(days=1)
    names = ("document_id", "author_id", "content", "schema", "digest", "created_at")
    bulk.put(Revision, names, [(revision.document_id, revision.author_id, "{}", 1, "", later)])
    assert f"something was saved at {later:%Y-%m-%d %H:%M} UTC, which is to come" in wrong(doctor.clock)


def test_pages_that_the_search_does_not_find_are_counted() -> None:
    role = make_live(Role)
    assert not wrong(doctor.words)
    RoleEdition.objects.get(document=role).found_by.delete()
    assert "The search does not find 1 roles. Run `manage.py index_search`." in wrong(doctor.words)


def test_a_folder_for_pictures_that_cannot_be_written_to_is_named(media_root: Path) -> None:
    assert not wrong(doctor.pictures)
    assert default_storage.listdir("renditions") == ([], [])
    (media_root / "renditions").rmdir()
    (media_root / "renditions").write_text("a file in its place")
    assert "Let the account that serves the site write to MEDIA_ROOT." in wrong(doctor.pictures)


def test_static_files_that_are_not_collected_are_counted(sound: Settings) -> None:
    assert not wrong(doctor.static_files)
    hashed = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    sound.STORAGES = sound.STORAGES | {"staticfiles": hashed}
    assert "static files of this version are not collected" in wrong(doctor.static_files)


def test_a_cache_that_does_not_answer_is_named(sound: Settings) -> None:
    assert not wrong(doctor.cached)
    sound.CACHES = {"default": {"BACKEND": "config.cache.Shared", "LOCATION": f"redis://127.0.0.1:{free_port()}/0"}}
    assert "The cache cannot be asked" in wrong(doctor.cached)
    sound.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert "The cache keeps nothing" in wrong(doctor.cached)


def test_a_mail_server_that_does_not_answer_is_named(sound: Settings) -> None:
    sound.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    sound.EMAIL_HOST, sound.EMAIL_PORT = "127.0.0.1", free_port()
    assert "No mail can be sent" in wrong(doctor.mailed, "ada@example.org")
    sound.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "sent to nobody" in wrong(doctor.mailed, "ada@example.org")


def test_backups_that_ended_are_noticed(sound: Settings, tmp_path: Path) -> None:
    assert not wrong(doctor.backups)
    sound.BACKUP_DIR = str(tmp_path)
    assert "There is no backup in" in wrong(doctor.backups)
    (tmp_path / "monday.backup").touch()
    assert not wrong(doctor.backups)
    os.utime(tmp_path / "monday.backup", (time.time() - 3 * 86_400,) * 2)
    assert "The newest backup in" in wrong(doctor.backups)


def test_a_disk_that_is_nearly_full_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not wrong(doctor.room)
    monkeypatch.setattr(doctor, "LITTLE_ROOM", 1 << 60)
    assert "are free where MEDIA_ROOT is" in wrong(doctor.room)
