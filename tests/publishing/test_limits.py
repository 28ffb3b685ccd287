"""How often somebody may ask: counted by where the request comes from."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from pytest_django import Settings

from publishing.limits import is_within


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def ask(name: str = "report", *, most: int = 2, **meta: Any) -> bool:
    return is_within(RequestFactory().get("/", **meta), name, most=most, seconds=60)


def test_each_address_and_each_thing_that_is_asked_for_has_a_count_of_its_own() -> None:
    assert [ask() for _ in range(3)] == [True, True, False]
    assert ask("another")
    assert ask(REMOTE_ADDR="192.0.2.7")


def test_without_a_trusted_proxy_nobody_chooses_where_a_request_comes_from(settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = None
    assert [ask(HTTP_X_FORWARDED_FOR=f"192.0.2.{number}") for number in range(3)] == [True, True, False]


def test_behind_a_proxy_the_last_address_counts_which_the_proxy_saw_itself(settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    asked = [ask(HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, 192.0.2.7") for number in range(3)]
    assert asked == [True, True, False]
    assert ask(HTTP_X_FORWARDED_FOR="192.0.2.8")
    assert ask()


def test_of_an_address_nothing_is_kept_that_can_be_read(settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"}}
    ask(REMOTE_ADDR="192.0.2.7")
    kept = list(cache._cache)  # type: ignore[attr-defined]
    assert len(kept) == 1
    assert "192.0.2.7" not in kept[0]
