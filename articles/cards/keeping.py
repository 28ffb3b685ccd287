"""Cards are drawn once, when somebody first asks for them, and kept in the storage.

A file that is thrown away is drawn again. What another process is just writing, or what a crash left half written, has
no end, and counts as not there.
"""

from __future__ import annotations

from hashlib import sha256
from threading import Lock

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.cards.card import DESIGN, Card
from articles.cards.drawing import draw

FOLDER = "cards"
MOST = 20_000
"""How many are kept, of about 20 kB each: any two roles have a page, and so a card. The others are drawn each time."""

END = b"IEND\xaeB`\x82"
"""The last chunk of a PNG (https://www.w3.org/TR/png-3/#11IEND) and its check sum."""

_one_at_a_time = Lock()
"""Pillow's fonts are not made for several threads; and one drawing keeps a processor busy."""


def picture_of(card: Card) -> bytes:
    """Return the card as a PNG."""
    name = f"{FOLDER}/{sha256(repr((DESIGN, *card)).encode()).hexdigest()}.png"
    kept = _kept(name)
    if kept:
        return kept
    with _one_at_a_time:
        return _kept(name) or _keep(name, draw(card))


def _kept(name: str) -> bytes | None:
    try:
        with default_storage.open(name) as file:
            content: bytes = file.read()
    except FileNotFoundError:
        return None
    return content if content.endswith(END) else None


def _keep(name: str, content: bytes) -> bytes:
    if not _has_room():
        return content
    default_storage.delete(name)
    kept_as = default_storage.save(name, ContentFile(content))
    if kept_as != name:  # another process was faster
        default_storage.delete(kept_as)
    return content


def _has_room() -> bool:
    try:
        _, files = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return True
    return len(files) < MOST
