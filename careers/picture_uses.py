"""Which documents show a picture of the library, or have shown it: what `images.library.uses` asks each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from images.library import Finder, Use
from images.models import Image
from publishing.models import Document, Edition


def shown_by(kind: type[Document], image: str) -> Finder:
    """Return the finder for a kind of document whose working copies lead to their pictures by the lookup `image`."""

    def find(picture: Image) -> Iterator[Use]:
        now = timezone.now()
        places: defaultdict[int, list[str]] = defaultdict(list)
        for draft in kind._default_manager.filter(**{image: picture.pk}).distinct().values_list("pk", flat=True):
            places[draft].append("in the draft")
        pages = kind.edition_model.objects.opened().pages().filter(pictures__has_key=str(picture.pk))
        for page in pages:
            places[page.document_id].append(_place(page, picture, now=now))
        for document in kind._default_manager.filter(pk__in=places).select_related():
            yield Use(str(document), document.edit_path, ", ".join(dict.fromkeys(places[document.pk])))

    return find


def _place(page: Edition, picture: Image, *, now: datetime) -> str:
    """Say when the page shows the picture, and whether it says something else of it than the library does now."""
    if page.live_until <= now:
        return "on an earlier page"
    kept = page.pictures[str(picture.pk)]
    is_same = (kept["alt"], kept["credit"]) == (picture.alt, picture.credit)
    day = date_format(localtime(page.live_from), "DATE_FORMAT")
    when = "on the live page" if page.live_from <= now else f"on the page of {day}"
    return when if is_same else f"{when} (with its earlier text)"
