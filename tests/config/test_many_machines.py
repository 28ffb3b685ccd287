"""Three servers of the site on one PostgreSQL, and the proxy in front of them as `deploy/nginx.conf` has it."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from publishing.publish import publish, schedule
from publishing.withdraw import withdraw
from tests.browser.serving import ROOT, free_port
from tests.builders import ahead, make_user, revise
from tests.config.machines import ENVIRONMENT, SECOND, Answer, a_role, ask
from tests.servers import Running, holds, nginx, site

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite is a file of one machine"),
]


def all_agree_a_second_after(
    moment: datetime, machines: list[Running], path: str, is_new: Callable[[Answer], bool]
) -> None:
    """Ask each machine again and again until its answer is new: none is new before the moment, and none that was asked
    for more than a second after it is still old."""
    for machine in machines:
        while not is_new(answer := ask(machine.port, path)):
            assert answer.asked_at < moment + SECOND
        assert answer.answered_at > moment


def test_what_is_published_is_seen_on_every_machine_within_a_second(machines: list[Running]) -> None:
    role, path = a_role(machines)
    publish(revise(role, summary="<p>Corrected on Tuesday.</p>"), by=make_user())
    all_agree_a_second_after(timezone.now(), machines, path, lambda answer: "Corrected on Tuesday" in answer.text)


def test_a_window_opens_on_every_machine_within_a_second_and_on_none_before(machines: list[Running]) -> None:
    role, path = a_role(machines)
    opens_at = ahead(seconds=2)
    schedule(revise(role, summary="<p>Planned for Wednesday.</p>"), by=make_user(), at=opens_at)
    all_agree_a_second_after(opens_at, machines, path, lambda answer: "Planned for Wednesday" in answer.text)


def test_what_is_withdrawn_is_gone_from_every_machine_within_a_second(machines: list[Running]) -> None:
    role, path = a_role(machines)
    withdraw([role], by=make_user())
    all_agree_a_second_after(timezone.now(), machines, path, lambda answer: answer.status == 410)


def proxy_configuration(folder: Path, *, port: int, upstream: list[int]) -> str:
    """Return the directives of deploy/, which listen on the port by plain HTTP and lead to these ports."""
    text = (ROOT / "deploy/nginx.conf").read_text()
    text = text.replace("/var/cache/nginx/side-by-side", f"{folder}/pictures")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};").replace("listen 443 ssl;", f"listen {port};")
    text = re.sub(r".*(listen \[::]|ssl_certificate).*\n", "", text)
    machine = (ROOT / "deploy/upstream.conf").read_text()
    for number, each in enumerate(upstream, 1):
        machine = machine.replace(f"10.0.0.1{number}:8000", f"127.0.0.1:{each}")
    return machine + text


def test_a_machine_that_dies_loses_no_request_that_another_can_answer(machines: list[Running], tmp_path: Path) -> None:
    _, path = a_role(machines)
    port = free_port()
    with ExitStack() as stack, ThreadPoolExecutor(12) as pool:
        doomed = stack.enter_context(site(tmp_path, **ENVIRONMENT))
        upstream = [machine.port for machine in (doomed, *machines[1:])]
        stack.enter_context(nginx(tmp_path, proxy_configuration(tmp_path, port=port, upstream=upstream), port=port))
        # It hangs first, so that requests are under way on it when it dies.
        os.killpg(doomed.process.pid, signal.SIGSTOP)
        requests = [pool.submit(ask, port, path) for _ in range(12)]
        assert holds(lambda: sum(each.done() for each in requests) == 8, seconds=10)
        doomed.kill()
        assert not wait(requests, timeout=10).not_done
        answers = [*(each.result() for each in requests), *(ask(port, path) for _ in range(12))]
    assert {answer.status for answer in answers} == {200}
    assert all(answer.text.rstrip().endswith("</html>") for answer in answers)
