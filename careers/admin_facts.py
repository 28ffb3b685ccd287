"""What sources publish, in the admin: to look things up, and offered in the form of a role."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.models import Area, Figure, Occupation, OnetOccupation, Release, Role
from careers.models.occupations import OEWS, ONET
from careers.onet.licence import attribution
from careers.onet.search import named
from careers.onet.suggestions import Offer, offers
from careers.releases import month_of
from careers.signals import facts_changed
from publishing.admin.pages import id_in
from publishing.admin.put_away import is_list
from publishing.admin.read_only import ReadOnly

M = TypeVar("M", bound=Model)


class PublishedAdmin(ReadOnly, admin.ModelAdmin[M]):
    """Something that a source publishes. Everybody of the desk may look it up; importers alone change it."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever is at the desk may."""
        return True


@admin.register(Occupation)
class OccupationAdmin(PublishedAdmin[Occupation]):
    """Found by code, title and the titles that O*NET knows, here and in the form of a role."""

    list_display = ("title", "code", "level", "parent")
    list_filter = ("level",)
    list_select_related = ("parent",)
    search_fields = ("code", "title")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Search; where something is chosen, the best match stands first, and lists keep their order."""
        if not search_term.strip():
            return queryset, False
        found = named(queryset, search_term, at=timezone.now())
        return (found.order_by(*queryset.query.order_by) if is_list(request) else found), False


@admin.register(Area)
class AreaAdmin(PublishedAdmin[Area]):
    """Found by title and code."""

    list_display = ("title", "kind", "state", "code")
    list_filter = ("kind",)
    list_select_related = ("state",)
    search_fields = ("title", "code")


class ReleaseForm(forms.ModelForm[Release]):
    """A release that an editor registers, so that figures of older ones are found. Those of the sources that are
    imported come with their import: without its figures one would hide what the site shows."""

    source = forms.ChoiceField(choices=lambda: [(source, source) for source in _sources()])

    def clean_reference(self) -> date:
        """Return the first day of the month."""
        reference: date = self.cleaned_data["reference"]
        return reference.replace(day=1)

    def clean(self) -> dict[str, Any]:
        """Refuse a date in another month than the period says; a whole year ends with its last month."""
        cleaned = super().clean() or {}
        reference, period = cleaned.get("reference"), cleaned.get("period", "")
        month = month_of(period, reference)
        if reference and month != (reference.year, reference.month):
            said = _("The period “%(period)s” ends in another month: write a day of %(month)s.")
            self.add_error("reference", said % {"period": period, "month": f"{month[0]}-{month[1]:02}"})
        return cleaned


def _sources() -> list[str]:
    """Return the sources that stated figures cite, but for those whose releases are imported."""
    cited = Figure.objects.order_by("source").values_list("source", flat=True).distinct()
    return list(cited.exclude(source__in=["", OEWS, ONET]))


@admin.register(Release)
class ReleaseAdmin(PublishedAdmin[Release]):
    """Which releases are kept, and since when the site shows them. Whoever may publish registers further ones."""

    form = ReleaseForm
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fields = ("source", "period", "reference", "published_on", "current_from", "url", "top_annual", "top_hourly")
    list_display = ("source", "period", "published_on", "current_from")
    search_fields = ("source", "period")

    def has_add_permission(self, request: Any) -> bool:
        """Whoever may publish may."""
        return bool(request.user.may_publish)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask only for what is known of a release whose figures are stated by hand."""
        return self.fields if obj else ("source", "period", "reference", "published_on", "url")

    def save_model(self, request: HttpRequest, obj: Release, form: Any, change: Any) -> None:
        """Store the release, and tell whoever keeps something in line with facts."""
        super().save_model(request, obj, form, change)
        facts_changed.send(sender=Release, release=obj)


@admin.register(OnetOccupation)
class OnetOccupationAdmin(PublishedAdmin[OnetOccupation]):
    """What O*NET says of an occupation, all of it."""

    fields = ("title", "code", "release", "occupation", "says")
    readonly_fields = ("says",)
    list_display = ("title", "code", "occupation", "release__period")
    list_filter = (("release", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("occupation", "release")
    search_fields = ("code", "title", "content__alternate_titles")

    class Media:
        css = {"all": ["css/suggestions.css"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave the content out of the list, which does not show it."""
        found = super().get_queryset(request)
        return found.defer("content") if is_list(request) else found

    @admin.display(description=_("what it says"))
    def says(self, onet: OnetOccupation) -> str:
        """Show the whole content, with the credit."""
        context = {"content": onet.content, "attribution": attribution(onet.release.period)}
        return render_to_string("admin/careers/onetoccupation/_says.html", context)


class CodeSelect(AutocompleteSelect):
    """Chooses a row by its code, which is a text: a NUL is left out of it, for PostgreSQL takes none."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """Return the code that was sent, or an empty text."""
        return str(super().value_from_datadict(data, files, name) or "").replace("\0", "")


class WithSuggestions(admin.ModelAdmin[Role]):
    """Mixin for the admin of roles: beside the form stands what O*NET says of the occupation that is chosen in it."""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Let the occupation be searched for."""
        if db_field.related_model is Occupation:
            kwargs["widget"] = CodeSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        """Add the address of what is offered for an occupation."""
        view = self.admin_site.admin_view(self._suggestions)
        return [path("suggestions/", view, name="careers_role_suggestions"), *super().get_urls()]

    def _suggestions(self, request: HttpRequest) -> HttpResponse:
        """Return what is offered for `occupation`, a code, to the role with the number `role`, which may be new."""
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        context = _offered(request.GET.get("occupation", ""), role_id=id_in(request.GET, "role"))
        return render(request, "admin/careers/role/_suggestions.html", context)

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Offer what O*NET says of the occupation that the form holds, saved or not."""
        form = context["adminform"].form
        if "occupation" in form.fields and not context.get("is_popup"):
            role = context.get("original")
            context["suggestions"] = _offered(form["occupation"].value() or "", role_id=role and role.pk)
        return super().render_change_form(request, context, *args, **kwargs)


def _offered(occupation_id: str, *, role_id: int | None) -> dict[str, Any]:
    """Return what the template of suggestions shows."""
    now = timezone.now()
    found: list[Offer] = offers(occupation_id, role_id=role_id, at=now) if occupation_id else []
    release = Release.objects.current(ONET, now).first() if occupation_id else None
    return {
        "is_chosen": bool(occupation_id),
        "offers": found,
        "release": release,
        "attribution": attribution(release.period) if release else "",
        "role_id": role_id,
    }
