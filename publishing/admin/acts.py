"""The pages on which an editor publishes, takes down, cancels, restores.

Each asks, calls the verb, and says what happened.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime

from publishing import needs, windows
from publishing.admin.forms import REDIRECT, PublishForm, WithdrawForm
from publishing.admin.pages import ask, do, done, id_in, say_why, text_in
from publishing.admin.words import with_manner
from publishing.cancel import cancel
from publishing.checks import dismiss, findings, undismiss
from publishing.errors import Refused
from publishing.followers import Followed, foresee, publish_with_titles
from publishing.models import Document, Edition
from publishing.publish import publish, require_publisher
from publishing.review import still_right
from publishing.revisions import record, restore
from publishing.withdraw import withdraw


def publish_page(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Ask when, and what goes along; then publish or schedule."""
    require_publisher(request.user)
    revision = admin.revision_asked_for(request, document)
    missing = _missing(document, revision)
    together = [_newest(each, request.user) for each in missing]
    followed = foresee(revision, by=request.user)
    has_titles = any(not each.is_moved for each in followed)
    form = PublishForm(request.POST or None, revision=revision, together=together, has_titles=has_titles)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.get("together", [])
        verb = publish_with_titles if form.cleaned_data.get("titles") else publish
        if form.moment:
            verb = partial(verb, at=form.moment)
        try:
            edition = verb(
                revision,
                by=request.user,
                significant=form.cleaned_data["significant"],
                together=[each for each in together if str(each.pk) in chosen],
            )
        except Refused as refused:
            say_why(form, refused)
        else:
            return done(admin, request, document, _published(edition, form.moment))
    found = [*findings(document, document.content_of(revision)), *(f for each in missing for f in findings(each))]
    coming = with_manner(edition for each in (document, *missing) for edition in windows.siblings(each).coming())
    page = {
        "revision": revision,
        "findings": found,
        "missing": missing,
        "coming": coming,
        "followed": _told(document, followed),
    }
    return ask(admin, request, document, "publish", form, **page)


def _told(document: Document, followed: list[Followed]) -> dict[str, list[Followed]]:
    """Return what the page lists: which addresses change, and which titles do."""
    return {
        "moved": [each for each in followed if each.is_moved],
        "retitled": [each for each in followed if each.is_retitled and each.before.document_id != document.pk],
    }


def _missing(document: Any, revision: Any) -> list[Document]:
    """Return what the page needs and readers cannot see now."""
    needed = Document.objects.filter(pk__in=document.needs(document.content_of(revision))).order_by("pk")
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
            say_why(form, refused)
        else:
            return done(admin, request, document, _taken_down(form.moment))
    return ask(admin, request, document, "withdraw", form)


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
    return do(admin, request, document, _post_cancel)


def restore_post(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Put the revision that the form names back into the working copy."""
    return do(admin, request, document, _post_restore)


def _post_restore(request: Any, document: Any) -> str:
    revision = document.revisions.filter(pk=id_in(request.POST, "revision")).first()
    if revision is None:
        raise Refused("That revision does not belong to this document.")
    restore(revision, by=request.user)
    return f"The draft holds revision {revision.pk} again. Readers see no change until it is published."


def still_right_post(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Note that somebody read what readers see, and found it right."""
    return do(admin, request, document, _post_still_right)


def _post_still_right(request: Any, document: Any) -> str:
    still_right(document, by=request.user)
    return "Reviewed today: readers see the date."


def dismiss_post(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Set a finding aside, with the reason that the form gives."""
    return do(admin, request, document, _post_dismiss)


def _post_dismiss(request: Any, document: Any) -> str:
    dismiss(document, request.POST.get("key", ""), reason=text_in(request.POST, "reason"), by=request.user)
    return "Set aside, for as long as the text stays as it is."


def undismiss_post(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Let a finding that was set aside be shown again."""
    return do(admin, request, document, _post_undismiss)


def _post_undismiss(request: Any, document: Any) -> str:
    undismiss(document, text_in(request.POST, "key"))
    return "Shown again."
