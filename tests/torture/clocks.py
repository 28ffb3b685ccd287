"""The machine's clock is put forward and back while the site runs, and its time zones are changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections
from django.utils import timezone

from careers.models import Role
from publishing.publish import publish
from tests.builders import ahead, make_live, make_scheduled, make_user, revise
from tests.servers import holds
from tests.torture import breaking, whole
from tests.torture.desk import Browser, Editor, Tally, said
from tests.torture.kills import Server

FAKING = "*-linux-gnu*/faketime/libfaketimeMT.so.1"
"""libfaketime (https://github.com/wolfcw/libfaketime), which tells programs another time than the machine's."""
HOUR = 3600
NOTICED_SECONDS = 5
"""How long after a jump of the clock readers may see what they saw before: the page cache looks twice a second."""
ZONES = [("Pacific/Kiritimati", "America/St_Johns"), ("America/New_York", "Europe/Berlin")]
"""Time zones of the machine and of the site: UTC+14 and -3:30, and two with summer time."""


def library() -> Path | None:
    """Return libfaketime, if the machine has it."""
    return next(Path("/usr/lib").glob(FAKING), None)


class Clock:
    """A clock that is put forward and back by writing into a file."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "clock"
        self.put(0)
        self.environment = {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def put(self, seconds: int) -> None:
        """Set it so many seconds ahead of the machine's."""
        beside = self.file.with_suffix(".new")
        beside.write_text(f"{seconds:+}s\n")
        beside.chmod(0o644)
        beside.replace(self.file)  # at once: it is read all the time


def jumps(folder: Path, tally: Tally) -> list[str]:
    """Put the clock forward and back, and change the time zones; return what readers saw that they should not have."""
    if library() is None:
        tally.add("faults not injected, for lack of libfaketime: clock put forward or back")
        return []
    clock, wrong = Clock(folder), Tally()
    wrong.counts = tally.counts
    role, coming = make_live(Role), make_scheduled(Role, at=ahead(seconds=HOUR // 2))
    publish(revise(role, summary=f"<p>{said(1)}</p>"), by=make_user())
    publish(revise(role, summary=f"<p>{said(2)}</p>"), by=make_user(), at=ahead(seconds=HOUR // 2))
    user, since = make_user(is_superuser=True), timezone.now()
    server = Server(folder, workers=2, **clock.environment)
    editor = Editor(Browser(server.port, wrong, user=user), role, field_name="summary")
    readers = Readers(Browser(server.port, wrong), wrong, [f"/roles/{each.slug}/" for each in (role, coming)])
    connections.close_all()
    with _database_told(server, clock):
        server.start()
        try:
            _forward_and_back(clock, readers, editor)
            for machine, site in ZONES:
                _in_zones(server, machine, site)
                readers.see("1", "coming", f"in {machine} and {site}")
                clock.put(HOUR)
                readers.see("4", "live", f"an hour later in {machine} and {site}")
                clock.put(0)
                tally.add("faults injected: time zones changed")
        finally:
            server.kill()
    tally.counts["faults injected: clock put forward or back"] += 5
    return [*wrong.wrong, *whole.everything([editor], since=since)]


class Readers:
    """They look at a role that says a number, and at one that is coming."""

    def __init__(self, browser: Browser, wrong: Tally, paths: list[str]) -> None:
        self.browser, self.wrong, self.paths = browser, wrong, paths

    def see(self, number: str, state: str, when: str) -> None:
        """Complain unless they soon see the role say the number ("" for no page), and the other live or not."""
        expected = [200 if number else 404, 200 if state == "live" else 404]
        seen: list[str] = []

        def is_so() -> bool:
            answers = [self.browser.ask(path) for path in self.paths]
            seen[:] = [f"{answer and answer.status}" for answer in answers]
            is_said = not number or (answers[0] is not None and f"Said {number} times" in answers[0].text)
            return is_said and seen == [str(status) for status in expected]

        # Each worker has a page cache of its own: several answers in a row are right.
        if not holds(lambda: all(is_so() for _ in range(8)), seconds=NOTICED_SECONDS):
            self.wrong.complain(f"{when} readers did not see {number or 'no page'} and {expected}, but {seen}.")


def _forward_and_back(clock: Clock, readers: Readers, editor: Editor) -> None:
    readers.see("1", "coming", "before any jump")
    clock.put(HOUR)
    readers.see("2", "live", "an hour later")
    if not (editor.save(4) and editor.publish(4)):
        readers.wrong.complain("Nothing can be published an hour later.")
    readers.see("4", "live", "after a publication an hour later")
    clock.put(0)
    readers.see("1", "coming", "back again")
    clock.put(-HOUR)
    readers.see("", "coming", "an hour before it was published")
    if not (editor.save(5) and editor.publish(5)):
        readers.wrong.complain("Nothing can be published an hour before.")
    readers.see("5", "coming", "after a publication an hour before")
    clock.put(0)
    readers.see("1", "coming", "at the right time again")
    if not editor.save(6):
        readers.wrong.complain("Nothing can be saved after the clock was put right.")


def _in_zones(server: Server, machine: str, site: str) -> None:
    """Start the server again, where both zones are others."""
    server.kill()
    server.environment |= {"TZ": machine, "TIME_ZONE": site}
    server.start()


@contextmanager
def _database_told(server: Server, clock: Clock) -> Iterator[None]:
    """Let PostgreSQL have the same clock, as on one machine; SQLite has the site's."""
    if connection.vendor == "sqlite":
        yield
        return
    with breaking.stopped(server, **clock.environment):
        pass
    yield
    with breaking.stopped(server):
        pass
