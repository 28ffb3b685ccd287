"""Pictures as an edition freezes them, and what a template makes of that."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup, Tag
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from images.models import Image
from images.pictures import Picture, freeze, frozen
from images.renditions import LANDSCAPE, recut
from tests.images.builders import gradient, make_image, plain

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def shown(picture: Picture | None) -> BeautifulSoup:
    return BeautifulSoup(render_to_string("images/_picture.html", {"picture": picture}), "html.parser")


def img_of(image: Image) -> Tag:
    found = shown(Picture.of(freeze([image.pk]), image.pk)).find("img")
    assert isinstance(found, Tag)
    return found


def widths(srcset: object) -> list[int]:
    return [int(one) for one in re.findall(r" (\d+)w", str(srcset))]


def test_what_is_frozen_survives_json_and_names_the_files_and_texts() -> None:
    image = make_image(gradient(800, 300), alt="A desk", credit="Own work")
    kept = json.loads(json.dumps(freeze([image.pk])))
    assert set(kept) == {str(image.pk)}
    one = kept[str(image.pk)]
    assert (one["alt"], one["credit"], one["width"], one["height"]) == ("A desk", "Own work", 800, 300)
    assert [width for _, width in one["avif"]] == [width for _, width in one["webp"]] == [360, 720, 800]


def test_what_is_frozen_stays_when_the_library_changes() -> None:
    image = make_image(gradient(800, 300))
    kept = freeze([image.pk], wishes=LANDSCAPE)
    before = shown(Picture.of(kept, image.pk))
    image.alt, image.focus_x = "Something else", 1.0
    image.save()
    recut(image)
    assert freeze([image.pk], wishes=LANDSCAPE) != kept
    assert shown(Picture.of(kept, image.pk)) == before
    assert all(image.file.storage.exists(f"renditions/{name}") for name, _ in kept[str(image.pk)]["webp"])


def test_a_landscape_is_three_by_two_whatever_the_picture() -> None:
    tall = frozen(make_image(gradient(300, 900)), wishes=LANDSCAPE)
    assert (tall["width"], tall["height"]) == (300, 200)


def test_no_picture_costs_no_query_and_many_cost_two(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    images = [make_image(plain(width, 10)) for width in (10, 20, 30)]
    with django_assert_num_queries(0):
        assert freeze([None, "", None]) == {}
    with django_assert_num_queries(2):
        kept = freeze([*(image.pk for image in images), None])
    with django_assert_num_queries(0):
        assert all(Picture.of(kept, image.pk) for image in images)


def test_a_picture_that_is_not_there_shows_nothing() -> None:
    image = make_image()
    image.renditions.all().delete()
    kept = freeze([image.pk, 999])
    assert [Picture.of(kept, id_) for id_ in (image.pk, 999, None, "")] == [None] * 4
    assert shown(None).find("img") is None


def test_a_browser_gets_both_formats_in_each_width_and_the_sides_before_it_loads() -> None:
    image = make_image(gradient(800, 600), alt='A "desk" & two chairs', credit="Own work")
    page = shown(Picture.of(freeze([image.pk]), image.pk, loading="eager"))
    [source], [img] = page.find_all("source"), page.find_all("img")
    assert source["type"] == "image/avif"
    assert widths(source["srcset"]) == widths(img["srcset"]) == [360, 720, 800]
    assert str(img["src"]).endswith(".webp")
    assert str(img["src"]) in str(img["srcset"])
    assert source["sizes"] == img["sizes"]
    assert (img["width"], img["height"]) == ("800", "600")
    assert (img["alt"], img["loading"]) == ('A "desk" & two chairs', "eager")
    assert page.find("figcaption").get_text() == "Own work"  # type: ignore[union-attr]


def test_every_address_in_the_markup_is_served(client: object) -> None:
    image = make_image(gradient(800, 600))
    page = shown(Picture.of(freeze([image.pk]), image.pk))
    for address in re.findall(r"/media/renditions/\S+", str(page).replace('"', " ")):
        response = client.get(address)  # type: ignore[attr-defined]
        assert response.status_code == 200
        response.close()


def test_a_decorative_picture_has_an_empty_alt_and_waits_for_the_reader() -> None:
    img = img_of(make_image(alt="", decorative=True))
    assert (img["alt"], img["loading"]) == ("", "lazy")


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_no_text_escapes_from_its_attribute(text: str) -> None:
    kept = {"1": {"alt": text, "credit": text, "width": 1, "height": 1, "avif": [], "webp": [["a.webp", 1]]}}
    html = render_to_string("images/_picture.html", {"picture": Picture.of(kept, 1)})
    assert html.count("<") == len(re.findall(r"</?(?:figure|picture|img|figcaption)[ >]", html))
    assert html.count("<img ") == html.count("<figcaption>") == 1
