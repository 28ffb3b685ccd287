"""What may happen to a database and to the disk that it stands on: each is so until the end of a block."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from django.db import connection

from tests.postgres import call, unprivileged_account
from tests.servers import holds
from tests.torture.database import mount
from tests.torture.kills import Server

ENDS_SECONDS = 30
"""How long PostgreSQL may take to end."""


def disk() -> Path:
    """Return the folder that the disk of its own is mounted at, if there is one."""
    return Path(os.environ["MEDIA_ROOT"]).parent


def _database() -> Path:
    return Path(connection.settings_dict["NAME"])


@contextmanager
def full(server: Server) -> Iterator[None]:
    """Fill the disk with something else."""
    filler = disk() / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    yield
    filler.unlink()


@contextmanager
def turning_read_only(server: Server) -> Iterator[None]:
    """Let the file system find an error under the running server, which turns it read-only; then stop all that uses it,
    mount it anew, and start again."""
    start = _starter() if connection.vendor == "postgresql" else None
    loop = Path(_mounted_from()).name
    Path(f"/sys/fs/ext4/{loop}/trigger_fs_error").write_text("1")
    yield
    server.kill()
    if start:
        _stop()
    _mount_anew()
    if start:
        start()
    server.start()


def _mounted_from() -> str:
    found = subprocess.run(["findmnt", "-n", "-o", "SOURCE", disk()], check=True, capture_output=True, text=True)
    return found.stdout.strip()


def _mount_anew() -> None:
    connection.close()
    _done(["umount", disk()])
    assert mount(disk()), "The disk could not be mounted again."


def _done(command: list[str | Path]) -> None:
    """Run the command until it succeeds: processes that were killed may still be ending."""

    def succeeds() -> bool:
        return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 0

    assert holds(succeeds, seconds=ENDS_SECONDS), f"{command[0]} failed."


@contextmanager
def read_only_from_the_start(server: Server) -> Iterator[None]:
    """Start the server on a disk that cannot be written to."""
    server.kill()
    _done(["mount", "-o", "remount,ro", disk()])
    server.start()
    yield
    subprocess.run(["mount", "-o", "remount,rw", disk()], check=True)


@contextmanager
def locked(server: Server) -> Iterator[None]:
    """Lock everything for longer than the site waits; with PostgreSQL nothing can be read either."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(_database(), isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
            other.execute("ROLLBACK")
        return
    with closing(connection.copy()) as other:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            names = ", ".join(other.introspection.table_names(cursor))
            cursor.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


@contextmanager
def moved_away(server: Server) -> Iterator[None]:
    """Move the database's files to another place."""
    away = disk() / "away"
    away.mkdir()
    files = list(disk().glob(f"{_database().name}*"))
    for file in files:
        file.rename(away / file.name)
    yield
    made = [file for file in files if file.exists()]
    for file in files:
        (away / file.name).rename(file)
    shutil.rmtree(away)
    assert not made, f"The site made {made} in place of what was moved away."


@contextmanager
def refusing_writes(server: Server) -> Iterator[None]:
    """Make PostgreSQL read-only, as an operator does, or a server that follows another."""
    name = connection.settings_dict["NAME"]
    _say(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    yield
    _say("SET default_transaction_read_only = off", f'ALTER DATABASE "{name}" RESET default_transaction_read_only')


def _say(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    cut()


def cut() -> None:
    """End every connection to PostgreSQL but our own, which is closed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
    connection.close()


@contextmanager
def frozen(server: Server) -> Iterator[None]:
    """Let PostgreSQL take connections and answer none of them."""
    connection.close()
    os.kill(_postmaster(), signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(_postmaster(), signal.SIGCONT)


@contextmanager
def stopped(server: Server, **environment: str) -> Iterator[None]:
    """End PostgreSQL at once, and start it again, with these variables in its environment."""
    start = _starter()
    _stop()
    yield
    start(**environment)


def _stop() -> None:
    pid = _postmaster()
    connection.close()
    with suppress(ProcessLookupError):  # it ends by itself where it cannot write
        os.kill(pid, signal.SIGQUIT)
    holds(lambda: not Path(f"/proc/{pid}").exists(), seconds=ENDS_SECONDS)


def _starter() -> Callable[..., None]:
    """Return what starts the PostgreSQL that is running as it was started."""
    data, process = _data(), Path(f"/proc/{_postmaster()}")
    command = (process / "cmdline").read_text().split("\0")[:-1]
    options = " ".join(each or "''" for each in command[1:] if each not in {"-D", str(data)})
    program = (process / "exe").readlink().parent / "pg_ctl"
    pg_ctl: list[str | Path] = [program, "--wait", "-D", data, "-l", data.parent / "log"]

    def start(**environment: str) -> None:
        (data / "postmaster.pid").unlink(missing_ok=True)  # it stays where the disk could not be written to
        account = unprivileged_account() | {"env": os.environ | environment}
        call([*pg_ctl, "start", "-o", options], account=account, folder=data.parent)

    return start


def _data() -> Path:
    return Path(connection.settings_dict["HOST"]) / "data"


def _postmaster() -> int:
    return int((_data() / "postmaster.pid").read_text().splitlines()[0])
