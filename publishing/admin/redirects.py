"""Redirects that people make, and those that a change of address left behind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from publishing.models import Redirect


class RedirectForm(forms.ModelForm[Redirect]):
    """A redirect as an editor types it."""

    def clean_path(self) -> str:
        """Return the path with a slash at both ends. Raises ValidationError for the address of another site."""
        path: str = self.cleaned_data["path"].strip()
        if "//" in path or "?" in path or "#" in path:
            raise forms.ValidationError("Write the old address without host, query or fragment: /roles/office-boss/.")
        if not path.strip("/"):
            raise forms.ValidationError("The home page does not lead elsewhere: write another address.")
        return f"/{path.strip('/')}/"

    def clean(self) -> dict[str, Any]:
        """Refuse a window that ends before it begins."""
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("live_from"), cleaned.get("live_until")
        if begins and ends and ends <= begins:
            self.add_error("live_until", "The redirect ends before it begins: enter a later moment.")
        return cleaned


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
