"""How often somebody may ask for something that costs: counted by address, in the cache."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac


def is_within(request: HttpRequest, name: str, *, most: int, seconds: int) -> bool:
    """Count this request, and return whether whoever sent it has asked for no more than `most` in the time.

    Of the address only a keyed hash that changes every day is kept, and not longer than the limit lasts. The count is
    that of the cache: of all machines where CACHE_URL names one that they share, else of this machine; while that is
    gone, of each process.
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
