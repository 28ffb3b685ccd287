"""The image library in the admin."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from images import picker
from images.intake import ENDINGS
from images.library import Duplicate, add, receive, remove, uses
from images.models import Image
from images.pictures import Picture, frozen
from images.renditions import recut

NOT_WRITABLE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
"""What a disk says that is full or read-only."""
_TEXTS = ("title", "alt", "decorative", ("focus_x", "focus_y"), "credit")


class ImageForm(forms.ModelForm):  # type: ignore[type-arg]
    """Takes a new picture in; of one that is in the library, only what is said about it can be changed."""

    class Meta:
        model = Image
        fields = ["file", "title", "alt", "decorative", "focus_x", "focus_y", "credit"]
        widgets = {
            "file": forms.FileInput(attrs={"accept": ",".join(sum(ENDINGS.values(), ()))}),
            "alt": forms.Textarea(attrs={"rows": 2, "cols": 60}),
        }

    def clean_file(self) -> File[bytes]:
        """Replace the upload by the clean picture that it holds."""
        try:
            intake = receive(self.cleaned_data["file"])
        except Duplicate as found:
            raise ValidationError(_with_link(found)) from found
        self.instance.sha256 = intake.sha256
        self.instance.width, self.instance.height = intake.width, intake.height
        return intake.file


def _with_link(found: Duplicate) -> str:
    return format_html(
        "“{}” is in the library already, as <a href='{}'>“{}”</a>. Use that picture instead.",
        found.name,
        reverse("admin:images_image_change", args=[found.existing.pk]),
        found.existing,
    )


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Adds pictures, describes them, and removes those that no page shows or has shown."""

    form = ImageForm
    actions = None
    list_display = ("thumbnail", "title", "size", "description", "number", "uploaded_by", "created_at")
    list_display_links = ("title",)
    list_select_related = ("uploaded_by",)
    search_fields = ("title", "alt")
    readonly_fields = ("preview", "size", "where_used", "uploaded_by", "created_at")

    class Media:
        css = {"all": ["css/images.css"]}
        js = ["js/focal.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        """Bring the renditions along, for the thumbnails."""
        return super().get_queryset(request).prefetch_related("renditions")

    def get_fields(self, request: HttpRequest, obj: Image | None = None) -> tuple[Any, ...]:
        """Ask for a file when a picture is added, and show it afterwards."""
        if obj:
            return ("preview", *_TEXTS, "where_used", "size", "uploaded_by", "created_at")
        return ("file", *_TEXTS)

    def get_urls(self) -> list[URLPattern]:
        """Add what forms that choose a picture ask for."""
        own = [
            path("choices/", self.admin_site.admin_view(self._choices), name="images_image_choices"),
            path("chosen/<int:number>/", self.admin_site.admin_view(self._chosen), name="images_image_chosen"),
        ]
        return [*own, *super().get_urls()]

    def _choices(self, request: HttpRequest) -> Any:
        self._require_view(request)
        return picker.choices(request)

    def _chosen(self, request: HttpRequest, number: int) -> Any:
        self._require_view(request)
        return picker.chosen(request, number)

    def _require_view(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def changeform_view(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Show or save the form; once more if somebody added the same picture while this one was being taken in:
        then the form says so. If its files cannot be kept or read, nothing is saved, and a message says why; a disk
        that cannot be written to is an outage of the site."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return super().changeform_view(request, *args, **kwargs)
        except OSError as error:
            if error.errno in NOT_WRITABLE:
                raise
            sentence = gettext("Nothing was saved, since the picture’s files could not be kept or read. %(why)s")
            self.message_user(request, sentence % {"why": error}, messages.ERROR)
            return redirect(request.path)

    def save_model(
        self,
        request: HttpRequest,
        obj: Image,
        form: forms.ModelForm[Image],
        change: bool,  # noqa: FBT001 Django calls it so
    ) -> None:
        """Put a new picture into the library; of one that is there, keep the crops true to the focal point."""
        if not change:
            add(obj, by=request.user)  # type: ignore[arg-type]  # the admin lets no stranger in
            return
        super().save_model(request, obj, form, change)
        if {"focus_x", "focus_y"} & set(form.changed_data):
            recut(obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the picture alone, not its renditions; and the pages that keep it from being removed."""
        _, counts, lacking, protected = super().get_deleted_objects(objs, request)
        in_use = [format_html("<a href='{}'>{}</a>: {}", use.path, use.title, use.where) for use in _uses(objs)]
        return [str(image) for image in objs], counts, set() if in_use else lacking, in_use or protected

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        """Take the picture out of the library, with its files."""
        remove(obj)

    @admin.display(description="picture")
    def thumbnail(self, image: Image) -> str:
        """Show the picture small."""
        return picker.small(image)

    @admin.display(description="picture")
    def preview(self, image: Image) -> str:
        """Show the picture as readers see it."""
        picture = Picture.of({"": frozen(image)}, "", loading="eager")
        return render_to_string("images/_picture.html", {"picture": picture})

    @admin.display(description="size")
    def size(self, image: Image) -> str:
        """Say how large the original is."""
        return f"{image.width:,} × {image.height:,} px"

    @admin.display(description="alt text")
    def description(self, image: Image) -> str:
        """Say what the picture tells."""
        return "decorative" if image.decorative else image.alt

    @admin.display(description="number")
    def number(self, image: Image) -> int:
        """Say the number by which a form without JavaScript chooses the picture."""
        return image.pk

    @admin.display(description="where it is used")
    def where_used(self, image: Image) -> str:
        """Name the documents that show the picture, or have shown it, each with a link to its form."""
        items = format_html_join(
            "", "<li><a href='{}'>{}</a>: {}</li>", ((u.path, u.title, u.where) for u in uses(image))
        )
        if not items:
            return "Nowhere yet: choose it in the form of a role, or of a section of a comparison."
        return format_html(
            "<ul class='used'>{}</ul><p class='help'>Published pages keep the alt text, the credit and the crop "
            "that they were published with. What you change here reaches readers when a page is published again.</p>",
            items,
        )


def _uses(images: Iterable[Image]) -> list[Any]:
    return [use for image in images for use in uses(image)]
