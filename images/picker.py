"""How a form of the admin chooses a picture: a field that shows it, and the library's pictures to choose from.

Without JavaScript the field asks for the picture's number, which the library's list shows.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from images.models import Image, Rendition
from images.renditions import THUMBNAIL, thumbnail

AT_ONCE = 48
"""How many pictures are offered at once, the newest first; the search finds the others."""
TINY = (THUMBNAIL[0] // 2, THUMBNAIL[1] // 2)
"""Width and height, in pixels, of a picture in a list: sharp on dense screens, and rows stay low."""


class PicturePicker(forms.NumberInput):
    """Chooses a picture by its number, and shows it."""

    class Media:
        css = {"all": ["css/images.css"]}
        js = ["js/pictures.js"]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the field with the picture that it names."""
        field = super().render(name, value, {**(attrs or {}), "class": "picked__number", "min": "1"}, renderer)
        return render_to_string("admin/images/_picker.html", {"field": field, "image": numbered(value)})


class WithPictures(BaseModelAdmin[Any]):
    """Mixin for an admin or an inline whose model has pictures."""

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Let pictures be chosen by looking at them; a new one is added in a window of its own."""
        if db_field.related_model is not Image:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        field: Any = super().formfield_for_dbfield(db_field, request, widget=PicturePicker(), **kwargs)
        field.widget.can_change_related = field.widget.can_view_related = field.widget.can_delete_related = False
        return field


def numbered(number: Any) -> Image | None:
    """Return the picture of that number, whatever somebody typed, or None."""
    text = str(number)
    is_number = text.isdecimal() and len(text) < 19  # digits that every database can hold
    return Image.objects.prefetch_related("renditions").filter(pk=int(text)).first() if is_number else None


def small(image: Image | None) -> str:
    """Return the picture small, as HTML. Its alt is empty, for the title stands beside it."""
    found = image and thumbnail(image)
    return _img(found, (found.width, found.height)) if found else "–"


def tiny(image: Image | None) -> str:
    """Return the picture as a row of a list of documents has it: like `small`, and always of the same size."""
    found = image and thumbnail(image)
    return _img(found, TINY) if found else "–"


def _img(rendition: Rendition, size: tuple[int, int]) -> str:
    html = '<img src="{}" width="{}" height="{}" alt="" loading="lazy">'
    return format_html(html, rendition.get_absolute_url(), *size)


def choices(request: HttpRequest) -> HttpResponse:
    """Return the newest pictures of the library, or the newest whose title or alt text holds all words of `q`."""
    found = Image.objects.prefetch_related("renditions")
    for word in request.GET.get("q", "").split():
        found = found.filter(Q(title__icontains=word) | Q(alt__icontains=word))
    images = list(found[: AT_ONCE + 1])
    context = {"images": images[:AT_ONCE], "has_more": len(images) > AT_ONCE}
    return render(request, "admin/images/_choices.html", context)


def chosen(request: HttpRequest, number: int) -> HttpResponse:
    """Return the picture of that number as the field shows it."""
    return render(request, "admin/images/_chosen.html", {"image": numbered(number)})
