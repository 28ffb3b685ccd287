"""Wherever the site leads somebody on, it is to itself."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from careers.models import Role
from tests.articles.builders import sign_in
from tests.builders import make_live

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

EVIL = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "\x00//evil.example/",
    " //evil.example/",
    "https:evil.example",
    "http:///evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "/%2F%2Fevil.example/",
    "//evil.example\\@testserver/",
]


def leads_to(answer: Any) -> str:
    """Return the host that a browser goes to: it takes backslashes for slashes and leaves tabs and newlines out
    (https://url.spec.whatwg.org/#concept-basic-url-parser)."""
    location = str(answer.get("Location", "")).strip("\x00 ").replace("\\", "/")
    location = location.translate(dict.fromkeys(map(ord, "\t\r\n")))
    whole = urlsplit(urljoin("https://testserver/somewhere/", location))
    return f"{whole.scheme}://{whole.netloc}"


@pytest.mark.parametrize("target", EVIL)
@pytest.mark.parametrize("sent", [{"now": ""}, {"at_0": "2020-01-01", "at_1": "10:00"}])
def test_the_site_at_another_moment_is_this_site(
    client: Client, settings: Settings, target: str, sent: dict[str, str]
) -> None:
    settings.SECOND_FACTOR = False
    sign_in(client, "Editor")
    answer = client.post(reverse("admin:as-of"), sent | {"next": target}, secure=True)
    assert answer.status_code == 302
    assert leads_to(answer) == "https://testserver"


@pytest.mark.parametrize("target", EVIL)
@pytest.mark.parametrize("name", ["admin:login", "account_login"])
def test_whoever_signs_in_stays_here(client: Client, settings: Settings, name: str, target: str) -> None:
    settings.SECOND_FACTOR = settings.ACCOUNT_RATE_LIMITS = False
    user = sign_in(Client(), "Editor")
    user.set_password("a password of this test")
    user.save()
    sent = {"username": user.username, "login": user.username, "password": "a password of this test", "next": target}
    asked = f"{reverse(name)}?next={quote(target)}"
    for answer in (
        client.get(asked, secure=True),
        client.post(asked, sent, secure=True),
        client.get(asked, secure=True),
    ):
        assert answer.status_code in {200, 302}
        assert leads_to(answer) == "https://testserver"


@pytest.mark.parametrize("target", EVIL)
def test_no_address_of_readers_leads_elsewhere(client: Client, target: str) -> None:
    make_live(Role, title="Rope Keeper")
    path = quote(target, safe="/%:\\@")
    asked = [f"/{path}", f"/{path.rstrip('/')}", f"//{path}", f"/roles/{path}", f"/compare/{path}"]
    asked += [f"/compare/?a={quote(target)}&b={quote(target)}", f"/search/?q={quote(target)}&next={quote(target)}"]
    for address in asked:
        answer = client.get(address, secure=True)
        assert answer.status_code < 500, address
        assert leads_to(answer) == "https://testserver", address


@pytest.mark.parametrize("target", EVIL)
def test_a_report_names_a_page_of_this_site(client: Client, target: str) -> None:
    sent = {"path": target, "text": "Wrong."}
    answer = client.post("/report/", sent, headers={"Origin": "https://testserver"}, secure=True)
    assert answer.status_code == 400
