"""Pictures in an S3-compatible store are backed up and restored as those in a folder are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import Settings

from publishing.backup import pictures
from publishing.backup.archive import Archive, Manifest, writing
from tests.servers import BUCKET, KEYS, s3_server

pytestmark = pytest.mark.sqlite

NAMES = ["originals/a.png", "renditions/b.webp", "renditions/c.avif"]


@pytest.fixture
def bucket(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Let pictures be in a bucket of a store that runs."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    with s3_server(tmp_path) as store:
        options = {"bucket_name": BUCKET, "endpoint_url": store.url, "region_name": "us-east-1"}
        settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "images.storage.Bucket", "OPTIONS": options}}
        yield


@pytest.mark.usefixtures("bucket")
def test_pictures_in_a_bucket_are_carried_and_come_back(tmp_path: Path) -> None:
    for name in NAMES:
        default_storage.save(name, ContentFile(name.encode()))
    default_storage.save("cards/drawn.png", ContentFile(b"drawn anew"))
    with writing(tmp_path / "a.backup", replace=False) as writer:
        assert [name for name in pictures.names() if pictures.carry(name, writer)] == NAMES
        assert not pictures.carry("originals/gone.png", writer)
        writer.finish(Manifest("", [], [], writer.members))

    with Archive(tmp_path / "a.backup") as archive:
        default_storage.delete(NAMES[0])
        default_storage.delete(NAMES[1])
        default_storage.save(NAMES[1], ContentFile(b"half of it"))
        wanted = archive.manifest.media
        assert [pictures.is_there(name, wanted[name]) for name in NAMES] == [False, False, True]
        for name in NAMES[:2]:
            pictures.add(name, archive)
        assert all(pictures.is_there(name, wanted[name]) for name in NAMES)
