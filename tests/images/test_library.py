"""How a picture enters the library, or does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from images.library import add
from images.models import Image
from tests.images.builders import encoded, gradient, make_image, make_user, plain, uploaded

pytestmark = pytest.mark.django_db


def test_an_added_picture_is_there_with_its_texts_its_file_and_its_renditions(media_root: Path) -> None:
    user = make_user()
    image = add(
        uploaded(encoded(plain(800, 600)), "My desk.png"), by=user, title="Desk", alt="A desk", credit="Own work"
    )
    image.refresh_from_db()
    assert (image.title, image.alt, image.credit, image.uploaded_by) == ("Desk", "A desk", "Own work", user)
    assert (image.width, image.height) == (800, 600)
    assert image.file.name == f"originals/{image.sha256}.png"
    assert (media_root / image.file.name).is_file()
    assert {one.width for one in image.renditions.all()} == {160, 360, 720, 800}


@pytest.mark.parametrize(("kind", "name"), [("PNG", "desk.png"), ("PNG", "another name.png"), ("WEBP", "desk.webp")])
def test_a_picture_that_is_there_already_is_refused_by_name(kind: str, name: str) -> None:
    make_image(gradient(20, 20), title="Front desk")
    again = uploaded(encoded(gradient(20, 20), kind, **({"lossless": True} if kind == "WEBP" else {})), name)
    with pytest.raises(ValidationError) as caught:
        add(again, by=make_user(), title="Desk again", alt="A desk")
    assert caught.value.messages == [f"“{name}” is in the library already, as “Front desk”. Use that picture instead."]
    assert Image.objects.count() == 1


def test_nothing_is_kept_of_a_picture_with_a_wrong_text(media_root: Path) -> None:
    with pytest.raises(ValidationError):
        add(uploaded(encoded(plain())), by=make_user(), title="Desk", alt="")
    assert not Image.objects.exists()
    assert not list(media_root.rglob("*.*"))
