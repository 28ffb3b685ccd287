"""What pictures of the library lack is made by a command."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from images.models import Rendition
from images.renditions import WHOLE
from tests.images.builders import make_image, plain

pytestmark = pytest.mark.django_db


def make() -> str:
    """Run the command; return what it printed."""
    out = StringIO()
    call_command("make_renditions", stdout=out)
    return out.getvalue()


def every() -> list[tuple[int, int, int, str]]:
    return list(Rendition.objects.order_by("pk").values_list("image", "width", "height", "format"))


def test_what_an_older_picture_lacks_is_made_and_what_is_there_stays() -> None:
    image = make_image(plain(WHOLE[0][0] + 40, 200))
    complete = set(every())
    lacking = image.renditions.filter(format=Rendition.Format.AVIF)
    gone, kept = lacking.count(), dict(image.renditions.exclude(format=Rendition.Format.AVIF).values_list("pk", "file"))
    lacking.delete()
    assert make() == f"{gone} files made for 1 picture.\n"
    assert set(every()) == complete
    assert dict(image.renditions.exclude(format=Rendition.Format.AVIF).values_list("pk", "file")) == kept
    assert make() == "0 files made for 1 picture.\n"


@pytest.mark.parametrize("is_there", [False, True])
def test_a_picture_that_cannot_be_read_is_named_and_the_others_are_made(
    media_root: Path,
    is_there: bool,  # noqa: FBT001
) -> None:
    broken, whole = make_image(plain(9, 9), title="Broken"), make_image(title="Whole")
    Rendition.objects.all().delete()
    original = media_root / str(broken.file.name)
    original.write_bytes(b"no picture") if is_there else original.unlink()
    out = StringIO()
    with pytest.raises(CommandError, match="1 picture could not be read"):
        call_command("make_renditions", stdout=out)
    assert f"“Broken” ({broken.pk}) could not be read from originals/" in out.getvalue()
    assert {image for image, *_ in every()} == {whole.pk}
