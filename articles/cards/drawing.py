"""Drawing a card with Pillow."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from articles.cards.card import HEIGHT, WIDTH, Card
from articles.cards.fonts import SANS, SERIF, face_for, is_right_to_left, plain
from articles.cards.lines import Lines, direction_of, fitted

PAPER, INK, SOFT, ROLE_A, ROLE_B = "#fcfaf6", "#1e1b18", "#625b53", "#0b6361", "#85356b"
"""The light colours of static/css/site.css."""

MARGIN, FOOT = 80, 72
ROOM = WIDTH - 2 * MARGIN
HEADING_TOP = 164
HEADING_SIZES = (88, 80, 72, 64, 56, 50, 44)
WORDS_SIZE, WORDS_HEIGHT = 36, 130
ROLE_SIZE, ROLE_STEP, ROLE_MARK = 40, 64, 34
SITE_SIZE, SITE_MARK = 34, 44
GAP = 40
"""Pixels, like all of these."""

COLOURS = 48
"""So many tell no edge from a smooth one, and make a file a third as large."""

SCALE = 4
"""How much larger a mark is drawn before it is scaled down, so that its edge is smooth."""


def draw(card: Card) -> bytes:
    """Return the card as a PNG: the site's mark alone where no face has the characters of its texts."""
    says = Card(plain(card.heading), plain(card.words), tuple(map(plain, card.roles)), plain(card.site))
    sheet = _Sheet(Image.new("RGB", (WIDTH, HEIGHT), PAPER), is_mirrored=is_right_to_left(says.heading))
    heading = face_for(says.heading, (SERIF, SANS))
    if says.heading and heading and all(face_for(text, (SANS,)) for text in (says.words, says.site, *says.roles)):
        _draw_texts(sheet, says, heading)
    else:
        sheet.marks(x=WIDTH // 2 - 160, y=HEIGHT // 2 - 70, size=140)
    data = BytesIO()
    sheet.picture.quantize(COLOURS).save(data, "PNG", optimize=True)
    return data.getvalue()


def _draw_texts(sheet: _Sheet, card: Card, heading: str) -> None:
    sheet.marks(x=MARGIN, y=MARGIN, size=SITE_MARK)
    beside = 2 * SITE_MARK + 32
    sheet.write(_one_line(card.site, SITE_SIZE, width=ROOM - beside), x=MARGIN + beside, middle=MARGIN + SITE_MARK // 2)
    top = _draw_roles(sheet, card.roles) if card.roles else _draw_words(sheet, card.words)
    lines = fitted(card.heading, heading, sizes=HEADING_SIZES, width=ROOM, height=top - GAP - HEADING_TOP)
    sheet.write(lines, x=MARGIN, middle=HEADING_TOP + lines.step // 2, colour=INK)


def _draw_roles(sheet: _Sheet, roles: tuple[str, ...]) -> int:
    """Draw the names of the roles with their marks at the foot of the card, and return where they begin."""
    top = HEIGHT - FOOT - ROLE_STEP * len(roles)
    for number, role in enumerate(roles):
        middle = top + ROLE_STEP * number + ROLE_STEP // 2
        sheet.mark(x=MARGIN, y=middle - ROLE_MARK // 2, size=ROLE_MARK, is_ring=number == 1)
        name = _one_line(role, ROLE_SIZE, width=ROOM - 2 * ROLE_MARK)
        sheet.write(name, x=MARGIN + 2 * ROLE_MARK, middle=middle, colour=ROLE_B if number == 1 else ROLE_A)
    return top


def _draw_words(sheet: _Sheet, words: str) -> int:
    """Draw the words at the foot of the card, and return where they begin."""
    lines = fitted(words, SANS, sizes=[WORDS_SIZE], width=ROOM, height=WORDS_HEIGHT)
    top = HEIGHT - FOOT - lines.height
    sheet.write(lines, x=MARGIN, middle=top + lines.step // 2)
    return top


def _one_line(text: str, size: int, *, width: int) -> Lines:
    return fitted(text, SANS, sizes=[size], width=width, height=size)


@dataclass(frozen=True)
class _Sheet:
    """A picture to draw on; places count from the edge at which its lines begin: the right one if it is mirrored."""

    picture: Image.Image
    is_mirrored: bool

    def write(self, lines: Lines, *, x: int, middle: int, colour: str = SOFT) -> None:
        """Write the lines, the first of them in the middle of that height."""
        pen = ImageDraw.Draw(self.picture)
        place, anchor = (WIDTH - x, "rm") if self.is_mirrored else (x, "lm")
        for number, line in enumerate(lines.lines):
            at = (place, middle + number * lines.step)
            pen.text(at, line, font=lines.font, fill=colour, anchor=anchor, direction=direction_of(line))

    def marks(self, *, x: int, y: int, size: int) -> None:
        """Draw both marks beside each other, as the site's own mark has them."""
        self.mark(x=x, y=y, size=size, is_ring=False)
        self.mark(x=x + size + size // 3, y=y, size=size, is_ring=True)

    def mark(self, *, x: int, y: int, size: int, is_ring: bool) -> None:
        """Draw the mark of role A, a disc, or of role B, a ring."""
        large, colour = size * SCALE, ROLE_B if is_ring else ROLE_A
        shape = Image.new("L", (large, large))
        width = large * 3 // 14 if is_ring else large
        ImageDraw.Draw(shape).ellipse(
            (0, 0, large - 1, large - 1), outline=255, fill=0 if is_ring else 255, width=width
        )
        mask = shape.resize((size, size), Image.Resampling.LANCZOS)
        self.picture.paste(colour, (WIDTH - x - size if self.is_mirrored else x, y), mask)
