"""The page on which an editor merges a duplicate into another document: name it, see what happens, do it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from publishing.admin.fields import PageField
from publishing.admin.pages import ask, done, say_why
from publishing.errors import Refused
from publishing.merge import Plan, merger_of
from publishing.publish import require_publisher


class MergeForm(forms.Form):
    """Into which document."""

    other = PageField(label="Merge into")

    def __init__(self, *args: Any, kind: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_other(self) -> Any:
        """Return the working copy. Raises ValidationError for a document of another kind."""
        other = self.cleaned_data["other"].working_copy
        if not isinstance(other, self.kind):
            raise forms.ValidationError(f"“{other}” is a {other.kind_name}: name a {self.kind._meta.verbose_name}.")
        return other


def merge_page(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Ask for the other document, tell what would happen, and do it once the person has seen that."""
    require_publisher(request.user)
    merger = merger_of(type(document))
    if merger is None:
        raise Http404("Documents of this kind are not merged.")
    form = MergeForm(request.POST or None, kind=type(document))
    plan: Plan | None = None
    if request.method == "POST" and form.is_valid():
        other = form.cleaned_data["other"]
        plan = merger.plan(document, other)
        if "merge" in request.POST and not plan.reasons:
            try:
                merger.merge(document, other, by=request.user)
            except Refused as refused:
                say_why(form, refused)
            else:
                done(admin, request, document, f"Merged: “{document}” into “{other}”.")
                return redirect(admin.act_url("change", other))
    return ask(admin, request, document, "merge", form, plan=plan)
