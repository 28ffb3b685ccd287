"""Amounts of money in prose about roles, held against the figures of these roles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from careers.figures import Stated, comparable, difference, pick
from careers.models import Figure
from careers.naming import Facts, Mention, mentions
from publishing.checks import Finding, Level, Passage, limit
from publishing.checks.passages import sentences
from publishing.money import amounts

ABOUT = re.compile(
    r"\b(?:about|almost|approximately|around|close to|just (?:over|under)|less than|more than|nearly|over|roughly|some|"
    r"under)\s+$",
    re.IGNORECASE,
)
LONGEST_ABOUT = 20
"""Within how many characters before an amount such words stand."""
ROUNDED = re.compile(r"(?:k|thousand)$", re.IGNORECASE)
THOUSAND = Decimal(1000)
LEAST_ROUNDED = 10 * THOUSAND
"""From which amount on a whole thousand still says it well enough."""


MOST = 50
"""How many amounts of one sentence are looked at: what has more is no sentence."""


class Backing(NamedTuple):
    """A figure with the role that it is of; `end` is the one amount of it that is meant."""

    role: Facts
    figure: Stated
    end: Decimal


def backings(roles: Iterable[Facts]) -> list[Backing]:
    """Return the amounts of the roles' figures of pay, both ends of a range."""
    return [
        Backing(role, figure, end)
        for role in roles
        for figure in role.figures
        for end in (figure.amount, figure.amount_high)
        if end is not None and figure.unit != Figure.Unit.PEOPLE
    ]


def contradicted_money(passages: Iterable[Passage], roles: Sequence[Facts]) -> Iterator[Finding]:
    """Yield a warning for each dollar amount in the prose that no figure of the roles backs.

    One that lies near a figure contradicts it, and is told so. A whole thousand that is said to be about right, or is
    written as thousands, is backed by a figure that rounds to it. Quoted figures follow the record: nothing is said of
    them.
    """
    backed = backings(roles)
    for passage in passages:
        if "$" not in passage.html:
            continue
        for line in passage.typed:
            for sentence in sentences(line):
                for found in _unbacked(sentence, backed, roles):
                    yield replace(found, field=passage.field, row=passage.row)


def _unbacked(sentence: str, backed: list[Backing], roles: Sequence[Facts]) -> Iterator[Finding]:
    found = amounts(sentence)[:MOST]
    unbacked = [each for each in found if not _is_backed(sentence, *each, backed)]
    mentioned = mentions(sentence, [role.names for role in roles]) if unbacked else []
    named = {roles[mention.role].name for mention in mentioned}
    for written, amount in unbacked:
        meant = [each for each in backed if not named or each.role.name in named]
        near = min(meant, key=lambda each: abs(each.end - amount), default=None)
        if near and abs(near.end - amount) * 100 <= near.end * limit("near_amount_percent"):
            said = (
                f"“{written}” stands in the text, but the figure of {near.role.name.title} is {near.figure.text} "
                f"({_described(near.figure)})."
            )
            yield Finding(Level.WARNING, said, contradicts=True)
        else:
            yield Finding(Level.WARNING, f"“{written}” stands in the text, but no figure backs it.")


def _described(figure: Stated) -> str:
    return ", ".join(filter(None, [figure.label.lower(), figure.where_and_when]))


def _is_backed(sentence: str, written: str, amount: Decimal, backed: list[Backing]) -> bool:
    ends = {each.end for each in backed}
    if amount in ends:
        return True
    at = sentence.index(written)
    is_rounded = ROUNDED.search(written) or ABOUT.search(sentence[max(0, at - LONGEST_ABOUT) : at])
    return bool(is_rounded) and amount in {
        (end / THOUSAND).quantize(Decimal(1)) * THOUSAND for end in ends if end >= LEAST_ROUNDED
    }


# "[Practice managers] usually earn about 40 percent more than [office managers]." What hedges, negates or narrows the
# claim (some, senior, may, not, in small practices) matches nowhere, and such a sentence is left alone.
ARTICLE = r"(?:(?:an?|the|most|typical|average)\s+)*"
OPENING = re.compile(
    r"(?:.*[;:]\s+)?(?:(?:on average|at the median|nationally|overall|today|in general|and|but|so|still),?\s+)*"
    + ARTICLE,
    re.IGNORECASE,
)
CLAIM = re.compile(
    r"\s+(?:(?:also|clearly|generally|now|still|therefore|thus|typically|usually)\s+)?"
    r"(?:earns?|makes?|(?:is|are)\s+paid)\s+"
    r"(?:(?:about|almost|around|considerably|far|much|nearly|over|roughly|significantly|slightly|somewhat|well|"
    r"an?\s+(?:bit|little|lot|good\s+deal)|\d[\d.,]*\s*(?:percent|%)|\$\d[\d.,]*k?(?:\s+(?:a|per)\s+year)?)\s+)*"
    r"(?P<how>more|less)\s+(?:(?:on\s+average|at\s+the\s+median|a\s+year|per\s+year|money),?\s+)*than\s+" + ARTICLE,
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"(?:\s+(?:do|does|on average|at the median|a year|per year|nationally|in the United States))*\s*(?:[.!;].*)?",
    re.IGNORECASE,
)
PAY = (Figure.Measure.MEDIAN_PAY, Figure.Measure.MEAN_PAY)


def reversed_claims(passages: Iterable[Passage], a: Facts, b: Facts) -> Iterator[Finding]:
    """Yield a warning for each sentence that says of two roles which one earns more, and has it the wrong way round.

    Only a plain claim counts, and only where the figures of both are comparable and leave no doubt.
    """
    higher = _higher(a, b)
    if higher is None:
        return
    for passage in passages:
        for sentence in passage.sentences:
            claimed = _claimed(sentence, [a.names, b.names])
            if claimed is not None and claimed != higher.role:
                found = f"The figures say the reverse of “{sentence}”: {higher.sentence}"
                yield Finding(Level.WARNING, found, passage.field, passage.row, contradicts=True)


class _Higher(NamedTuple):
    role: int
    sentence: str


def _higher(a: Facts, b: Facts) -> _Higher | None:
    """Return which of the roles, 0 or 1, earns more by every measure in which they are comparable, and a sentence."""
    pairs = [pick(a.figures, b.figures, measure) for measure in PAY]
    known = [(x, y) for x, y in pairs if x and y and comparable(x, y) and difference(x, y)]
    if len({x.amount > y.amount for x, y in known}) != 1:
        return None
    x, y = known[0]
    texts = f"{a.name.title} has {x.text} and {b.name.title} {y.text} ({_described(x)})."
    return _Higher(0 if x.amount > y.amount else 1, texts)


def _claimed(sentence: str, names: list[set[str]]) -> int | None:
    """Return which of the roles, 0 or 1, the sentence plainly says earns more; None where it does not."""
    named = mentions(sentence, names)
    if len(named) != 2 or named[0].role == named[1].role:
        return None
    first, second = named
    claim = CLAIM.fullmatch(sentence[first.end : second.start])
    if not (claim and OPENING.fullmatch(sentence[: first.start]) and CLOSING.fullmatch(sentence[second.end :])):
        return None
    return _winner(first, second, claim["how"])


def _winner(first: Mention, second: Mention, how: str) -> int:
    return first.role if how.lower() == "more" else second.role
