"""Files that are made to do harm, handed in over HTTP by somebody with an account.

(What each reader refuses, kind by kind: tests/articles/importing/test_docx.py, tests/careers/test_spreadsheets.py,
tests/images/test_intake.py. Cells that begin a formula: tests/careers/test_spreadsheets.py and test_resources.py. Paths
below /media/: tests/images/test_views.py.)
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from images.models import Image
from publishing.archives import MAX_FILES, MAX_UNPACKED
from tests.articles.builders import sign_in
from tests.articles.importing.test_docx import HARMFUL
from tests.articles.importing.word import docx, packed
from tests.careers.test_resources import ROLES, XLSX, stored
from tests.images.builders import encoded, plain
from tests.images.test_intake import png_that_claims, zip_with_a_program

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

ENTITIES = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
WORKBOOKS = {
    "entities": packed({"xl/workbook.xml": ENTITIES}),
    "a file of the server": packed({"xl/workbook.xml": OUTSIDE}),
    "a bomb": packed({"xl/sharedStrings.xml": bytes(MAX_UNPACKED + 1)}),
    "files without number": packed({f"{n}.xml": b"<a/>" for n in range(MAX_FILES + 1)}),
    "half a file": packed({"xl/workbook.xml": b"<a/>" * 500})[:60],
    "paths that lead out": packed({"../../etc/cron.d/evil.xml": b"<a/>", "/tmp/evil.xml": b"<a/>"}),  # noqa: S108
}
OUTSIDE_WORD = docx(files={"word/document.xml": OUTSIDE})


@pytest.fixture
def writer(client: Client, settings: Settings) -> Client:
    """Return the browser of a writer."""
    settings.SECOND_FACTOR = False
    sign_in(client, "Writer")
    return client


def upload(client: Client, address: str, *, name: str, field: str, data: bytes, **fields: Any) -> list[str]:
    """Hand in a file; return the sentences by which the form refuses it."""
    answer = client.post(address, fields | {field: SimpleUploadedFile(name, data)})
    assert answer.status_code == 200
    return [
        each.get_text(" ", strip=True) for each in BeautifulSoup(answer.content, "html.parser").select(".errorlist li")
    ]


@pytest.mark.parametrize(
    "data", [*(data for data, _ in HARMFUL.values()), OUTSIDE_WORD], ids=[*HARMFUL, "a file of ours"]
)
def test_a_word_file_that_would_do_harm_is_refused_and_leaves_nothing(writer: Client, data: bytes) -> None:
    before = stored()
    [said] = upload(writer, reverse("admin:articles_comparison_import"), name="a.docx", field="file", data=data)
    assert said.startswith("The article could not be read, and nothing was stored. ")
    assert "root:" not in said
    assert stored() == before


@pytest.mark.parametrize("data", WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_workbook_that_would_do_harm_is_refused_and_leaves_nothing(writer: Client, data: bytes) -> None:
    before = stored()
    address = reverse("admin:careers_role_import")
    said = upload(writer, address, name="a.xlsx", field="import_file", data=data, resource=ROLES, format=XLSX)
    assert len(said) == 1
    assert "root:" not in said[0]
    assert stored() == before
    assert not Path("/tmp/evil.xml").exists()  # noqa: S108


PICTURES = {
    "pixels without end": (png_that_claims(60_000, 60_000), "bomb.png"),
    "a script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "logo.svg"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "page.png"),
    "a program in an archive": (zip_with_a_program(), "a.gif"),
    "another ending": (encoded(plain()), "photo.html"),
    "a path": (b"<script>", "../../static/js/site.js"),
    "nothing": (b"", "nothing.png"),
}


@pytest.mark.parametrize(("data", "name"), PICTURES.values(), ids=PICTURES)
def test_a_picture_that_would_do_harm_is_refused_and_leaves_no_file(
    writer: Client, media_root: Path, data: bytes, name: str
) -> None:
    fields = {"title": "Desk", "alt": "A desk", "focus_x": "0.5", "focus_y": "0.5"}
    said = upload(writer, reverse("admin:images_image_add"), name=name, field="file", data=data, **fields)
    assert said
    assert not Image.objects.exists()
    assert [path for path in media_root.rglob("*") if path.is_file()] == []


def test_a_picture_is_kept_under_a_name_and_a_kind_of_our_own(writer: Client, media_root: Path) -> None:
    fields = {"title": "Desk", "alt": "A desk", "focus_x": "0.5", "focus_y": "0.5"}
    picture = encoded(plain(800, 600)) + b"<script>alert(1)</script>"
    sent = fields | {"file": SimpleUploadedFile("<b>..%2F.png", picture, content_type="text/html")}
    assert writer.post(reverse("admin:images_image_add"), sent).status_code == 302
    kept = [path for path in media_root.rglob("*") if path.is_file()]
    assert {path.suffix for path in kept} <= {".png", ".webp", ".avif"}
    assert not any(b"<script>" in path.read_bytes() for path in kept)


@pytest.mark.parametrize(
    ("place", "field", "name", "size"),
    [("articles_comparison_import", "file", "a.txt", 2), ("careers_role_import", "import_file", "a.csv", 5)],
)
def test_a_file_that_is_too_large_is_refused_unread(
    writer: Client, place: str, field: str, name: str, size: int
) -> None:
    data = b"a" * (size * 1024 * 1024 + 1)
    fields = {"resource": ROLES, "format": XLSX} if field == "import_file" else {}
    said = upload(writer, reverse(f"admin:{place}"), name=name, field=field, data=data, **fields)
    assert len(said) == 1
    assert "MB" in said[0] or "too large" in said[0]
