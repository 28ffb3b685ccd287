"""An export shows one moment, keeps nobody out, and a process that dies half way leaves the last one whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from threading import Thread

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from articles.export import Address, export
from articles.models import Page
from careers.models import Role
from publishing.models import User
from publishing.publish import publish, schedule
from tests.builders import make_draft, make_live, make_user, revise

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

DIES = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from articles.export import export

def until(last, addresses):
    for address in addresses:
        if address.path == last:
            os.kill(os.getpid(), signal.SIGKILL)
        yield address

export(Path(sys.argv[1]), counted=lambda addresses: until(sys.argv[2], addresses))
"""


@pytest.fixture(autouse=True)
def _as_a_host(media_root: Path, settings: Settings, tmp_path: Path) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "http://localhost", ["localhost"]
    settings.STATIC_ROOT = tmp_path / "static"
    copytree(site_settings.BASE_DIR / "static", settings.STATIC_ROOT)


def files(place: Path) -> dict[str, bytes]:
    """Return what every file holds, by its name."""
    return {str(file.relative_to(place)): file.read_bytes() for file in place.rglob("*") if file.is_file()}


def environment(media: Path) -> dict[str, str]:
    """Return what leads another process to the database and the pictures of this test."""
    found = connection.settings_dict
    lite, server = f"sqlite:///{found['NAME']}", f"postgres://{found['USER']}@/{found['NAME']}?host={found['HOST']}"
    return {
        "DATABASE_URL": lite if connection.vendor == "sqlite" else server,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "for-this-test-alone",
        "DEBUG": "true",
        "SITE_URL": "http://localhost",
        "MEDIA_ROOT": str(media),
    }


def test_a_process_that_dies_half_way_leaves_the_last_export_whole(tmp_path: Path, media_root: Path) -> None:
    place = tmp_path / "site"
    first, second = make_live(Role, title="First"), make_live(Role, title="Second")
    export(place)
    before = files(place)
    publish(revise(first, definition="Another definition."), by=make_user())
    command = [sys.executable, "-c", DIES, str(place), second.working_path()]
    died = subprocess.run(command, cwd=site_settings.BASE_DIR, env=environment(media_root), check=False)
    assert died.returncode == -signal.SIGKILL
    assert b"Another definition." in (tmp_path / "site.new/roles/first/index.html").read_bytes()
    assert files(place) == before
    export(place)
    assert b"Another definition." in (place / "roles/first/index.html").read_bytes()
    assert not (tmp_path / "site.new").exists()


def test_what_is_published_meanwhile_waits_for_nothing_and_is_in_the_next_export(tmp_path: Path) -> None:
    make_live(Role, title="First")
    page, by = make_draft(Page, title="New", slug="new"), make_user()
    export(tmp_path / "site", counted=lambda addresses: meanwhile(addresses, page, by))
    assert Page.edition_model.objects.live().exists()
    assert not (tmp_path / "site/new").exists()
    assert b"/new/" not in (tmp_path / "site/index.html").read_bytes()
    export(tmp_path / "site")
    assert (tmp_path / "site/new/index.html").is_file()
    assert b"/new/" in (tmp_path / "site/index.html").read_bytes()


def meanwhile(addresses: Iterable[Address], page: Page, by: User) -> Iterator[Address]:
    """Give the addresses on; as soon as the first is asked for, publish the page as another process does."""
    for number, address in enumerate(addresses):
        if number == 0:
            other = Thread(target=publish_elsewhere, args=(page, by))
            other.start()
            other.join()
        yield address


def publish_elsewhere(page: Page, by: User) -> None:
    publish(page.revisions.get(), by=by)
    connection.close()


def test_what_opens_while_an_export_runs_is_in_the_next_one(tmp_path: Path) -> None:
    role, moment = make_live(Role), timezone.now() + timedelta(seconds=0.5)
    schedule(revise(role, definition="Opened meanwhile."), by=make_user(), at=moment)

    def after_the_moment(addresses: Iterable[Address]) -> Iterator[Address]:
        while timezone.now() <= moment:
            pass
        yield from addresses

    name = f"site/roles/{role.slug}/index.html"
    export(tmp_path / "site", counted=after_the_moment)
    assert "Opened meanwhile." not in (tmp_path / name).read_text()
    export(tmp_path / "site")
    assert "Opened meanwhile." in (tmp_path / name).read_text()
