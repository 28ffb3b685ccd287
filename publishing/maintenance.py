"""What everyone gets while an operator works on the site: a page that says so, without a question to the database."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

RETRY_SECONDS = 600
"""When machines may ask again."""


class MaintenanceMiddleware:
    """Answer 503 whatever is asked for, the admin as well, while the setting MAINTENANCE is on.

    Static files are answered before it (WhiteNoise), so that the page looks as the others do.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.MAINTENANCE:
            raise MiddlewareNotUsed

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the page, which no cache keeps, rendered without a context: what asks the database is in one."""
        response = HttpResponse(render_to_string("503.html"), status=HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = str(RETRY_SECONDS)
        add_never_cache_headers(response)
        return response
