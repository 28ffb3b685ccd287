"""The database is full, read-only, locked or gone while people read and edit; then it is well again."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection, connections
from django.utils import timezone

from careers.models import Role
from tests.articles.builders import act, form_in
from tests.builders import make_live, make_user
from tests.postgres import call, unprivileged_account
from tests.servers import holds
from tests.torture import whole
from tests.torture.desk import Answer, Browser, Editor, Tally, said
from tests.torture.kills import Server

RECOVERS_SECONDS = 30
"""How long after a fault the site may take until it works again by itself."""


class Fault(NamedTuple):
    """What is wrong inside a block; whether pages can still be read then, whether the server goes on with what it
    keeps, and whether the database must stand on a disk of its own."""

    name: str
    inside: Callable[[Server], AbstractContextManager[None]]
    is_readable: bool = True
    goes_on: bool = True
    needs_mount: bool = False


def all_of_them(folder: Path, tally: Tally) -> list[str]:
    """Inject each fault that this database and account can have; return what was lost, or not said."""
    wrong = []
    for fault in SQLITE if connection.vendor == "sqlite" else POSTGRES:
        if fault.needs_mount and not os.path.ismount(_folder()):
            tally.add(f"not injected, for lack of root: {fault.name}")
            continue
        wrong += [f"{fault.name}: {sentence}" for sentence in injected(folder, fault, tally)]
        tally.add(f"faults injected: {fault.name}")
    return wrong


def injected(folder: Path, fault: Fault, tally: Tally) -> list[str]:
    """Let people read and edit before, during and after the fault; return what was lost, or not said."""
    kept, unread = make_live(Role), make_live(Role)
    server, wrong = Server(folder, workers=1, DJANGO_SETTINGS_MODULE="tests.torture.settings"), Tally()
    wrong.counts = tally.counts
    reader = Browser(server.port, wrong)
    editor = Editor(Browser(server.port, wrong, user=make_user(is_superuser=True)), kept, field_name="summary")
    begun, paths = timezone.now(), [f"/roles/{role.slug}/" for role in (kept, unread)]
    connections.close_all()
    server.start()
    try:
        editor.save(1)
        editor.publish(1)
        forms = {page: _form(editor, page, selector, wrong) for page, selector in PAGES.items()}
        _expect(wrong, reader.ask(paths[0]), 200, "Said 1 times", "a page before it")
        with fault.inside(server):
            if fault.goes_on:
                _expect(wrong, reader.ask(paths[0]), 200, "Said 1 times", "a page that was kept")
            _is_told(wrong, reader.ask(paths[1]), may_answer=fault.is_readable)
            for page, sent in forms.items():
                answer = editor.browser.ask(act(kept, page), sent | TYPED[page], called="forms")
                _expect(wrong, answer, 503, TYPED[page].get("summary", "")[:40], f"the form {page}")
        connections.close_all()
        again = f"The site did not recover within {RECOVERS_SECONDS} s."
        if not holds(lambda: _answers(reader, paths[1]), seconds=RECOVERS_SECONDS) or not editor.save(3):
            wrong.complain(again)
        editor.publish(3)
        if set(whole.numbers(editor)) != {1, 3}:
            wrong.complain(f"Revisions say {sorted(whole.numbers(editor))}, and 1 and 3 were acknowledged.")
        return [*wrong.wrong, *whole.everything([editor], since=begun), *whole.unreadable(reader)]
    finally:
        server.kill()


PAGES = {"change": "form#role_form", "publish": "form.act"}
TYPED = {"change": {"summary": said(2), "_continue": "1"}, "publish": {}}


def _form(editor: Editor, page: str, selector: str, wrong: Tally) -> dict[str, Any]:
    answer = editor.browser.ask(act(editor.document, page))
    _expect(wrong, answer, 200, "", f"the page {page} before it")
    return form_in(answer.text if answer else "", selector)


def _expect(wrong: Tally, answer: Answer | None, status: int, text: str, what: str) -> None:
    if answer is None or answer.status != status or text not in answer.text:
        wrong.complain(f"{what} answered {answer and answer.status}, or without “{text}”.")


def _is_told(wrong: Tally, answer: Answer | None, *, may_answer: bool) -> None:
    """A reader gets the page, if it can be read, or a sentence and when to come back."""
    if answer and answer.status == 200 and may_answer:
        return
    if answer is None or answer.status != 503 or "retry-after" not in answer.headers or "Try again" not in answer.text:
        wrong.complain(f"A page that was not kept answered {answer and answer.status}.")


def _answers(reader: Browser, path: str) -> bool:
    answer = reader.ask(path)
    return answer is not None and answer.status == 200


def _database() -> Path:
    return Path(connection.settings_dict["NAME"])


def _folder() -> Path:
    return _database().parent


@contextmanager
def full(server: Server) -> Iterator[None]:
    """Fill the disk with something else."""
    filler = _folder() / "filler"
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
def read_only(server: Server) -> Iterator[None]:
    """Start the server on a disk that cannot be written to, which no process may be writing to when it becomes so."""
    server.kill()
    subprocess.run(["mount", "-o", "remount,ro", _folder()], check=True)
    server.start()
    yield
    subprocess.run(["mount", "-o", "remount,rw", _folder()], check=True)


@contextmanager
def locked(server: Server) -> Iterator[None]:
    """Write for longer than the site waits."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(_database(), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    with closing(connection.copy()) as other:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE publishing_document, publishing_revision IN EXCLUSIVE MODE")
        yield
        other.rollback()


@contextmanager
def moved_away(server: Server) -> Iterator[None]:
    """Move the database's files to another place; SQLite makes an empty one meanwhile."""
    away = _folder() / "away"
    away.mkdir()
    files = list(_folder().glob(f"{_database().name}*"))
    for file in files:
        file.rename(away / file.name)
    yield
    for file in _folder().glob(f"{_database().name}*"):
        file.unlink()
    for file in files:
        (away / file.name).rename(file)
    shutil.rmtree(away)


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
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    connection.close()


@contextmanager
def stopped(server: Server) -> Iterator[None]:
    """End PostgreSQL at once, and start it again."""
    data = Path(connection.settings_dict["HOST"]) / "data"
    pid = int((data / "postmaster.pid").read_text().splitlines()[0])
    command = Path(f"/proc/{pid}/cmdline").read_text().split("\0")[:-1]
    programs = Path(os.readlink(f"/proc/{pid}/exe")).parent
    connection.close()
    os.kill(pid, signal.SIGQUIT)
    holds(lambda: not (data / "postmaster.pid").exists(), seconds=RECOVERS_SECONDS)
    yield
    options = " ".join(each or "''" for each in command[1:] if each not in {"-D", str(data)})
    pg_ctl: list[str | Path] = [programs / "pg_ctl", "--wait", "-D", data, "-l", data.parent / "log"]
    call([*pg_ctl, "start", "-o", options], account=unprivileged_account(), folder=data.parent)


SQLITE = [
    Fault("disk full", full, needs_mount=True),
    Fault("disk read-only", read_only, is_readable=False, goes_on=False, needs_mount=True),
    Fault("locked for longer than the site waits", locked),
    Fault("files moved away", moved_away, is_readable=False),
]
POSTGRES = [
    Fault("read-only", refusing_writes),
    Fault("locked for longer than the site waits", locked),
    Fault("server stopped", stopped, is_readable=False),
]
