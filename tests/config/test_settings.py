"""What the environment may say, and what is answered where it cannot be meant."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from runpy import run_path
from traceback import format_exception
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def start(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the code with the site's settings, in a process that knows only this environment."""
    whole = {"SECRET_KEY": "for-this-test-alone", "DJANGO_SETTINGS_MODULE": "config.settings"} | environment
    command = [sys.executable, "-c", f"import django; django.setup(); {code}"]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=whole, capture_output=True, text=True, check=False)


def read(**environment: str) -> SimpleNamespace:
    """Return the site's settings as they are in a process that knows only this environment."""
    with patch.dict(os.environ, {"SECRET_KEY": "for-this-test-alone"} | environment, clear=True):
        return SimpleNamespace(**run_path(str(settings.BASE_DIR / "config" / "settings.py")))


def refusal(**environment: str) -> str:
    """Return what a process writes that this environment keeps from starting."""
    with pytest.raises(ImproperlyConfigured) as refused:
        read(**environment)
    return "".join(format_exception(refused.value))


def test_the_folder_of_the_database_is_made(tmp_path: Path) -> None:
    database = tmp_path / "not" / "there" / "site.sqlite3"
    ask = "from django.db import connection; connection.ensure_connection()"
    started = start(ask, DATABASE_URL=f"sqlite:///{database}")
    assert started.returncode == 0, started.stderr
    assert database.exists()


@pytest.mark.parametrize(
    ("given", "taken"), [("https://example.org", "https://example.org"), ("http://[::1]:80/", "http://[::1]:80")]
)
def test_the_address_of_the_site_is_taken_without_a_last_slash(given: str, taken: str) -> None:
    assert taken == read(SITE_URL=given).SITE_URL


@pytest.mark.parametrize("given", ["example.org", "ftp://example.org", "https://example.org/careers", "https://"])
def test_what_is_no_address_of_a_site_is_refused_in_a_sentence(given: str) -> None:
    said = refusal(SITE_URL=given)
    assert f"SITE_URL is {given!r}: write scheme and host alone, for instance https://careers.example.org" in said


@pytest.mark.parametrize(
    "given", ["mailto:security@example.org", "https://example.org/security", "tel:+1-201-555-0123"]
)
def test_whom_to_tell_of_a_weakness_is_taken_as_it_is_written(given: str) -> None:
    assert given == read(SECURITY_CONTACT=given).SECURITY_CONTACT


@pytest.mark.parametrize("given", ["security@example.org", "http://example.org/", "mailto:somebody"])
def test_what_security_txt_does_not_know_as_a_contact_is_refused_in_a_sentence(given: str) -> None:
    said = refusal(SECURITY_CONTACT=given)
    assert (
        f"SECURITY_CONTACT is {given!r}: write an address with its kind, for instance mailto:security@example" in said
    )


def test_the_language_of_the_site_is_that_of_its_pages_and_amounts() -> None:
    ask = "from careers.figures import dollars; from django.template.loader import get_template as get; "
    ask += "print(dollars(65917), '<html lang=\"de\">' in get('503.html').render())"
    assert start(ask, LANGUAGE_CODE="de", DEBUG="true").stdout.split() == ["$65.917", "True"]


def test_a_server_has_loaded_what_takes_seconds_before_a_reader_asks() -> None:
    assert start("import config.wsgi, sys; print('inflect' in sys.modules)").stdout.strip() == "True"


@pytest.mark.parametrize(
    ("given", "taken"), [("office-7f3a", "office-7f3a/"), ("/behind/the-scenes/", "behind/the-scenes/")]
)
def test_the_desk_stands_where_it_is_told_to(given: str, taken: str) -> None:
    assert taken == read(ADMIN_PATH=given).ADMIN_PATH


@pytest.mark.parametrize("given", ["", "My Office", "roles", "compare/desk", "a//b"])
def test_a_path_that_cannot_be_the_desks_is_refused_in_a_sentence(given: str) -> None:
    assert f"ADMIN_PATH is {given!r}: write the path of the desk in small letters" in refusal(ADMIN_PATH=given)


@pytest.mark.parametrize(
    ("given", "is_needed"), [({}, True), ({"PLAIN_HTTP_DEMO": "true"}, False), ({"SECOND_FACTOR": "false"}, False)]
)
def test_a_second_factor_is_needed_unless_it_is_a_demonstration(given: dict[str, str], *, is_needed: bool) -> None:
    assert read(**given).SECOND_FACTOR is is_needed


def test_without_a_setting_nothing_is_shared_between_machines() -> None:
    alone = read()
    backends = (alone.CACHES["default"]["BACKEND"], alone.STORAGES["default"]["BACKEND"])
    assert [each.rpartition(".")[2] for each in backends] == ["FileBasedCache", "FileSystemStorage"]
    assert not hasattr(alone, "SESSION_ENGINE")  # Django's own: the database


@pytest.mark.parametrize(
    "given",
    [
        "redis://:secret@cache.example.org:6379/0",
        "rediss://cache.example.org?ssl_cert_reqs=required",
        "unix:///run/redis",
    ],
)
def test_a_redis_server_is_shared_as_it_is_named(given: str) -> None:
    shared = read(CACHE_URL=given)
    assert shared.CACHES["default"]["LOCATION"] == given
    assert shared.SESSION_ENGINE == "django.contrib.sessions.backends.cached_db"


@pytest.mark.parametrize(
    "given", ["cache.example.org", "memcached://cache.example.org", "redis://", "redis://host/one"]
)
def test_what_is_no_redis_server_is_refused_in_a_sentence(given: str) -> None:
    said = refusal(CACHE_URL=given)
    assert f"CACHE_URL is {given!r}: name a Redis server, for instance redis://:password@cache.example.org" in said


def test_a_password_is_not_repeated_in_a_refusal() -> None:
    said = refusal(CACHE_URL="memcached://:secret/@cache.example.org")
    assert "CACHE_URL is 'memcached://…@cache.example.org'" in said
    assert "secret/" not in said


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("s3://pictures", ["pictures", "", None, None]),
        (
            "s3://pictures/a/b/?endpoint=https://s3.example.org:9000&region=eu-central-1",
            ["pictures", "a/b", "https://s3.example.org:9000", "eu-central-1"],
        ),
    ],
)
def test_a_bucket_is_taken_apart(given: str, taken: list[str | None]) -> None:
    assert list(read(MEDIA_STORAGE_URL=given).STORAGES["default"]["OPTIONS"].values()) == taken


@pytest.mark.parametrize(
    "given",
    [
        "pictures",
        "https://s3.example.org/pictures",
        "s3://",
        "s3://ab",
        "s3://[pictures",
        "s3://pictures?endpoint=s3.example.org",
        "s3://pictures?endpoint_url=https://s3.example.org",
        "s3://key:secret@pictures",
    ],
)
def test_what_is_no_bucket_is_refused_in_a_sentence(given: str) -> None:
    said = refusal(MEDIA_STORAGE_URL=given)
    assert (
        "ImproperlyConfigured: MEDIA_STORAGE_URL is 's3://…@pictures'" in said
        or f"MEDIA_STORAGE_URL is {given!r}" in said
    )
    assert "name a bucket, for instance s3://pictures or s3://pictures/careers?endpoint=" in said


def test_pictures_may_come_from_another_host_and_from_no_further_one() -> None:
    ask = "from django.conf import settings as s; from images.models import address_of; "
    ask += "print(address_of('a.webp'), s.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'])"
    said = start(ask, MEDIA_PUBLIC_URL="https://media.example.org/careers/").stdout.strip()
    assert (
        said == "https://media.example.org/careers/renditions/a.webp [\"'self'\", 'data:', 'https://media.example.org']"
    )


@pytest.mark.parametrize("given", ["media.example.org", "/media", "https://a.example.org https://b.example.org", "//a"])
def test_what_is_no_address_of_pictures_is_refused_in_a_sentence(given: str) -> None:
    said = refusal(MEDIA_PUBLIC_URL=given)
    assert f"MEDIA_PUBLIC_URL is {given!r}: write the address that stands before renditions/" in said
