"""What the admin of every kind of document has: revisions on save, preview, publish, withdraw, history."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from js_asset import Media

from publishing import windows
from publishing.admin import acts
from publishing.admin.words import with_manner
from publishing.checks import findings
from publishing.models import Document, Revision
from publishing.revisions import record

D = TypeVar("D", bound=Document)

SENTENCE = 200
"""From how many characters on a field holds sentences rather than a name."""


class DocumentAdmin(admin.ModelAdmin[D]):
    """Base of the admin of a kind of document. A subclass implements `show()`: the page as readers would get it."""

    change_form_template = "admin/publishing/document_change_form.html"
    save_on_top = False

    class Media:
        js = ["js/admin.js"]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Give sentences the room that they need."""
        is_long = isinstance(db_field, models.CharField) and (db_field.max_length or 0) >= SENTENCE
        if is_long and db_field.name != "title":
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 2})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def show(self, request: HttpRequest, edition: Any) -> HttpResponse:
        """Return the readers' page of an edition that was not saved."""
        raise TypeError(f"{type(self).__name__} does not say how its edition is shown.")

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Return the document, or None also for a number that no database holds."""
        try:
            return super().get_object(request, object_id, from_field)
        except OverflowError:
            return None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Documents are taken down, not deleted: their history stays."""
        return False

    def save_related(self, request: Any, form: Any, formsets: Any, change: Any) -> None:
        """Leave a revision once the rows and tags are saved too."""
        super().save_related(request, form, formsets, change)
        record(form.instance, by=request.user)

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Add the side panel, and let the editor's import map pass the Content-Security-Policy."""
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        document = context.get("original")
        context["may_publish"] = request.user.may_publish
        if document and not context.get("is_popup"):
            context["panel"] = self.panel(document)
        return super().render_change_form(request, context, *args, **kwargs)

    def panel(self, document: Any) -> dict[str, Any]:
        """Return what the panel beside the form says: what is live, what is coming, what the checks found."""
        now = timezone.now()
        current = next(iter(with_manner(windows.siblings(document).at(now).select_related("revision"))), None)
        newest = document.revisions.first()
        return {
            "current": current,
            "coming": with_manner(windows.siblings(document).coming(now)),
            "differs": bool(current and newest and current.revision.digest != newest.digest),
            "findings": findings(document),
            "revision": newest,
        }

    def response_add(self, request: Any, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        """Go where the button says; a popup closes and hands what it made to the form that opened it."""
        return self._go_on(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: Any, obj: Any) -> HttpResponse:
        """Go where the button says."""
        return self._go_on(request, obj) or super().response_change(request, obj)

    def _go_on(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        if IS_POPUP_VAR in request.POST:
            return None
        for act in ("preview", "publish"):
            if f"_{act}" in request.POST:
                return redirect(self.act_url(act, obj))
        return None

    def act_url(self, act: str, document: Any) -> str:
        """Return the address of one of the acts below for the document."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{act}", args=[document.pk])

    def get_urls(self) -> list[URLPattern]:
        """Add the acts to the addresses of the admin."""
        names = {
            "preview": ("<int:pk>/preview/", acts.preview),
            "publish": ("<int:pk>/publish/", acts.publish_page),
            "withdraw": ("<int:pk>/withdraw/", acts.withdraw_page),
            "cancel": ("<int:pk>/cancel/", acts.cancel_post),
            "restore": ("<int:pk>/restore/", acts.restore_post),
            "history": ("<int:pk>/history/", acts.history_page),
        }
        own = [
            path(route, self.admin_site.admin_view(self._with_document(view)), name=f"{self._prefix}_{name}")
            for name, (route, view) in names.items()
        ]
        return [*own, *super().get_urls()]

    @property
    def _prefix(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def _with_document(self, view: Any) -> Any:
        """Return the view with its document fetched, for those who may see it."""

        def wrapped(request: HttpRequest, pk: int) -> Any:
            document = self.get_object(request, str(pk))
            if document is None:
                return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined]
            if not self.has_view_or_change_permission(request, document):
                raise PermissionDenied
            return view(self, request, document)

        return wrapped

    def revision_asked_for(self, request: HttpRequest, document: Any) -> Revision:
        """Return the revision that the request names, or the newest. A document that was saved by other means gets
        its first one from somebody who may change it. Raises PermissionDenied for others.
        """
        asked = acts.id_in(request.POST, "revision") or acts.id_in(request.GET, "revision")
        if asked:
            found: Revision | None = document.revisions.filter(pk=asked).first()
            if found:
                return found
            messages.warning(request, f"There is no revision {asked} of this document; this is the newest.")
        newest: Revision | None = document.revisions.first()
        if newest is None and not self.has_change_permission(request, document):
            raise PermissionDenied
        return newest or record(document, by=request.user)  # type: ignore[arg-type]


class OrderedInline(admin.StackedInline[Any, Any]):
    """Rows in an order that buttons change: `position` follows where the row stands in the form."""

    extra = 0
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
