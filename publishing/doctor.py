"""What is wrong with an installation, in plain words, and what to do about it.

Each function looks at one thing and yields a finding for whatever is wrong with it. `looked_at` asks them all.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from smtplib import SMTPException
from typing import NamedTuple
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core import checks
from django.core.cache import DEFAULT_CACHE_ALIAS, cache, caches
from django.core.cache.backends.redis import RedisCache
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.mail import send_mail
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.http.request import split_domain_port, validate_host
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from publishing import guards
from publishing.accounts.second_factor import lost_secrets
from publishing.backup.rows import has_table
from publishing.kinds import document_models
from publishing.models import Revision


class Finding(NamedTuple):
    """Something that is wrong, and what to do."""

    wrong: str
    remedy: str


Finder = Callable[[], Iterator[Finding]]

APART = timedelta(seconds=1)
"""How far apart two clocks may be: it is the clock that opens a window."""
LITTLE_ROOM = 1024**3
"""Bytes that should be free."""
OLD = timedelta(days=2)
"""How old the newest backup of every night may be."""
LEFT_OUT = ["CVS", ".*", "*~"]
"""Files that collectstatic leaves out."""

OPEN = Finding(
    "The site is set up for a demonstration on this machine: cookies and passwords travel unencrypted.",
    "Take PLAIN_HTTP_DEMO and DEBUG out of its settings, and put a proxy that speaks HTTPS in front of it.",
)
IN_PLAIN_WORDS = dict.fromkeys(("security.W004", "security.W008", "security.W012", "security.W016"), OPEN) | {
    "security.W009": Finding(
        "The secret key is short or easily guessed: whoever guesses it can sign in as anybody.",
        "Make one with `python3 -c 'import secrets; print(secrets.token_urlsafe(50))'`, set it as SECRET_KEY, and "
        "restart the site; people then sign in again.",
    ),
    "security.W018": Finding(
        "DEBUG is on: whoever meets an error is shown the code and the settings.", "Set DEBUG=false, or take it out."
    ),
    "security.W020": Finding("ALLOWED_HOSTS is empty: the site answers nobody.", "Set it to the host of SITE_URL."),
}
"""What Django's checks of a deployment say, by their ids."""
NOT_FOR_EVERY_SITE = {"security.W005", "security.W021"}
"""Promises about a whole domain, which only its owner can make (HSTS_WHOLE_DOMAIN)."""


def looked_at(*, mail: str = "") -> Iterator[tuple[str, list[Finding]]]:
    """Yield the name of each thing that was looked at, and what is wrong with it; `mail` is an address to send one to.

    What stands in the database is left out if that does not answer.
    """
    found = list(database())
    yield "database", found
    in_database: tuple[Finder, ...] = () if found else (migrations, guarded, clock, words, second_factors)
    for finder in (*in_database, deployment, address, pictures, static_files, cached, room, backups):
        yield finder.__name__.replace("_", " "), list(finder())
    if mail:
        yield "mail", list(mailed(mail))


def database() -> Iterator[Finding]:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        yield Finding(
            f"The database does not answer: {str(error).strip()}.",
            "See whether it runs, and whether DATABASE_URL names it.",
        )


def migrations() -> Iterator[Finding]:
    """Whether the tables are those of this version."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield Finding(f"{len(missing)} migrations are not applied.", "Back up, then run `manage.py migrate`.")
    loader = executor.loader
    newer = [
        f"{app}.{name}"
        for app, name in {*loader.applied_migrations} - {*loader.graph.nodes}
        if app in loader.migrated_apps
    ]
    if newer:
        yield Finding(
            f"A newer version of the site has migrated the database: {', '.join(sorted(newer))}.",
            "Install that version.",
        )


def guarded() -> Iterator[Finding]:
    """Whether the database itself keeps what was published as it is."""
    if found := guards.check_guards([DEFAULT_DB_ALIAS]):
        names = ", ".join(sorted(str(each.obj._meta.verbose_name_plural) for each in found))
        yield Finding(
            f"Nothing in the database keeps these as they are: {names}.",
            "Run `manage.py migrate`, which puts the guards in place.",
        )


def clock() -> Iterator[Finding]:
    """Whether this machine's clock is right, as far as the database can tell."""
    now = _database_now() if connection.vendor == "postgresql" else timezone.now()
    apart = abs(timezone.now() - now)
    if apart > APART:
        yield Finding(
            f"The clocks of this machine and of the database are {apart.total_seconds():.0f} seconds apart, and it is "
            "the clock that publishes what is scheduled.",
            "Set both by NTP (`timedatectl set-ntp true`).",
        )
    newest = (
        Revision.objects.order_by("-pk").values_list("created_at", flat=True).first() if has_table(Revision) else None
    )
    if newest and newest > timezone.now() + APART:
        yield Finding(
            f"The clock of this machine is late: something was saved at {newest:%Y-%m-%d %H:%M} UTC, which is to come.",
            "Set it by NTP (`timedatectl set-ntp true`).",
        )


def _database_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def words() -> Iterator[Finding]:
    """Whether readers find what is live: kinds of documents that are found by words have a row of them."""
    tables = connection.introspection.table_names()
    for kind in document_models():
        by = {field.name: field for field in kind.edition_model._meta.get_fields()}.get("found_by")
        if by is None or by.related_model._meta.db_table not in tables:
            continue
        missing = kind.edition_model.objects.unfinished().pages().filter(found_by=None).count()
        if missing:
            yield Finding(
                f"The search does not find {missing:,} {kind._meta.verbose_name_plural}.",
                "Run `manage.py index_search`.",
            )


def second_factors() -> Iterator[Finding]:
    """Whether the secrets of second factors can be read."""
    lost = lost_secrets() if has_table(Authenticator) else 0
    if lost:
        yield Finding(
            f"{lost} secrets of second factors cannot be read with the present SECRET_KEY, so that whoever has them "
            "cannot sign in by code.",
            "Name the key before in SECRET_KEY_FALLBACKS, or take the second factors away under Users.",
        )


def deployment() -> Iterator[Finding]:
    """What Django's own checks say of a site that everybody can reach, each thing once."""
    found: dict[Finding, None] = {}
    for message in checks.run_checks(include_deployment_checks=True):
        if message.id not in NOT_FOR_EVERY_SITE:
            plain = Finding(f"{message.msg} ({message.id})", message.hint or "See `manage.py check --deploy`.")
            found[IN_PLAIN_WORDS.get(message.id or "", plain)] = None
    yield from found


def address() -> Iterator[Finding]:
    """Whether the site knows its own address, and answers there."""
    if not settings.SITE_URL:
        yield Finding(
            "SITE_URL is not set: pages, feeds and the sitemap give whatever address somebody asked at.",
            "Set it to scheme and host, for instance https://careers.example.org.",
        )
        return
    host, _ = split_domain_port(settings.SITE_URL.partition("://")[2])
    if not validate_host(host, settings.ALLOWED_HOSTS):
        yield Finding(f"The site does not answer at {host}, the host of SITE_URL.", f"Add {host} to ALLOWED_HOSTS.")
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(
            "ALLOWED_HOSTS has a *: the site answers at whatever name somebody gives it.", f"Set ALLOWED_HOSTS={host}."
        )


def pictures() -> Iterator[Finding]:
    """Whether pictures can be kept, read and removed."""
    name = f"renditions/{uuid4().hex}.webp"
    try:
        kept_as = default_storage.save(name, ContentFile(b"doctor"))
        with default_storage.open(kept_as) as file:
            file.read()
        default_storage.delete(kept_as)
    except OSError as error:
        is_folder = isinstance(default_storage, FileSystemStorage)
        yield Finding(
            f"Pictures cannot be kept: {error}.",
            "Let the account that serves the site write to MEDIA_ROOT."
            if is_folder
            else "See to the bucket of MEDIA_STORAGE_URL and its keys.",
        )


def static_files() -> Iterator[Finding]:
    """Whether stylesheets, scripts and fonts are collected, as the server gives them."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return
    there = {name for finder in get_finders() for name, _ in finder.list(LEFT_OUT)}
    missing = there - {*staticfiles_storage.hashed_files}
    if missing:
        yield Finding(
            f"{len(missing):,} static files of this version are not collected in {settings.STATIC_ROOT}, "
            f"{min(missing)} among them.",
            "Run `manage.py collectstatic`, and restart the site.",
        )


def cached() -> Iterator[Finding]:
    """Whether what all processes share can be written and read."""
    key, kept_by = f"doctor:{uuid4().hex}", caches[DEFAULT_CACHE_ALIAS]
    try:
        if isinstance(kept_by, RedisCache):  # which goes on without Redis, and says nothing
            kept_by._cache.get_client(write=True).ping()
        cache.set(key, "doctor", 60)
        is_kept = cache.get(key) == "doctor"
        cache.delete(key)
    except Exception as error:  # each kind of cache has its own
        yield Finding(f"The cache cannot be asked: {error}.", "See whether the server of CACHE_URL runs.")
        return
    if not is_kept:
        yield Finding("The cache keeps nothing.", "See to the server of CACHE_URL, or to the folder CACHE_DIR.")


def room() -> Iterator[Finding]:
    """Whether there is room on the disks that the site writes to."""
    for name, folder in _folders().items():
        free = shutil.disk_usage(_nearest(folder)).free
        if free < LITTLE_ROOM:
            yield Finding(
                f"Only {filesizeformat(free)} are free where {name} is ({folder}).",
                "Make room, or move it to a larger disk.",
            )


def _folders() -> dict[str, Path]:
    found: dict[str, Path] = {}
    if connection.vendor == "sqlite":
        found["the database"] = Path(connection.settings_dict["NAME"]).parent
    if isinstance(default_storage, FileSystemStorage):
        found["MEDIA_ROOT"] = Path(settings.MEDIA_ROOT)
    if settings.BACKUP_DIR:
        found["BACKUP_DIR"] = Path(settings.BACKUP_DIR)
    return found


def _nearest(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    return next(each for each in (folder.absolute(), *folder.absolute().parents) if each.is_dir())


def backups() -> Iterator[Finding]:
    """Whether there is a backup of late in BACKUP_DIR, if that is set."""
    if not settings.BACKUP_DIR:
        return
    moments = [file.stat().st_mtime for file in Path(settings.BACKUP_DIR).glob("*.backup")]
    if not moments:
        yield Finding(
            f"There is no backup in {settings.BACKUP_DIR}.", "Set up the timer that docs/backup.md describes."
        )
    elif time.time() - max(moments) > OLD.total_seconds():
        newest = datetime.fromtimestamp(max(moments), tz=UTC)
        yield Finding(
            f"The newest backup in {settings.BACKUP_DIR} is of {newest:%Y-%m-%d %H:%M} UTC.",
            "See why there is none since: `systemctl status side-by-side-backup`.",
        )


def mailed(to: str) -> Iterator[Finding]:
    """Whether the mail server takes a mail to the address."""
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        yield Finding(
            "Mail is written into the log and sent to nobody.",
            "Set EMAIL_URL, for instance smtp+tls://user:password@mail.example.org:587.",
        )
        return
    text = "Whoever looks after the site has tried whether its mail arrives. It does."
    try:
        send_mail(f"{settings.SITE_NAME}: mail arrives", text, None, [to])
    except (OSError, SMTPException) as error:
        yield Finding(f"No mail can be sent: {error}.", "See to EMAIL_URL, and to DEFAULT_FROM_EMAIL as its sender.")
