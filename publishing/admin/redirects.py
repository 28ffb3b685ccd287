"""Redirects that people make, and those that a change of address left behind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from publishing.models import Document, Redirect


class RedirectForm(forms.ModelForm[Redirect]):
    """A redirect as an editor types it."""

    def clean_path(self) -> str:
        """Return the path with a slash at both ends. Raises ValidationError for the address of another site."""
        path: str = self.cleaned_data["path"].strip()
        if "//" in path or "?" in path or "#" in path:
            raise forms.ValidationError("Write the old address without host, query or fragment: /roles/office-boss/.")
        return f"/{path.strip('/')}/"


@admin.register(Redirect)
class RedirectAdmin(admin.ModelAdmin[Redirect]):
    """Old addresses. Those that were made by a change of slug can be seen, but not changed."""

    form = RedirectForm
    fields = ("path", "document", "live_from", "live_until")
    list_display = ("path", "leads_to", "live_from", "live_until", "is_manual")
    list_filter = ("is_manual",)
    search_fields = ("path",)
    raw_id_fields = ("document",)

    @admin.display(description="leads to")
    def leads_to(self, redirect: Redirect) -> str:
        """Name the document."""
        return str(redirect.document.working_copy)

    def has_change_permission(self, request: HttpRequest, obj: Redirect | None = None) -> bool:
        """Whether the person may change this redirect."""
        return super().has_change_permission(request, obj) and (obj is None or obj.is_manual)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer every document."""
        if db_field.name == "document":
            kwargs["queryset"] = Document.objects.all()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
