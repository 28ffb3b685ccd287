"""A site that is restored is the site that was backed up, and nothing of the present one is lost if that fails."""

from __future__ import annotations

import fcntl
import json
import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from tqdm import tqdm

from articles.models import Comparison, ComparisonEdition
from careers.models import Role, RoleEdition
from images.models import Image
from publishing.backup import rows
from publishing.backup.archive import Archive
from publishing.backup.restore import restore
from publishing.models import EVERYTHING, AuditEntry, Purge, Revision, User
from publishing.publish import publish
from tests.builders import SOURCED, ahead, make_comparison, make_draft, make_live, make_scheduled, make_user, revise
from tests.earlier import empty_database, fill, migrate_to
from tests.images.builders import gradient, make_image

pytestmark = pytest.mark.usefixtures("db")

PAGES = ("/", "/roles/lamp-keeper/", "/compare/lamp-keeper-vs-well-keeper/", "/topics/light/", "/search/?q=lamp")
TWICE = 2
LOG = AuditEntry._meta.label


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """Give an empty database, without a table."""
    with django_db_blocker.unblock(), empty_database(tmp_path):
        yield


@pytest.fixture(scope="module")
def kept(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """Give a backup, and what the site held and showed when it was made."""
    folder = tmp_path_factory.mktemp("backup")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder / "media"), empty_database(folder):
        call_command("migrate", verbosity=0)
        _make_site()
        call_command("backup", folder / "site.backup", stdout=StringIO(), stderr=StringIO())
        found = {"file": folder / "site.backup", "rows": everything(), "pages": pages(), "files": files()}
        with somebody_publishing() as role:
            call_command("backup", folder / "busy.backup", stdout=StringIO(), stderr=StringIO())
        found |= {"busy": folder / "busy.backup", "later": Role.objects.get(pk=role.pk).title}
    yield found


def _make_site() -> None:
    lamps = make_live(Role, title="Lamp Keeper", image=make_image(gradient(400, 300)), tags=["Light"])
    wells = make_live(Role, title="Well Keeper", also_called=["Keeper of café wells"])
    publish(revise(make_comparison(lamps, wells)), by=make_user())
    make_scheduled(Role, title="Moon Keeper", at=ahead(days=2))
    publish(revise(lamps, summary="<p>About lamps, once more.</p>"), by=make_user())
    gone = lamps.figures.create(measure="pay", amount="19.50", unit="hour")
    gone.delete()
    SessionStore().save(must_create=True)


@contextmanager
def somebody_publishing() -> Iterator[Role]:
    """Let a thread publish a role inside, again and again; inside begins when it has done so twice."""
    role = make_live(Role, title="Keeper 0", slug="busy")
    editor = make_user()
    going, done = threading.Event(), threading.Event()

    def go_on() -> None:
        for number in count(1):
            if done.is_set():
                break
            with transaction.atomic():
                publish(revise(Role.objects.get(pk=role.pk), title=f"Keeper {number}", by=editor), by=editor)
            if number == TWICE:
                going.set()
        connection.close()

    publisher = threading.Thread(target=go_on)
    publisher.start()
    going.wait(timeout=60)
    try:
        yield role
    finally:
        done.set()
        publisher.join()


def everything() -> dict[str, list[Any]]:
    """Return all rows, by model; purges, and the word that it was restored, are a matter of the site that runs."""
    models = {model._meta.label: model for model in rows.tables(apps) if model is not Purge}
    found = {label: [_alike(json.loads(line)) for line in rows.lines(model)] for label, model in models.items()}
    found[LOG] = [row for row in found[LOG] if AuditEntry.Act.RESTORE.value not in row]
    return found


def _alike(row: list[Any]) -> list[Any]:
    """Return the row with words in the order of the alphabet, and without the quotes that PostgreSQL puts around."""
    return [" ".join(sorted(value.replace("'", "").split())) if isinstance(value, str) else value for value in row]


def pages() -> list[str]:
    """Return what readers see."""
    found = [Client().get(address) for address in PAGES]
    assert [response.status_code for response in found] == [200] * len(PAGES)
    return [response.text for response in found]


def files() -> dict[str, bytes]:
    """Return the pictures by their names in the storage."""
    place = Path(settings.MEDIA_ROOT)
    return {str(file.relative_to(place)): file.read_bytes() for file in place.rglob("*") if file.is_file()}


def restored(file: Path, *options: str) -> str:
    """Restore, and return what the command says."""
    out = StringIO()
    call_command("restore_backup", file, *options, stdout=out, stderr=StringIO())
    return out.getvalue()


class Stopped(Exception):
    """The machine stops here."""


class Stopping(tqdm):  # type: ignore[type-arg]
    """A bar that stands for a run which ends half way."""

    def update(self, n: float | None = 1) -> bool | None:
        """End the run after some rows."""
        self.n += n or 0
        if self.n > 20:
            raise Stopped
        return None


def test_a_restored_site_is_the_same_and_editing_goes_on_and_it_is_replaced_only_if_told_so(
    kept: dict[str, Any],
) -> None:
    damaged = Path(settings.MEDIA_ROOT) / next(iter(kept["files"]))
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(b"half a picture")
    assert "The site is what it was at" in restored(kept["file"])

    assert_restored(kept)
    assert pages() == kept["pages"]
    call_command("check", databases=[DEFAULT_DB_ALIAS], fail_level="WARNING")
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.update(digest="")
    assert not SessionStore.get_model_class().objects.exists()

    before = {label: max((row[0] for row in found), default=0) for label, found in kept["rows"].items()}
    role = make_live(Role, title="Tower Keeper", figures=[SOURCED], image=make_image(gradient(410, 300)))
    assert role.pk > before["publishing.Document"]
    assert RoleEdition.objects.get(document=role).pk > before["careers.RoleEdition"]
    assert role.figures.get().pk == 2, "the id of a row that is gone was given out again"

    seen = max(Purge.objects.values_list("pk", flat=True)) + 5000
    Purge.objects.create(pk=seen, due_at=timezone.now())
    present = everything(), files()
    with pytest.raises(CommandError, match="holds something already: say --replace .* Nothing was changed"):
        restored(kept["file"])
    with Archive(kept["file"]) as archive, pytest.raises(Stopped):
        restore(archive, replace=True, bar=Stopping(disable=True))
    assert (everything(), files()) == present
    assert Client().get("/roles/tower-keeper/").status_code == 200

    cache.set("somebody", "signed in")
    restored(kept["file"], "--replace")
    assert_restored(kept)
    assert cache.get("somebody") is None
    purges = Purge.objects.order_by("pk")
    assert all(purge.pk > seen for purge in purges), "processes look for those that are newer than what they know"
    assert purges.filter(due_at__lte=timezone.now(), tags__contains=EVERYTHING).exists()
    assert purges.filter(due_at__gt=timezone.now()).exists(), "what was scheduled makes pages stale"


def assert_restored(kept: dict[str, Any]) -> None:
    entry = AuditEntry.objects.first()
    with Archive(kept["file"]) as archive:
        assert entry
        assert (entry.get_act_display(), entry.detail) == ("restored a backup", f"made at {archive.manifest.made_at}")
    assert everything() == kept["rows"]
    assert files() == kept["files"]


def test_a_backup_of_an_older_version_is_restored_and_migrated(tmp_path: Path) -> None:
    apps = migrate_to(0)
    fill(apps, 0)
    sides = {"width": 400, "height": 300, "uploaded_by": apps.get_model("publishing", "User").objects.get()}
    apps.get_model("images", "Image").objects.create(title="Lost", file="originals/lost.png", decorative=True, **sides)
    err = StringIO()
    call_command("backup", tmp_path / "old.backup", stdout=StringIO(), stderr=err)
    assert "1 pictures that the database names are not in the storage" in err.getvalue()
    with empty_database(tmp_path):
        restored(tmp_path / "old.backup")
        assert [edition.title for edition in ComparisonEdition.objects.live()] == ["Nurse 0 vs. Baker 0"]
        assert "Both keep things." in Client().get("/compare/nurse-0-vs-baker-0/").text
        assert Image.objects.get().title == "Lost"
        call_command("check", databases=[DEFAULT_DB_ALIAS], fail_level="WARNING")


def test_a_backup_that_is_made_while_somebody_publishes_is_of_one_moment(kept: dict[str, Any]) -> None:
    restored(kept["busy"])
    role = Role.objects.get(slug="busy")
    newest, live = role.revisions.latest("pk"), RoleEdition.objects.live().get(document=role)
    assert role.title == live.title == newest.content["title"]
    assert live.revision == newest
    assert TWICE <= int(role.title.split()[1]) <= int(kept["later"].split()[1])
    assert role.revisions.count() == role.editions.count() == int(role.title.split()[1]) + 1


def test_one_backup_is_restored_at_a_time(kept: dict[str, Any]) -> None:
    with (
        somebody_restoring(),
        pytest.raises(CommandError, match="Another backup is being restored.* Nothing was changed"),
    ):
        restored(kept["file"])


@contextmanager
def somebody_restoring() -> Iterator[None]:
    """Hold inside what keeps a second run away."""
    if connection.vendor == "postgresql":
        with closing(connections.create_connection(DEFAULT_DB_ALIAS)) as other, other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('public_restoring'))")
            yield
    else:
        folder = os.open(Path(connection.settings_dict["NAME"]).parent, os.O_RDONLY)
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
        os.close(folder)


def test_there_is_nothing_to_back_up_in_an_empty_database(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds no site: run manage.py migrate"):
        call_command("backup", tmp_path / "a.backup")
    assert not list(tmp_path.glob("*backup*"))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs both databases, and SQLite is always there")
def test_a_site_moves_from_one_database_to_the_other_and_back(kept: dict[str, Any], tmp_path: Path) -> None:
    with sqlite(tmp_path / "site.sqlite3"):
        restored(kept["file"])
        assert everything() == kept["rows"]
        call_command("check", databases=[DEFAULT_DB_ALIAS], fail_level="WARNING")
        call_command("backup", tmp_path / "a.backup", stdout=StringIO())
    restored(tmp_path / "a.backup")
    assert everything() == kept["rows"]
    assert pages() == kept["pages"]
    make_draft(Comparison)
    assert User.objects.exists()


@contextmanager
def sqlite(file: Path) -> Iterator[None]:
    """Let the default connection be that of a file of SQLite's."""
    before = connections[DEFAULT_DB_ALIAS]
    given = before.settings_dict | {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": {}}
    connections[DEFAULT_DB_ALIAS] = DatabaseWrapper(given, DEFAULT_DB_ALIAS)
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections[DEFAULT_DB_ALIAS] = before
