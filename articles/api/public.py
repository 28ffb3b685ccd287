"""How every answer of the API is given: to anyone, from any page of the web, for reading alone, and cacheable."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page

from articles.api.problems import Refused
from publishing.limits import again, place_of, seconds_to_wait, told_to_wait

View = Callable[..., Any]

MAX_AGE = 60
"""For how many seconds an answer may be kept: so long may something be shown after it was taken down."""
LONGEST_QUERY = 2_000
EVERY_ANSWER = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def public(view: View) -> View:
    """Return the view as the API answers with it: limits, methods, caching and CORS (https://fetch.spec.whatwg.org).

    Credentials are never allowed, so that a page elsewhere gets what a stranger gets. Whoever has a session is
    answered for themselves alone (publishing.as_of.StaffMiddleware).
    """

    @conditional_page
    @cache_control(public=True, max_age=MAX_AGE)
    def told(request: HttpRequest, **kwargs: Any) -> Any:
        try:
            _refuse_odd(request)
            return view(request, **kwargs)
        except Refused as refused:
            return refused.answer()

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        method = request.method
        if method == "HEAD":
            request.method = "GET"  # what is told is the same; the server leaves the body out
        preflight = HttpResponse(status=204, headers=PREFLIGHT) if method == "OPTIONS" else None
        response: HttpResponse = preflight or _too_many(request) or told(request, **kwargs)
        request.method = method
        for name, value in EVERY_ANSWER.items():
            response[name] = value
        return response

    return answer


def _too_many(request: HttpRequest) -> HttpResponse | None:
    """Count the request, and return the answer to a place that asks too often."""
    wait = seconds_to_wait("api", place_of(request))
    if not wait:
        return None
    said = f"{_('From where you are, this API is asked more often than it can take.')} {again(wait)}"
    return told_to_wait(Refused(429, said).answer(), wait)


def _refuse_odd(request: HttpRequest) -> None:
    """Raise Refused for what no address of the API answers."""
    query = request.META.get("QUERY_STRING", "")
    if request.method != "GET":
        raise Refused(405, _("This API is for reading: ask with GET or HEAD."))
    if len(query) > LONGEST_QUERY:
        raise Refused(400, _("What follows the question mark has more than %d characters.") % LONGEST_QUERY)
    if "\0" in request.path or "%00" in query or "\0" in query:
        raise Refused(400, _("A NUL character stands in the address: leave it out."))


def missing(request: HttpRequest) -> HttpResponse:
    """Say that there is nothing at an address below /api/v1/."""
    raise Refused(404, _("There is nothing at this address: /api/v1/openapi.json lists what there is."))
