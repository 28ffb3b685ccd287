"""Pay that the prose states, as figures. What cannot be attributed is a note, never a guess."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup

from . import attribution, pay, provenance
from .amounts import FOREIGN, Amount, amounts_in, unit_of
from .article import Note, Side, StatedFigure
from .attribution import Owner
from .blocks import Block
from .body import Part
from .roles import Roles
from .sources import links
from .text import sentences

MONEY = re.compile(r"[$€£¥₹]|\bdollars\b|\bUSD\b", re.IGNORECASE)
MAX_SENTENCE = 2_000  # Characters; what is longer is no sentence.
NOWHERE = "the text does not say which role it belongs to"


@dataclass(frozen=True)
class _Place:
    """Where a sentence stands: the role whose summary it is in, whether all around is about pay, its links."""

    side: Side | None
    about_pay: bool
    links: list[tuple[str, str]]
    source: str
    line: int


def figures_in(parts: list[Part], roles: Roles) -> tuple[list[StatedFigure], list[Note]]:
    """The figures of an article in their order, and a note for each amount of pay that is none."""
    finder = _Finder(roles)
    for part in parts:
        if part.kind in ("opening", "summary", "versus", "section"):
            finder.read(part)
    return finder.figures, finder.notes


class _Finder:
    def __init__(self, roles: Roles) -> None:
        self._roles = roles
        self.figures: list[StatedFigure] = []
        self.notes: list[Note] = []

    def read(self, part: Part) -> None:
        side = part.side
        source = next((found for block in part.blocks if (found := provenance.source_line(block.text))), "")
        for block in part.blocks:
            if block.kind == "heading":
                side = self._roles.only(block.text) or part.side
            elif MONEY.search(block.text):
                place = _Place(side, part.topic == "Salary", links(block.html), source, block.line)
                self._read_block(block, place)

    def _read_block(self, block: Block, place: _Place) -> None:
        if block.kind == "table":
            for owner, sentence in _cells(block.html, self._roles):
                self._read_sentence(sentence, place, subject=None, owner=owner)
            return
        subject: Side | None = None
        for sentence in sentences(block.text):
            self._read_sentence(sentence, place, subject=subject, owner=None)
            named = self._roles.named(sentence)
            subject = self._roles.only(sentence) if named else subject

    def _read_sentence(self, sentence: str, place: _Place, *, subject: Side | None, owner: Owner) -> None:
        if len(sentence) > MAX_SENTENCE:
            return
        amounts = amounts_in(sentence)
        if FOREIGN.search(sentence) and pay.PAY.search(sentence):
            self._reject(sentence, place, "it is not in US dollars")
            return
        if not amounts or not (place.about_pay or pay.speaks_of_pay(sentence, amounts)):
            return
        whose = [owner] * len(amounts) if owner else attribution.owners(sentence, amounts, self._roles)
        for amount, said in zip(amounts, whose, strict=True):
            self._take(amount, sentence, place, owner=said if said != "" else subject or place.side)

    def _take(self, amount: Amount, sentence: str, place: _Place, *, owner: Owner) -> None:
        clause = pay.clause_of(amount, sentence)
        if pay.is_spending(clause):
            return
        why = pay.objection(amount, sentence, clause=clause) or ("" if owner else NOWHERE)
        if why:
            self._reject(sentence, place, why)
            return
        sides: list[Side] = ["a", "b"] if owner == "both" else ["a" if owner == "a" else "b"]
        for side in sides:
            self._add(_figure(side, amount, sentence, place, self._roles))
        if not unit_of(amount, sentence):
            guess = f"An amount was read as pay for a year, for no unit is said: “{sentence}”"
            self.notes.append(Note(place.line, guess, "guessed"))

    def _add(self, figure: StatedFigure) -> None:
        """What a table and the prose both say is one figure; the one with a source stays."""
        for index, other in enumerate(self.figures):
            if _said(other) == _said(figure):
                self.figures[index] = other if other.source or not figure.source else figure
                return
        self.figures.append(figure)

    def _reject(self, sentence: str, place: _Place, why: str) -> None:
        note = f"An amount was not taken over as a figure: {why}: “{sentence}”"
        self.notes.append(Note(place.line, note, "no figure"))


def _said(figure: StatedFigure) -> tuple[object, ...]:
    amounts = (figure.amount, figure.amount_high, figure.unit)
    return (figure.role, figure.measure, *amounts, figure.period, figure.place)


def _figure(side: Side, amount: Amount, sentence: str, place: _Place, roles: Roles) -> StatedFigure:
    source = provenance.source_in(sentence)
    unit = unit_of(amount, sentence)
    return StatedFigure(
        role=side,
        measure=pay.measure_of(amount, sentence),
        amount=amount.low,
        amount_high=amount.high,
        unit="year" if unit == "" or unit == "day" else unit,  # `pay.objection` lets no day pass.
        period=provenance.period_in(sentence, amount),
        place=provenance.place_in(roles.masked(sentence), amount),
        source=place.source if not source or roles.is_name(source) else source,
        source_url=provenance.address_in(sentence, place.links),
        sentence=sentence,
        line=place.line,
    )


def _cells(html: str, roles: Roles) -> Iterator[tuple[Owner, str]]:
    """Each cell below the head with its role, as a sentence: "Office Manager, average salary: $55,923"."""
    soup = BeautifulSoup(html, "html.parser")
    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["td", "th"])] for row in soup.find_all("tr")
    ]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            head = rows[0][column] if number and column < len(rows[0]) else ""
            label = row[0] if column else ""
            side = roles.only(head) or roles.only(label) or roles.only(cell)
            if amounts_in(cell):
                yield side, f"{', '.join(filter(None, (label, head)))}: {cell}"
