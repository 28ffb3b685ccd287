"""Where something is used: a page of its own for documents, shelves and tags, and what the form says of it."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from publishing.admin.pages import render_page
from publishing.uses import Shown, shown_on, users, uses

M = TypeVar("M", bound=Model)

PAGE_SIZE = 50
"""How many uses the page shows at a time."""

NAMED = 10
"""How many live pages the form names."""


def uses_page(admin: Any, request: HttpRequest, subject: Any) -> HttpResponse:
    """Every document that uses the subject, some at a time, each with how it does and in which of its states."""
    page = Paginator(users(subject), PAGE_SIZE).get_page(request.GET.get("page"))
    return render_page(admin, request, subject, "uses", {"page": page, "uses": uses(subject, list(page))})


def shown(subject: Any) -> Shown:
    """Return on which live pages a change of the subject is seen."""
    return shown_on(subject, first=NAMED)


class UsedAdmin(admin.ModelAdmin[M]):
    """The admin of something that documents use and that is none itself: a shelf, a tag."""

    change_form_template = "admin/publishing/used_change_form.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the page of uses."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_uses"
        return [path("<int:pk>/uses/", self.admin_site.admin_view(self._uses), name=name), *super().get_urls()]

    def _uses(self, request: HttpRequest, pk: int) -> Any:
        subject = self.get_object(request, str(pk))
        if subject is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined]
        if not self.has_view_or_change_permission(request, subject):
            raise PermissionDenied
        return uses_page(self, request, subject)

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Say on which live pages a change is seen."""
        if context.get("original") and not context.get("is_popup"):
            context["shown"] = shown(context["original"])
        return super().render_change_form(request, context, *args, **kwargs)
