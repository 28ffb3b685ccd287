"""What the intake takes, what it refuses in which words, and what is left of a file afterwards."""

from __future__ import annotations

import random
import struct
import zipfile
import zlib
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files import File
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import ImageCms

from images.intake import MAX_BYTES, Intake, take_in
from tests.images.builders import decoded, encoded, gradient, plain, uploaded

ENDING = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"}


def take(data: bytes, name: str = "picture.png") -> Intake:
    return take_in(uploaded(data, name))


def stored(data: bytes, name: str = "picture.png") -> Pillow.Image:
    return decoded(take(data, name).file.read())


def refusal(data: bytes, name: str = "picture.png") -> str:
    with pytest.raises(ValidationError) as caught:
        take(data, name)
    [message] = caught.value.messages
    return message


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_claims(width: int, height: int) -> bytes:
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", zlib.compress(b"")) + png_chunk(b"IEND", b"")


def swapped_profile() -> bytes:
    """Return a colour profile that differs from sRGB in that red and blue change places."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return srgb.replace(b"rXYZ", b"tmp_").replace(b"bXYZ", b"rXYZ").replace(b"tmp_", b"bXYZ")


# What is taken


@pytest.mark.parametrize("kind", ENDING)
def test_each_format_on_the_list_is_taken(kind: str) -> None:
    intake = take(encoded(plain(40, 30), kind), f"picture.{ENDING[kind]}")
    assert (intake.width, intake.height) == (40, 30)
    assert decoded(intake.file.read()).size == (40, 30)


@pytest.mark.parametrize("name", ["photo.jpg", "photo.JPEG", "PHOTO.Jpg", "photo.jfif"])
def test_a_jpeg_may_end_in_any_of_its_usual_ways(name: str) -> None:
    assert take(encoded(plain(), "JPEG"), name).width == 40


def test_a_picture_of_one_pixel_is_taken() -> None:
    assert stored(encoded(plain(1, 1))).size == (1, 1)


def test_a_phones_jpeg_with_a_second_picture_behind_it_is_taken_without_that_one() -> None:
    data = encoded(plain(40, 30), "MPO", save_all=True, append_images=[plain(20, 15)])
    picture = stored(data, "phone.jpg")
    assert (picture.format, picture.size) == ("JPEG", (40, 30))


def test_a_file_from_the_disk_is_taken_like_an_upload() -> None:
    assert take_in(File(BytesIO(encoded(plain())), name="/srv/pictures/desk.png")).width == 40


# What it becomes


def test_a_jpeg_stays_a_jpeg_and_the_rest_becomes_png() -> None:
    assert stored(encoded(plain(), "JPEG"), "a.jpg").format == "JPEG"
    assert {stored(encoded(plain(), kind), f"a.{ENDING[kind]}").format for kind in ("PNG", "WEBP", "AVIF", "GIF")} == {
        "PNG"
    }


def test_a_picture_that_loses_nothing_is_stored_to_the_pixel() -> None:
    picture = gradient(64, 48)
    assert stored(encoded(picture)).tobytes() == picture.tobytes()


def test_a_picture_lying_on_its_side_is_stored_upright() -> None:
    picture = plain(40, 20, colour="red")
    picture.paste("blue", (0, 0, 20, 20))
    exif = Pillow.Exif()
    exif[0x0112] = 6  # turn by 90 degrees clockwise to look at it
    intake = take(encoded(picture, "JPEG", exif=exif, quality=95), "turned.jpg")
    upright = decoded(intake.file.read())
    assert (intake.width, intake.height) == upright.size == (20, 40)
    assert near(upright.getpixel((10, 5)), (0, 0, 255))
    assert near(upright.getpixel((10, 35)), (255, 0, 0))


def test_a_cmyk_jpeg_becomes_rgb() -> None:
    picture = stored(encoded(plain(mode="CMYK", colour=(0, 255, 255, 0)), "JPEG", quality=95), "print.jpg")
    assert picture.mode == "RGB"
    assert near(picture.getpixel((5, 5)), (255, 0, 0))


def test_sixteen_bits_are_scaled_to_eight() -> None:
    deep = Pillow.new("I;16", (2, 1))
    deep.putpixel((0, 0), 65535)
    deep.putpixel((1, 0), 32768)
    picture = stored(encoded(deep))
    assert [picture.getpixel((x, 0)) for x in (0, 1)] == [(255, 255, 255), (128, 128, 128)]


def test_a_see_through_palette_stays_see_through() -> None:
    palette = plain(4, 4, mode="P", colour=1)
    palette.putpalette([255, 0, 0, 0, 0, 255])
    palette.putpixel((0, 0), 0)
    picture = stored(encoded(palette, transparency=0))
    assert picture.mode == "RGBA"
    assert picture.getchannel("A").getpixel((0, 0)) == 0
    assert picture.getpixel((1, 1)) == (0, 0, 255, 255)


def test_an_alpha_channel_that_hides_nothing_is_dropped() -> None:
    assert stored(encoded(plain(mode="RGBA", colour=(9, 9, 9, 255)))).mode == "RGB"


@pytest.mark.parametrize(("mode", "colour"), [("1", 1), ("L", 255), ("LA", (255, 255))])
def test_grey_pictures_become_rgb(mode: str, colour: Any) -> None:
    picture = stored(encoded(plain(mode=mode, colour=colour)))
    assert (picture.mode, picture.getpixel((1, 1))) == ("RGB", (255, 255, 255))


def test_colours_are_converted_to_srgb() -> None:
    picture = stored(encoded(plain(colour=(255, 0, 0)), icc_profile=swapped_profile()))
    assert near(picture.getpixel((5, 5)), (0, 0, 255))


def test_transparency_survives_the_conversion_to_srgb() -> None:
    picture = stored(encoded(plain(mode="RGBA", colour=(255, 0, 0, 90)), icc_profile=swapped_profile()))
    assert near(picture.getpixel((5, 5)), (0, 0, 255, 90))


@pytest.mark.parametrize("mode", ["RGB", "CMYK"])
def test_a_colour_profile_that_makes_no_sense_is_ignored(mode: str) -> None:
    broken = encoded(plain(mode=mode), "JPEG", icc_profile=b"no profile at all")
    for_others = encoded(plain(mode=mode), "JPEG", icc_profile=swapped_profile())
    assert {stored(data, "a.jpg").mode for data in (broken, for_others)} == {"RGB"}


# What is left of the file


def with_metadata(kind: str) -> bytes:
    exif = Pillow.Exif()
    exif[0x010F] = "SecretMaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (47.0, 22.0, 11.0), 29: "2026:02:03"})
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SecretMaker</x:xmpmeta>"
    return encoded(plain(), kind, exif=exif, xmp=xmp, icc_profile=swapped_profile(), comment=b"SecretMaker")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_metadata_is_gone(kind: str) -> None:
    data = with_metadata(kind)
    assert b"SecretMaker" in data
    clean = take(data, f"a.{ENDING[kind]}").file.read()
    assert not dict(decoded(clean).getexif())
    for trace in (b"SecretMaker", b"2026:02:03", b"Exif", b"eXIf", b"xmpmeta", b"ICC_PROFILE", b"iCCP"):
        assert trace not in clean


def zip_with_a_program() -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("run.sh", "echo hello")
    return data.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
@pytest.mark.parametrize("tail", [b"<html><script>alert(1)</script></html>", zip_with_a_program()], ids=["html", "zip"])
def test_a_second_file_behind_the_picture_is_gone(kind: str, tail: bytes) -> None:
    clean = take(encoded(plain(), kind) + tail, f"a.{ENDING[kind]}").file.read()
    assert b"<script" not in clean
    assert b"run.sh" not in clean
    assert not zipfile.is_zipfile(BytesIO(clean))


def test_the_stored_name_has_nothing_of_the_uploaded_one() -> None:
    intake = take(encoded(plain()), "../../Ana's secret.png")
    assert intake.file.name == f"{intake.sha256}.png"


def test_the_hash_is_that_of_the_pixels() -> None:
    picture = gradient(30, 20)
    expected = sha256(b"RGB 30x20 " + picture.tobytes()).hexdigest()
    assert take(encoded(picture)).sha256 == expected
    assert take(encoded(picture, "WEBP", lossless=True), "a.webp").sha256 == expected
    assert take(encoded(gradient(20, 30))).sha256 != expected


# What is refused, and how


def test_a_file_without_a_byte_is_refused() -> None:
    assert refusal(b"", "desk.png") == ("“desk.png” is empty (0 bytes). Export the picture again and upload that file.")


def test_a_file_above_the_limit_is_refused_unread() -> None:
    assert refusal(bytes(MAX_BYTES + 2**20), "huge.png") == (
        "“huge.png” has 21.0\N{NO-BREAK SPACE}MB, and the limit is 20.0\N{NO-BREAK SPACE}MB. "
        "Save the picture smaller and upload it again."
    )


def test_a_file_of_just_the_limit_is_taken() -> None:
    picture = encoded(plain())
    assert take(picture + bytes(MAX_BYTES - len(picture))).width == 40
    assert "the limit is 20.0" in refusal(picture + bytes(MAX_BYTES - len(picture) + 1))


@pytest.mark.parametrize(
    ("width", "height"),
    [(60_000, 60_000), (12_000, 9_000), (10_000, 5_001), (16_384, 10), (10, 16_384)],
    ids=["far beyond", "where Pillow warns", "just beyond", "too wide", "too tall"],
)
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded(width: int, height: int) -> None:
    assert refusal(png_that_claims(width, height), "bomb.png") == (
        "“bomb.png” has more than 50,000,000 pixels, or a side longer than 16,383. "
        "Save the picture smaller and upload it again."
    )


def test_a_small_file_that_unpacks_to_a_huge_text_is_refused() -> None:
    text = png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80 * 1024 * 1024)))
    picture = encoded(plain())
    header, rest = picture[:33], picture[33:]
    assert "“a.png” is damaged or incomplete" in refusal(header + text + rest, "a.png")


@pytest.mark.parametrize("kind", ENDING)
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_truncated_picture_is_refused(kind: str, part: float) -> None:
    noise = Pillow.effect_noise((120, 90), 60).convert("RGB")
    data = encoded(noise, kind)
    name = f"a.{ENDING[kind]}"
    assert refusal(data[: int(len(data) * part)], name).startswith(
        (f"“{name}” is damaged", f"“{name}” is not a picture")
    )


def test_a_damaged_picture_is_refused_in_one_sentence_that_says_what_to_do() -> None:
    data = encoded(Pillow.effect_noise((120, 90), 60), "JPEG")
    assert refusal(data[: len(data) // 2], "half.jpg") == (
        "“half.jpg” is damaged or incomplete: the picture cannot be read to its end. "
        "Export or download it again and upload that file."
    )


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "logo.svg"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "logo.png"),
        (b"<!doctype html><script>alert(1)</script>", "page.jpg"),
        (b"%PDF-1.7 and so on", "paper.png"),
        (zip_with_a_program(), "archive.gif"),
        (encoded(plain(), "BMP"), "windows.bmp"),
        (encoded(plain(), "TIFF"), "scan.png"),
        (b"\x89PNG", "four-bytes.png"),
    ],
)
def test_what_is_no_picture_in_a_format_on_the_list_is_refused(data: bytes, name: str) -> None:
    assert refusal(data, name) == (
        f"“{name}” is not a picture in JPEG, PNG, WebP, AVIF or GIF format, whatever its name says. "
        "Save the picture as PNG or JPEG and upload that file."
    )


@pytest.mark.parametrize("name", ["photo.jpg", "photo", "photo.png.exe", "photo.svg", ".png"])
def test_a_name_that_disagrees_with_the_content_is_refused(name: str) -> None:
    assert refusal(encoded(plain()), name) == (
        f"“{name}” is really a .png file: its name and its content disagree. "
        "Rename it to end in .png and upload it again."
    )


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_an_animation_is_refused(kind: str) -> None:
    data = encoded(plain(), kind, save_all=True, append_images=[plain(colour="red")], duration=100)
    name = f"a.{ENDING[kind]}"
    assert refusal(data, name) == (
        f"“{name}” is an animation, and this site shows still pictures only. "
        "Save the frame you want as a picture of its own and upload that file."
    )


@given(kind=st.sampled_from(list(ENDING)), seed=st.integers(0, 2**32), cuts=st.integers(1, 40))
def test_a_file_with_wrong_bytes_is_taken_or_refused_but_never_breaks_anything(kind: str, seed: int, cuts: int) -> None:
    chance = random.Random(seed)  # noqa: S311 it picks bytes, no secrets
    data = bytearray(encoded(gradient(24, 18), kind))
    for _ in range(cuts):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        intake = take(bytes(data), f"a.{ENDING[kind]}")
    except ValidationError as error:
        assert len(error.messages) == 1
    else:
        assert decoded(intake.file.read()).size == (intake.width, intake.height)


def near(pixel: Any, colour: tuple[int, ...]) -> bool:
    """Tell whether two colours differ by no more than lossy encoding explains."""
    return len(pixel) == len(colour) and all(abs(a - b) <= 12 for a, b in zip(pixel, colour, strict=True))
