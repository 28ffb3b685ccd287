"""What machines share in a Redis server, which the tests start, and what becomes of it when that is gone."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import redis
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from careers.models import Role
from config import cache as shared
from publishing.limits import is_within
from tests.browser.serving import ROOT
from tests.builders import make_live, make_user
from tests.servers import Running, database_url, redis_server

DESK = "/admin/images/image/"


@pytest.fixture(autouse=True)
def server(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """Share a Redis server, of which nobody has found yet that it is gone; give it."""
    monkeypatch.setattr(shared.Client, "down_until", 0.0)
    monkeypatch.setattr(shared.Client, "alone", LocMemCache(str(tmp_path), {}))
    with redis_server(tmp_path) as running:
        _share(settings, running.port)
        yield running


def _share(settings: Settings, port: int) -> None:
    settings.CACHES = {"default": {"BACKEND": "config.cache.Shared", "LOCATION": f"redis://127.0.0.1:{port}/0"}}
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"


def in_another_process(code: str, server: Running) -> str:
    """Run the code as another process of the site does, and return what it prints."""
    environment = {"CACHE_URL": f"redis://127.0.0.1:{server.port}/0", "DATABASE_URL": database_url()}
    environment |= {"DEBUG": "true", "SECRET_KEY": "for-this-test-alone", "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", f"import django; django.setup(); {code}"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def kept(server: Running) -> dict[str, Any]:
    """Return what Redis holds: each value, and for how many seconds."""
    with redis.Redis(port=server.port) as client:
        found: Any = client.keys()
        return {key.decode(): (json.loads(client.get(key)), client.ttl(key)) for key in found}


def ask(*, most: int = 2) -> bool:
    return is_within(RequestFactory().get("/"), "report", most=most, seconds=60)


@pytest.mark.django_db(transaction=True)
def test_a_session_of_one_process_is_known_to_another_without_a_question_to_the_database(
    client: Client, server: Running
) -> None:
    client.force_login(make_user())
    session = client.session
    ask = "from django.contrib.sessions.backends.cached_db import SessionStore; from django.db import connection; "
    ask += f"connection.force_debug_cursor = True; known = SessionStore('{session.session_key}').load(); "
    ask += "print(known['_auth_user_id'], len(connection.queries))"
    assert in_another_process(ask, server) == f"{session['_auth_user_id']} 0"


@pytest.mark.django_db
def test_who_signs_out_is_forgotten_by_redis(client: Client, server: Running) -> None:
    client.force_login(make_user())
    assert len(kept(server)) == 1
    client.logout()
    assert kept(server) == {}


@pytest.mark.django_db
def test_a_session_is_kept_as_json_and_for_an_hour_at_most(client: Client, server: Running) -> None:
    client.force_login(make_user())
    [(value, seconds)] = kept(server).values()
    assert value == dict(client.session.items())
    assert 0 < seconds <= 3600


def test_all_processes_count_together_how_often_somebody_asks(settings: Settings, server: Running) -> None:
    settings.SECRET_KEY = "for-this-test-alone"
    assert [ask(), ask()] == [True, True]
    once_more = "from django.test import RequestFactory; from publishing.limits import is_within; "
    once_more += "print(is_within(RequestFactory().get('/'), 'report', most=2, seconds=60))"
    assert in_another_process(once_more, server) == "False"


@pytest.mark.django_db
def test_without_redis_readers_and_editors_go_on_and_each_process_counts_alone(client: Client, server: Running) -> None:
    role = make_live(Role)
    client.force_login(make_user(is_superuser=True))
    server.kill()
    assert Client().get(f"/roles/{role.slug}/").status_code == 200
    assert client.get(DESK).status_code == 200
    assert [ask(), ask(), ask()] == [True, True, False]
    client.post(reverse("admin:logout"))
    assert client.get(DESK).status_code == 302


@pytest.mark.django_db
def test_without_redis_a_process_still_counts_wrong_passwords_and_holds_up_nobody_else(server: Running) -> None:
    user = make_user()
    server.kill()
    wrong = {"login": user.username, "password": "a guess"}
    started = time.monotonic()
    said = [Client().post(reverse("account_login"), wrong).content.decode() for _ in range(6)]
    assert ["Too many attempts failed" in page for page in said] == [False] * 5 + [True]
    assert time.monotonic() - started < 5


@pytest.mark.django_db
def test_redis_is_used_again_when_it_is_back(
    client: Client,
    server: Running,
    tmp_path: Path,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client.force_login(make_user())
    session = str(client.session.session_key)
    server.kill()
    assert cache.get("a") is None
    with redis_server(tmp_path, port=server.port) as again:
        monkeypatch.setattr(shared.Client, "down_until", time.monotonic())
        assert client.session.get("_auth_user_id")  # from the database, into Redis
        assert any(session in key for key in kept(again))
        with django_assert_num_queries(0):
            assert client.session.get("_auth_user_id")


def test_a_redis_that_accepts_and_never_answers_keeps_nobody_waiting_twice(settings: Settings) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        _share(settings, silent.getsockname()[1])
        started = time.monotonic()
        assert [cache.get("a", "none") for _ in range(20)] == ["none"] * 20
        assert time.monotonic() - started < 4 * shared.ANSWER_SECONDS
