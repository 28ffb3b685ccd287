"""The moment that a request is answered for: now or, for somebody of the desk, a moment that they look at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

KEY = "as_of"
ENVIRON = "publishing.as_of"
"""Where the environ of a request that this process makes itself, for an export, has the moment it is asked for."""


def is_staff(request: HttpRequest) -> bool:
    """Whether somebody of the desk asks. Readers, who have no session, cost no query and vary by nothing."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_staff


def chosen(request: HttpRequest) -> datetime | None:
    """Return the moment that the person looks at, or None for now."""
    text = request.session.get(KEY) if is_staff(request) else None
    return datetime.fromisoformat(text) if text else None


def as_of(request: HttpRequest) -> datetime:
    """Return the moment whose site the request asks for."""
    return request.META.get(ENVIRON) or chosen(request) or timezone.now()


def look_at(request: HttpRequest, moment: datetime | None) -> None:
    """Show the person the site of that moment from now on; None: of each moment as it comes."""
    if moment is None:
        request.session.pop(KEY, None)
    else:
        request.session[KEY] = moment.isoformat()


class StaffMiddleware:
    """Keep what somebody of the desk is shown out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response, marked private if the request carries a session."""
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers["Cache-Control"] = "private, no-store"
        return response


def desk(request: HttpRequest) -> dict[str, Any]:
    """Return what the bar above a public page shows to the desk (a context processor)."""
    return {"is_staff": True, "as_of": chosen(request)} if is_staff(request) else {}
