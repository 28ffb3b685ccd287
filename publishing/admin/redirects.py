"""Redirects that people make, and those that a change of address left behind."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from publishing.addresses import live_paths
from publishing.admin.fields import PageField
from publishing.admin.widgets import MomentWidget
from publishing.kinds import document_models, working_copies
from publishing.models import FOREVER, Edition, Redirect
from publishing.models.redirects import normalised

ANSWERED = "{} is the address of a page that readers see: a redirect is asked only after a page is not found."


class RedirectForm(forms.ModelForm[Redirect]):
    """A redirect as an editor types it."""

    document = PageField(label="Leads to")

    class Meta:
        labels = {"path": "Old address", "live_from": "From", "live_until": "Until"}
        help_texts = {"live_until": "Leave it empty for a redirect without an end."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "live_until" in self.fields:
            self.fields["live_until"].required = False
            self.fields["live_until"].initial = None
        if self.initial.get("live_until") == FOREVER:
            self.initial["live_until"] = None
        if self.instance.pk:
            document = self.fields["document"]
            document.help_text = f"Now “{self.instance.document.working_copy}”. {document.help_text}"

    def clean_path(self) -> str:
        """Return the path as a request has it. Raises ValidationError for the address of another site."""
        path: str = self.cleaned_data["path"].strip()
        if "//" in path or "?" in path or "#" in path:
            raise forms.ValidationError("Write the old address without host, query or fragment: /roles/office-boss/.")
        if not path.strip("/"):
            raise forms.ValidationError("The home page does not lead elsewhere: write another address.")
        return normalised(path)

    def clean_live_until(self) -> datetime:
        """Return the end; none was written: there is none."""
        return self.cleaned_data["live_until"] or FOREVER

    def clean(self) -> dict[str, Any]:
        """Refuse a window that ends before it begins, and a path at which no redirect would be asked."""
        cleaned = super().clean() or {}
        begins, ends, path = (cleaned.get(name) for name in ("live_from", "live_until", "path"))
        if begins and ends and ends <= begins:
            self.add_error("live_until", "The redirect ends before it begins: enter a later moment.")
        is_moved = not {"path", "live_from"}.isdisjoint(self.changed_data)
        if path and begins and is_moved and _is_answered(path, at=max(begins, timezone.now())):
            self.add_error("path", ANSWERED.format(path))
        return cleaned


def _is_answered(path: str, *, at: datetime) -> bool:
    """Whether the site itself has something for readers at the path at that moment."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    kind = next((kind for kind in document_models() if kind.url_name == match.view_name), None)
    if kind is None:
        return not match.kwargs  # a list, for instance: always there
    slugs = [resolve(each).kwargs["slug"] for each in kind.paths_of(match.kwargs["slug"])]
    answers = kind.edition_model.objects.at(at).exclude(kind=Edition.Kind.GONE)
    return bool(answers.filter(slug__in=slugs).exists())


@admin.register(Redirect)
class RedirectAdmin(admin.ModelAdmin[Redirect]):
    """Old addresses. Those that were made by a change of slug can be seen, but not changed."""

    form = RedirectForm
    formfield_overrides = {models.DateTimeField: {"widget": MomentWidget}}
    list_display = ("path", "leads_to", "live_from", "until", "is_manual")
    list_filter = ("is_manual",)
    search_fields = ("path",)
    readonly_fields = ("leads_to", "until")

    def get_fields(self, request: HttpRequest, obj: Redirect | None = None) -> Any:
        """Offer what can be changed; where nothing can, say it in words."""
        if obj is None or self.has_change_permission(request, obj):
            return ("path", "document", "live_from", "live_until")
        return ("path", "leads_to", "live_from", "until")

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Fetch what the redirects on the page lead to all at once."""
        changelist = super().get_changelist_instance(request)
        redirects = list(changelist.result_list)
        copies = working_copies(redirect.document_id for redirect in redirects)
        for redirect in redirects:
            redirect.document = copies[redirect.document_id]
        changelist.result_list = redirects
        return changelist

    @admin.display(description="leads to")
    def leads_to(self, redirect: Redirect) -> str:
        """Name the document."""
        return str(redirect.document.working_copy)

    @admin.display(description="until", ordering="live_until")
    def until(self, redirect: Redirect) -> str:
        """Say when it ends."""
        if redirect.live_until == FOREVER:
            return "further notice"
        return date_format(localtime(redirect.live_until), "DATETIME_FORMAT")

    def save_model(self, request: HttpRequest, obj: Redirect, form: Any, change: Any) -> None:
        """Say so where the redirect leads nowhere yet."""
        super().save_model(request, obj, form, change)
        if not live_paths([obj.document_id]):
            messages.warning(
                request,
                f"Readers do not see “{obj.document.working_copy}” now: {obj.path} leads there once it is live.",
            )

    def has_change_permission(self, request: HttpRequest, obj: Redirect | None = None) -> bool:
        """Whether the person may change this redirect."""
        return super().has_change_permission(request, obj) and (obj is None or obj.is_manual)

    def has_delete_permission(self, request: HttpRequest, obj: Redirect | None = None) -> bool:
        """Whether the person may delete this redirect: no old address that a page left behind is lost."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_manual)
