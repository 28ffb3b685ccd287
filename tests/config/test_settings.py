"""What the environment may say, and what is answered where it cannot be meant."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


def start(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the code with the site's settings, in a process that knows only this environment."""
    whole = {"SECRET_KEY": "for-this-test-alone", "DJANGO_SETTINGS_MODULE": "config.settings"} | environment
    command = [sys.executable, "-c", f"import django; django.setup(); {code}"]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=whole, capture_output=True, text=True, check=False)


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
    ask = "from django.conf import settings; print(settings.SITE_URL)"
    assert start(ask, SITE_URL=given).stdout.strip() == taken


@pytest.mark.parametrize("given", ["example.org", "ftp://example.org", "https://example.org/careers", "https://"])
def test_what_is_no_address_of_a_site_is_refused_in_a_sentence(given: str) -> None:
    said = start("pass", SITE_URL=given).stderr
    assert f"SITE_URL is {given!r}: write scheme and host alone, for instance https://careers.example.org" in said


@pytest.mark.parametrize(
    "given", ["mailto:security@example.org", "https://example.org/security", "tel:+1-201-555-0123"]
)
def test_whom_to_tell_of_a_weakness_is_taken_as_it_is_written(given: str) -> None:
    ask = "from django.conf import settings; print(settings.SECURITY_CONTACT)"
    assert start(ask, SECURITY_CONTACT=given).stdout.strip() == given


@pytest.mark.parametrize("given", ["security@example.org", "http://example.org/", "mailto:somebody"])
def test_what_security_txt_does_not_know_as_a_contact_is_refused_in_a_sentence(given: str) -> None:
    said = start("pass", SECURITY_CONTACT=given).stderr
    assert (
        f"SECURITY_CONTACT is {given!r}: write an address with its kind, for instance mailto:security@example" in said
    )


def test_the_language_of_the_site_is_that_of_its_pages_and_amounts() -> None:
    ask = "from careers.figures import dollars; from django.template.loader import get_template as get; "
    ask += "print(dollars(65917), '<html lang=\"de\">' in get('503.html').render())"
    assert start(ask, LANGUAGE_CODE="de", DEBUG="true").stdout.split() == ["$65.917", "True"]


def test_a_server_has_loaded_what_takes_seconds_before_a_reader_asks() -> None:
    assert start("import config.wsgi, sys; print('inflect' in sys.modules)").stdout.strip() == "True"
