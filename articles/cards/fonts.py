"""The two faces that cards are set in, and which texts they can set.

Both are of the DejaVu family, which has Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic letters
(docs/decisions/005-card-font.md).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont, features
from PIL.ImageFont import FreeTypeFont

FOLDER = Path(__file__).resolve().parent.parent / "fonts"
SERIF, SANS = "DejaVuSerifCondensed-Bold.ttf", "DejaVuSansCondensed.ttf"

NO_CHARACTER = "\U0010ffff"
"""Never assigned: what a font shows for it, it shows for everything that it lacks."""

SPELLING = "\u200c\u200e\u200f"
"""Signs without a shape that words are spelled with: Persian keeps letters apart, and both directions have a mark."""

RIGHT_TO_LEFT = {"R", "AL"}


@lru_cache(maxsize=64)
def font(face: str, size: int) -> FreeTypeFont:
    """Return the face at a size in pixels."""
    return ImageFont.truetype(FOLDER / face, size)


def face_for(text: str, faces: Sequence[str]) -> str | None:
    """Return the first of the faces that has every character of the text, or None."""
    if is_right_to_left(text) and not features.check("raqm"):
        return None  # letters would stand apart, and in the wrong order
    return next((face for face in faces if all(_has(face, character) for character in text)), None)


def plain(text: str) -> str:
    """Return the text as letters and marks that stand for themselves: without emoji and other symbols beyond those of
    SERIF, which say little, and without the signs that join and colour them."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(each for each in composed if not _is_odd(each)).split())


def _is_odd(character: str) -> bool:
    match unicodedata.category(character):
        case "Cc" | "Cn" | "Co" | "Cs":
            return True
        case "So" | "Sk":
            return not _has(SERIF, character)
        case "Mn" | "Me":
            return not _has(SANS, character)
        case "Cf":
            return character not in SPELLING
    return False


def is_right_to_left(text: str) -> bool:
    """Whether the text runs from right to left: its first letter with a direction says so (Unicode Standard Annex 9,
    https://www.unicode.org/reports/tr9/, rules P2 and P3)."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((one for one in directions if one in {"L", *RIGHT_TO_LEFT}), "L") in RIGHT_TO_LEFT


@lru_cache(maxsize=4096)
def _has(face: str, character: str) -> bool:
    """Whether the face has the character: whether it shows it otherwise than what no font has."""
    return character.isspace() or _shown(face, character) != _shown(face, NO_CHARACTER)


def _shown(face: str, character: str) -> tuple[tuple[int, int], bytes]:
    mask = _unshaped(face).getmask(character)
    return mask.size, bytes(mask)


@lru_cache(maxsize=2)
def _unshaped(face: str) -> FreeTypeFont:
    """Return the face as it shows single characters: shaping would put something in the place of what is missing."""
    return ImageFont.truetype(FOLDER / face, 24, layout_engine=ImageFont.Layout.BASIC)
