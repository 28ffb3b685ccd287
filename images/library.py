"""How a picture enters the library: `receive` its file, describe it, `add` it."""

from __future__ import annotations

from pathlib import PurePath

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from images.intake import Intake, take_in
from images.models import Image
from images.renditions import prepare


def receive(upload: File[bytes]) -> Intake:
    """Return the clean picture, or raise ValidationError if it is refused or the library has it already.

    Pictures are compared by their pixels: another file name, other metadata or another lossless format
    does not make a new picture.
    """
    intake = take_in(upload)
    existing = Image.objects.filter(sha256=intake.sha256).first()
    if existing:
        raise ValidationError(
            f"“{PurePath(upload.name or '').name}” is in the library already, as “{existing.title}”. "
            "Use that picture instead."
        )
    return intake


def add(image: Image, *, by: AbstractBaseUser) -> None:
    """Put a picture into the library, together with its renditions.

    `image` is not saved yet, holds what `receive` returned, and has passed `full_clean()`.
    """
    image.uploaded_by_id = by.pk
    with transaction.atomic():
        image.save()
        prepare(image)
