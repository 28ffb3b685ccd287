"""Roles in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from careers.models import Figure, Role
from careers.reading import role_page
from publishing.admin import DocumentAdmin, OrderedInline


class FigureInline(OrderedInline):
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
class RoleAdmin(DocumentAdmin[Role]):
    """The form follows the page that readers get."""

    fieldsets = (
        (None, {"fields": ("title", "slug", "definition")}),
        ("Names", {"classes": ("collapse",), "fields": (("singular", "plural", "article"), "also_called")}),
        ("The profile", {"fields": ("summary", "duties", "requirements", "environment")}),
        ("Facts", {"fields": ("skills", ("education", "education_note"), "certifications", "tags")}),
    )
    inlines = (FigureInline,)
    prepopulated_fields = {"slug": ("title",)}
    list_display = ("title", "slug", "education", "changed_at")
    search_fields = ("title", "also_called")
    list_filter = ("education",)

    def show(self, request: HttpRequest, edition: Any) -> HttpResponse:
        """Return the role's page."""
        return render(request, "careers/role.html", role_page(edition, at=edition.live_from))
