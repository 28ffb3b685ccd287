"""Draws the pictures of the demonstration: whom a role answers to, works with, and looks after.

`python demo/draw.py` reads `[around]` in the roles' files and writes demo/pictures/<slug>.webp with a browser (see
requirements-dev.txt). What is drawn is committed, so that loading the demonstration needs no browser.
"""

from __future__ import annotations

import io
import sys
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT.parent))

WIDTH, HEIGHT = 1500, 1000
SCALE = 0.64
"""How large the picture is beside the drawing: 960 by 640 pixels, as wide as any page shows it."""
BOX, GAP = (440, 150), 40
PAPER, INK, SOFT, TEAL = "#fcfaf6", "#1e1b18", "#625b53", "#0b6361"
ROWS = {"answers_to": ("Answers to", 190), "works_with": ("Works with", 500), "looks_after": ("Looks after", 810)}


def drawing(title: str, around: dict[str, list[str]]) -> str:
    """Return the picture as SVG: the role in the middle, the others around it, each joined to it by a line."""
    middle = (WIDTH / 2, ROWS["works_with"][1])
    spots = {name: list(_spots(name, around[name])) for name in ROWS}
    lines = [_line(middle, (x, y)) for places in spots.values() for x, y, _ in places]
    boxes = [_box(x, y, text, filled=False) for places in spots.values() for x, y, text in places]
    words = [_words(middle[0], *ROWS["answers_to"], above=True), _words(middle[0], *ROWS["looks_after"], above=False)]
    words += [_words(x, *ROWS["works_with"], above=True) for x, _, _ in spots["works_with"]]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH * SCALE}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="Liberation Sans, Arial, sans-serif"><rect width="100%" height="100%" fill="{PAPER}"/>'
        f"{''.join(lines)}{''.join(boxes)}{''.join(words)}{_box(*middle, title, filled=True)}</svg>"
    )


def _spots(name: str, texts: list[str]) -> Iterator[tuple[float, float, str]]:
    """Yield where the middle of each box lies: in a row, or to the left and the right of the role."""
    y = ROWS[name][1]
    if name == "works_with":
        for x, text in zip((BOX[0] / 2 + GAP, WIDTH - BOX[0] / 2 - GAP), texts, strict=True):
            yield x, y, text
        return
    first = (WIDTH - len(texts) * BOX[0] - (len(texts) - 1) * GAP) / 2 + BOX[0] / 2
    for number, text in enumerate(texts):
        yield first + number * (BOX[0] + GAP), y, text


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f'<path d="M{start[0]} {start[1]} L{end[0]} {end[1]}" stroke="{SOFT}" stroke-width="4" fill="none"/>'


def _box(x: float, y: float, text: str, *, filled: bool) -> str:
    fill, ink = (TEAL, PAPER) if filled else (PAPER, INK)
    width, height = BOX
    rect = (
        f'<rect x="{x - width / 2}" y="{y - height / 2}" width="{width}" height="{height}" rx="10" fill="{fill}" '
        f'stroke="{TEAL}" stroke-width="4"/>'
    )
    weight = "bold" if filled else "normal"
    return rect + "".join(
        f'<text x="{x}" y="{y + 16 + (number - (len(_wrapped(text)) - 1) / 2) * 52}" text-anchor="middle" '
        f'font-size="46" font-weight="{weight}" fill="{ink}">{escape(line)}</text>'
        for number, line in enumerate(_wrapped(text))
    )


def _wrapped(text: str) -> list[str]:
    """Return the text in one line or two of about the same length."""
    words = text.split()
    if len(text) <= 15 or len(words) == 1:
        return [text]
    cuts = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return list(min(cuts, key=lambda cut: max(map(len, cut))))


def _words(x: float, text: str, y: float, *, above: bool) -> str:
    baseline = y - 95 if above else y + 125
    return f'<text x="{x}" y="{baseline}" text-anchor="middle" font-size="42" fill="{SOFT}">{escape(text)}</text>'


def main() -> None:
    """Draw every picture."""
    from tests.browser.serving import chromium

    (ROOT / "pictures").mkdir(exist_ok=True)
    with chromium() as browser:
        page = browser.new_page(viewport={"width": int(WIDTH * SCALE), "height": int(HEIGHT * SCALE)})
        for path in sorted((ROOT / "roles").glob("*.md")):
            front = tomllib.loads(path.read_text(encoding="utf-8").split("+++\n", 2)[1])
            if "around" in front:
                page.set_content(f"<body style='margin:0'>{drawing(front['title'], front['around'])}")
                picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
                picture.save(ROOT / "pictures" / f"{path.stem}.webp", lossless=True)


if __name__ == "__main__":
    main()
