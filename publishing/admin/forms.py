"""What an editor is asked before readers see something, or no longer see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from publishing import windows
from publishing.admin.fields import MomentField, PageField
from publishing.admin.widgets import MomentWidget
from publishing.models import Document, Edition, Revision


def only_when(field: str, value: str) -> dict[str, str]:
    """Return the attributes of a widget that static/js/admin.js shows only while the field has the value."""
    return {"data-only-when": f"{field}={value}"}


class MomentForm(forms.Form):
    """Now, or at a moment in the future."""

    when = forms.ChoiceField(
        choices=[("now", "Now"), ("at", "At a moment to come")], initial="now", widget=forms.RadioSelect
    )
    at = MomentField(label="Date and time", required=False, widget=MomentWidget(only_when("when", "at")))

    def clean(self) -> dict[str, Any]:
        """Ask for the moment where one is meant, and refuse one that has passed."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("when") != "at" or "at" in self.errors:
            return cleaned
        if not cleaned.get("at"):
            self.add_error("at", "Enter the date and the time.")
        elif cleaned["at"] <= timezone.now():
            self.add_error("at", "That moment has passed: enter one in the future, or choose “Now”.")
        return cleaned

    @property
    def moment(self) -> datetime | None:
        """The moment that was entered, or None for now. Ask only a valid form."""
        return self.cleaned_data["at"] if self.cleaned_data["when"] == "at" else None


class SignificanceForm(forms.Form):
    """Whether readers are told."""

    significant = forms.BooleanField(
        label="Readers should know of it",
        required=False,
        initial=True,
        help_text="Shows a new “Updated” date. Untick it for corrections of spelling.",
    )


class PublishForm(SignificanceForm, MomentForm):
    """When to publish, whether readers are told, and what goes along."""

    together = forms.MultipleChoiceField(
        label="Publish with it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Readers cannot see this page without these; they are published in the same moment, or nothing is.",
    )

    titles = forms.BooleanField(
        label="Also publish these pages anew, so that titles made from its name follow",
        required=False,
        help_text="What readers see of them, not a newer draft. Their dates stay.",
    )

    # What is published is the revision that the page showed, whoever saves another meanwhile.
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, revision: Revision, together: Sequence[Revision] = (), has_titles: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = revision.pk
        if not has_titles:
            del self.fields["titles"]
        choices = [(str(each.pk), str(each.document.working_copy)) for each in together]
        _offer(self, "together", choices)
        if choices:
            self.fields["together"].initial = [key for key, _ in choices]


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """Give the field its choices, or leave it out where there is nothing to choose."""
    if choices:
        form.fields[name].choices = choices  # type: ignore[attr-defined]
    else:
        del form.fields[name]


REDIRECT = "redirect"


class WithdrawForm(MomentForm):
    """When to take a page down, and what readers find in its place."""

    INSTEAD = [
        (Edition.Kind.NOTICE, "A notice with the reason"),
        (Edition.Kind.GONE, "Nothing: the address answers that it is gone"),
        (REDIRECT, "Another page: readers are led there"),
    ]

    instead = forms.ChoiceField(label="In its place", choices=INSTEAD, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Reason, for readers",
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"} | only_when("instead", Edition.Kind.NOTICE)),
    )
    redirect_to = PageField(
        label="Lead readers to",
        required=False,
        widget=forms.TextInput({"class": "vTextField"} | only_when("instead", REDIRECT)),
    )
    together = forms.MultipleChoiceField(
        label="Take down with it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="These need this page: it cannot be taken down while one of them stays.",
    )

    def __init__(self, *args: Any, dependents: Sequence[Document] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "together", [(str(document.pk), str(document)) for document in dependents])

    def clean(self) -> dict[str, Any]:
        """Ask for what the choice needs."""
        cleaned = super().clean()
        if cleaned.get("instead") == Edition.Kind.NOTICE and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Write the reason: the notice shows it to readers.")
        if cleaned.get("instead") == REDIRECT and not self.errors:
            self._check_target(cleaned["redirect_to"])
        return cleaned

    def _check_target(self, target: Document | None) -> None:
        if target is None:
            self.add_error("redirect_to", "Write the address or the title of the page that readers are led to.")
        elif not windows.siblings(target).live(self.moment).exists():
            self.add_error("redirect_to", f"Readers do not see “{target.working_copy}” then: name a page that is live.")
