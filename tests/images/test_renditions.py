"""Sizes and crops of renditions, and what a template gets of them."""

from __future__ import annotations

import re
from hashlib import sha256

import pytest
from django.template.loader import render_to_string
from hypothesis import assume, given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from images.models import Image
from images.renditions import THUMBNAIL, fitted, fitting_size, recut, srcset, thumbnail
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
def test_a_rendition_is_named_by_its_content() -> None:
    made = make_image().renditions.get()
    assert made.file.name == f"renditions/{sha256(content(made)).hexdigest()}.webp"


@pytest.mark.django_db
def test_what_is_see_through_stays_so() -> None:
    picture = decoded(content(make_image(plain(mode="RGBA", colour=(200, 0, 0, 0))).renditions.get()))
    assert picture.mode == "RGBA"
    assert picture.getchannel("A").getextrema() == (0, 0)


@pytest.mark.django_db
def test_a_rendition_tells_nothing_but_the_picture() -> None:
    told = decoded(content(make_image().renditions.get())).info
    assert set(told) <= {"loop", "background", "timestamp", "duration"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("width", "widths"),
    [(2000, [360, 720, 1080, 1440]), (1440, [360, 720, 1080, 1440]), (800, [360, 720, 800]), (200, [200]), (1, [1])],
)
def test_an_added_picture_has_the_widths_that_the_picture_can_fill(width: int, widths: list[int]) -> None:
    image = make_image(plain(width, 100))
    picture = srcset(image)
    assert picture
    assert [int(one) for one in re.findall(r" (\d+)w", picture.srcset)] == widths


@pytest.mark.django_db
def test_a_new_focal_point_changes_the_crops_and_only_the_crops() -> None:
    image = make_image(gradient(800, 300))
    wholes, before = srcset(image), thumbnail(image)
    assert before
    image.focus_x = 1.0
    image.save()
    recut(image)
    after = thumbnail(image)
    assert after
    assert after.get_absolute_url() != before.get_absolute_url()
    assert decoded(content(after)).getpixel((159, 60))[0] > 240  # type: ignore[index]
    assert image.file.storage.exists(str(before.file.name))
    assert srcset(image) == wholes


# What a template gets


@pytest.mark.django_db
def test_srcset_offers_the_whole_picture_and_no_crop() -> None:
    image = make_image(gradient(800, 300), alt="A desk")
    address = {one.width: one.get_absolute_url() for one in image.renditions.all()}
    picture = srcset(image)
    assert picture
    assert picture.srcset == f"{address[360]} 360w, {address[720]} 720w, {address[800]} 800w"
    assert (picture.src, picture.width, picture.height) == (address[800], 800, 300)
    assert picture.alt == "A desk"


@pytest.mark.django_db
def test_a_picture_without_renditions_has_no_srcset_and_shows_nothing() -> None:
    image = make_image()
    image.renditions.all().delete()
    assert srcset(image) is None
    assert "<img" not in render_to_string("images/_picture.html", {"picture": srcset(image)})


@pytest.mark.django_db
def test_srcset_of_many_prefetched_pictures_asks_the_database_no_more(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for width in (10, 20, 30):
        make_image(plain(width, 10))
    images = list(Image.objects.prefetch_related("renditions"))
    with django_assert_num_queries(0):
        assert all(srcset(image) and thumbnail(image) for image in images)


@pytest.mark.django_db
def test_the_partial_renders_what_a_browser_needs() -> None:
    picture = srcset(make_image(gradient(800, 600), alt='A "desk" & two chairs'))
    assert picture
    html = render_to_string("images/_picture.html", {"picture": picture})
    attributes = dict(re.findall(r'([a-z]+)="([^"]*)"', html))
    assert attributes == {
        "src": picture.src,
        "srcset": picture.srcset,
        "sizes": "(min-width: 720px) 720px, 100vw",
        "width": "800",
        "height": "600",
        "alt": "A &quot;desk&quot; &amp; two chairs",
        "loading": "lazy",
        "decoding": "async",
    }


@pytest.mark.django_db
def test_a_decorative_picture_has_an_empty_alt() -> None:
    picture = srcset(make_image(alt="", decorative=True))
    assert ' alt="" ' in render_to_string("images/_picture.html", {"picture": picture})
