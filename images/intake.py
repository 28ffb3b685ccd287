"""Safe intake: an uploaded file goes in, a clean picture comes out, or a sentence that says why not.

Nothing of the uploaded file survives but its pixels: they are decoded in full, turned upright, brought to
sRGB with 8 bits a channel, and encoded anew. So there is no place left for metadata (EXIF, GPS, XMP,
comments, colour profiles), nor for another file appended to the picture.

What is stored: a JPEG stays a JPEG (quality 95, no chroma subsampling); every other format becomes a PNG,
which loses nothing. Still GIFs are taken; animations of any format are refused, because keeping only their
first frame would lose something without a word.

The limits are `MAX_BYTES`, `MAX_PIXELS` and `MAX_SIDE`, the same for every site: they bound the memory that one
upload can take, which is about 430 MB.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import PurePath
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MAX_BYTES = 20 * 1024 * 1024
"""The size of an upload: several times that of a large camera's JPEG."""
MAX_PIXELS = 50_000_000
"""Width times height: that of a large camera's picture."""
MAX_SIDE = 16_383
"""The longest side in pixels: that of a WebP file."""

# The formats that are taken, by Pillow's name, and how the name of such a file may end.
ENDINGS = {
    "JPEG": (".jpg", ".jpeg", ".jfif"),
    "PNG": (".png",),
    "WEBP": (".webp",),
    "AVIF": (".avif",),
    "GIF": (".gif",),
}


class Intake(NamedTuple):
    """A picture ready for the library; its fields are those of the model of the same name.

    The file is named `<sha256>.<jpg or png>`, the hash is over the decoded pixels, the sides are in pixels.
    """

    file: ContentFile[bytes]
    sha256: str
    width: int
    height: int


def take_in(upload: File[bytes]) -> Intake:
    """Return the clean picture that `upload` holds.

    Raises ValidationError with one sentence for the editor when the file is refused.
    """
    name = PurePath(upload.name or "The file").name
    _check_bytes(upload, name)
    upload.seek(0)
    with _refusals(name), Image.open(upload, formats=list(ENDINGS)) as picture:
        _check_sides(picture, name)
        kind = _kind(picture, name)
        pixels = _pixels(picture)
    digest = _digest(pixels)
    return Intake(_encoded(pixels, kind, digest), digest, pixels.width, pixels.height)


def _digest(pixels: Image.Image) -> str:
    digest = sha256(f"{pixels.mode} {pixels.width}x{pixels.height} ".encode())
    # Row by row: the bytes of the largest picture at once would take another 400 MB.
    for row in range(pixels.height):
        digest.update(pixels.crop((0, row, pixels.width, row + 1)).tobytes())
    return digest.hexdigest()


def _check_bytes(upload: File[bytes], name: str) -> None:
    if not upload.size:
        raise ValidationError(f"“{name}” is empty (0 bytes). Export the picture again and upload that file.")
    if upload.size > MAX_BYTES:
        raise ValidationError(
            f"“{name}” has {filesizeformat(upload.size)}, and the limit is {filesizeformat(MAX_BYTES)}. "
            "Save the picture smaller and upload it again."
        )


@contextmanager
def _refusals(name: str) -> Iterator[None]:
    """Turn whatever goes wrong while a picture is read into a sentence about the file `name`."""
    try:
        yield
    except ValidationError:
        raise
    except UnidentifiedImageError as error:
        raise ValidationError(
            f"“{name}” is not a picture in JPEG, PNG, WebP, AVIF or GIF format, whatever its name says. "
            "Save the picture as PNG or JPEG and upload that file."
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(name) from error
    # Pillow's decoders raise whatever their parsers stumble over: OSError, SyntaxError, struct.error…
    except Exception as error:
        raise ValidationError(
            f"“{name}” is damaged or incomplete: the picture cannot be read to its end. "
            "Export or download it again and upload that file."
        ) from error


def _too_many_pixels(name: str) -> ValidationError:
    return ValidationError(
        f"“{name}” has more than {MAX_PIXELS:,} pixels, or a side longer than {MAX_SIDE:,}. "
        "Save the picture smaller and upload it again."
    )


def _check_sides(picture: Image.Image, name: str) -> None:
    """Refuse by what the header says, before anything is decoded."""
    if picture.width * picture.height > MAX_PIXELS or max(picture.size) > MAX_SIDE:
        raise _too_many_pixels(name)


def _kind(picture: Image.Image, name: str) -> str:
    """Return the format of a still picture whose name tells the truth about it."""
    # Phones append a depth map or a small copy to a JPEG, which Pillow then calls MPO.
    kind = "JPEG" if picture.format == "MPO" else str(picture.format)
    endings = ENDINGS[kind]
    if PurePath(name).suffix.lower() not in endings:
        raise ValidationError(
            f"“{name}” is really a {endings[0]} file: its name and its content disagree. "
            f"Rename it to end in {endings[0]} and upload it again."
        )
    if kind != "JPEG" and getattr(picture, "is_animated", False):
        raise ValidationError(
            f"“{name}” is an animation, and this site shows still pictures only. "
            "Save the frame you want as a picture of its own and upload that file."
        )
    return kind


def _pixels(picture: Image.Image) -> Image.Image:
    """Return the decoded picture: upright, sRGB, RGBA if any of it is see-through, else RGB, no metadata."""
    picture.load()
    # In place, and converted only where needed: a copy of the largest picture takes 200 MB.
    ImageOps.exif_transpose(picture, in_place=True)
    pixels = _in_srgb(_eight_bit(picture), picture.info.get("icc_profile"))
    see_through = pixels.mode == "RGBA" and pixels.getchannel("A").getextrema() != (255, 255)
    if not see_through and pixels.mode != "RGB":
        pixels = pixels.convert("RGB")
    pixels.info = {}
    return pixels


def _eight_bit(picture: Image.Image) -> Image.Image:
    """Return the picture as RGBA if it has transparency, else in a mode that a colour profile may be for."""
    if picture.mode == "I;16":
        # Pillow would clip 16 bits to 255 instead of scaling them.
        return picture.point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data and picture.mode != "RGBA":
        return picture.convert("RGBA")
    return picture if picture.mode in {"L", "RGB", "RGBA", "CMYK"} else picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile:
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    srgb = ImageCms.createProfile("sRGB")
    try:
        converted = ImageCms.profileToProfile(picture, BytesIO(profile), srgb, outputMode=mode)
    except ImageCms.PyCMSError:
        # A broken profile, or one for other channels: browsers show such a picture as if it had none.
        return picture
    return converted or picture


def _encoded(pixels: Image.Image, kind: str, digest: str) -> ContentFile[bytes]:
    data = BytesIO()
    if kind == "JPEG":
        pixels.save(data, "JPEG", quality=95, subsampling=0)
        return ContentFile(data.getvalue(), name=f"{digest}.jpg")
    # Level 1 takes a third of the time and about a sixth more space.
    pixels.save(data, "PNG", compress_level=1)
    return ContentFile(data.getvalue(), name=f"{digest}.png")
