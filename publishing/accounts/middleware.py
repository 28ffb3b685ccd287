"""What every page of the desk passes through: nobody who must have a second factor gets past setting one up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from publishing.accounts import second_factor
from publishing.accounts.sealed import Unreadable
from publishing.as_of import is_staff

OWN = ("account_", "mfa_", "usersessions_")
"""How the names of the pages begin that are about one's own account."""
OPEN = frozenset({"admin:login", "admin:logout", "admin:jsi18n"})


class DeskMiddleware:
    """Lead whoever lacks a second factor to set it up, and frame the pages about one's account as the desk's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Return the way to the second factor instead of a page of the desk, or None to go on."""
        if not request.path_info.startswith(f"/{settings.ADMIN_PATH}") or not is_staff(request):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        is_open = name in OPEN or name.startswith(OWN)
        return redirect("mfa_index") if not is_open and second_factor.is_missing(request.user) else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Say what to do about a second factor that cannot be read, on the page from which it can be replaced."""
        if not isinstance(exception, Unreadable):
            return None
        messages.error(request, str(exception.message))
        return redirect("mfa_index")

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Give pages about one's account what the templates of the desk ask for."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name.startswith(OWN):
            frame = {**admin.site.each_context(request), "is_nav_sidebar_enabled": False}
            frame["is_missing"] = second_factor.is_missing(request.user)
            response.context_data = frame | (response.context_data or {})
        return response
