"""Several servers of the site on the database of the tests, and what is asked of each of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from http.client import HTTPConnection
from typing import NamedTuple

from django.utils import timezone

from careers.models import Role
from tests.builders import make_live
from tests.servers import Running

HOST = "careers.example.org"
ENVIRONMENT = {"ALLOWED_HOSTS": f"{HOST},127.0.0.1", "SITE_URL": f"http://{HOST}", "BEHIND_PROXY": "true"}
SECOND = timedelta(seconds=1)


class Answer(NamedTuple):
    """What was answered, and between which moments."""

    status: int
    text: str
    asked_at: datetime
    answered_at: datetime


def ask(port: int, path: str) -> Answer:
    """Ask the server on the port for a page, as the proxy does."""
    asked_at = timezone.now()
    server = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        server.request("GET", path, headers={"Host": HOST})
        response = server.getresponse()
        return Answer(response.status, response.read().decode(), asked_at, timezone.now())
    finally:
        server.close()


def a_role(machines: list[Running]) -> tuple[Role, str]:
    """Return a role and its path, of which every machine keeps the page."""
    role = make_live(Role)
    path = f"/roles/{role.slug}/"
    assert {ask(machine.port, path).status for machine in machines} == {200}
    return role, path
