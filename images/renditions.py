"""Renditions: the sizes of a picture that readers are served.

They are made when a picture is added and when an article is published, never while a reader waits: `srcset`
and `find` only look up what is there. Nothing is enlarged.

Pages show WebP, which every browser in use displays and which keeps transparency; one format keeps an upload
at five small files. JPEG, on white where the picture is see-through, is for social cards and feeds, whose
readers expect it. AVIF is taken in but not written: encoding it takes twice as long.
"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from typing import NamedTuple

import PIL.Image
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import ImageOps

from images.models import Format, Image, Rendition

# The reading column is 720 pixels wide: half of it, all of it, and both for denser screens.
WIDTHS = (360, 720, 1080, 1440)
# What lists in the admin show: a crop, so that editors see at a glance where the focal point is.
THUMBNAIL = (160, 120)


class Picture(NamedTuple):
    """What a template needs to show a picture: see templates/images/_picture.html. Sides are in pixels."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str


def prepare(image: Image) -> None:
    """Make the renditions that `srcset` offers, and the thumbnail; those that exist are left alone."""
    original = _original(image)
    wishes = [(width, None) for width in WIDTHS] + [THUMBNAIL]
    sizes = {fitting_size(image, width=width, height=height) for width, height in wishes}
    with transaction.atomic():
        for size in sorted(sizes):
            _make(image, original, size=size, format=Format.WEBP)


def rendition(image: Image, *, width: int, height: int | None = None, format: Format = Format.WEBP) -> Rendition:
    """Return the rendition at this size in pixels, made now if it does not exist.

    With a height, the picture is cropped to that ratio around its focal point; without, it is shown whole.
    Where the picture is too small for the size, the rendition is the largest it can fill, in the same ratio.
    """
    size = fitting_size(image, width=width, height=height)
    return find(image, width=width, height=height, format=format) or _make(
        image, _original(image), size=size, format=format
    )


def find(image: Image, *, width: int, height: int | None = None, format: Format = Format.WEBP) -> Rendition | None:
    """Return what `rendition` made for the same arguments, or None. Uses prefetched renditions."""
    size = fitting_size(image, width=width, height=height)
    matches = (one for one in image.renditions.all() if (one.width, one.height) == size and one.format == format)
    return next(matches, None)


def recut(image: Image) -> None:
    """Make every crop anew after the focal point moved.

    The files of the old crops stay in the storage: pages in a cache still ask for them.
    """
    original = _original(image)
    with transaction.atomic():
        for crop in [one for one in image.renditions.all() if one.is_crop]:
            crop.file = _encoded(fitted(original, image, size=(crop.width, crop.height)), crop.format)
            crop.save(update_fields=["file"])


def srcset(image: Image) -> Picture | None:
    """Return the picture for a template, or None while it has no renditions. At most one query."""
    whole = [one for one in image.renditions.all() if one.format == Format.WEBP and not one.is_crop]
    if not whole:
        return None
    sizes = sorted(whole, key=lambda one: one.width)
    candidates = ", ".join(f"{one.get_absolute_url()} {one.width}w" for one in sizes)
    widest = sizes[-1]
    return Picture(widest.get_absolute_url(), candidates, widest.width, widest.height, image.alt)


def fitting_size(image: Image, *, width: int, height: int | None) -> tuple[int, int]:
    """Return width and height of the rendition to be had for a wish. Raises ValueError below one pixel."""
    if width < 1 or (height is not None and height < 1):
        raise ValueError(f"A rendition has at least one pixel a side, not {width} × {height}.")
    if height is None:
        width = min(width, image.width)
        return width, image.height_at(width)
    scale = min(1.0, image.width / width, image.height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def fitted(original: PIL.Image.Image, image: Image, *, size: tuple[int, int]) -> PIL.Image.Image:
    """Return the picture at `size`, cropped if the ratio demands it.

    The focal point keeps its relative place: a third across the picture, it is a third across the crop.
    So it never leaves the crop, and the crop moves smoothly with the editor's choice.
    """
    if size[1] == image.height_at(size[0]):
        return original.resize(size, PIL.Image.Resampling.LANCZOS, reducing_gap=3.0)
    centering = (image.focus_x, image.focus_y)
    return ImageOps.fit(original, size, PIL.Image.Resampling.LANCZOS, centering=centering)


def _original(image: Image) -> PIL.Image.Image:
    with image.file.open("rb") as file, PIL.Image.open(file) as picture:
        picture.load()
    return picture


def _make(image: Image, original: PIL.Image.Image, *, size: tuple[int, int], format: Format) -> Rendition:
    width, height = size
    file = _encoded(fitted(original, image, size=size), format)
    made, _ = image.renditions.get_or_create(width=width, height=height, format=format, defaults={"file": file})
    return made


def _encoded(picture: PIL.Image.Image, format: str) -> ContentFile[bytes]:
    data = BytesIO()
    if format == Format.JPEG:
        _on_white(picture).save(data, "JPEG", quality=82, optimize=True, progressive=True)
    else:
        picture.save(data, "WEBP", quality=80, method=4)
    content = data.getvalue()
    return ContentFile(content, name=f"{sha256(content).hexdigest()}.{format}")


def _on_white(picture: PIL.Image.Image) -> PIL.Image.Image:
    if picture.mode != "RGBA":
        return picture
    white = PIL.Image.new("RGBA", picture.size, "white")
    return PIL.Image.alpha_composite(white, picture).convert("RGB")
