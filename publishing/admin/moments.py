"""The page on which somebody of the desk chooses the moment at which they look at the public site."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from publishing.admin.fields import MomentField
from publishing.as_of import chosen, look_at
from publishing.models import FOREVER

EARLIEST = 1900
"""The first year whose site can be asked for: before every page, and within what every clock of the world can say."""


class AsOfForm(forms.Form):
    """A moment, past or to come."""

    at = MomentField(label="Date and time")

    def clean_at(self) -> datetime:
        """Refuse a moment that no page was or will be live at, and that some time zone cannot say."""
        at: datetime = self.cleaned_data["at"]
        if not EARLIEST <= at.year < FOREVER.year:
            raise forms.ValidationError(f"Enter a moment between the years {EARLIEST} and {FOREVER.year - 1}.")
        return at


def as_of_page(site: Any, request: HttpRequest) -> HttpResponse:
    """Ask for the moment, then show the site as it was or will be then. `now` goes back to the present."""
    if "now" in request.POST:
        look_at(request, None)
        return redirect(_next(request))
    form = AsOfForm(request.POST or None, initial={"at": chosen(request)})
    if request.method == "POST" and form.is_valid():
        look_at(request, form.cleaned_data["at"])
        return redirect(_next(request))
    context = {"form": form, "next": request.GET.get("next", "/"), "title": "The site at another moment"}
    return site.render(request, "as_of", context)  # type: ignore[no-any-return]


def _next(request: HttpRequest) -> str:
    """Return the path to go on with: one of this site, or the home page."""
    path = request.POST.get("next", "/")
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else "/"
