"""Headers that no cache knows of, hosts that are not the site's, and addresses that look like what may be kept.

(Cookies, arguments and sessions against the page cache: tests/publishing/test_page_cache.py.)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from django.conf import settings as conf
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from careers.models import Role
from config.logs import RequestLog
from publishing.export.reader import connections_left_open
from publishing.page_cache import PageCache
from tests.answers import Answer
from tests.articles.builders import act, sign_in
from tests.attacks.places import PUBLIC, fill
from tests.builders import make_draft, make_live

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

EVIL = "evil.example"
UNKEYED = {
    "HTTP_X_FORWARDED_HOST": EVIL,
    "HTTP_X_HOST": EVIL,
    "HTTP_FORWARDED": f"host={EVIL};proto=http",
    "HTTP_X_FORWARDED_SERVER": EVIL,
    "HTTP_X_FORWARDED_PORT": "1337",
    "HTTP_X_FORWARDED_PREFIX": f"/{EVIL}",
    "HTTP_X_FORWARDED_SCHEME": "evil",
    "HTTP_X_ORIGINAL_URL": f"/{EVIL}/",
    "HTTP_X_REWRITE_URL": f"/{EVIL}/",
    "HTTP_X_HTTP_METHOD_OVERRIDE": "POST",
    "HTTP_X_FORWARDED_FOR": EVIL,
    "HTTP_ORIGIN": f"https://{EVIL}",
    "HTTP_REFERER": f"https://{EVIL}/",
    "HTTP_USER_AGENT": EVIL,
    "HTTP_ACCEPT_LANGUAGE": "de",
    "HTTP_ACCEPT": "application/json",
    "HTTP_X_REQUEST_ID": f"{EVIL}-12345678",
}


@pytest.fixture
def cache(settings: Settings) -> Iterator[Any]:
    """Return the site as servers have it: the page cache, the log of requests, Django."""
    settings.ALLOWED_HOSTS = ["localhost", "www.localhost"]
    settings.SECURE_PROXY_SSL_HEADER = None
    with connections_left_open():
        yield PageCache(RequestLog(get_wsgi_application()), check_seconds=0)


def page(cache: Any, path: str = "/roles/rope-keeper/", **environ: str) -> tuple[int, str, dict[str, str]]:
    """Return what is answered; but for the id of the request, which is another one each time."""
    answer = Answer(cache, path, **environ)
    return answer.status, answer.text, {name: each for name, each in answer.headers.items() if name != "X-Request-ID"}


@pytest.mark.parametrize("name", UNKEYED)
def test_a_header_that_is_no_part_of_the_key_changes_nothing(cache: Any, name: str) -> None:
    make_live(Role, title="Rope Keeper")
    poisoned = page(cache, **{name: UNKEYED[name]})
    clean = page(cache)
    assert poisoned == clean
    assert clean[0] == 200
    assert EVIL not in str(clean)


def test_a_stranger_does_not_say_that_a_request_came_by_https(cache: Any) -> None:
    make_live(Role, title="Rope Keeper")
    assert "https://localhost" not in page(cache, HTTP_X_FORWARDED_PROTO="https")[1]
    assert "https://localhost" not in page(cache)[1]


@pytest.mark.parametrize(
    "host", [EVIL, f"localhost@{EVIL}", f"localhost:80@{EVIL}", f"{EVIL}#localhost", "", "[::1", "a b"]
)
def test_a_host_that_is_not_the_sites_gets_no_page_and_leaves_none(cache: Any, host: str) -> None:
    make_live(Role, title="Rope Keeper")
    status, text, _ = page(cache, HTTP_HOST=host)
    assert status == 400
    assert EVIL not in text
    assert page(cache)[0] == 200


def test_where_the_site_has_an_address_no_page_names_the_host_that_was_asked(
    client: Client, settings: Settings
) -> None:
    fill()
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://careers.example.org"
    named = [path for path in PUBLIC if EVIL in str(client.get(path, headers={"Host": EVIL}).getvalue())]
    assert named == []


def test_a_link_to_a_draft_names_the_site_whatever_host_was_asked(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.SECOND_FACTOR = False
    settings.SITE_URL = "https://careers.example.org"
    sign_in(client, "Writer")
    said = client.get(act(make_draft(Role), "share"), headers={"Host": EVIL})
    assert str(said.context["link"]).startswith("https://careers.example.org/shared/")
    assert EVIL not in said.content.decode()


DISGUISED = [
    "{}x.css",
    "{};x.css",
    "{}%2Fx.css",
    "{}..%2Fstatic/x.css",
    "{}%23x.css",
    "{}%3Fx.css",
    "{}.css",
    "/static/..{}",
]
DISGUISED += ["/static/%2e%2e{}", "/roles/..%2f..{}", "/{}", "/robots.txt/..{}", "{}%00.js", "{}%0Ax.png"]


@pytest.mark.parametrize("form", DISGUISED)
def test_a_page_of_the_desk_in_disguise_is_kept_by_nobody(
    cache: Any, client: Client, form: str, settings: Settings
) -> None:
    settings.SECOND_FACTOR = False
    editor = sign_in(client, "Editor", username="somebody-of-the-desk")
    path = form.format(reverse("admin:index"))
    session = f"{conf.SESSION_COOKIE_NAME}={client.cookies[conf.SESSION_COOKIE_NAME].value}"
    decoded = unquote_to_bytes(path).decode("latin-1")  # as servers hand it over
    _, _, headers = page(cache, decoded, HTTP_COOKIE=session)
    assert headers["Cache-Control"] == "private, no-store"
    status, text, _ = page(cache, decoded)
    assert status in {301, 302, 400, 404}
    assert editor.username not in text


def test_a_public_page_that_somebody_of_the_desk_asked_for_is_kept_by_nobody(cache: Any, client: Client) -> None:
    make_live(Role, title="Rope Keeper")
    sign_in(client, "Editor", username="somebody-of-the-desk")
    session = f"{conf.SESSION_COOKIE_NAME}={client.cookies[conf.SESSION_COOKIE_NAME].value}"
    _, _, headers = page(cache, HTTP_COOKIE=session)
    assert headers["Cache-Control"] == "private, no-store"
    assert "/admin/" not in page(cache)[1]
