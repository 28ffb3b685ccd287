"""Files in an S3-compatible store, as `MEDIA_STORAGE_URL` names it.

Every file is private to the site. It reads them itself, and gives readers renditions (images.views) and cards alone;
where `MEDIA_PUBLIC_URL` says that renditions are public, it is the bucket's policy that makes them so.

As in a folder, no file takes the place of another of its name: two pictures with the same pixels at some size would
share a file, and the first of them that is removed would take it away.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import PurePath
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage

FOR_EVER = "public, max-age=31536000, immutable"
"""For files that are named by their content: another content has another name."""
TYPES = {".avif": "image/avif", ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}

# Bounded, since a thread that waits for the store answers nobody. Checksums that not every store knows are left out.
CONFIG = Config(
    connect_timeout=3,
    read_timeout=10,
    retries={"total_max_attempts": 2},
    signature_version="s3v4",
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class Bucket(S3Storage):  # type: ignore[misc]  # it has no types
    """A bucket of an S3-compatible store. Raises OSError if it does not answer or refuses, as a folder would."""

    def get_default_settings(self) -> dict[str, Any]:
        """Return the options of django-storages that are the same for every site."""
        own = {"client_config": CONFIG, "default_acl": None, "file_overwrite": False, "querystring_auth": False}
        settings: dict[str, Any] = super().get_default_settings()
        return settings | own

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        """Return with which headers the store gives the file to whoever may read it."""
        control = "private, no-store" if name.startswith("originals/") else FOR_EVER
        return {"CacheControl": control, "ContentType": TYPES[PurePath(name).suffix]}

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _as_os_error():
            return super()._open(name, mode).open()  # fetched now: whoever reads it would get what boto raises

    def _save(self, name: str, content: File[bytes]) -> str:
        content.seek(0)
        file = self.bucket.Object(self._normalize_name(name))
        try:
            with _as_os_error():
                # Not django-storages' own upload: boto's transfers take no condition.
                file.put(Body=content.read(), IfNoneMatch="*", **self.get_object_parameters(name))
        except FileExistsError:  # since somebody looked which name is free
            path = PurePath(name)
            return self._save(self.get_alternative_name(str(path.with_suffix("")), path.suffix), content)
        return name

    def delete(self, name: str) -> None:
        """Take the file away, if it is there."""
        with _as_os_error():
            super().delete(name)

    def exists(self, name: str) -> bool:
        """Return whether there is such a file."""
        with _as_os_error():
            return bool(super().exists(name))


@contextmanager
def _as_os_error() -> Iterator[None]:
    """Raise what boto raises as OSError, with a sentence."""
    try:
        yield
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] in {
            HTTPStatus.CONFLICT,
            HTTPStatus.PRECONDITION_FAILED,
        }:
            raise FileExistsError("The store has a file of this name.") from error
        raise OSError(f"The store of MEDIA_STORAGE_URL refuses this: {error}") from error
    except BotoCoreError as error:
        raise OSError(f"The store of MEDIA_STORAGE_URL cannot be asked: {error}") from error
