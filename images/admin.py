"""The image library in the admin."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.files import File
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html

from images.intake import ENDINGS
from images.library import add, receive
from images.models import Image
from images.renditions import recut, srcset, thumbnail

_TEXTS = ("title", "alt", "decorative", "focus_x", "focus_y", "credit")


class ImageForm(forms.ModelForm):  # type: ignore[type-arg]
    """Takes a new picture in; of one that is in the library, only what is said about it can be changed."""

    class Meta:
        model = Image
        fields = ["file", *_TEXTS]
        widgets = {"file": forms.FileInput(attrs={"accept": ",".join(sum(ENDINGS.values(), ()))})}

    def clean_file(self) -> File[bytes]:
        """Replace the upload by the clean picture that it holds."""
        intake = receive(self.cleaned_data["file"])
        self.instance.sha256 = intake.sha256
        self.instance.width, self.instance.height = intake.width, intake.height
        return intake.file


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Adds pictures and describes them. None is deleted here: a past edition may show it."""

    form = ImageForm
    list_display = ("thumbnail", "title", "size", "description", "uploaded_by", "created_at")
    list_display_links = ("thumbnail", "title")
    list_select_related = ("uploaded_by",)
    search_fields = ("title", "alt")
    readonly_fields = ("preview", "size", "uploaded_by", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        """Bring the renditions along, for the thumbnails."""
        return super().get_queryset(request).prefetch_related("renditions")

    def get_fields(self, request: HttpRequest, obj: Image | None = None) -> tuple[str, ...]:
        """Ask for a file when a picture is added, and show it afterwards."""
        return ("preview", *_TEXTS, "size", "uploaded_by", "created_at") if obj else ("file", *_TEXTS)

    def has_delete_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """Refuse: a past edition may show the picture."""
        return False

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

    @admin.display(description="picture")
    def thumbnail(self, image: Image) -> str:
        """Show the picture small. Its alt is empty, for the title stands beside it."""
        small = thumbnail(image)
        if not small:
            return "–"
        return format_html(
            '<img src="{}" width="{}" height="{}" alt="" loading="lazy">',
            small.get_absolute_url(),
            small.width,
            small.height,
        )

    @admin.display(description="picture")
    def preview(self, image: Image) -> str:
        """Show the picture as readers see it."""
        return render_to_string("images/_picture.html", {"picture": srcset(image)})

    @admin.display(description="size")
    def size(self, image: Image) -> str:
        """Say how large the original is."""
        return f"{image.width:,} × {image.height:,} px"

    @admin.display(description="alt text")
    def description(self, image: Image) -> str:
        """Say what the picture tells."""
        return "decorative" if image.decorative else image.alt
