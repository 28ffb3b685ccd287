"""How often somebody may ask for something that costs: the numbers are the setting RATE_LIMITS.

What is asked again and again is counted in the memory of each process, in far less time than a cache takes: a limit is
what one process does for one place. Reports, few and kept for good, are counted in the cache: by all processes of a
machine together, or by all machines where CACHE_URL names one that they share.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Hashable
from functools import wraps
from http import HTTPStatus
from math import ceil
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

MOST_COUNTED = 50_000
"""How many are counted at once; when there are more, counting begins anew: it takes 5 MB at most."""


class _Window:
    """How often each has asked in a time of so many seconds, which is forgotten when the next begins."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self.ends_at = 0.0
        self.counts: dict[int, int] = {}

    def count(self, who: int) -> int:
        """Count once more, and return the count. Threads that meet may lose one of their counts."""
        now = time.monotonic()
        if now >= self.ends_at or len(self.counts) >= MOST_COUNTED:
            self.ends_at, self.counts = now + self.seconds, {}
        counts = self.counts
        counts[who] = count = counts.get(who, 0) + 1
        return count

    @property
    def left(self) -> int:
        """In how many seconds the next begins."""
        return max(1, ceil(self.ends_at - time.monotonic()))


_windows = (_Window(60), _Window(3600))


def seconds_to_wait(name: str, who: Hashable) -> int:
    """Count that this is asked for, by a name in RATE_LIMITS; return 0, or in how many seconds it may be asked again.

    Who asks stands in memory as a number that this process alone could make, until an hour is over and anybody asks.
    None has no limit.
    """
    if who is None:
        return 0
    key = hash((name, who))
    for window, most in zip(_windows, settings.RATE_LIMITS[name], strict=True):
        if most and window.count(key) > most:
            return window.left
    return 0


def place_of(request: HttpRequest) -> str | None:
    """Return where the request comes from: an address of IPv4, or the 64 bits that a household has of IPv6.

    None for what is nobody's place on the internet, this machine and private networks: there stand proxies, and one
    that does not say for whom it asks must not make all readers one.
    """
    try:
        address = ipaddress.ip_address(address_of(request))
    except ValueError:
        return None
    if address.version == 6:
        address = address.ipv4_mapped or address
    if not address.is_global:
        return None
    return str(address) if address.version == 4 else str(int(address) >> 64)


def limited(
    name: str, *, refuse: Callable[[HttpRequest, int], HttpResponse] | None = None
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let the decorated view answer each place as often as RATE_LIMITS allows by that name, and then refuse for a time
    (default: `too_many`)."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            wait = seconds_to_wait(name, place_of(request))
            return (refuse or too_many)(request, wait) if wait else view(request, *args, **kwargs)

        return answer

    return decorate


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """Return the page that says in how many seconds to try again; it asks no database."""
    context = {"again": again(wait), "site_pages": ()}
    return told_to_wait(render(request, "429.html", context, status=HTTPStatus.TOO_MANY_REQUESTS), wait)


def no_offers(request: HttpRequest, wait: int) -> HttpResponse:
    """Return the same to a field that asks what to offer."""
    answer = JsonResponse({"offers": [], "said": again(wait)}, status=HTTPStatus.TOO_MANY_REQUESTS)
    return told_to_wait(answer, wait)


def told_to_wait(response: HttpResponse, wait: int) -> HttpResponse:
    """Return the answer with the seconds until it may be asked again, for machines; no cache keeps it."""
    response["Retry-After"] = str(wait)
    add_never_cache_headers(response)
    return response


def again(wait: int) -> str:
    """Return a sentence that says in how many minutes to ask again."""
    minutes = ceil(wait / 60)
    return ngettext("Try again in a minute.", "Try again in %(count)d minutes.", minutes) % {"count": minutes}


def is_within(request: HttpRequest, name: str, *, most: int, seconds: int) -> bool:
    """Count this request in the cache; return whether whoever sent it has asked for no more than `most` in the time.

    Of the address only a keyed hash that changes every day is kept, and not longer than the limit lasts. While a cache
    that machines share is gone, each process counts for itself.
    """
    key = f"limit:{name}:{salted_hmac(str(timezone.localdate()), address_of(request)).hexdigest()}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:
        return True  # it expired in between


def address_of(request: HttpRequest) -> str:
    """Return where the request comes from: what the proxy in front saw, where there is one that is trusted."""
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded: str = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))
