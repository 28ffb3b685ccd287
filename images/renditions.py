"""Renditions: the sizes of a picture that readers are served.

They are made when a picture is added, and crops anew when its focal point moves, never while a reader waits:
`srcset` and `thumbnail` only look up what is there. Nothing is enlarged.

All are WebP, which every browser in use displays and which keeps transparency; one format keeps an upload at
five small files. AVIF is taken in but not written: encoding it takes twice as long.
"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from typing import NamedTuple

import PIL.Image
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import ImageOps

from images.models import Image, Rendition

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
    """Make the renditions of a new picture: those that `srcset` offers, and the thumbnail."""
    original = _original(image)
    wishes = [(width, None) for width in WIDTHS] + [THUMBNAIL]
    sizes = {fitting_size(image, width=width, height=height) for width, height in wishes}
    for width, height in sorted(sizes):
        file = _encoded(fitted(original, image, size=(width, height)))
        image.renditions.create(width=width, height=height, file=file)


def recut(image: Image) -> None:
    """Make every crop anew after the focal point moved.

    The files of the old crops stay in the storage: pages in a cache still ask for them.
    """
    original = _original(image)
    with transaction.atomic():
        for crop in [one for one in image.renditions.all() if one.is_crop]:
            crop.file = _encoded(fitted(original, image, size=(crop.width, crop.height)))
            crop.save(update_fields=["file"])


def srcset(image: Image) -> Picture | None:
    """Return the picture for a template, or None while it has no renditions. At most one query."""
    whole = [one for one in image.renditions.all() if not one.is_crop]
    if not whole:
        return None
    sizes = sorted(whole, key=lambda one: one.width)
    candidates = ", ".join(f"{one.get_absolute_url()} {one.width}w" for one in sizes)
    widest = sizes[-1]
    return Picture(widest.get_absolute_url(), candidates, widest.width, widest.height, image.alt)


def thumbnail(image: Image) -> Rendition | None:
    """Return the crop that lists in the admin show, or None while it is not made. At most one query."""
    size = fitting_size(image, width=THUMBNAIL[0], height=THUMBNAIL[1])
    return next((one for one in image.renditions.all() if (one.width, one.height) == size), None)


def fitting_size(image: Image, *, width: int, height: int | None) -> tuple[int, int]:
    """Return width and height, in pixels, of the rendition to be had for a wish.

    With a height, the picture is cropped to that ratio; without, it is shown whole. Where the picture is too
    small for the size, the rendition is the largest it can fill, in the same ratio.
    """
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


def _encoded(picture: PIL.Image.Image) -> ContentFile[bytes]:
    data = BytesIO()
    picture.save(data, "WEBP", quality=80, method=4)
    content = data.getvalue()
    return ContentFile(content, name=f"{sha256(content).hexdigest()}.webp")
