"""The admin site: Django's own, with the pages that belong to no single document."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path
from django.utils import timezone


class Desk(AdminSite):
    """The desk of the people who write and publish."""

    site_header = site_title = f"{settings.SITE_NAME}: the desk"
    index_title = "The desk"
    index_template = "admin/publishing/desk.html"

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 Django calls it so
        """Return the view for people of the desk alone. What an address asks for is read without NUL, which PostgreSQL
        takes in no text."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            query = request.META.get("QUERY_STRING", "")
            if "%00" in query:
                request.GET = QueryDict(query.replace("%00", ""))
            return guarded(request, *args, **kwargs)

        return inner

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Show the desk, and below it everything that the site holds."""
        from publishing.admin import desk

        return super().index(request, {"desk": desk.contents(self, request), **(extra_context or {})})

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
