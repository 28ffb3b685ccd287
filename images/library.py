"""How a picture enters the library and leaves it: `receive` its file, describe it, `add` it; `uses`, `remove`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import PurePath
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from images.intake import Intake, take_in
from images.models import Image
from images.renditions import prepare


class Use(NamedTuple):
    """A document that shows a picture, or has shown it: its title, where it is edited, and where it shows it."""

    title: str
    path: str
    where: str


Finder = Callable[[Image], Iterable[Use]]

_finders: list[Finder] = []


def register_uses(finder: Finder) -> None:
    """Register a function that returns which documents of some kind show a picture, or have shown it."""
    _finders.append(finder)


def uses(image: Image) -> list[Use]:
    """Return every document that shows the picture, or has shown it, by title."""
    return sorted(use for finder in _finders for use in finder(image))


class Duplicate(ValidationError):
    """The library has the picture already, as `existing`."""

    def __init__(self, name: str, existing: Image) -> None:
        super().__init__(f"“{name}” is in the library already, as “{existing}”. Use that picture instead.")
        self.name, self.existing = name, existing


def receive(upload: File[bytes]) -> Intake:
    """Return the clean picture, or raise ValidationError if it is refused, Duplicate if the library has it already.

    Pictures are compared by their pixels: another file name, other metadata or another lossless format
    does not make a new picture.
    """
    intake = take_in(upload)
    existing = Image.objects.filter(sha256=intake.sha256).first()
    if existing:
        raise Duplicate(PurePath(upload.name or "").name, existing)
    return intake


def add(image: Image, *, by: AbstractBaseUser) -> None:
    """Put a picture into the library, together with its renditions.

    `image` is not saved yet, holds what `receive` returned, and has passed `full_clean()`. Raises IntegrityError,
    and keeps no file, if somebody added the same picture since it was received.
    """
    image.uploaded_by_id = by.pk
    try:
        with transaction.atomic():
            image.save()
            prepare(image)
    except IntegrityError:
        image.file.delete(save=False)
        raise


def remove(image: Image) -> None:
    """Take a picture that no page shows or has shown out of the library, with its files.

    Raises ProtectedError if one does.
    """
    if uses(image):
        raise ProtectedError(f"Pages show “{image}” or have shown it.", {image})
    files = [image.file, *(one.file for one in image.renditions.all())]
    with transaction.atomic():
        image.delete()
        for file in files:
            transaction.on_commit(partial(file.storage.delete, str(file.name)))
