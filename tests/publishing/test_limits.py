"""How often somebody may ask: counted by where the request comes from.

(What places and people are told who ask too often: tests/attacks/test_rates.py.)
"""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from pytest_django import Settings

from publishing import limits
from publishing.limits import MOST_COUNTED, is_within, place_of, seconds_to_wait


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


@pytest.fixture
def _anew(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Count in windows of the test's own, by limits of its own."""
    monkeypatch.setattr(limits, "_windows", (limits._Window(60), limits._Window(3600)))
    settings.RATE_LIMITS = {"few": (2, 3), "hourly": (0, 1), "any": (0, 0)}


def waits(name: str, who: str, times: int) -> list[bool]:
    return [bool(seconds_to_wait(name, who)) for _ in range(times)]


@pytest.mark.usefixtures("_anew")
def test_each_place_asks_so_often_in_a_minute_and_so_often_in_an_hour() -> None:
    assert waits("few", "here", 3) == [False, False, True]
    assert waits("few", "there", 1) == [False]
    limits._windows[0].ends_at = 0  # another minute; what was refused does not count in the hour
    assert waits("few", "here", 2) == [False, True]
    assert waits("hourly", "here", 2) == [False, True]
    assert waits("any", "here", 9) == [False] * 9


@pytest.mark.usefixtures("_anew")
def test_whoever_has_to_wait_is_told_until_the_end_of_the_minute_or_of_the_hour() -> None:
    assert [seconds_to_wait("few", "here") for _ in range(3)][-1] in range(1, 61)
    assert [seconds_to_wait("hourly", "here") for _ in range(2)][-1] in range(1, 3601)


@pytest.mark.usefixtures("_anew")
def test_what_is_counted_has_an_end_and_names_nobody() -> None:
    for number in range(MOST_COUNTED + 2):
        seconds_to_wait("few", f"192.0.2.{number}")
    assert all(0 < len(window.counts) <= MOST_COUNTED for window in limits._windows)
    assert all(type(each) is int for window in limits._windows for each in window.counts)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("9.9.9.9", "9.9.9.9"),
        ("::ffff:9.9.9.9", "9.9.9.9"),
        ("127.0.0.1", None),
        ("::1", None),
        ("10.0.0.7", None),
        ("fd00::7", None),
        ("unix:", None),
        ("", None),
    ],
)
def test_a_proxy_that_does_not_say_for_whom_it_asks_makes_no_limit_for_everybody(
    address: str, place: str | None
) -> None:
    assert place_of(RequestFactory().get("/", REMOTE_ADDR=address)) == place


def test_a_household_has_one_place_however_many_addresses_of_ipv6_it_has() -> None:
    places = [
        place_of(RequestFactory().get("/", REMOTE_ADDR=f"2620:fe:0:{net}::{host}")) for net in "12" for host in "789"
    ]
    assert len(set(places)) == 2
    assert None not in places


@pytest.mark.usefixtures("_anew")
def test_a_search_waits_for_no_cache_to_be_counted() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="9.9.9.9")
    started = time.process_time()
    for _ in range(1000):
        seconds_to_wait("any", place_of(request))
    assert time.process_time() - started < 0.3  # a thousandth of it each, and takes a twentieth of that
