"""A database of its own for `script/torture`, and the site's settings for this process."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connections

from tests.postgres import packaged_programs, server, system_programs

DISK_MEGABYTES = {"sqlite": 96, "postgres": 512}
"""How large the disk of its own is. PostgreSQL's journal alone takes 80 or more."""

LASTING = {"jit": "off", "listen_addresses": "''"}
"""Options of PostgreSQL: unlike in other tests, what it has acknowledged is on the disk."""


@contextmanager
def prepared(folder: Path, *, postgres: bool) -> Iterator[None]:
    """Make an empty database in the folder, on a PostgreSQL server of its own if asked, and set Django up for it. It
    stands on a small disk of its own, if this account may mount one, and so do the pictures and the cache's files."""
    folder.chmod(0o711)  # PostgreSQL runs as another account
    disk = folder / "disk"
    disk.mkdir()
    is_mounted = mount(disk, megabytes=DISK_MEGABYTES["postgres" if postgres else "sqlite"])
    try:
        if postgres:
            disk.chmod(0o711)
            with ExitStack() as stack:
                with in_folder(disk):
                    programs = system_programs() or packaged_programs()
                    url = stack.enter_context(server(programs, options=LASTING))
                _set_up(disk, url)
                yield
        else:
            _set_up(disk, f"sqlite:///{disk / 'site.sqlite3'}")
            yield
    finally:
        connections.close_all()
        if is_mounted:
            subprocess.run(["umount", "--lazy", disk], check=True)  # processes that were killed may still be ending


def mount(disk: Path, *, megabytes: int = 0) -> bool:
    """Mount a file system that lies in a file beside the folder, made with so many megabytes if there is none yet; it
    turns read-only when it finds an error, as disks of servers do. Return whether this account and system can."""
    if os.geteuid() or not shutil.which("mkfs.ext4"):
        return False
    image = disk.with_suffix(".ext4")
    if not image.exists():
        with image.open("wb") as file:
            file.truncate(megabytes << 20)
        subprocess.run(["mkfs.ext4", "-q", "-m", "0", image], check=True)
    command: list[str | Path] = ["mount", "-o", "loop,errors=remount-ro", image, disk]
    return not subprocess.run(command, check=False).returncode


@contextmanager
def in_folder(folder: Path) -> Iterator[None]:
    """Let temporary folders be made in this one."""
    usual, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = usual


def _set_up(disk: Path, url: str) -> None:
    given = {"DATABASE_URL": url, "PLAIN_HTTP_DEMO": "true", "DEBUG": "false", "SECRET_KEY": "for-this-run-alone"}
    given |= {"MEDIA_ROOT": str(disk / "media"), "CACHE_DIR": str(disk / "cache"), "LOG_FORMAT": "plain"}
    os.environ.update(given | {"DJANGO_SETTINGS_MODULE": "tests.serving.unhashed"})
    django.setup()
    call_command("migrate", verbosity=0)
    os.sync()  # a new PostgreSQL is not on the disk before
