"""The frame of the pages about one document: how they are shown, and how an act that a button asks for is done."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import CharField, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from publishing.checks import Level
from publishing.errors import Refused

NAMES = {
    "publish": "Publish",
    "withdraw": "Take down",
    "submit": "Submit for review",
    "decide": "Review",
    "comments": "Comments",
    "history": "History",
    "compare": "Compare",
    "share": "Share the draft",
    "uses": "Where used",
    "put_away": "Delete",
    "merge": "Merge into another",
    "not_done": "Not done",
}
"""How editors call the pages; the names in the code are those of the verbs."""


def number_in(text: str) -> int | None:
    """Return the id that a text from outside stands for, or None for what is no id."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


def id_in(values: Any, name: str) -> int | None:
    """Return the id of a row that a form or an address names, or None for what is no id."""
    return number_in(values.get(name, ""))


def text_in(values: Any, name: str) -> str:
    """Return the text that a form sends, stripped. Raises ValidationError for one that no database takes."""
    return str(CharField(required=False).clean(values.get(name, "")))


def do(admin: Any, request: Any, document: Any, act: Any, *, then: str = "change") -> HttpResponse:
    """Do what a button asks for, `act(request, document)`; tell the sentence that it returns, or why not.

    Afterwards the page `then` of the document is shown.
    """
    if not admin.has_change_permission(request, document):
        raise PermissionDenied
    if request.method != "POST":
        return _not_done(admin, request, document)
    try:
        sentence = act(request, document)
    except (Refused, ValidationError) as refused:
        reasons = refused.reasons if isinstance(refused, Refused) else refused.messages
        messages.error(request, " ".join(reasons))
        return redirect(admin.act_url(then, document))
    return done(admin, request, document, sentence, then=then)


def _not_done(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Answer an address that only a button asks: somebody comes here by signing in again after pressing it."""
    response = render_page(admin, request, document, "not_done", {})
    response.status_code = HTTPStatus.METHOD_NOT_ALLOWED
    response["Allow"] = "POST"
    return response


def done(admin: Any, request: HttpRequest, document: Any, sentence: str, *, then: str = "change") -> HttpResponse:
    """Tell what happened, note it in the log, and show the page `then` of the document (default: its form)."""
    admin.log_change(request, document, str(sentence))
    messages.success(request, sentence)
    return redirect(admin.act_url(then, document))


def say_why(form: Form, refused: Refused) -> None:
    """Show in the form why the press said no."""
    for reason in refused.reasons:
        form.add_error(None, reason)


def ask(admin: Any, request: HttpRequest, document: Any, page: str, form: Form, **context: Any) -> HttpResponse:
    """Return the page of an act with its form; an error among `findings` stops it."""
    stopped = any(finding.level is Level.ERROR for finding in context.get("findings", []))
    return render_page(admin, request, document, page, context | {"form": form, "stopped": stopped})


def render_page(admin: Any, request: Any, document: Any, page: str, context: dict[str, Any]) -> HttpResponse:
    """Return one of the pages about the document."""
    shared = {
        **admin.admin_site.each_context(request),
        "act": NAMES[page],
        "title": f"{NAMES[page]}: {document}",
        "may_change": admin.has_change_permission(request, document),
        "may_publish": request.user.may_publish,
        "opts": document._meta,
        "original": document,
        "media": admin.media,
        "time_zone": timezone.get_current_timezone_name(),
    }
    return render(request, f"admin/publishing/{page}.html", shared | context)
