"""The pages on which an editor publishes, takes down, cancels, restores.

Each asks, calls the verb, and says what happened.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime

from publishing import needs, windows
from publishing.admin.forms import REDIRECT, PublishForm, WithdrawForm
from publishing.admin.words import with_manner
from publishing.cancel import cancel
from publishing.checks import Level, findings
from publishing.errors import Refused
from publishing.models import Document, Edition
from publishing.publish import publish, require_publisher, schedule
from publishing.revisions import record, restore
from publishing.withdraw import withdraw

PAGE_SIZE = 25
"""How many revisions, and how many editions, the history shows at a time."""

NAMES = {"publish": "Publish", "withdraw": "Take down", "history": "History", "not_done": "Not done"}
"""How editors call the pages; the names in the code are those of the verbs."""


def id_in(values: Any, name: str) -> int | None:
    """Return the id of a row that a form or an address names, or None for what is no id."""
    text = values.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


def preview(admin: Any, request: HttpRequest, document: Any) -> HttpResponse:
    """The page as readers would get it if the revision were published now; for signed-in staff."""
    revision = admin.revision_asked_for(request, document)
    response: HttpResponse = admin.show(request, windows.draft_edition(document, revision, at=timezone.now()))
    response["X-Robots-Tag"] = "noindex"
    return response


def publish_page(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Ask when, and what goes along; then publish or schedule."""
    require_publisher(request.user)
    revision = admin.revision_asked_for(request, document)
    missing = _missing(document, revision)
    together = [_newest(each, request.user) for each in missing]
    form = PublishForm(request.POST or None, revision=revision, together=together)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.get("together", [])
        verb = partial(schedule, at=form.moment) if form.moment else publish
        try:
            edition = verb(
                revision,
                by=request.user,
                significant=form.cleaned_data["significant"],
                together=[each for each in together if str(each.pk) in chosen],
            )
        except Refused as refused:
            _say_why(form, refused)
        else:
            return _done(admin, request, document, _published(edition, form.moment))
    found = [*findings(document, revision.content), *(f for each in missing for f in findings(each))]
    coming = with_manner(edition for each in (document, *missing) for edition in windows.siblings(each).coming())
    context = {"revision": revision, "findings": found, "missing": missing, "coming": coming}
    return _ask(admin, request, document, "publish", form, **context)


def _missing(document: Any, revision: Any) -> list[Document]:
    """Return what the page needs and readers cannot see now."""
    needed = Document.objects.filter(pk__in=document.needs(revision.content)).order_by("pk")
    copies = [each.working_copy for each in needed]
    return [copy for copy in copies if not windows.siblings(copy).live().exists()]


def _newest(document: Document, user: Any) -> Any:
    return document.revisions.first() or record(document, by=user)


def _published(edition: Any, moment: Any) -> str:
    if moment is None:
        return format_html('Published: <a href="{0}">{0}</a>', edition.get_absolute_url())
    return f"Scheduled: readers see it from {_in_words(moment)} on."


def _in_words(moment: datetime) -> str:
    return f"{date_format(localtime(moment), 'DATETIME_FORMAT')} ({timezone.get_current_timezone_name()})"


def withdraw_page(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Ask when, and what readers find in its place; then take the page down."""
    require_publisher(request.user)
    dependents = {page.document_id: page.document for page in needs.dependents([document.pk], at=timezone.now())}
    form = WithdrawForm(request.POST or None, dependents=list(dependents.values()))
    if request.method == "POST" and form.is_valid():
        instead = form.cleaned_data["instead"]
        is_redirect = instead == REDIRECT
        try:
            withdraw(
                [document, *(dependents[int(key)] for key in form.cleaned_data.get("together", []))],
                by=request.user,
                at=form.moment,
                kind=Edition.Kind.GONE if is_redirect else Edition.Kind(instead),
                reason=form.cleaned_data["reason"],
                redirect_to=form.cleaned_data["redirect_to"] if is_redirect else None,
            )
        except Refused as refused:
            _say_why(form, refused)
        else:
            return _done(admin, request, document, _taken_down(form.moment))
    return _ask(admin, request, document, "withdraw", form)


def _taken_down(moment: datetime | None) -> str:
    return "Taken down." if moment is None else f"Scheduled: the page goes down on {_in_words(moment)}."


def _post_cancel(request: Any, document: Any) -> str:
    edition = windows.siblings(document).filter(pk=id_in(request.POST, "edition")).first()
    if edition is None:
        raise Refused("That edition does not belong to this document.")
    cancel(edition, by=request.user)
    return "Cancelled: what was scheduled does not happen."


def cancel_post(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Cancel the scheduled edition that the form names."""
    return _do(admin, request, document, _post_cancel)


def restore_post(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Put the revision that the form names back into the working copy."""
    return _do(admin, request, document, _post_restore)


def _post_restore(request: Any, document: Any) -> str:
    revision = document.revisions.filter(pk=id_in(request.POST, "revision")).first()
    if revision is None:
        raise Refused("That revision does not belong to this document.")
    restore(revision, by=request.user)
    return f"The draft holds revision {revision.pk} again. Readers see no change until it is published."


def history_page(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Every revision, and every edition with its window, some at a time."""
    editions = _page(request, "editions", windows.siblings(document).select_related("issued_by"))
    context = {
        "revisions": _page(request, "revisions", document.revisions.select_related("author").defer("content")),
        "editions": editions,
        "listed": with_manner(editions),
        "newest": document.revisions.first(),
    }
    return _render(admin, request, document, "history", context)


def _page(request: Any, name: str, rows: Any) -> Any:
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get(name))


def _do(admin: Any, request: Any, document: Any, act: Any) -> HttpResponse:
    if not admin.has_change_permission(request, document):
        raise PermissionDenied
    if request.method != "POST":
        return _not_done(admin, request, document)
    try:
        sentence = act(request, document)
    except (Refused, ValidationError) as refused:
        reasons = refused.reasons if isinstance(refused, Refused) else refused.messages
        messages.error(request, " ".join(reasons))
        return redirect(f"admin:{document._meta.app_label}_{document._meta.model_name}_change", document.pk)
    return _done(admin, request, document, sentence)


def _not_done(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Answer an address that only a button asks: somebody comes here by signing in again after pressing it."""
    response = _render(admin, request, document, "not_done", {})
    response.status_code = HTTPStatus.METHOD_NOT_ALLOWED
    response["Allow"] = "POST"
    return response


def _say_why(form: Any, refused: Refused) -> None:
    for reason in refused.reasons:
        form.add_error(None, reason)


def _done(admin: Any, request: HttpRequest, document: Any, sentence: str) -> HttpResponse:
    admin.log_change(request, document, str(sentence))
    messages.success(request, sentence)
    return redirect(f"admin:{document._meta.app_label}_{document._meta.model_name}_change", document.pk)


def _ask(admin: Any, request: HttpRequest, document: Any, act: str, form: Any, **context: Any) -> HttpResponse:
    context["form"] = form
    context["stopped"] = any(finding.level is Level.ERROR for finding in context.get("findings", []))
    return _render(admin, request, document, act, context)


def _render(admin: Any, request: HttpRequest, document: Any, page: str, context: dict[str, Any]) -> HttpResponse:
    context |= admin.admin_site.each_context(request)
    context |= {
        "act": NAMES[page],
        "title": f"{NAMES[page]}: {document}",
        "may_change": admin.has_change_permission(request, document),
        "may_publish": request.user.may_publish,  # type: ignore[union-attr]
        "opts": document._meta,
        "original": document,
        "media": admin.media,
        "time_zone": timezone.get_current_timezone_name(),
    }
    return render(request, f"admin/publishing/{page}.html", context)
