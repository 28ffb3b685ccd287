"""The server is killed in the middle of saves and publications, again and again, and nothing may be lost."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from django.conf import settings
from django.db import connection
from django.utils import timezone

from articles.models import Comparison
from careers.models import Role
from tests.browser.serving import free_port
from tests.builders import make_live, make_user
from tests.servers import Running, database_url, holds, started
from tests.torture import whole
from tests.torture.desk import Browser, Editor, Tally, read

WHOLE_EVERY = 10
"""One kill of so many is of the whole server; the others are of one worker, which the server starts again."""
WORKERS = 3
ACTS = ("requests sent: saves", "requests sent: publications")
"""What is under way when the server is killed, one or the other."""
PAUSE = (0.0, 0.25)
"""Seconds from the moment at which somebody sent a form to the kill, at random between these."""
AGE = 6.0
"""Seconds that a worker that was started again has lived before it is killed: granian gives up if one dies sooner."""


class Server:
    """The site on a port that stays, killed and started again."""

    def __init__(self, folder: Path, *, workers: int, **environment: str) -> None:
        self.folder, self.workers, self.environment = folder, workers, environment
        self.port = free_port()
        self.stack = ExitStack()
        self.running: Running
        self.first: set[int] = set()

    def start(self) -> None:
        """Start it, and return once it answers. Raises NotStartedError if it does not."""
        options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--blocking-threads", "4"]
        options += ["--workers", str(self.workers), "--respawn-failed-workers", "--respawn-interval", "0.1"]
        command = [sys.executable, "-m", "granian", *options, "--log-level", "warning", "config.wsgi:application"]
        whole = {"DJANGO_SETTINGS_MODULE": "tests.serving.unhashed", "DATABASE_URL": database_url(), "DEBUG": "false"}
        whole |= {"PLAIN_HTTP_DEMO": "true", "SECRET_KEY": settings.SECRET_KEY} | self.environment
        self.stack = ExitStack()
        self.running = self.stack.enter_context(
            started(command, port=self.port, is_ready=self._answers, folder=self.folder, environment=whole)
        )
        self.first = {pid for _, pid in self._workers()}

    def _answers(self) -> bool:
        return Browser(self.port, Tally()).ask("/robots.txt") is not None

    def kill(self) -> None:
        """End all of its processes at once."""
        self.stack.close()

    def kill_a_worker(self) -> bool:
        """End the one that has lived longest, if it has lived long enough; return whether there was one."""
        began, pid = min(self._workers(), default=(_uptime(), 0))
        if _uptime() - began < AGE and pid not in self.first:
            return False
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return True

    def _workers(self) -> Iterator[tuple[float, int]]:
        """Yield of each worker when it began, in seconds since the machine did, and its process."""
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                fields = stat.read_text().rpartition(")")[2].split()
                if int(fields[1]) == self.running.process.pid and fields[0] != "Z":
                    yield int(fields[19]) / os.sysconf("SC_CLK_TCK"), int(stat.parent.name)

    @property
    def is_running(self) -> bool:
        """Whether it has not ended by itself."""
        return self.running.process.poll() is None


def _uptime() -> float:
    return float(Path("/proc/uptime").read_text().split()[0])


@contextmanager
def at_work(
    editors: list[Editor], readers: list[Browser], paths: list[str], *, may_answer: Collection[int] = ()
) -> Iterator[None]:
    """Let all of them work until the end of the block; readers may get these statuses besides pages."""
    is_over = Event()
    threads = [Thread(target=editor.work, args=[is_over]) for editor in editors]
    threads += [Thread(target=read, args=[reader, paths, is_over, may_answer]) for reader in readers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


def kills(folder: Path, *, number: int, tally: Tally, seed: int = 0, workers: int = WORKERS) -> list[str]:
    """Kill the server so many times while two roles and their comparison are saved and published; return what was
    lost."""
    chance = random.Random(seed)  # noqa: S311  no secret
    roles = [make_live(Role) for _ in range(2)]
    documents = [(each, "summary") for each in roles]
    documents.append((make_live(Comparison, role_a=roles[0], role_b=roles[1], tags=["keeping"]), "intro"))
    paths = [edition.get_absolute_url() for edition in whole.live_pages()]
    server, begun = Server(folder, workers=workers), timezone.now()
    editors = [
        Editor(Browser(server.port, tally, user=make_user(is_superuser=True)), document, field_name=name)
        for document, name in documents
    ]
    connection.close()
    server.start()
    pause = Event()
    try:
        with at_work(editors, [Browser(server.port, tally)], paths):
            for each in range(1, number + 1):
                sent_one_of(chance.choice(ACTS), tally)
                pause.wait(chance.uniform(*PAUSE))
                if each % WHOLE_EVERY == 0 or not server.is_running:
                    server.kill()
                    tally.add("kills: of the whole server")
                    server.start()
                elif holds(server.kill_a_worker, seconds=60):
                    tally.add("kills: of one worker")
        if not server.is_running:
            server.kill()
            server.start()
        holds(lambda: Browser(server.port, tally).ask("/robots.txt") is not None, seconds=60)
        lost = [*tally.wrong, *whole.everything(editors, since=begun), *whole.unreadable(Browser(server.port, tally))]
    finally:
        server.kill()
    return lost


def sent_one_of(acts: str, tally: Tally) -> None:
    """Return once somebody has just sent a form of that kind."""
    sent = tally.counts[acts]
    holds(lambda: tally.counts[acts] > sent, seconds=60)
