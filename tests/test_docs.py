"""The documentation and its pictures belong together."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
PICTURE = re.compile(r"!\[(?P<alt>[^]]*)]\((?P<path>[^)]+)\)")


def pictures() -> list[tuple[str, Path]]:
    """Return the alt text and the file of every picture that the documentation shows."""
    shown = []
    for page in DOCS.rglob("*.md"):
        for match in PICTURE.finditer(page.read_text(encoding="utf-8")):
            shown.append((match["alt"], (page.parent / match["path"]).resolve()))
    return shown


def test_the_pictures_that_are_shown_are_those_that_are_there() -> None:
    there = {path.resolve() for path in (DOCS / "images").iterdir()}
    assert {path for _, path in pictures()} == there


def test_every_picture_says_what_it_shows() -> None:
    assert all(len(alt.split()) > 5 for alt, _ in pictures())


def test_the_pictures_stay_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (DOCS / "images").iterdir()}
    assert max(sizes.values()) < 64_000
    assert sum(sizes.values()) < 1_200_000
