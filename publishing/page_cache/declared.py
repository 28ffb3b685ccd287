"""What a view says of its answers, for the page cache and for those between this site and its readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from typing import Any, NamedTuple, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from publishing.models.purges import ANYTHING

TAGS = "Surrogate-Key"
"""The header that holds the tags of an answer, between spaces: Fastly and Varnish purge by it
(https://www.fastly.com/documentation/reference/http/http-headers/Surrogate-Key/)."""
TAGS_WITH_COMMAS = "Cache-Tag"
"""The same between commas, for Cloudflare
(https://developers.cloudflare.com/cache/how-to/purge-cache/purge-by-tags/)."""

MOST_TAGS = 1000
"""How many characters of tags a header holds: many proxies refuse an answer whose headers fill 4 kB, and both say them
(https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffer_size)."""

SHARED = {"public": True, "max_age": 0, "s_maxage": 60, "stale_while_revalidate": 60, "stale_if_error": 86_400}
"""What caches between this site and its readers are told, in seconds; a browser asks each time, and gets 304."""

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
R = TypeVar("R", bound=Any)


class Declared(NamedTuple):
    """The arguments of the query that a view reads, and those with which it is always asked."""

    arguments: frozenset[str]
    never_with: frozenset[str]


def cached(*arguments: str, never_with: Iterable[str] = ()) -> Callable[[View], View]:
    """Let caches keep what the decorated view answers, for each value of the query arguments of these names.

    Other arguments change nothing, so that a view must name every one that it reads; with one of `never_with` nothing
    is kept. An answer that does not say what it shows (`shows`) goes stale with whatever changes.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.OK and not request.GET.keys() & declared.never_with:
                patch_cache_control(response, **SHARED)
                if TAGS not in response:
                    shows(response, {ANYTHING})
            return response

        declared = Declared(frozenset(arguments), frozenset(never_with))
        answer.cached = declared  # type: ignore[attr-defined]
        return answer  # type: ignore[return-value]

    return decorate


def shows(response: R, tags: Iterable[str]) -> R:
    """Say by tags what the answer shows: it stays right until there is a purge with one of them (publishing.purges).

    What shows more than `MOST_TAGS` have room for goes stale with whatever changes.
    """
    ordered = sorted(tags)
    if len(" ".join(ordered)) > MOST_TAGS:
        ordered = [ANYTHING]
    response.headers[TAGS] = " ".join(ordered)
    response.headers[TAGS_WITH_COMMAS] = ",".join(ordered)
    return response


def made(response: R) -> R:
    """Mark the answer as one at an address that nobody made: a page of any two roles."""
    response.is_made = True
    return response
