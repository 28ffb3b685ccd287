"""What the tables hold about pictures, in forms and in the database."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from images.models import Image
from tests.images.builders import gradient, make_image

pytestmark = pytest.mark.django_db


def complaints(image: Image) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        image.full_clean()
    return caught.value.message_dict


@pytest.mark.parametrize("alt", ["", "   "])
def test_a_picture_needs_an_alt_text_unless_it_is_decorative(alt: str) -> None:
    image = make_image()
    image.alt = alt
    assert complaints(image)["alt"] == ["Say here what the picture tells, or tick “decorative” if it tells nothing."]


def test_a_decorative_picture_has_no_alt_text() -> None:
    image = make_image()
    image.decorative = True
    assert complaints(image)["alt"] == ["A decorative picture has no alt text: empty this, or untick “decorative”."]


def test_a_decorative_picture_without_alt_text_is_right() -> None:
    image = make_image(alt="", decorative=True)
    image.full_clean()
    assert image.alt == ""


@pytest.mark.parametrize("change", [{"alt": ""}, {"decorative": True}])
def test_the_database_holds_that_a_picture_has_an_alt_text_or_is_decorative(change: dict[str, object]) -> None:
    make_image()
    with pytest.raises(IntegrityError):
        Image.objects.update(**change)


@pytest.mark.parametrize("change", [{"focus_x": -0.01}, {"focus_x": 1.01}, {"focus_y": -1.0}, {"focus_y": 50.0}])
def test_the_focal_point_lies_inside_the_picture(change: dict[str, float]) -> None:
    image = make_image()
    [(field, value)] = change.items()
    setattr(image, field, value)
    assert field in complaints(image)
    with pytest.raises(IntegrityError):
        Image.objects.update(**change)


def test_the_database_holds_each_picture_once() -> None:
    first, second = make_image(), make_image(gradient(9, 9))
    with pytest.raises(IntegrityError):
        Image.objects.filter(pk=second.pk).update(sha256=first.sha256)


def test_the_database_holds_each_rendition_once() -> None:
    image = make_image()
    with pytest.raises(IntegrityError):
        image.renditions.create(width=40, height=30, file="renditions/other.webp")


def test_a_person_who_added_pictures_is_not_deleted() -> None:
    image = make_image()
    with pytest.raises(ProtectedError):
        image.uploaded_by.delete()


def test_a_picture_is_called_by_its_title() -> None:
    image = make_image(title="Front desk")
    assert str(image) == "Front desk"
    assert str(image.renditions.get(width=40, height=30, format="avif")) == "Front desk at 40 × 30 as AVIF"
