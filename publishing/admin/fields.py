"""Form fields of the desk: one names a page of this site by its address or its title, one a moment, one holds tags."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils import timezone
from django.utils.formats import date_format
from taggit.forms import TagField
from taggit.models import Tag

from publishing import addresses
from publishing.admin.widgets import MomentWidget
from publishing.kinds import document_models
from publishing.models import Document

LONGEST_TAG = Tag._meta.get_field("name").max_length or 0


class TagsField(TagField):  # type: ignore[misc]
    """Cleans tags, separated by commas, to their names. Raises ValidationError for one that is too long to be kept."""

    def clean(self, value: Any) -> list[str]:
        """Return the names."""
        names: list[str] = super().clean(value)
        for name in names:
            if len(name) > LONGEST_TAG:
                raise forms.ValidationError(f"A tag has up to {LONGEST_TAG} characters: shorten “{name[:60]}…”.")
        return names


class MomentField(forms.SplitDateTimeField):
    """Cleans a date and a time to a moment. Raises ValidationError for a time that the clocks of the site's time zone
    leave out, or say twice, when they are put forward or back."""

    widget = MomentWidget

    def compress(self, data_list: Any) -> Any:
        """Return the moment."""
        try:
            return super().compress(data_list)
        except forms.ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise forms.ValidationError(_why_no_moment(datetime.combine(*data_list))) from error


def _why_no_moment(local: datetime) -> str:
    zone = timezone.get_current_timezone()
    is_left_out = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local
    where = f"{date_format(local, 'TIME_FORMAT')} on {date_format(local, 'DATE_FORMAT')}"
    if is_left_out:
        return f"There is no {where} in {zone}: clocks are put forward then. Enter a time an hour earlier or later."
    return f"{where} comes twice in {zone}: clocks are put back then. Enter a time that comes once."


class PageField(forms.CharField):
    """Cleans an address of this site, pasted with its host or without, or the title of a live page to the Document.

    An address means what it means in a link (`addresses.document_at`): the page need not be live. Raises
    ValidationError for what names no page, or more than one.
    """

    widget = forms.TextInput(attrs={"class": "vTextField"})

    def __init__(self, **kwargs: Any) -> None:
        help_text = "The address or the title of the page, for instance /roles/office-manager/."
        super().__init__(**{"help_text": help_text} | kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Return the address of a document that is given by its id: where it is live, else where it would be."""
        if not isinstance(value, int):
            return value
        return (addresses.live_paths([value]) or addresses.working_paths([value])).get(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is shown."""
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> Any:
        """Return the Document, or None where nothing was written."""
        text = super().clean(value)
        if not text:
            return None
        is_address = text.startswith("/") or "://" in text
        return Document.objects.get(pk=_at_address(text) if is_address else _titled(text))


def _at_address(text: str) -> int:
    try:
        url = urlsplit(text)
    except ValueError as error:
        raise forms.ValidationError(f"{text} cannot be read as an address: check its spelling.") from error
    if url.netloc and not validate_host(split_domain_port(url.netloc)[0], settings.ALLOWED_HOSTS):
        raise forms.ValidationError(f"{text} is not on this site: name a page of this site.")
    path = f"/{url.path.strip('/')}/"
    found = addresses.document_at(path)
    if found is None:
        raise forms.ValidationError(f"No page of this site is at {path}: check its spelling, or write the title.")
    return found


def _titled(text: str) -> int:
    live = (kind.edition_model.objects.live().filter(title__iexact=text) for kind in document_models())
    found = [edition for editions in live for edition in editions]
    if not found:
        raise forms.ValidationError(
            f"No page that readers see is called “{text}”: check its spelling, or write the address."
        )
    if len(found) > 1:
        choices = " or ".join(edition.get_absolute_url() for edition in found)
        raise forms.ValidationError(f"More than one page is called “{text}”. Write the address: {choices}.")
    return int(found[0].document_id)
