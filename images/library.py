"""How a picture enters the library."""

from __future__ import annotations

from pathlib import PurePath

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from images.intake import Intake, take_in
from images.models import Image
from images.renditions import prepare


def add(
    upload: File[bytes],
    *,
    by: AbstractBaseUser,
    title: str,
    alt: str = "",
    decorative: bool = False,
    credit: str = "",
) -> Image:
    """Put a picture into the library together with its renditions, and return it.

    Raises ValidationError, with sentences for an editor, when the file or one of the texts is refused.
    """
    image = Image(
        **receive(upload)._asdict(),
        uploaded_by_id=by.pk,
        title=title,
        alt=alt,
        decorative=decorative,
        credit=credit,
    )
    image.full_clean()
    with transaction.atomic():
        image.save()
        prepare(image)
    return image


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
