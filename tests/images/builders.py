"""Files as people upload them, and pictures in the library."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from images.library import add, receive
from images.models import Image, Rendition
from publishing.models import User
from tests.builders import make_user

Colour = tuple[int, ...] | int | str


def encoded(picture: Pillow.Image, kind: str = "PNG", **options: Any) -> bytes:
    """Return the picture as the bytes of a file."""
    data = BytesIO()
    picture.save(data, kind, **options)
    return data.getvalue()


def decoded(data: bytes) -> Pillow.Image:
    """Return the picture that a file's bytes hold, decoded in full."""
    picture = Pillow.open(BytesIO(data))
    picture.load()
    return picture


def plain(width: int = 40, height: int = 30, *, mode: str = "RGB", colour: Colour = "teal") -> Pillow.Image:
    """Return a picture in one colour."""
    return Pillow.new(mode, (width, height), colour)


def gradient(width: int, height: int) -> Pillow.Image:
    """Return a picture whose red says how far right a pixel is, and whose green how far down: 0 to 255."""
    across = Pillow.linear_gradient("L").rotate(90).resize((width, height))
    down = Pillow.linear_gradient("L").resize((width, height))
    return Pillow.merge("RGB", (across, down, Pillow.new("L", (width, height))))


def content(one: Rendition) -> bytes:
    """Return the bytes of a rendition's file."""
    with one.file.open("rb") as file:
        return bytes(file.read())


def uploaded(data: bytes, name: str = "picture.png") -> SimpleUploadedFile:
    """Return the bytes as a browser sends them."""
    return SimpleUploadedFile(name, data)


def make_image(picture: Pillow.Image | None = None, *, by: User | None = None, **fields: Any) -> Image:
    """Return a picture in the library."""
    intake = receive(uploaded(encoded(picture or plain())))
    image = Image(**intake._asdict(), **{"title": "Desk", "alt": "A desk with two chairs"} | fields)
    image.full_clean()
    add(image, by=by or make_user("writer"))
    return image
