"""The admin site: Django's own, with the pages that belong to no single document."""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.account import views as account
from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver, path
from django.utils import timezone

from publishing.limits import seconds_to_wait, too_many

LONGEST_SEARCH = 200
"""How many characters of a search in a list count: each word is a condition, and SQLite takes a thousand at most."""


class Desk(AdminSite):
    """The desk of the people who write and publish."""

    site_header = site_title = f"{settings.SITE_NAME}: the desk"
    index_title = "The desk"
    index_template = "admin/publishing/desk.html"

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 Django calls it so
        """Return the view for people of the desk alone, who hand in as many files as RATE_LIMITS allows. What an
        address asks for is made readable first."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            query = request.META.get("QUERY_STRING", "")
            if "%00" in query or len(query) > LONGEST_SEARCH:
                request.GET = _readable(query)
            wait = seconds_to_wait("uploads", request.session.session_key) if request.FILES else 0
            return too_many(request, wait) if wait else guarded(request, *args, **kwargs)

        return inner

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Show the desk, and below it everything that the site holds."""
        from publishing.admin import desk

        return super().index(request, {"desk": desk.contents(self, request), **(extra_context or {})})

    def login(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Have somebody sign in. Raises PermissionDenied for an account that is not of the desk: it would be sent here
        for ever."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return account.login(request)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Lead to the page about one's own password."""
        return redirect("account_change_password")

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add the desk's own pages to the addresses of the admin."""
        from publishing.admin import (  # what it needs is there only once every app is
            desk,
            moments,
            reports,
            reviews,
            schedule,
        )

        own = {
            "search": desk.search_page,
            "contradicted": desk.contradicted_page,
            "as-of": moments.as_of_page,
            "queue": reviews.queue_page,
            "my-submissions": reviews.mine_page,
            "schedule": schedule.schedule_page,
            "reports": reports.reports_page,
        }
        return [
            *(path(f"{name}/", self.admin_view(self._page(view)), name=name) for name, view in own.items()),
            *super().get_urls(),
        ]

    def _page(self, view: Any) -> Any:
        def wrapped(request: HttpRequest) -> Any:
            return view(self, request)

        return wrapped

    def render(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        """Return one of the desk's own pages."""
        shared = {**self.each_context(request), "time_zone": timezone.get_current_timezone_name()}
        return render(request, f"admin/publishing/{template}.html", shared | context)


def _readable(query: str) -> Any:
    """Return what an address asks for, without NUL, which PostgreSQL takes in no text, and with searches of a length
    that a database answers: those of the lists, and of the fields that complete what is typed."""
    asked = QueryDict(query.replace("%00", ""), mutable=True)
    for name in asked.keys() & {"q", "term"}:
        asked[name] = str(asked[name])[:LONGEST_SEARCH]
    return asked
