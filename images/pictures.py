"""Pictures as published pages show them: frozen when the page is published, whatever happens in the library.

`freeze` returns plain JSON, which an edition keeps; `Picture.of` reads it for a template, without a query. What is
frozen is the alt text, the credit, and the names of the files: a name follows from the content, and a file once
made stays. So neither another alt text nor another focal point reaches a page before it is published again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from images.models import Image, Rendition, address_of
from images.renditions import WHOLE, Wishes, renditions_in, sizes

Frozen = dict[str, Any]
"""Pictures by the id of their image, as a text: JSON has no other keys."""


def freeze(ids: Iterable[Any], *, wishes: Wishes = WHOLE) -> Frozen:
    """Return those of the pictures that exist as they are now, in the sizes wished for. At most two queries."""
    wanted = {id_ for id_ in ids if id_}
    if not wanted:
        return {}
    images = Image.objects.filter(pk__in=wanted).prefetch_related("renditions")
    return {str(image.pk): frozen(image, wishes=wishes) for image in images}


def frozen(image: Image, *, wishes: Wishes = WHOLE) -> dict[str, Any]:
    """Return the picture as it is now: what is said about it, its sides in pixels, and its files with their widths."""
    among = sizes(image, wishes)
    width, height = max(among)
    files = {
        kind: [[one.name, one.width] for one in renditions_in(image, among, kind)] for kind in Rendition.Format.values
    }
    return {"alt": image.alt, "credit": image.credit, "width": width, "height": height, **files}


class Picture(NamedTuple):
    """What a template needs to show a picture: see templates/images/_picture.html. Sides are in pixels."""

    src: str
    webp: str
    avif: str
    width: int
    height: int
    alt: str
    credit: str
    loading: Literal["lazy", "eager"]

    @classmethod
    def of(cls, pictures: Mapping[str, Any], id_: Any, *, loading: Literal["lazy", "eager"] = "lazy") -> Picture | None:
        """Return one of the frozen pictures, or None if it is not among them or has no file.

        The first picture of a page is loaded eagerly, the others when they come near.
        """
        kept = pictures.get(str(id_))
        if not kept or not kept["webp"]:
            return None
        return cls(
            src=address_of(kept["webp"][-1][0]),
            webp=_srcset(kept["webp"]),
            avif=_srcset(kept["avif"]),
            width=kept["width"],
            height=kept["height"],
            alt=kept["alt"],
            credit=kept["credit"],
            loading=loading,
        )


def _srcset(files: list[tuple[str, int]]) -> str:
    return ", ".join(f"{address_of(name)} {width}w" for name, width in files)
