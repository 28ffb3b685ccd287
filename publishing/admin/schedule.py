"""What will happen when, and what happened lately: the windows of every kind of document, in order of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from publishing.admin.words import with_manner
from publishing.cancel import cancel
from publishing.errors import Refused
from publishing.kinds import edition_models
from publishing.models import FOREVER, Document
from publishing.publish import require_publisher

PAGE_SIZE = 50
"""How many acts a list shows at a time."""

NAMED = 20
"""How many editions of each kind are named in an act that issued many: a role with a new address moves hundreds."""

LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """What becomes of one document."""

    edition: Any

    @property
    def opts(self) -> Any:
        """What kind of document it is."""
        return self.edition.document_model()._meta

    @property
    def is_moved(self) -> bool:
        """Whether the page only follows something else to a new address: nobody vouched for it."""
        return bool(self.edition.reviewed_at < self.edition.live_from)

    @property
    def what(self) -> str:
        """What it is to readers, in a word or two."""
        if not self.edition.is_page:
            return "Taken down"
        if self.is_moved:
            return "New address"
        return "First publication" if self.edition.first_published_at == self.edition.live_from else "Update"

    @property
    def how(self) -> str:
        """What readers get: how the page was taken down, its new address, or which revision of it."""
        if not self.edition.is_page:
            return str(self.edition.manner)
        return self.edition.get_absolute_url() if self.is_moved else f"revision {self.edition.revision_id}"

    @property
    def until(self) -> datetime | None:
        """When something follows it, or None."""
        return None if self.edition.live_until == FOREVER else self.edition.live_until


@dataclass(frozen=True)
class Act:
    """What happens at one moment and is cancelled together; the editions beyond those named are `more`."""

    lines: list[Line]
    more: int

    @property
    def edition(self) -> Any:
        """The edition that stands first."""
        return self.lines[0].edition

    @property
    def after(self) -> datetime:
        """A moment at which all of it has happened."""
        moment: datetime = self.edition.live_from
        return moment + timedelta(seconds=1)

    @property
    def was_scheduled(self) -> bool:
        """Whether it was issued before it happens."""
        return bool(self.edition.issued_at < self.edition.live_from)


Choose = Callable[[Any], Any]
"""Returns those of a model's editions that a list is about."""


def schedule_page(site: Any, request: Any) -> HttpResponse:
    """What is coming, day by day, with a button that cancels it; and what happened in the last days."""
    models = _visible(site, request)
    if not models:
        raise PermissionDenied
    if request.method == "POST":
        _cancel(site, request)
        return redirect(request.get_full_path())
    now = timezone.now()
    context = {
        "coming": _listed(request, "coming", models, lambda model: model.objects.scheduled(now), order="live_from"),
        "happened": _listed(
            request,
            "happened",
            models,
            lambda model: model.objects.opened_between(now - LATELY, now),
            order="-live_from",
        ),
        "may_publish": request.user.may_publish,
        "title": "What will happen when",
    }
    return site.render(request, "schedule", context)  # type: ignore[no-any-return]


def _visible(site: Any, request: HttpRequest) -> list[Any]:
    """Return the models of the editions whose documents the person may see."""
    admins = ((model, site.get_model_admin(model.document_model())) for model in edition_models())
    return [model for model, admin in admins if admin.has_view_or_change_permission(request)]


def _listed(request: HttpRequest, name: str, models: list[Any], choose: Choose, *, order: str) -> Any:
    """Return the page of the list that the address asks for, with `acts`: an act is never parted by a page's end."""
    first, *others = (choose(model).order_by().values_list("live_from", "act").distinct() for model in models)
    page = Paginator(first.union(*others).order_by(order, "act"), PAGE_SIZE).get_page(request.GET.get(name))
    found = _acts(models, choose, [act for _, act in page])
    page.acts = [found[act] for _, act in page if act in found]  # type: ignore[attr-defined]
    return page


def _acts(models: list[Any], choose: Choose, ids: list[UUID]) -> dict[UUID, Act]:
    """Return the acts by id, in one query for each kind of document, whatever they hold."""
    named = with_manner(edition for model in models for edition in _first_of_each(choose(model), ids))
    editions = defaultdict(list)
    for edition in named:
        editions[edition.act].append(edition)
    return {id_: _act(each) for id_, each in editions.items()}


def _first_of_each(editions: Any, acts: list[UUID]) -> Any:
    """Return those of the acts' editions that are named, each with `of_kind`: how many its act issued."""
    each_act = {
        "place": Window(RowNumber(), partition_by="act", order_by=["-reviewed_at", "pk"]),
        "of_kind": Window(Count("pk"), partition_by="act"),
    }
    told = editions.order_by().select_related("issued_by").filter(act__in=acts)
    return told.annotate(**each_act).filter(place__lte=NAMED).order_by("place")


def _act(editions: Iterable[Any]) -> Act:
    """Return the act, with what somebody asked for before what follows from it, and what needs others first."""
    ordered = sorted(
        editions, key=lambda edition: (Line(edition).is_moved, edition.document_model().needs is Document.needs)
    )
    sizes = {type(edition): edition.of_kind for edition in ordered}
    return Act([Line(edition) for edition in ordered], more=sum(sizes.values()) - len(ordered))


def _cancel(site: Any, request: Any) -> None:
    """Cancel the act that the button names, and tell what became of it."""
    require_publisher(request.user)
    coming = list(_coming(request.POST.get("act", "")))
    if not coming:
        messages.error(request, "Nothing was cancelled: that has happened already, or was cancelled before.")
        return
    admins = [(site.get_model_admin(edition.document_model()), edition.document) for edition in coming]
    if not all(admin.has_change_permission(request, document) for admin, document in admins):
        raise PermissionDenied
    try:
        cancel(coming[0], by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(refused.reasons))
        return
    names = ", ".join(f"“{edition.title}”" for edition in coming)
    for admin, document in admins:
        admin.log_change(request, document, "Cancelled what was scheduled.")
    messages.success(request, f"Cancelled: what was scheduled for {names} does not happen.")


def _coming(act: str) -> Iterator[Any]:
    """Yield the coming editions of the act; of what is no act, none."""
    try:
        id_ = UUID(act)
    except ValueError:
        return
    for model in edition_models():
        yield from model.objects.coming().filter(act=id_).select_related("document")
