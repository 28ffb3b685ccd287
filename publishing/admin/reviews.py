"""The pages of a review: submit, the queue, decide, what became of one's own; and what the panel says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from publishing import reviews, windows
from publishing.admin.pages import ask, do, done, id_in, render_page
from publishing.admin.remarks import CommentForm, remarks
from publishing.checks import findings
from publishing.errors import Refused
from publishing.kinds import document_models, working_copies
from publishing.models import Document, Submission

PAGE_SIZE = 50
"""How many submissions a list shows at a time."""


class NoteForm(forms.Form):
    """What the editor should know."""

    note = forms.CharField(
        label="Note for the editors",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4, "class": "vLargeTextField"}),
        help_text="What changed, what you are unsure of. It may stay empty.",
    )


class SubmitForm(NoteForm):
    """That, and what is submitted."""

    # It is the revision that the page showed, whoever saves another meanwhile.
    revision = forms.IntegerField(widget=forms.HiddenInput)


class DecideForm(forms.Form):
    """What the editor answers."""

    reply = forms.CharField(
        label="Answer to the writer",
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 5, "class": "vLargeTextField"}),
        help_text="Asking for changes needs a reason; an approval may go without a word.",
    )


def submit_page(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Show what the checks find, ask for a note, and submit the saved draft."""
    if not reviews.may_take_part(request.user, document):
        raise PermissionDenied
    revision = admin.revision_asked_for(request, document)
    form = SubmitForm(request.POST or None, initial={"revision": revision.pk})
    if request.method == "POST" and form.is_valid():
        try:
            reviews.submit(revision, by=request.user, note=form.cleaned_data["note"])
        except Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            return done(admin, request, document, "Submitted for review: the editors find it in their queue.")
    found = findings(document, document.content_of(revision))
    waiting = Submission.objects.of(document).waiting().told().first()
    return ask(admin, request, document, "submit", form, revision=revision, findings=found, waiting=waiting)


def decide_page(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Show what was submitted and what the checks find in it; then approve it or ask for changes."""
    reviews.require_editor(request.user)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sentence = _decide(request, document, form.cleaned_data["reply"])
        except Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            done(admin, request, document, sentence)
            return redirect("admin:queue")
    waiting = Submission.objects.of(document).waiting().told().first()
    context = {
        "form": form,
        "submission": waiting,
        "findings": findings(document, document.content_of(waiting.revision)) if waiting else [],
        "live": windows.siblings(document).live().first(),
        "remarks": remarks(document),
        "may_comment": reviews.may_comment(request.user, document),
    }
    return render_page(admin, request, document, "decide", context)


def _decide(request: Any, document: Any, reply: str) -> str:
    submission = _named(request, document)
    if "approve" in request.POST:
        reviews.approve(submission, by=request.user, reply=reply)
        return f"Approved: “{document}”. Readers see no change until it is published."
    reviews.ask_for_changes(submission, by=request.user, reply=reply)
    return f"Changes asked for: “{document}”. {submission.submitted_by} sees your answer."


def take_back_post(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Take back the submission that the button names."""
    return do(admin, request, document, _post_take_back)


def _post_take_back(request: Any, document: Any) -> str:
    reviews.take_back(_named(request, document), by=request.user)
    return "Taken back: it no longer waits for review."


def _named(request: Any, document: Any) -> Submission:
    """Return the submission that the page showed, whoever submits again meanwhile."""
    named = id_in(request.POST, "submission")
    submission = Submission.objects.of(document).filter(pk=named).first() if named else None
    if submission is None:
        raise Refused("Nothing was done: that submission does not belong to this document.")
    return submission


def panel(request: Any, document: Any) -> dict[str, Any]:
    """Return what the panel beside the form says of reviews: how the last submission stands, and the comments."""
    return {
        "submission": Submission.objects.of(document).told().first(),
        "remarks": remarks(document),
        "form": CommentForm(auto_id="comment_%s"),
        "may_take_part": reviews.may_take_part(request.user, document),
        "may_comment": reviews.may_comment(request.user, document),
    }


@dataclass(frozen=True)
class Entry:
    """A submission in a list, with the working copy that it is about."""

    submission: Submission
    document: Document

    @property
    def opts(self) -> Any:
        """What kind of document it is."""
        return self.document._meta


def queue_page(site: Any, request: Any) -> HttpResponse:
    """What waits for review, and what was approved and is not published; for editors."""
    reviews.require_editor(request.user)
    seen = seen_by(request.user).at_hand()
    context = {
        "waiting": _listed(request, "waiting", seen.waiting()),
        "approved": _listed(request, "approved", seen.approved()),
        "title": "Review queue",
    }
    return site.render(request, "queue", context)  # type: ignore[no-any-return]


def mine_page(site: Any, request: HttpRequest) -> HttpResponse:
    """What the person submitted, and what became of it."""
    mine = seen_by(request.user).by(request.user)
    context = {"mine": _listed(request, "mine", mine), "title": "My submissions"}
    return site.render(request, "my_submissions", context)  # type: ignore[no-any-return]


def seen_by(person: Any) -> Any:
    """Return the submissions of the kinds of documents that the person may see."""
    kinds = [kind._meta for kind in document_models()]
    seen = [
        opts.label
        for opts in kinds
        for verb in ("view", "change")
        if person.has_perm(f"{opts.app_label}.{get_permission_codename(verb, opts)}")
    ]
    return Submission.objects.told().filter(revision__document__model_label__in=seen)


def _listed(request: HttpRequest, name: str, submissions: Any) -> Any:
    """Return the page of the list that the address asks for, with `entries`."""
    page = Paginator(submissions, PAGE_SIZE).get_page(request.GET.get(name))
    copies = working_copies(each.revision.document_id for each in page)
    page.entries = [  # type: ignore[attr-defined]
        Entry(each, copies[each.revision.document_id]) for each in page if each.revision.document_id in copies
    ]
    return page
