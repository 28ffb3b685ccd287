"""The database is full, read-only, locked or gone while people read and edit; then it is well again."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from careers.models import Role
from tests.articles.builders import act, form_in
from tests.builders import make_live, make_user
from tests.images.builders import encoded, gradient, uploaded
from tests.servers import holds
from tests.torture import breaking, whole
from tests.torture.desk import OUTAGE, Answer, Browser, Editor, Tally, said
from tests.torture.kills import Server

RECOVERS_SECONDS = 30
"""How long after a fault the site may take until it works again by itself."""
ANSWERS_SECONDS = 12
"""How long anybody may wait for an answer; tests/torture/settings.py lets the site wait for two."""
DONE = 302
LONG = " ".join(secrets.token_hex(4) for _ in range(6_000))
"""A text that takes room of its own: neither is it made smaller, nor does it fit into what is left of a page."""


class Fault(NamedTuple):
    """What is wrong inside a block; whether pages can be read then, whether the server goes on with what it keeps,
    whether the disk must be one of its own, and whether there may be room for an act that takes little."""

    name: str
    inside: Callable[[Server], AbstractContextManager[None]]
    is_readable: bool = True
    goes_on: bool = True
    needs_mount: bool = False
    may_do_little: bool = False


SQLITE = [
    Fault("disk full", breaking.full, needs_mount=True),
    Fault("disk turns read-only", breaking.turning_read_only, needs_mount=True),
    Fault("disk read-only from the start", breaking.read_only_from_the_start, goes_on=False, needs_mount=True),
    Fault("locked", breaking.locked),
    Fault("files moved away", breaking.moved_away, is_readable=False),
]
POSTGRES = [
    Fault("disk full", breaking.full, needs_mount=True, may_do_little=True),
    Fault("disk turns read-only", breaking.turning_read_only, is_readable=False, needs_mount=True),
    Fault("read-only", breaking.refusing_writes),
    Fault("locked", breaking.locked, is_readable=False),
    Fault("does not answer", breaking.frozen, is_readable=False),
    Fault("stopped", breaking.stopped, is_readable=False),
]


def all_of_them(folder: Path, tally: Tally) -> list[str]:
    """Inject each fault that this database and account can have; return what was lost, or not said."""
    wrong = []
    for fault in SQLITE if connection.vendor == "sqlite" else POSTGRES:
        if fault.needs_mount and not os.path.ismount(breaking.disk()):
            tally.add(f"faults not injected, for lack of root or ext4: {fault.name}")
            continue
        wrong += [f"{fault.name}: {sentence}" for sentence in injected(folder, fault, tally)]
        tally.add(f"faults injected: {fault.name}")
    return wrong


def injected(folder: Path, fault: Fault, tally: Tally) -> list[str]:
    """Let people read and edit before, during and after the fault; return what was lost, or not said."""
    kept, unread = make_live(Role), make_live(Role)
    server, wrong = Server(folder, workers=1, DJANGO_SETTINGS_MODULE="tests.torture.settings"), Tally()
    wrong.counts = tally.counts
    reader = Browser(server.port, wrong, timeout=ANSWERS_SECONDS)
    at_desk = Browser(server.port, wrong, user=make_user(is_superuser=True), timeout=ANSWERS_SECONDS)
    editor = Editor(at_desk, kept, field_name="summary")
    begun, paths = timezone.now(), [f"/roles/{role.slug}/" for role in (kept, unread)]
    connections.close_all()
    server.start()
    try:
        editor.save(1)
        editor.publish(1)
        forms = {name: _filled(editor, name, wrong) for name in FORMS}
        _expect(wrong, reader.ask(paths[0]), 200, "Said 1 times", "a page before it")
        with fault.inside(server):
            if fault.goes_on:
                _expect(wrong, reader.ask(paths[0]), 200, "Said 1 times", "a page that was kept")
            _is_told(wrong, reader.ask(paths[1]), paths[1], may_answer=fault.is_readable)
            for name, sent in forms.items():
                answer = at_desk.ask(act(kept, name), sent, called="forms")
                if fault.may_do_little and name == "publish" and answer and answer.status == DONE:
                    continue
                _expect(wrong, answer, OUTAGE, FORMS[name].keeps, f"the form {name}")
            for path in EVERYWHERE:
                _is_no_fault(wrong, reader.ask(path), path)
            _is_no_fault(wrong, _signing_in(Browser(server.port, wrong, timeout=ANSWERS_SECONDS)), "signing in")
            _expect(wrong, _picture(at_desk), OUTAGE, ALT, "a new picture")
        connections.close_all()
        _recovers(wrong, reader, editor, paths[1])
        return [*wrong.wrong, *whole.everything([editor], since=begun), *whole.unreadable(reader)]
    finally:
        server.kill()


def _recovers(wrong: Tally, reader: Browser, editor: Editor, path: str) -> None:
    if not holds(lambda: _answers(reader, path), seconds=RECOVERS_SECONDS) or not editor.save(3):
        wrong.complain(f"The site did not recover within {RECOVERS_SECONDS} s.")
    editor.publish(3)
    if set(whole.numbers(editor)) != {1, 3}:
        wrong.complain(f"Revisions say {sorted(whole.numbers(editor))}, and 1 and 3 were acknowledged.")


class Form(NamedTuple):
    """A form of the desk: its selector, what is typed into it, and what of that an answer must give back."""

    selector: str
    typed: dict[str, Any]
    keeps: str


FORMS = {
    "change": Form("form#role_form", {"summary": f"{said(2)} {LONG}", "_continue": "1"}, LONG),
    "publish": Form("form.act", {}, ""),
}
EVERYWHERE = ["/", "/roles/", "/search/?q=keeper", "/api/v1/roles", "/admin/login/", "/healthz", "/readyz"]


def _filled(editor: Editor, name: str, wrong: Tally) -> dict[str, Any]:
    answer = editor.browser.ask(act(editor.document, name))
    _expect(wrong, answer, 200, "", f"the page {name} before it")
    return form_in(answer.text if answer else "", FORMS[name].selector) | FORMS[name].typed


def _signing_in(browser: Browser) -> Answer | None:
    """Type a wrong password, which is counted."""
    address = reverse("account_login")
    browser.ask(address)
    sent = {"login": "somebody", "password": "of theirs"}
    return browser.ask(address, sent | {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}, called="forms")


ALT = "A desk with two chairs"


def _picture(at_desk: Browser) -> Answer | None:
    address = reverse("admin:images_image_add")
    token = at_desk.cookies["csrftoken"].value
    file = uploaded(encoded(gradient(1600, 1200)))
    texts = {"title": "Desk", "alt": ALT, "focus_x": "0.5", "focus_y": "0.5", "csrfmiddlewaretoken": token}
    return at_desk.ask(address, texts | {"file": file}, called="pictures")


def _expect(wrong: Tally, answer: Answer | None, status: int, text: str, what: str) -> None:
    if answer is None or answer.status != status or text not in answer.text:
        wrong.complain(f"{what} answered {answer and answer.status}, or without “{text[:40]}”.")


def _is_told(wrong: Tally, answer: Answer | None, what: str, *, may_answer: bool) -> None:
    """A reader gets the page, if it can be read, or a sentence and when to come back."""
    if answer and answer.status == 200 and may_answer:
        return
    if answer is None or answer.status != OUTAGE or "retry-after" not in answer.headers or "again" not in answer.text:
        wrong.complain(f"{what}, which was not kept, answered {answer and answer.status}.")


def _is_no_fault(wrong: Tally, answer: Answer | None, what: str) -> None:
    """Nobody waits for long, and nobody is told that the fault is ours."""
    if answer is None or (answer.status >= 500 and answer.status != OUTAGE):
        wrong.complain(f"{what} answered {answer and answer.status}.")


def _answers(reader: Browser, path: str) -> bool:
    answer = reader.ask(path)
    return answer is not None and answer.status == 200
