"""Deleting, as editors call it, and bringing back: the page that asks, the filter, and what a taken name says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html

from publishing.admin.pages import ask, done, say_why
from publishing.errors import Refused
from publishing.put_away import bring_back, objections, put_away
from publishing.reviews import may_take_part
from publishing.uses import users, uses

NAMED = 50
"""How many drafts the page names."""


class PutAwayForm(forms.Form):
    """Whether the drafts that use it may be left with a gap."""

    confirmed = forms.BooleanField(label="I have seen which drafts use it", required=True)


def put_away_page(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Say what uses the document, ask, and put it away."""
    if not may_take_part(request.user, document):
        raise PermissionDenied
    listed = Paginator(users(document), NAMED).get_page(1)
    form = PutAwayForm(request.POST or None)
    if not listed.object_list:
        del form.fields["confirmed"]
    reasons = objections(document)
    if request.method == "POST" and form.is_valid():
        try:
            put_away(document, by=request.user)
        except Refused as refused:
            say_why(form, refused)
        else:
            done(admin, request, document, f"Deleted: “{document}”. It can be brought back, with its history.")
            return redirect(f"admin:{admin.prefix}_changelist")
    context = {"listed": listed, "uses": uses(document, list(listed)), "reasons": reasons}
    return ask(admin, request, document, "put_away", form, **context)


def bring_back_post(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Bring the document back."""
    if request.method == "POST":
        bring_back(document, by=request.user)
        return done(admin, request, document, f"Brought back: “{document}”, with its whole history.")
    return redirect(admin.act_url("change", document))


class DeletedFilter(admin.SimpleListFilter):
    """Lists what is at hand, or what was deleted."""

    title = "deleted"
    parameter_name = "deleted"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """Offer what was deleted."""
        return [("yes", "Deleted")]

    def choices(self, changelist: Any) -> Any:
        """Call what is shown by default what it is."""
        default, *others = super().choices(changelist)
        return [default | {"display": "Not deleted"}, *others]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep one or the other."""
        return queryset.filter(put_away_at__isnull=self.value() != "yes")


def is_list(request: HttpRequest) -> bool:
    """Whether the request is for a list, which has the filter; autocompletes and searches have none."""
    match = request.resolver_match
    return bool(match and match.url_name and match.url_name.endswith("_changelist"))


def say_who_holds_it(form: Any) -> None:
    """Where something that was deleted holds what must be unique, say so in the form, with the way to bring it back."""
    for rival in form.instance.rivals().exclude(put_away_at=None):
        form.add_error(None, format_html('“{}” was deleted: <a href="{}">bring it back</a>.', rival, rival.edit_path))
