"""Roles in the admin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from careers.admin_facts import WithSuggestions
from careers.admin_figures import ConfirmsFigures, QuotesFigures
from careers.admin_resources import ExchangesTables
from careers.models import Figure, Role
from careers.names import Name
from careers.naming import Facts, wages_now
from careers.quotes import Quotable, of_role
from careers.reading import role_page
from images.picker import WithPictures, tiny
from publishing.admin import CommentedInline, DocumentAdmin, OrderedInline
from publishing.admin.put_away import is_list
from publishing.content import snapshot


class FigureInline(CommentedInline, OrderedInline):
    """The stated figures of a role."""

    model = Figure
    fields = (
        "position",
        ("measure", "amount", "amount_high", "unit"),
        ("period", "place", "as_of"),
        "covers",
        ("source", "source_url"),
    )


@admin.register(Role)
class RoleAdmin(ExchangesTables, WithSuggestions, QuotesFigures, ConfirmsFigures, WithPictures, DocumentAdmin[Role]):
    """The form follows the page that readers get."""

    change_form_template = "admin/careers/role/change_form.html"
    fieldsets = (
        (None, {"fields": ("title", "slug", "definition", "image")}),
        ("Names", {"classes": ("collapse",), "fields": (("singular", "plural", "article"), "also_called")}),
        ("The profile", {"fields": ("summary", "duties", "requirements", "environment")}),
        (
            "Facts",
            {
                "fields": (
                    ("occupation", "fit"),
                    "skills",
                    ("education", "education_note"),
                    "certifications",
                    "tags",
                )
            },
        ),
    )
    inlines = (FigureInline,)
    prepopulated_fields = {"slug": ("title",)}
    list_display = ("title", "picture", "slug", "education", "changed_at")
    search_fields = ("title", "also_called")
    list_filter = ("education",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring the pictures along to the list, which shows them."""
        found = super().get_queryset(request)
        return found.prefetch_related("image__renditions") if is_list(request) else found

    def quotable(self, role: Role) -> tuple[Quotable, Mapping[str, Name]]:
        """Return the figures of the role as its draft stands."""
        content = snapshot(role)
        return of_role(Facts.read(content, wages_now([content])).figures), {}

    @admin.display(description="picture")
    def picture(self, role: Role) -> str:
        """Show the role's picture small."""
        return tiny(role.image)

    def show(self, request: HttpRequest, edition: Any) -> HttpResponse:
        """Return the role's page."""
        return render(request, "careers/role.html", role_page(edition, at=edition.live_from))
