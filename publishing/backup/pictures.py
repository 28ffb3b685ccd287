"""The files of pictures, in a folder or in a bucket.

A file is named by its content and never written again, so it can be copied while people work: there is no half of one
that a row speaks of. Files that no row names any more are carried too, since pages that were published show them. What
the site draws by itself, the cards, lies elsewhere and is drawn anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from django.apps import apps
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models

from publishing.backup.archive import CHUNK, Archive, Writer


def file_fields(models_: list[type[models.Model]]) -> list[models.FileField]:
    """Return the fields that name files."""
    return [field for model in models_ for field in model._meta.local_fields if isinstance(field, models.FileField)]


def names() -> Iterator[str]:
    """Yield the names of all files that are carried: those in the folders of the fields that name files."""
    for folder in sorted({str(field.upload_to).rstrip("/") for field in file_fields(apps.get_models())}):
        yield from _below(folder)


def _below(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in sorted(files))
    for each in sorted(folders):
        yield from _below(f"{folder}/{each}")


def carry(name: str, writer: Writer) -> bool:
    """Write the file into the archive, and return whether it is still there."""
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        return False
    with file, writer.member(f"media/{name}", is_packed=True) as member:
        while chunk := file.read(CHUNK):
            member.write(chunk)
    return True


def is_there(name: str, digest: str) -> bool:
    """Return whether the storage has the file, with this content."""
    if not default_storage.exists(name):
        return False
    found = sha256()
    with default_storage.open(name) as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
    return found.hexdigest() == digest


def add(name: str, archive: Archive) -> None:
    """Put the file into the storage, in place of a damaged one. Raises OSError if it cannot be kept."""
    default_storage.delete(name)
    with archive.picture(name) as file:
        kept_as = default_storage.save(name, File(file, name))
    if kept_as != name:
        default_storage.delete(kept_as)
        raise OSError(f"Somebody else wrote the picture {name} meanwhile.")
