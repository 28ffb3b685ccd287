"""What every answer forbids the browser that gets it, at every address there is.

(Readers' pages are held to hold nothing inline in tests/articles/test_html.py, in a browser in tests/browser.)
"""

from __future__ import annotations

import re
from http.cookies import Morsel
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from images.models import Rendition
from publishing.models import User
from tests.articles.builders import sign_in
from tests.attacks.places import PUBLIC, desk, fill
from tests.builders import make_user
from tests.config.test_settings import read

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}
UNSAFE = re.compile(r"unsafe-|\*|\bhttps?:|\bblob:")
INLINE = re.compile(
    r'<style(?![^>]*\snonce=)|<script(?![^>]*\s(?:src|nonce)=)(?![^>]*\stype="application/(?:ld\+)?json")'
    r'|<[^>]+\sstyle=|<[^>]+\son[a-z]+="|"javascript:'
)
"""What the policy would block: a style or script without its nonce, or one in an attribute. Data is no script."""
AGAIN = {301, 302, 403, 404, 405, 400, 422}


def broken(answer: Any) -> list[str]:
    """Return what the answer does not forbid."""
    lacking = [f"{name}: {answer.get(name)}" for name, value in ALWAYS.items() if answer.get(name) != value]
    policy = answer.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or UNSAFE.search(policy):
        lacking.append(policy or "no policy")
    if not re.search(r"frame-ancestors '(none|self)'", policy):
        lacking.append("may be framed")
    if "camera=()" not in answer.get("Permissions-Policy", ""):
        lacking.append("may use the camera")
    if answer.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        lacking.append("tells where readers come from")
    return lacking


@pytest.fixture
def site() -> None:
    fill()


@pytest.fixture
def operator(settings: Settings) -> Client:
    """Return the browser of somebody who may do everything."""
    settings.SECOND_FACTOR = False
    browser = Client()
    browser.force_login(make_user(is_superuser=True))
    return browser


def test_every_answer_to_a_reader_is_guarded_and_sets_no_cookie(client: Client, site: None) -> None:
    answers = {path: client.get(path, secure=True) for path in PUBLIC}
    assert {path: found for path, answer in answers.items() if (found := broken(answer))} == {}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code >= 500} == {}
    assert {path: list(answer.cookies) for path, answer in answers.items() if answer.cookies} == {}


def test_every_page_of_the_desk_is_guarded_kept_by_no_cache_and_holds_nothing_inline(
    operator: Client, site: None
) -> None:
    addresses, scripts = desk(), reverse("admin:jsi18n")
    assert len(addresses) > 100
    found: dict[str, Any] = {}
    shown = 0
    for address in addresses:
        answer: Any = operator.get(address, secure=True)
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
        shown += is_page
        faults = [
            *broken(answer),
            *([text[m.start() : m.end() + 60] for m in INLINE.finditer(text)] if is_page else ()),
        ]
        if answer.status_code != 200 and answer.status_code not in AGAIN:
            faults.append(str(answer.status_code))
        if address != scripts and "no-store" not in answer.get("Cache-Control", ""):
            faults.append("may be kept")
        if faults:
            found[address] = faults
    assert found == {}
    assert shown > 60


def cookies(answer: Any) -> dict[str, Morsel[str]]:
    return dict(answer.cookies)


def test_cookies_of_the_desk_go_nowhere_else_and_no_script_reads_them(client: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR = False
    sign_in(client, "Editor")
    asked = client.get(reverse("admin:as-of"), secure=True)
    # Without a token, since this client does not check: the session is what is looked at.
    looked = client.post(reverse("admin:as-of"), {"at_0": "2020-01-01", "at_1": "10:00"}, secure=True)
    given = cookies(asked) | cookies(looked)
    assert given.keys() == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    for name, cookie in given.items():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax"), name
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name


def test_in_production_no_neighbour_can_set_a_cookie_of_the_desk() -> None:
    names = [read().SESSION_COOKIE_NAME, read().CSRF_COOKIE_NAME]
    assert all(name.startswith("__Host-") for name in names)
    assert not hasattr(read(PLAIN_HTTP_DEMO="true"), "SESSION_COOKIE_NAME")  # browsers take such names by HTTPS alone


def test_a_form_of_the_desk_is_not_sent_by_another_site(settings: Settings) -> None:
    settings.SECOND_FACTOR = False
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, "Editor")
    before = list(User.objects.values_list("pk", "byline"))
    answer = browser.post(reverse("admin:as-of"), {"now": ""}, headers={"Origin": "https://evil.example"}, secure=True)
    assert answer.status_code == 403
    assert list(User.objects.values_list("pk", "byline")) == before


def test_plain_http_is_led_to_https(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/roles/?q=1")
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/roles/?q=1")


def test_pictures_may_be_shown_elsewhere_and_are_nothing_but_pictures(client: Client, site: None) -> None:
    answer = client.get(f"/media/{Rendition.objects.all()[0].file.name}", secure=True)
    assert answer.status_code == 200
    assert answer["Content-Type"] in {"image/webp", "image/avif"}
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    answer.close()
