"""A database of its own for `script/torture`, and the site's settings for this process."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connections

from tests.postgres import packaged_programs, server, system_programs

DISK = ("-o", "size=64m", "torture")


@contextmanager
def prepared(folder: Path, *, postgres: bool) -> Iterator[None]:
    """Make an empty database, in the folder or on a PostgreSQL server of its own, and set Django up for it. A file of
    SQLite's stands on a small disk of its own, if this account may mount one."""
    if postgres:
        with server(system_programs() or packaged_programs()) as url:
            _set_up(folder, url)
            yield
        return
    disk = folder / "disk"
    disk.mkdir()
    is_mounted = not os.geteuid() and not subprocess.run(["mount", "-t", "tmpfs", *DISK, disk], check=False).returncode
    try:
        _set_up(folder, f"sqlite:///{disk / 'site.sqlite3'}")
        yield
    finally:
        connections.close_all()
        if is_mounted:
            subprocess.run(["umount", "--lazy", disk], check=True)  # processes that were killed may still be ending


def _set_up(folder: Path, url: str) -> None:
    given = {"DATABASE_URL": url, "PLAIN_HTTP_DEMO": "true", "DEBUG": "false", "SECRET_KEY": "for-this-run-alone"}
    given |= {"MEDIA_ROOT": str(folder / "media"), "LOG_FORMAT": "plain"}
    os.environ.update(given | {"DJANGO_SETTINGS_MODULE": "tests.serving.unhashed"})
    django.setup()
    call_command("migrate", verbosity=0)
