"""Start a comparison at the desk: choose the two roles, see what would be made of their profiles, make the draft."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from js_asset import Media

from articles.assemble import Assembly, Part, assemble, make
from articles.models import Category, Comparison
from careers.models import Role
from careers.quotes import of_roles
from careers.reading import prose
from publishing.addresses import working_paths
from publishing.admin.pages import id_in
from publishing.errors import Refused
from publishing.richtext import document_ids, quotes

NEEDED = ("articles.add_comparison", "articles.change_comparison", "careers.view_role")
START = "admin:articles_comparison_start"
ROLES = ("role_a", "role_b")


def start_url(*roles: Role | None) -> str:
    """Return the address at which a comparison of the roles is started, the first of them as role A."""
    chosen = {name: role.pk for name, role in zip(ROLES, roles, strict=False) if role}
    return f"{reverse(START)}?{urlencode(chosen)}"


def _role_field(name: str, label: Any) -> forms.ModelChoiceField[Role]:
    widget = AutocompleteSelect(Comparison._meta.get_field(name), admin.site)
    return forms.ModelChoiceField(Role.objects.filter(put_away_at=None), label=label, widget=widget)


class RolesForm(forms.Form):
    """Which two roles."""

    role_a = _role_field("role_a", gettext_lazy("Role A"))
    role_b = _role_field("role_b", gettext_lazy("Role B"))

    def clean(self) -> dict[str, Any]:
        """Refuse a comparison of a role with itself."""
        cleaned = super().clean() or {}
        if "role_a" in cleaned and cleaned["role_a"] == cleaned.get("role_b"):
            self.add_error("role_b", _("Choose two different roles: a role is not compared with itself."))
        return cleaned


class DraftForm(forms.Form):
    """What an editor changes of an assembly before it is made."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=Comparison._meta.get_field("title").max_length,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=gettext_lazy("Left as it is, the title follows the roles when they are renamed."),
    )
    category = forms.ModelChoiceField(
        Category.objects.order_by("title"),
        label=gettext_lazy("Category"),
        required=False,
        help_text=gettext_lazy("Suggested: where most comparisons of these roles stand. It can be chosen later."),
    )
    sections = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, *, assembly: Assembly) -> None:
        headings = [part.heading for part in assembly.sections]
        initial = {"title": assembly.default_title, "category": assembly.category, "sections": headings}
        super().__init__(data, initial=initial)
        self.assembly = assembly
        self.fields["sections"].choices = [(heading, heading) for heading in headings]  # type: ignore[attr-defined]

    def changed_assembly(self) -> Assembly:
        """Return the assembly with what was changed, once the form is valid."""
        title, kept = self.cleaned_data["title"], self.cleaned_data["sections"]
        return replace(
            self.assembly,
            title="" if title == self.assembly.default_title else title,
            category=self.cleaned_data["category"],
            sections=tuple(part for part in self.assembly.sections if part.heading in kept),
        )

    def rows(self) -> list[tuple[Any, Part, SafeString]]:
        """Return each section with its box and with the text that would be copied."""
        parts = self.assembly.sections
        paths = working_paths(set().union(*(document_ids(part.body) for part in parts)))
        is_quoting = any(quotes(part.body) for part in parts)
        figures = of_roles(self.assembly.a.pk, self.assembly.b.pk) if is_quoting else {}
        return [
            (box, part, prose(part.body, paths, figures)) for box, part in zip(self["sections"], parts, strict=True)
        ]


class StartsComparisons(admin.ModelAdmin[Comparison]):
    """Mixed into the admin of comparisons: adds the page “Start from two roles”."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page's address."""
        page = path("start/", self.admin_site.admin_view(self.start_page), name="articles_comparison_start")
        return [page, *super().get_urls()]

    def start_page(self, request: Any) -> HttpResponse:
        """Ask for the roles; once they are named, in the address, show what would be made, and make it on a POST."""
        if not request.user.has_perms(NEEDED):
            raise PermissionDenied
        named = {name: id_in(request.GET, name) or "" for name in ROLES}
        is_asked = all(name in request.GET for name in ROLES)
        roles = RolesForm(named) if is_asked else RolesForm(initial=named)
        if not roles.is_valid():
            return self._start(request, "start", form=roles, media=self.media + roles.media)
        a, b = (roles.cleaned_data[name] for name in ROLES)
        if standing := Comparison.of_pair(a.pk, b.pk):
            return self._start(request, "start", form=roles, media=self.media + roles.media, standing=standing)
        form = DraftForm(request.POST or None, assembly=assemble(a, b))
        if form.is_valid() and (made := self._made(request, form)):
            return made
        return self._start(request, "start_draft", form=form, assembly=form.assembly, turned=start_url(b, a))

    def _made(self, request: Any, form: DraftForm) -> HttpResponseRedirect | None:
        """Make the draft and lead to its form; None, and the reasons in the form, if it cannot be made."""
        try:
            comparison, pinned_on = make(form.changed_assembly(), by=request.user)
        except (Refused, ValidationError) as error:
            for reason in error.reasons if isinstance(error, Refused) else error.messages:
                form.add_error(None, reason)
            return None
        self.log_addition(request, comparison, _("Assembled from the profiles of both roles."))
        messages.success(request, _("The draft “%s” was made. Readers see nothing of it yet.") % comparison)
        for changed in pinned_on:
            messages.info(request, _("Pinned on “%s”, which had named it.") % changed)
        return redirect("admin:articles_comparison_change", comparison.pk)

    def _start(self, request: HttpRequest, name: str, *, media: Any = None, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "title": _("Start from two roles"), "opts": self.opts}
        shared["media"] = Media.from_media(media or self.media, nonce=str(request.csp_nonce))  # type: ignore[attr-defined]
        return render(request, f"admin/articles/comparison/{name}.html", shared | context)
