"""Pay in a table: the cells that hold an amount, and what head and first column say about them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup

from . import pay
from .amounts import amounts_in
from .article import Side
from .roles import Roles

PLACES = re.compile(r"(?:states?|cit(?:y|ies)|locations?|places?|regions?|metro(?:politan)? areas?)", re.IGNORECASE)


@dataclass(frozen=True)
class Cell:
    """A cell with an amount, as a sentence: "Average salary, Office Manager: $55,923".

    `owner` is the role, `place` that of a table by places, and `is_of_some` says that the row is not about pay as
    such: it may be about beginners, or an industry.
    """

    sentence: str
    owner: Side | None
    place: str
    is_of_some: bool


def cells_in(html: str, roles: Roles) -> Iterator[Cell]:
    """The cells with an amount below the table's head, or beside it."""
    soup = BeautifulSoup(html, "html.parser")
    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["td", "th"])] for row in soup.find_all("tr")
    ]
    by_place = bool(rows and rows[0] and PLACES.fullmatch(rows[0][0]))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if not amounts_in(cell):
                continue
            head = rows[0][column] if number and column < len(rows[0]) else ""
            label = row[0] if column else ""
            by_role = roles.only(head)
            some = bool(by_role and label and not by_place and not pay.names_pay(label) and not roles.named(label))
            sentence = f"{', '.join(filter(None, (label, head)))}: {cell}"
            owner = by_role or roles.only(label) or roles.only(cell)
            yield Cell(sentence, owner, label if by_place else "", some)
