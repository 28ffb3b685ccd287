"""The image library's tables: pictures, and the renditions made from them."""

from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

_FRACTION = [MinValueValidator(0.0), MaxValueValidator(1.0)]


class Image(models.Model):
    """A picture in the library: its clean original, what it shows, and the point that crops keep in view.

    The focal point is a fraction of the width from the left edge and of the height from the top edge.
    """

    title = models.CharField(max_length=120, help_text="For editors, to find the picture again. Readers never see it.")
    file = models.FileField(
        upload_to="originals/",
        help_text="JPEG, PNG, WebP, AVIF or a still GIF. Where and when it was taken is removed from it.",
    )
    alt = models.CharField(
        "alt text",
        max_length=300,
        blank=True,
        help_text="What the picture tells, in a sentence, for people who cannot see it.",
    )
    decorative = models.BooleanField(
        default=False,
        help_text="The picture tells nothing that the text does not: screen readers pass over it.",
    )
    focus_x = models.FloatField(
        "focus, across", default=0.5, validators=_FRACTION, help_text="0 is the left edge, 1 the right edge."
    )
    focus_y = models.FloatField(
        "focus, down", default=0.5, validators=_FRACTION, help_text="0 is the top edge, 1 the bottom edge."
    )
    credit = models.CharField(max_length=300, blank=True, help_text="Who made it, and under which licence it is used.")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField("SHA-256 of the pixels", max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("added", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="images"
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="images_image_alt_or_decorative",
                condition=Q(decorative=True, alt="") | (Q(decorative=False) & ~Q(alt="")),
                violation_error_message="A picture has an alt text or is decorative: one of the two.",
            ),
            models.CheckConstraint(
                name="images_image_focus_inside",
                condition=Q(focus_x__range=(0, 1), focus_y__range=(0, 1)),
                violation_error_message="The focal point lies inside the picture, from 0 to 1 each way.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Hold that exactly one of alt text and decorative is given."""
        self.alt = self.alt.strip()
        if not self.alt and not self.decorative:
            raise ValidationError({"alt": "Say here what the picture tells, or tick “decorative” if it tells nothing."})
        if self.alt and self.decorative:
            raise ValidationError({"alt": "A decorative picture has no alt text: empty this, or untick “decorative”."})

    def height_at(self, width: int) -> int:
        """Return the height, in pixels, of the whole picture when it is `width` pixels wide."""
        return max(1, round(self.height * width / self.width))


class Rendition(models.Model):
    """One size of a picture in one format. Its file is named by its content, so it can be cached for ever."""

    class Format(models.TextChoices):
        """How it is encoded; the value ends the name of its file."""

        AVIF = "avif", "AVIF"
        WEBP = "webp", "WebP"

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    format = models.CharField(max_length=4, choices=Format, default=Format.WEBP)
    file = models.FileField(upload_to="renditions/")

    class Meta:
        ordering = ["image", "width", "height", "format"]
        constraints = [
            models.UniqueConstraint(name="images_rendition_once", fields=["image", "width", "height", "format"]),
        ]

    def __str__(self) -> str:
        return f"{self.image} at {self.width} × {self.height} as {self.get_format_display()}"

    def get_absolute_url(self) -> str:
        """Return where browsers fetch the file."""
        return address_of(self.name)

    @property
    def name(self) -> str:
        """The name of its file."""
        return PurePath(str(self.file)).name

    @property
    def is_crop(self) -> bool:
        """Whether part of the picture was cut away to reach this size."""
        return self.height != self.image.height_at(self.width)


def address_of(name: str) -> str:
    """Return where browsers fetch the rendition whose file has that name: from this site, unless MEDIA_PUBLIC_URL says
    that they are public elsewhere."""
    if settings.MEDIA_PUBLIC_URL:
        return f"{settings.MEDIA_PUBLIC_URL}/renditions/{name}"
    return reverse("images:rendition", args=[name])
