"""What the admin of every kind of document has: revisions on save, preview, publish, withdraw, history."""

from __future__ import annotations

from functools import partial
from typing import Any, TypeVar

from csp.constants import SELF
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from js_asset import Media
from taggit.managers import TaggableManager

from publishing import windows
from publishing.admin import acts, bulk_acts, history, merge, open_forms, preview, put_away, remarks, reviews, uses
from publishing.admin.fields import TagsField
from publishing.admin.lists import DocumentList, FirstOfMany
from publishing.admin.open_forms import DocumentForm
from publishing.admin.pages import id_in
from publishing.admin.states import StateFilter, checks, state, with_states
from publishing.admin.words import with_manner
from publishing.checks import findings
from publishing.merge import merger_of
from publishing.models import Document, Revision
from publishing.open_forms import let_go
from publishing.outages import outage_in
from publishing.revisions import record

D = TypeVar("D", bound=Document)

SENTENCE = 200
"""From how many characters on a field holds sentences rather than a name."""


class DocumentAdmin(admin.ModelAdmin[D]):
    """Base of the admin of a kind of document. A subclass implements `show()`: the page as readers would get it."""

    form = DocumentForm
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}, TaggableManager: {"form_class": TagsField}}
    change_form_template = "admin/publishing/document_change_form.html"
    save_on_top = False
    actions = bulk_acts.ACTIONS

    class Media:
        css = {"all": ["css/reviews.css"]}
        js = ["js/admin.js", "js/open-form.js", "js/preview.js", "js/comments.js", "js/listing.js"]

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

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the person may change the document: what was deleted is brought back first."""
        return super().has_change_permission(request, obj) and not (obj and obj.put_away_at)

    def has_publish_permission(self, request: Any) -> bool:
        """Whether the person may decide what readers see; actions ask this."""
        return bool(request.user.may_publish)

    def has_tag_permission(self, request: HttpRequest) -> bool:
        """Whether the documents have tags, and the person may change them; actions ask this."""
        return hasattr(self.model, "tags") and self.has_change_permission(request)

    def changeform_view(
        self, request: Any, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Show the form, or with what was kept of it (`?kept`); save it, or preview what saving it would give. A form
        that could not be saved is shown again."""
        show = partial(super().changeform_view, request, object_id, form_url, extra_context)
        if request.method == "POST" and preview.FORM in request.POST:
            return preview.unsaved(request, show)
        if request.method == "GET" and "kept" in request.GET:
            return open_forms.offered(self, request, object_id) or show()
        try:
            return show()
        except (DatabaseError, InterfaceError) as error:
            outage = outage_in(error)
            if outage is None or request.method != "POST":
                raise
            return open_forms.not_saved(self, request, object_id, outage)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the documents with how they stand with readers."""
        return with_states(super().get_queryset(request))

    def get_list_select_related(self, request: HttpRequest) -> Any:
        """Fetch what the checks found along with what each kind asks for."""
        named: Any = super().get_list_select_related(request) or ()
        return [*named, "check_result"]

    def listed(self, request: HttpRequest) -> Any:
        """Return the documents with all that a list shows of them."""
        return self.get_queryset(request).select_related(*self.get_list_select_related(request))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        """List the first of very many."""
        return DocumentList

    def get_paginator(self, request: HttpRequest, queryset: Any, per_page: int, *args: Any, **kwargs: Any) -> Any:
        """Show the first of very many, in autocompletes too."""
        return FirstOfMany(queryset, per_page, rows=self.listed(request))

    def get_list_display(self, request: HttpRequest) -> Any:
        """Show of every document how it stands, and what the checks found."""
        return [*super().get_list_display(request), state, checks]

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Filter by what readers see, and by whatever else the kind of document offers."""
        return [StateFilter, *super().get_list_filter(request), put_away.DeletedFilter]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Leave what was deleted out of autocompletes and searches; the list has a filter for it."""
        at_hand = queryset if put_away.is_list(request) else queryset.filter(put_away_at=None)
        return super().get_search_results(request, at_hand, search_term)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Add how the page is listed by search engines."""
        listing = {"classes": ("collapse", "listing"), "fields": Document.listing_fields}
        return [*super().get_fieldsets(request, obj), ("In search results", listing)]

    def get_form(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Return the form's class; one that shows what was kept is never saved."""
        form: Any = super().get_form(request, *args, **kwargs)
        form.is_offer = getattr(request, "is_offer", False)
        return form

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """Let rows that somebody else removed meanwhile come back as new ones."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs and obj.pk:
            kwargs["data"] = open_forms.without_lost_rows(kwargs["data"], prefix, kwargs["queryset"])
        return kwargs

    def save_related(self, request: Any, form: Any, formsets: Any, change: Any) -> None:
        """Leave a revision once the rows and tags are saved too."""
        super().save_related(request, form, formsets, change)
        record(form.instance, by=request.user)
        let_go(request.user, self.model, form.instance.pk if change else None)

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Add the side panel, and let the editor's import map pass the Content-Security-Policy."""
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        document = context.get("original")
        newest = document.revisions.first() if document else None
        context["may_publish"] = request.user.may_publish
        context |= open_forms.context(self, request, document, context["adminform"].form, newest=newest)
        if document and not context.get("is_popup"):
            context["panel"] = self._panel(document, newest) | {"review": reviews.panel(request, document)}
        response = super().render_change_form(request, context, *args, **kwargs)
        response._csp_update = {"frame-src": [SELF]}  # type: ignore[attr-defined]
        return response

    def _panel(self, document: Any, newest: Revision | None) -> dict[str, Any]:
        """Return what the panel beside the form says: what is live, what is coming, what the checks found."""
        now = timezone.now()
        current = next(iter(with_manner(windows.siblings(document).at(now).select_related("revision"))), None)
        return {
            "current": current,
            "coming": with_manner(windows.siblings(document).coming(now)),
            "differs": bool(current and newest and current.revision.digest != newest.digest),
            "findings": findings(document, document.content_of(newest) if newest else None),
            "shown": uses.shown(document),
            "is_mergeable": bool(merger_of(self.model)),
        }

    def response_add(self, request: Any, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        """Go where the button says; a popup closes and hands what it made to the form that opened it."""
        return self._go_on(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: Any, obj: Any) -> HttpResponse:
        """Go where the button says."""
        return self._go_on(request, obj) or super().response_change(request, obj)

    def _go_on(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        if preview.FORM in request.POST:
            return preview.show(request, self, obj.revisions.first())
        for act in ("publish", "submit"):
            if f"_{act}" in request.POST and IS_POPUP_VAR not in request.POST:
                return redirect(self.act_url(act, obj))
        return None

    def act_url(self, act: str, document: Any) -> str:
        """Return the address of one of the acts below for the document."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{act}", args=[document.pk])

    def get_urls(self) -> list[URLPattern]:
        """Add the acts to the addresses of the admin."""
        names = {
            "preview": ("<int:pk>/preview/", preview.preview_page),
            "share": ("<int:pk>/share/", preview.share_page),
            "publish": ("<int:pk>/publish/", acts.publish_page),
            "withdraw": ("<int:pk>/withdraw/", acts.withdraw_page),
            "cancel": ("<int:pk>/cancel/", acts.cancel_post),
            "restore": ("<int:pk>/restore/", acts.restore_post),
            "history": ("<int:pk>/history/", history.history_page),
            "compare": ("<int:pk>/compare/", history.compare_page),
            "name": ("<int:pk>/name/", history.name_post),
            "still_right": ("<int:pk>/still-right/", acts.still_right_post),
            "dismiss": ("<int:pk>/dismiss/", acts.dismiss_post),
            "undismiss": ("<int:pk>/undismiss/", acts.undismiss_post),
            "submit": ("<int:pk>/submit/", reviews.submit_page),
            "decide": ("<int:pk>/decide/", reviews.decide_page),
            "take_back": ("<int:pk>/take-back/", reviews.take_back_post),
            "comments": ("<int:pk>/comments/", remarks.comments_page),
            "resolve": ("<int:pk>/resolve/", remarks.resolve_post),
            "uses": ("<int:pk>/uses/", uses.uses_page),
            "put_away": ("<int:pk>/put-away/", put_away.put_away_page),
            "merge": ("<int:pk>/merge/", merge.merge_page),
            "bring_back": ("<int:pk>/bring-back/", put_away.bring_back_post),
        }
        own = [
            path(route, self.admin_site.admin_view(self._with_document(view)), name=f"{self.prefix}_{name}")
            for name, (route, view) in names.items()
        ]
        keep = self.admin_site.admin_view(open_forms.keep_page)
        kept = [
            path("add/keep/", keep, {"admin": self, "document_id": None}, name=f"{self.prefix}_keep_new"),
            path("<int:document_id>/keep/", keep, {"admin": self}, name=f"{self.prefix}_keep"),
        ]
        return [*own, *kept, *super().get_urls()]

    @property
    def prefix(self) -> str:
        """How the names of this admin's addresses begin."""
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def _with_document(self, view: Any) -> Any:
        """Return the view with its document fetched, for those who may see it."""

        def wrapped(request: HttpRequest, pk: int) -> Any:
            document = self.get_object(request, str(pk))
            if document is None:
                return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined]
            if not self.has_view_or_change_permission(request, document):
                raise PermissionDenied
            if request.method != "POST":
                return view(self, request, document)
            with transaction.atomic():  # the act and its line in the log, or neither
                return view(self, request, document)

        return wrapped

    def revision_asked_for(self, request: HttpRequest, document: Any) -> Revision:
        """Return the revision that the request names, or the newest. A document that was saved by other means gets
        its first one from somebody who may change it. Raises PermissionDenied for others, and Http404 where a form
        names a revision of another document: nobody acts on what the page did not show.
        """
        asked = id_in(request.POST, "revision") or id_in(request.GET, "revision")
        if asked:
            found: Revision | None = document.revisions.filter(pk=asked).first()
            if found:
                return found
            if request.method == "POST":
                raise Http404(f"There is no revision {asked} of this document.")
            messages.warning(request, f"There is no revision {asked} of this document; this is the newest.")
        newest: Revision | None = document.revisions.first()
        if newest is None and not self.has_change_permission(request, document):
            raise PermissionDenied
        return newest or record(document, by=request.user)  # type: ignore[arg-type]


class OrderedInline(admin.StackedInline[Any, Any]):
    """Rows in an order that buttons change: `position` follows where the row stands in the form."""

    extra = 0
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
