"""A server that is stopped answers what it has accepted, and one that is reloaded answers everything."""

from __future__ import annotations

import json
import re
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread

import pytest

from tests.browser.serving import ROOT, free_port
from tests.config.test_container import instruction
from tests.servers import Running, database_url, holds, started

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]
CONNECTIONS, REQUESTS = 6, 300
RESPAWN_SECONDS = 15
"""In place of the half a minute of the service: the test's server has one worker, and starts as slowly as the machine
is busy."""


@contextmanager
def server(folder: Path) -> Iterator[Running]:
    """Serve the site by the command of the Dockerfile, with one worker."""
    port = free_port()
    [command] = [json.loads(each) for each in instruction("CMD") if each.startswith('["granian')]
    replaced = {
        "--host": "127.0.0.1",
        "--port": str(port),
        "--workers": "1",
        "--respawn-interval": str(RESPAWN_SECONDS),
    }
    for option, value in replaced.items():
        command[command.index(option) + 1] = value
    environment = {"DJANGO_SETTINGS_MODULE": "tests.serving.unhashed", "DATABASE_URL": database_url(), "DEBUG": "false"}
    environment |= {"PLAIN_HTTP_DEMO": "true", "SECRET_KEY": "for-this-test-alone"}

    def is_ready() -> bool:
        return ask(port, "/readyz") == 200

    with started(
        [sys.executable, "-m", *command], port=port, is_ready=is_ready, folder=folder, environment=environment
    ) as running:
        yield running


def ask(port: int, path: str) -> int | str:
    """Return the status of what was answered in whole, or how it failed."""
    client = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        client.request("GET", path, headers={"Connection": "close"})
        answer = client.getresponse()
        answer.read()  # raises IncompleteRead if the rest does not come
    except ConnectionRefusedError:
        return "refused"
    except (HTTPException, OSError) as error:
        return repr(error)
    finally:
        client.close()
    return answer.status


class Load:
    """Readers who ask without a break for pages that no cache keeps, until they are told to stop, or refused."""

    def __init__(self, port: int) -> None:
        self.port, self.goes_on = port, True
        self.answers: Counter[int | str] = Counter()
        self.threads = [Thread(target=self._read) for _ in range(CONNECTIONS)]
        for thread in self.threads:
            thread.start()

    def _read(self) -> None:
        while self.goes_on:
            said = ask(self.port, "/search/?q=keeper")
            self.answers[said] += 1
            if said == "refused":
                return

    def end(self) -> Counter[int | str]:
        """Return how often what was answered."""
        self.goes_on = False
        for thread in self.threads:
            thread.join()
        return self.answers


def workers(running: Running) -> set[str]:
    """Return the ids of the processes that the server has started."""
    pid = running.process.pid
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


def test_a_server_that_is_stopped_answers_what_it_has_accepted(tmp_path: Path) -> None:
    with server(tmp_path) as running:
        load = Load(running.port)
        assert holds(lambda: load.answers[200] > REQUESTS, seconds=60)
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(timeout=30) == 0
        answers = load.end()
    assert answers.keys() == {200, "refused"}  # who comes later is refused, and told at once


def test_a_server_that_is_reloaded_answers_everything(tmp_path: Path) -> None:
    with server(tmp_path) as running:
        before = workers(running)
        load = Load(running.port)
        assert holds(lambda: load.answers[200] > REQUESTS / 2, seconds=60)
        running.process.send_signal(signal.SIGHUP)
        assert holds(lambda: not before & workers(running), seconds=60)
        since = load.answers[200]
        assert holds(lambda: load.answers[200] > since + REQUESTS / 2, seconds=60)
        answers = load.end()
    assert answers.keys() == {200}


def test_the_service_and_the_container_are_served_alike() -> None:
    service = (ROOT / "deploy/side-by-side.service").read_text()
    [options] = re.findall(r"^ExecStart=\S+/granian (.*)$", service, re.MULTILINE)
    [command] = [json.loads(each) for each in instruction("CMD") if each.startswith('["granian')]
    assert options.replace("127.0.0.1", "0.0.0.0").split() == command[1:]  # noqa: S104
