"""How a picture enters the library, or does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from careers.models import Role
from images.library import add, receive, remove
from images.models import Image
from tests.builders import make_draft, make_user
from tests.images.builders import encoded, gradient, make_image, plain, uploaded

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

# Of a picture of 800 by 600 pixels: whole, and cropped to three by two.
SIZES = [(360, 270), (720, 540), (800, 600), (360, 240), (720, 480), (800, 533)]


def test_an_added_picture_is_there_with_its_texts_its_file_and_its_renditions(media_root: Path) -> None:
    user = make_user()
    image = make_image(plain(800, 600), title="Desk", alt="A desk", credit="Own work", by=user)
    image.refresh_from_db()
    assert (image.title, image.alt, image.credit, image.uploaded_by) == ("Desk", "A desk", "Own work", user)
    assert (image.width, image.height) == (800, 600)
    assert image.file.name == f"originals/{image.sha256}.png"
    assert (media_root / image.file.name).is_file()
    assert {(one.width, one.height, one.format) for one in image.renditions.all()} == {
        *((*size, kind) for size in SIZES for kind in ("avif", "webp")),
        (160, 120, "webp"),
    }


@pytest.mark.parametrize(("kind", "name"), [("PNG", "desk.png"), ("PNG", "another name.png"), ("WEBP", "desk.webp")])
def test_a_picture_that_is_there_already_is_refused_by_name(kind: str, name: str) -> None:
    make_image(gradient(20, 20), title="Front desk")
    again = uploaded(encoded(gradient(20, 20), kind, **({"lossless": True} if kind == "WEBP" else {})), name)
    with pytest.raises(ValidationError) as caught:
        receive(again)
    assert caught.value.messages == [f"“{name}” is in the library already, as “Front desk”. Use that picture instead."]
    assert Image.objects.count() == 1


def test_of_two_who_add_the_same_picture_at_once_one_is_refused_and_keeps_no_file(media_root: Path) -> None:
    twins = [Image(**receive(uploaded(encoded(plain())))._asdict(), title=title, alt="A desk") for title in "ab"]
    add(twins[0], by=make_user())
    files = sorted(media_root.rglob("*.*"))
    with pytest.raises(IntegrityError), transaction.atomic():
        add(twins[1], by=make_user())
    assert Image.objects.get() == twins[0]
    assert sorted(media_root.rglob("*.*")) == files


def test_a_picture_in_use_is_not_taken_out() -> None:
    image = make_image()
    make_draft(Role, image=image)
    with pytest.raises(ProtectedError):
        remove(image)
    assert Image.objects.get() == image
