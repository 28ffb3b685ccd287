"""Figures at the desk: those that a form's prose may quote, and those that are of an older release than the newest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.figures import Stated
from careers.models import Figure, Role
from careers.names import Name
from careers.outdated import Outdated, as_shown, confirm_unchanged, outdated
from careers.quotes import OWN_WORDS, Quotable, about
from careers.releases import Release
from publishing.addresses import live_paths
from publishing.admin.pages import id_in
from publishing.errors import Refused

PAGE_SIZE = 30
OUTDATED = "admin:careers_role_outdated"

WORDS = {
    Figure.Measure.MEDIAN_PAY: gettext_lazy("median pay of %(roles)s"),
    Figure.Measure.MEAN_PAY: gettext_lazy("average pay of %(roles)s"),
    Figure.Measure.EMPLOYMENT: gettext_lazy("people employed as %(roles)s"),
}
"""How a quoted figure is called in a comparison."""


class QuotesFigures(admin.ModelAdmin[Any]):
    """Mixin for the admin of documents whose prose may quote figures: the editor offers them."""

    def quotable(self, document: Any) -> tuple[Quotable, Mapping[str, Name]]:
        """Return the figures that the document's prose may quote, and what roles its sides ("a", "b") are."""
        raise TypeError(f"{type(self).__name__} does not say what may be quoted.")

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Hand the figures to the editor; a document that was never saved has none."""
        document = context.get("original")
        if document:
            figures, names = self.quotable(document)
            offers = [_offer(name, figure, names) for name, figure in figures.items()]
            context["quotable"] = {"title": _("Insert a figure"), "cancel": _("Cancel"), "figures": offers}
        return super().render_change_form(request, context, *args, **kwargs)


def _offer(name: str, figure: Stated, names: Mapping[str, Name]) -> dict[str, str]:
    side, _slash, named = name.partition("/")
    measure = Figure.Measure(named)
    words = WORDS[measure] % {"roles": names[side].plural} if side in names else OWN_WORDS[measure]
    return {"href": f"figure:{name}", "words": str(words), "amount": figure.text, "about": about(figure)}


@dataclass(frozen=True)
class Entry:
    """A figure of an older release in the list: its amount, the newest release, and whether readers see its role."""

    figure: Figure
    text: str
    newest: Release
    seen: str
    is_live: bool


def _entries(page: Iterable[Outdated]) -> list[Entry]:
    listed = {each.figure: each.newest for each in page}
    figures = Figure.objects.select_related("role").in_bulk(listed)
    live = live_paths({figure.role_id for figure in figures.values()})
    return [
        Entry(
            figures[pk],
            Stated.read(vars(figures[pk])).text,
            newest,
            as_shown(figures[pk], newest),
            figures[pk].role_id in live,
        )
        for pk, newest in listed.items()
        if pk in figures
    ]


class ConfirmsFigures(admin.ModelAdmin[Role]):
    """Mixin for the admin of roles: adds the page of figures that are of older releases."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page's address."""
        page = self.admin_site.admin_view(self._outdated_page)
        return [path("outdated/", page, name="careers_role_outdated"), *super().get_urls()]

    def _outdated_page(self, request: Any) -> HttpResponse:
        """Show the figures, the oldest first; on a POST, confirm the one that it names."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._confirm(request)
        page = Paginator(outdated(), PAGE_SIZE).get_page(request.GET.get("p"))
        context = {
            "title": _("Figures of older releases"),
            "entries": _entries(page),
            "page": page,
            "may_change": self.has_change_permission(request),
            "may_register": request.user.may_publish,
        }
        return self.admin_site.render(request, "outdated", context)  # type: ignore[no-any-return, attr-defined]

    def _confirm(self, request: Any) -> HttpResponse:
        figure = get_object_or_404(Figure.objects.select_related("role"), pk=id_in(request.POST, "figure"))
        role = figure.role
        if not self.has_change_permission(request, role):
            raise PermissionDenied
        try:
            note = confirm_unchanged(figure, seen=request.POST.get("seen", ""), by=request.user)
        except (Refused, ValidationError) as refused:
            reasons = refused.reasons if isinstance(refused, Refused) else refused.messages
            messages.error(request, " ".join(reasons))
        else:
            self.log_change(request, role, note)
            said = _("%(figure)s of “%(role)s”: %(note)s. Readers see it once the role is published.")
            messages.success(request, said % {"figure": figure.get_measure_display(), "role": role, "note": note})
        return redirect(OUTDATED)
