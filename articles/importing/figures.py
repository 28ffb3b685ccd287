"""Pay that the prose states, as figures. What cannot be attributed is a note, never a guess."""

import re
from dataclasses import dataclass, replace

from . import attribution, pay, provenance
from .amounts import FOREIGN, Amount, amounts_in, unit_of
from .article import Measure, Note, Side, StatedFigure
from .attribution import Owner
from .blocks import Block
from .body import Part
from .roles import Roles
from .sources import links
from .tables import cells_in
from .text import sentences

MONEY = re.compile(r"[$€£¥₹]|\bdollars\b|\bUSD\b", re.IGNORECASE)
MAX_SENTENCE = 2_000  # Characters; what is longer is no sentence.
ECHO = re.compile(r"\b(?:it|this|that|the (?:figure|number|amount))\s+(?:is|was|of)\b", re.IGNORECASE)
NOWHERE = "the text does not say which role it belongs to"


@dataclass(frozen=True)
class _Place:
    """Where a sentence stands: the role whose summary it is in, whether all around is about pay, its links.

    `source` and `source_url` are those of the figures that name none. `carried` says that they are the sentence's
    before, `measure` is what that was about; `owner` and `row` say whose the cell of a table is, and of which place.
    """

    side: Side | None
    about_pay: bool
    links: list[tuple[str, str]]
    source: str
    source_url: str
    line: int
    carried: bool = False
    owner: Owner = None
    in_table: bool = False
    row: str = ""
    measure: Measure = "pay"


def figures_in(parts: list[Part], roles: Roles) -> tuple[list[StatedFigure], list[Note]]:
    """The figures of an article in their order, and a note for each amount of pay that is none."""
    finder = _Finder(roles)
    for part in parts:
        if part.kind in ("opening", "summary", "versus", "section"):
            finder.read(part)
    return sorted(finder.figures(), key=lambda figure: figure.line), finder.notes


class _Finder:
    def __init__(self, roles: Roles) -> None:
        self._roles = roles
        self._stated: dict[tuple[object, ...], list[StatedFigure]] = {}  # By what tells figures apart at least.
        self.notes: list[Note] = []

    def figures(self) -> list[StatedFigure]:
        return [figure for alike in self._stated.values() for figure in alike]

    def read(self, part: Part) -> None:
        whole = side = part.side or self._roles.only(part.heading)
        lines = (sentence for block in part.blocks for sentence in sentences(block.text))
        source = next(filter(None, map(provenance.source_line, lines)), "")
        linked = {words: address for block in part.blocks if source for words, address in links(block.html)}
        for block in part.blocks:
            if block.kind == "heading":
                side = self._roles.only(block.text) or whole
            elif MONEY.search(block.text):
                found, about_pay = links(block.html), part.topic == "Salary"
                place = _Place(side, about_pay, found, source, linked.get(source, ""), block.line)
                self._read_block(block, place)

    def _read_block(self, block: Block, place: _Place) -> None:
        if block.kind == "table":
            for cell in cells_in(block.html, self._roles):
                at = replace(place, owner=cell.owner, row=cell.place, in_table=True)
                if cell.is_of_some and (place.about_pay or pay.PAY.search(cell.sentence)):
                    self._reject(cell.sentence, place, "it is the pay of some, not of the role")
                elif not cell.is_of_some:
                    self._read_sentence(cell.sentence, at, subject=None)
            return
        start, subject = place, None
        for sentence in sentences(block.text):
            self._read_sentence(sentence, place, subject=subject)
            place = self._next(sentence, place, start)
            named = self._roles.named(sentence)
            subject = self._roles.only(sentence) if named else subject

    def _next(self, sentence: str, place: _Place, start: _Place) -> _Place:
        """Where the sentence after this one stands: a source holds for the amounts that follow without a break."""
        if not MONEY.search(sentence):
            return start
        for amount in amounts_in(sentence)[:1]:
            place = replace(place, measure=pay.measure_of(amount, sentence))
        if source := _source(sentence, self._roles):
            address = provenance.address_in(sentence, place.links)
            return replace(place, source=source, source_url=address, carried=True)
        return place

    def _read_sentence(self, sentence: str, place: _Place, *, subject: Side | None) -> None:
        if len(sentence) > MAX_SENTENCE:
            return
        amounts = amounts_in(sentence)
        if FOREIGN.search(sentence) and pay.PAY.search(sentence):
            self._reject(sentence, place, "it is not in US dollars")
            return
        in_pay_row = place.in_table and pay.names_pay(sentence)
        if not amounts or not (place.about_pay or in_pay_row or pay.speaks_of_pay(sentence, amounts)):
            return
        owners = [place.owner] * len(amounts) if place.owner else attribution.owners(sentence, amounts, self._roles)
        for amount, said in zip(amounts, owners, strict=True):
            self._take(amount, sentence, place, owner=said if said != "" else subject or place.side)

    def _take(self, amount: Amount, sentence: str, place: _Place, *, owner: Owner) -> None:
        clause = sentence if place.in_table else pay.clause_of(amount, sentence)
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
            self._guessed(sentence, place, "An amount was read as pay for a year, for no unit is said")
        if place.carried and not _source(sentence, self._roles):
            self._guessed(sentence, place, f"The source of the sentence before ({place.source}) was taken for this one")

    def _add(self, figure: StatedFigure) -> None:
        """What is said twice, in a table and in the prose, is one figure: what either lacks comes from the other."""
        key = (figure.role, figure.amount, figure.amount_high, figure.unit)
        alike = self._stated.setdefault(key, [])
        for index, other in enumerate(alike):
            if _agree(other, figure):
                alike[index] = _merged(other, figure)
                return
        alike.append(figure)

    def _guessed(self, sentence: str, place: _Place, what: str) -> None:
        self.notes.append(Note(place.line, f"{what}: “{sentence}”", "guessed"))

    def _reject(self, sentence: str, place: _Place, why: str) -> None:
        note = f"An amount was not taken over as a figure: {why}: “{sentence}”"
        self.notes.append(Note(place.line, note, "no figure"))


def _agree(one: StatedFigure, other: StatedFigure) -> bool:
    """Whether two figures of one amount may be the same: nothing that both say differs."""
    measures = {one.measure, other.measure}
    periods = one.period.casefold() in other.period.casefold() or other.period.casefold() in one.period.casefold()
    places = "" in (one.place, other.place) or one.place == other.place
    sources = "" in (one.source, other.source) or one.source == other.source
    return (len(measures) == 1 or "pay" in measures) and periods and places and sources


def _merged(one: StatedFigure, other: StatedFigure) -> StatedFigure:
    named = other if other.source and not one.source else one
    return replace(
        named,
        measure=other.measure if one.measure == "pay" else one.measure,
        period=max(one.period, other.period, key=len),
        place=one.place or other.place,
    )


def _source(sentence: str, roles: Roles) -> str:
    source = provenance.source_in(sentence)
    return "" if roles.is_name(source) else source


def _figure(side: Side, amount: Amount, sentence: str, place: _Place, roles: Roles) -> StatedFigure:
    own = _source(sentence, roles)
    unit, measure = unit_of(amount, sentence), pay.measure_of(amount, sentence)
    return StatedFigure(
        role=side,
        measure=place.measure if measure == "pay" and ECHO.search(sentence) else measure,
        amount=amount.low,
        amount_high=amount.high,
        unit="year" if unit == "" or unit == "day" else unit,  # `pay.objection` lets no day pass.
        period=provenance.period_in(sentence, amount),
        place=place.row or provenance.place_in(roles.masked(sentence), amount),
        source=own or place.source,
        source_url=provenance.address_in(sentence, place.links) or ("" if own else place.source_url),
        sentence=sentence,
        line=place.line,
    )
