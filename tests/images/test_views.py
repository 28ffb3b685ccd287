"""What of the library the public can fetch, and with which headers."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from images.models import Format
from images.renditions import rendition
from tests.images.builders import decoded, make_image

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("kind", "content_type"), [(Format.WEBP, "image/webp"), (Format.JPEG, "image/jpeg")])
def test_a_rendition_is_served_to_be_kept_for_ever(client: Client, kind: Format, content_type: str) -> None:
    one = rendition(make_image(), width=20, format=kind)
    response = client.get(one.get_absolute_url())
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert response.status_code == 200
    assert decoded(body).size == (20, 15)
    assert response["Content-Type"] == content_type
    assert response["Content-Length"] == str(len(body))
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response
    assert "Vary" not in response
    response.close()


def test_only_reading_is_allowed(client: Client) -> None:
    address = rendition(make_image(), width=20).get_absolute_url()
    assert client.post(address).status_code == 405
    head = client.head(address)
    assert head.status_code == 200
    head.close()


def test_an_original_is_not_served(client: Client) -> None:
    image = make_image()
    assert image.file.storage.exists(str(image.file.name))
    assert client.get(image.file.url).status_code == 404
    assert client.get(f"/media/renditions/{Path(str(image.file.name)).name}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "missing.webp",
        "",
        "../originals/secret.jpg",
        "..%2Foriginals%2Fsecret.jpg",
        "%2e%2e/originals/secret.jpg",
        "..\\originals\\secret.jpg",
        "/etc/passwd.jpg",
        "secret.txt",
        "secret.jpg%00.webp",
        "secret.jpg%0A",
        ".jpg",
    ],
)
def test_what_is_no_rendition_is_not_found(client: Client, media_root: Path, path: str) -> None:
    for folder, name in [("originals", "secret.jpg"), ("renditions", "secret.txt"), ("renditions", ".jpg")]:
        (media_root / folder).mkdir(parents=True, exist_ok=True)
        (media_root / folder / name).write_bytes(b"secret")
    assert client.get(f"/media/renditions/{path}").status_code == 404
