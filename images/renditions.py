"""Renditions: the sizes of a picture that readers are served.

They are made when a picture is added, and crops anew when its focal point moves, never while a reader waits.
Nothing is enlarged. A crop's old file stays in the storage when it is made anew: published pages show that file
until they are published again (images.pictures).

What readers see is AVIF and, for browsers that do not know it, WebP; both keep transparency.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from typing import Any

import PIL.Image
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import ImageOps

from images.models import Image, Rendition

Wishes = tuple[tuple[int, int | None], ...]
"""Widths and heights in pixels; without a height, the picture is shown whole."""

# From a phone to a dense screen: text and pictures are up to 558 pixels wide (site.css, --measure).
WHOLE: Wishes = ((360, None), (720, None), (1080, None), (1440, None))
# The same in a ratio of 3 to 2, for pictures that stand in the same place on many pages.
LANDSCAPE: Wishes = ((360, 240), (720, 480), (1080, 720), (1440, 960))
# What the admin shows: a crop, so that editors see at a glance where the focal point is.
THUMBNAIL = (160, 120)

OPTIONS: dict[str, dict[str, Any]] = {
    Rendition.Format.AVIF: {"quality": 60, "speed": 6},
    Rendition.Format.WEBP: {"quality": 80, "method": 4},
}


def prepare(image: Image) -> int:
    """Make those renditions of the picture that it does not have yet, and return how many these are.

    Raises OSError if the picture's own file is not there or cannot be read.
    """
    there = {(one.width, one.height, one.format) for one in image.renditions.all()}
    missing = sorted(_wanted(image) - there)
    original = _original(image) if missing else None
    for width, height, kind in missing:
        file = _encoded(fitted(original, image, size=(width, height)), kind)  # type: ignore[arg-type]
        image.renditions.create(width=width, height=height, format=kind, file=file)
    return len(missing)


def _wanted(image: Image) -> set[tuple[int, int, str]]:
    shown = sizes(image, (*WHOLE, *LANDSCAPE))
    small = sizes(image, [THUMBNAIL])
    return {(*size, kind) for size in shown for kind in OPTIONS} | {(*size, Rendition.Format.WEBP) for size in small}


def recut(image: Image) -> None:
    """Make every crop anew after the focal point moved."""
    original = _original(image)
    with transaction.atomic():
        for crop in [one for one in image.renditions.all() if one.is_crop]:
            crop.file = _encoded(fitted(original, image, size=(crop.width, crop.height)), crop.format)
            crop.save(update_fields=["file"])


def thumbnail(image: Image) -> Rendition | None:
    """Return the crop that the admin shows, or None while it is not made. At most one query."""
    [size] = sizes(image, [THUMBNAIL])
    return next(iter(renditions_in(image, [size], Rendition.Format.WEBP)), None)


def renditions_in(image: Image, among: Iterable[tuple[int, int]], kind: str) -> list[Rendition]:
    """Return the picture's renditions in those sizes and that format, smallest first. At most one query."""
    found = [one for one in image.renditions.all() if one.format == kind and (one.width, one.height) in among]
    return sorted(found, key=lambda one: one.width)


def sizes(image: Image, wishes: Iterable[tuple[int, int | None]]) -> set[tuple[int, int]]:
    """Return the widths and heights, in pixels, of the renditions to be had for the wishes."""
    return {fitting_size(image, width=width, height=height) for width, height in wishes}


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


def _encoded(picture: PIL.Image.Image, kind: str) -> ContentFile[bytes]:
    data = BytesIO()
    picture.save(data, kind, **OPTIONS[kind])
    content = data.getvalue()
    return ContentFile(content, name=f"{sha256(content).hexdigest()}.{kind}")
