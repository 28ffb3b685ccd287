"""Sizes and crops of renditions, and what a template gets of them."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from images.models import Image
from images.pictures import frozen
from images.renditions import (
    THUMBNAIL,
    WHOLE,
    fitted,
    fitting_size,
    prepare,
    recut,
    renditions_in,
    sizes,
    thumbnail,
)
from tests.images.builders import content, decoded, gradient, make_image, plain

sides = st.integers(1, 300)
fractions = st.floats(0, 1)


# The crop rule


@given(size=st.tuples(sides, sides), wish=st.tuples(st.integers(1, 3000), st.integers(1, 3000)))
def test_a_crop_has_the_ratio_asked_for_and_is_never_enlarged(size: tuple[int, int], wish: tuple[int, int]) -> None:
    image = Image(width=size[0], height=size[1])
    width, height = fitting_size(image, width=wish[0], height=wish[1])
    assert 1 <= width <= min(wish[0], size[0])
    assert 1 <= height <= min(wish[1], size[1])
    # As near to the ratio as whole pixels allow: each side is within half a pixel, or at its least of one.
    scale = min(1, size[0] / wish[0], size[1] / wish[1])
    assert abs(width - wish[0] * scale) <= 0.5 or width == 1
    assert abs(height - wish[1] * scale) <= 0.5 or height == 1


@given(size=st.tuples(sides, sides), width=st.integers(1, 3000))
def test_a_whole_picture_keeps_its_ratio_and_is_never_enlarged(size: tuple[int, int], width: int) -> None:
    image = Image(width=size[0], height=size[1])
    got = fitting_size(image, width=width, height=None)
    assert got[0] == min(width, size[0])
    assert abs(got[1] - size[1] * got[0] / size[0]) <= 0.5 or got[1] == 1
    assert got[1] <= size[1]


@given(
    size=st.tuples(st.integers(40, 160), st.integers(40, 160)),
    crop=st.tuples(st.integers(8, 40), st.integers(8, 40)),
    focus=st.tuples(fractions, fractions),
)
def test_the_focal_point_stays_inside_the_crop(
    size: tuple[int, int], crop: tuple[int, int], focus: tuple[float, float]
) -> None:
    image = Image(width=size[0], height=size[1], focus_x=focus[0], focus_y=focus[1])
    assume(image.height_at(crop[0]) != crop[1])
    picture = fitted(gradient(*size), image, size=crop)
    assert picture.size == crop
    # Red says how far right, and green how far down, each pixel of the crop lay in the picture.
    for channel, wanted, cut, full in zip("RG", focus, crop, size, strict=False):
        low, high = picture.getchannel(channel).getextrema()
        blur = 255 * (1 / cut + 2 / full)
        assert low - blur <= wanted * 255 <= high + blur  # type: ignore[operator]


@pytest.mark.parametrize(
    ("focus_x", "colour"), [(0.0, (255, 0, 0)), (0.5, (0, 128, 0)), (1.0, (0, 0, 255))], ids=["left", "middle", "right"]
)
def test_a_crop_shows_the_side_where_the_focal_point_is(focus_x: float, colour: tuple[int, int, int]) -> None:
    picture = plain(300, 100, colour="green")
    picture.paste("red", (0, 0, 100, 100))
    picture.paste("blue", (200, 0, 300, 100))
    crop = fitted(picture, Image(width=300, height=100, focus_x=focus_x, focus_y=0.5), size=(50, 50))
    assert crop.getpixel((25, 25)) == colour


def test_a_very_flat_picture_is_shown_whole() -> None:
    image = Image(width=1000, height=2, focus_x=0.5, focus_y=0.5)
    small = fitted(gradient(1000, 2), image, size=fitting_size(image, width=100, height=None))
    assert small.size == (100, 1)
    low, high = small.getchannel("R").getextrema()
    assert (low, high) <= (5, 255)
    assert high >= 250  # type: ignore[operator]


# Making and finding


@pytest.mark.django_db
def test_a_thumbnail_is_a_crop_of_its_own_size() -> None:
    image = make_image(gradient(800, 300))
    small = thumbnail(image)
    assert small
    assert small.is_crop
    assert decoded(content(small)).size == (small.width, small.height) == THUMBNAIL


@pytest.mark.django_db
def test_a_rendition_is_named_by_its_content_and_its_format() -> None:
    for made in make_image().renditions.all():
        assert made.name == f"{sha256(content(made)).hexdigest()}.{made.format}"
        assert decoded(content(made)).format == made.format.upper()


@pytest.mark.django_db
def test_what_is_see_through_stays_so() -> None:
    for made in make_image(plain(mode="RGBA", colour=(200, 0, 0, 0))).renditions.all():
        picture = decoded(content(made))
        assert picture.mode == "RGBA"
        assert picture.getchannel("A").getextrema() == (0, 0)


@pytest.mark.django_db
def test_a_rendition_tells_nothing_but_the_picture() -> None:
    for made in make_image().renditions.all():
        assert set(decoded(content(made)).info) <= {"loop", "background", "timestamp", "duration"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("width", "widths"),
    [(2000, [360, 720, 1080, 1440]), (1440, [360, 720, 1080, 1440]), (800, [360, 720, 800]), (200, [200]), (1, [1])],
)
def test_an_added_picture_has_the_widths_that_the_picture_can_fill(width: int, widths: list[int]) -> None:
    image = make_image(plain(width, 100))
    for kind in ("avif", "webp"):
        assert [one.width for one in renditions_in(image, sizes(image, WHOLE), kind)] == widths


@pytest.mark.django_db
def test_preparing_again_makes_only_what_is_missing() -> None:
    image = make_image(gradient(800, 300))
    made = {one.name for one in image.renditions.all()}
    image.renditions.filter(format="avif").delete()
    left = {one.pk for one in image.renditions.all()}
    prepare(image)
    assert left <= {one.pk for one in image.renditions.all()}
    # A file that is there already is not written over: the new one gets a name of its own.
    assert len(image.renditions.all()) == len(made)


@pytest.mark.django_db
def test_a_new_focal_point_changes_the_crops_and_only_the_crops() -> None:
    image = make_image(gradient(800, 300))
    wholes, before = frozen(image), thumbnail(image)
    assert before
    image.focus_x = 1.0
    image.save()
    recut(image)
    after = thumbnail(image)
    assert after
    assert after.name != before.name
    assert decoded(content(after)).getpixel((159, 60))[0] > 240  # type: ignore[index]
    assert image.file.storage.exists(str(before.file.name))
    assert frozen(image) == wholes
