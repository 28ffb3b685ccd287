"""What of the library the public can fetch, and with which headers."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from images.models import Rendition
from tests.images.builders import decoded, make_image

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def a_rendition(kind: str = "webp") -> Rendition:
    return make_image().renditions.get(width=40, height=30, format=kind)


@pytest.mark.parametrize("kind", ["avif", "webp"])
def test_a_rendition_is_served_to_be_kept_for_ever(client: Client, kind: str) -> None:
    response = client.get(a_rendition(kind).get_absolute_url())
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert response.status_code == 200
    assert decoded(body).size == (40, 30)
    assert response["Content-Type"] == f"image/{kind}"
    assert response["Content-Length"] == str(len(body))
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response
    assert "Vary" not in response
    response.close()


def test_only_reading_is_allowed(client: Client) -> None:
    address = a_rendition().get_absolute_url()
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
        "../originals/secret.webp",
        "..%2Foriginals%2Fsecret.webp",
        "%2e%2e/originals/secret.webp",
        "..\\originals\\secret.webp",
        "/etc/passwd.webp",
        "secret.txt",
        "secret.jpg",
        "secret.webp%00.webp",
        "secret.webp%0A",
        ".webp",
    ],
)
def test_what_is_no_rendition_is_not_found(client: Client, media_root: Path, path: str) -> None:
    renditions = [("renditions", name) for name in ("secret.txt", "secret.jpg", ".webp")]
    for folder, name in [("originals", "secret.webp"), *renditions]:
        (media_root / folder).mkdir(parents=True, exist_ok=True)
        (media_root / folder / name).write_bytes(b"secret")
    assert client.get(f"/media/renditions/{path}").status_code == 404
