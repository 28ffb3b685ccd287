"""How a picture enters the library, or does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from images.library import receive
from images.models import Image
from tests.builders import make_user
from tests.images.builders import encoded, gradient, make_image, plain, uploaded

pytestmark = pytest.mark.django_db


def test_an_added_picture_is_there_with_its_texts_its_file_and_its_renditions(media_root: Path) -> None:
    user = make_user()
    image = make_image(plain(800, 600), title="Desk", alt="A desk", credit="Own work", by=user)
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
        receive(again)
    assert caught.value.messages == [f"“{name}” is in the library already, as “Front desk”. Use that picture instead."]
    assert Image.objects.count() == 1
