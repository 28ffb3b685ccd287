"""The pictures of the demonstration: who is around each role, drawn by demo/draw.py."""

from __future__ import annotations

from pathlib import Path

from django.core.files import File
from django.utils.text import get_text_list

from careers.models import Role
from images.library import Duplicate, add, receive
from images.models import Image
from publishing.models import User


def around(role: Role, others: dict[str, list[str]], path: Path, *, by: User) -> Image:
    """Return the role's picture, put into the library unless it is there; its alt text says what is drawn."""
    with path.open("rb") as handle:
        try:
            intake = receive(File(handle, name=path.name))
        except Duplicate as duplicate:
            return duplicate.existing
    title, credit = f"Around {role.name.with_article}", "Drawn for the demonstration."
    image = Image(title=title, alt=_told(role, others), credit=credit, **intake._asdict())
    image.full_clean(exclude=["uploaded_by"])
    add(image, by=by)
    return image


def _told(role: Role, others: dict[str, list[str]]) -> str:
    answers, works, looks = (
        get_text_list([text[0].lower() + text[1:] for text in others[name]], "and")
        for name in ("answers_to", "works_with", "looks_after")
    )
    name = role.name.with_article
    return f"{name[0].upper()}{name[1:]} answers to {answers}, works with {works}, and looks after {looks}."
