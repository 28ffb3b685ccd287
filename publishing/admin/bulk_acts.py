"""What editors and writers do to several documents of any kind at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from publishing import needs, reviews
from publishing.admin.bulk import BulkAct, Job, PlainForm, Row, action, change
from publishing.admin.fields import MomentField, TagsField
from publishing.admin.forms import REDIRECT, SignificanceForm, WithdrawForm
from publishing.admin.reviews import NoteForm
from publishing.kinds import edition_models, working_copies
from publishing.models import Edition
from publishing.publish import publish
from publishing.withdraw import withdraw


class PublishForm(SignificanceForm, PlainForm):
    """Whether readers are told, and what goes along."""

    together = forms.MultipleChoiceField(
        label="Publish with them",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Readers cannot see some of the pages without these. Each is published with the first that needs it.",
    )

    def __init__(self, *args: Any, rows: Sequence[Row], **kwargs: Any) -> None:
        super().__init__(*args, rows=rows, **kwargs)
        needed = [row.document.needs(row.document.content_of(row.revision)) for row in rows if row.revision]
        self.along = _unseen({id_ for ids in needed for id_ in ids})
        choices = [(str(each.pk), str(each)) for each in self.along]
        self.fields["together"].choices = choices  # type: ignore[attr-defined]
        self.fields["together"].initial = [key for key, _ in choices]
        if not choices:
            del self.fields["together"]


def _unseen(ids: Collection[int], *, at: datetime | None = None) -> list[Any]:
    """Return those of the documents that readers do not see at the moment (default: now)."""
    pages = (model.objects.live(at).filter(document__in=ids) for model in edition_models())
    seen = {pk for each in pages for pk in each.values_list("document", flat=True)}
    return list(working_copies(set(ids) - seen).values())


class ScheduleForm(PublishForm):
    """When, besides."""

    at = MomentField(label="Date and time")
    field_order = ("at", "significant", "together")

    def clean_at(self) -> datetime:
        """Refuse a moment that has passed."""
        at: datetime = self.cleaned_data["at"]
        if at <= timezone.now():
            raise ValidationError("That moment has passed: enter one in the future.")
        return at


def _publish(document: Any, job: Job) -> str:
    revision = job.newest(document)
    chosen = job["together"] or ()
    missing = _unseen(document.needs(document.content_of(revision)), at=job["at"])
    along = [each for each in missing if str(each.pk) in chosen]
    together = [job.newest(each) for each in along]
    publish(revision, by=job.by, at=job["at"], significant=job["significant"], together=together)
    return _beyond(along, job["at"])


def _beyond(along: Sequence[Any], moment: datetime | None) -> str:
    """Say what went along, and from when on if that is to come."""
    names = ", ".join(f"“{each}”" for each in along)
    zone = timezone.get_current_timezone_name()
    start = f", from {date_format(localtime(moment), 'DATETIME_FORMAT')} ({zone}) on" if moment else ""
    return f"{f', with {names}' if along else ''}{start}"


class TakeDownForm(WithdrawForm):
    """How to take several pages down."""

    def __init__(self, *args: Any, rows: Sequence[Row], **kwargs: Any) -> None:
        ids = {row.document.pk for row in rows}
        pages = needs.dependents(ids, at=timezone.now())
        along = working_copies({page.document_id for page in pages} - ids)
        super().__init__(*args, dependents=list(along.values()), **kwargs)
        self.fields["instead"].label = "In their place"
        together = self.fields.get("together")
        if together:
            together.label = "Take down with them"
            together.help_text = "These need one of the pages, which cannot be taken down while they stay."


def _withdraw(document: Any, job: Job) -> str:
    chosen, moment = job["together"] or (), job.form.moment
    pages = needs.dependents([document.pk], at=moment or timezone.now())
    along = {page.document_id: page.document for page in pages if str(page.document_id) in chosen}
    is_redirect = job["instead"] == REDIRECT
    withdraw(
        [document, *along.values()],
        by=job.by,
        at=moment,
        kind=Edition.Kind.GONE if is_redirect else Edition.Kind(job["instead"]),
        reason=job["reason"],
        redirect_to=job["redirect_to"] if is_redirect else None,
    )
    return _beyond(list(along.values()), moment)


class SubmitForm(NoteForm, PlainForm):
    """What the editors should know, of all of them."""


def _submit(document: Any, job: Job) -> str:
    reviews.submit(job.newest(document), by=job.by, note=job["note"])
    return ""


class TagsForm(PlainForm):
    """Which tags."""

    tags = TagsField(label="Tags", help_text="Separated by commas.", widget=forms.TextInput({"class": "vTextField"}))


def _add_tags(document: Any, job: Job) -> str:
    names = job["tags"]
    return change(document, job, by_doing=lambda copy: copy.tags.add(*names), nothing="It has them already.")


def _remove_tags(document: Any, job: Job) -> str:
    wanted = {name.lower() for name in job["tags"]}
    names = [name for name in document.tags.names() if name.lower() in wanted]
    return change(document, job, by_doing=lambda copy: copy.tags.remove(*names), nothing="It has none of them.")


ACTIONS = tuple(
    action(act)
    for act in (
        BulkAct(
            "bulk_publish", "Publish…", "Publish now", "Published", PublishForm, _publish, "publish", is_checked=True
        ),
        BulkAct(
            "bulk_schedule",
            "Schedule…",
            "Schedule",
            "Scheduled",
            ScheduleForm,
            _publish,
            "publish",
            is_checked=True,
        ),
        BulkAct("bulk_take_down", "Take down…", "Take down", "Taken down", TakeDownForm, _withdraw, "publish"),
        BulkAct(
            "bulk_submit",
            "Submit for review…",
            "Submit for review",
            "Submitted for review",
            SubmitForm,
            _submit,
            is_checked=True,
        ),
        BulkAct("bulk_add_tags", "Add tags…", "Add tags", "Tagged", TagsForm, _add_tags, "tag"),
        BulkAct("bulk_remove_tags", "Remove tags…", "Remove tags", "Tags removed", TagsForm, _remove_tags, "tag"),
    )
)
"""What every kind of document can have done to it."""
