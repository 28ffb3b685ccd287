"""Whose pay an amount is: the role that its sentence binds it to, or nobody's."""

import re
from typing import Literal

from .amounts import Amount
from .article import Side
from .roles import Mention, Roles

# Whose an amount is; "" when the sentence names no role, None when it names some but leaves open whose it is.
Owner = Literal["a", "b", "both", ""] | None

RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
COMPARED = re.compile(
    r"\b(?:than|compared (?:to|with)|in (?:contrast|comparison) (?:to|with)|unlike|versus|vs\.?|like|"
    r"as (?:much|many|high|low|well) as)\s+"
    r"(?:(?:an?|the|most|that of|those of|for)\s+)*$",
    re.IGNORECASE,
)
OWN_CLAUSE = re.compile(
    r"['’]s?\b|,?\s*(?:who|whose|which)\b|\s*\(|\s+(?:at|with|earn\w*|mak\w*|averag\w*|is|are)\b", re.IGNORECASE
)
ANOTHER = re.compile(
    r"\b(?:senior|junior|lead|head|chief|assistant|associate|deputy|principal|trainee|apprentice|experienced|new|"
    r"entry[- ]level|aspiring|top|highest[- ]paid|lowest[- ]paid)\s+$",
    re.IGNORECASE,
)
BOUND_AFTER = re.compile(
    r"(?:(?!\b(?:while|whereas|but|and|compared|than)\b)[^,;.:$]){0,60}?\b(?:for|of|to|as|by|goes to|that|which)\s+"
    r"(?:(?:an?|the|most|typical|average|all|full[- ]time)\s+)*",
    re.IGNORECASE,
)
LINKED = re.compile(r"[\s,]*(?:and|or|&|as well as|both)[\s,]*(?:(?:an?|the|for|of)\s+)*", re.IGNORECASE)
OTHER_SIDE = re.compile(r"\b(?:than|versus|vs\.?|compared (?:to|with))(?!\w)", re.IGNORECASE)
OTHER_SUBJECT = re.compile(
    r"(?:^|[,;]|\b(?:while|whereas|but|and)\b)\s*(?:an?\s+|the\s+|most\s+)?"
    r"(?!(?:they|it|both|these|those|he|she|you|this|can|typically|usually|also|often|who)\b)(?:[\w’'-]+\s+){1,4}"
    r"(?:earns?|makes?|averages|average (?=\$|about|around)|(?:is|are) paid|receives?|can expect)\b",
    re.IGNORECASE,
)
OTHER_ROLE = re.compile(
    r"\b(?:for|of) (?:an?|most|all)\s+"
    r"(?!role|position|job|career|professional|worker|average|typical|year|full|these|this|the)[\w-]+",
    re.IGNORECASE,
)


def owners(sentence: str, amounts: list[Amount], roles: Roles) -> list[Owner]:
    """Whose each amount is."""
    mentions = roles.mentions(sentence)
    if RESPECTIVELY.search(sentence):
        sides = _in_order([mention for mention in mentions if mention.start < amounts[0].start], sentence, roles)
        if len(amounts) == len(sides) == 2:
            return list(sides)
        return [None] * len(amounts)
    limits = [*(amount.start for amount in amounts[1:]), len(sentence)]
    return [_owner(amount, limit, mentions, sentence) for amount, limit in zip(amounts, limits, strict=True)]


def _in_order(mentions: list[Mention], sentence: str, roles: Roles) -> list[Side]:
    sides: list[Side] = []
    for mention in mentions:
        pair: list[Side] = ["a", "b"] if _begins_with_a(sentence[mention.start :], roles) else ["b", "a"]
        sides += pair if mention.side == "both" else [mention.side]
    return list(dict.fromkeys(sides))


def _begins_with_a(text: str, roles: Roles) -> bool:
    return text.casefold().startswith(roles.pair.a.split()[0].casefold())


def _owner(amount: Amount, limit: int, mentions: list[Mention], sentence: str) -> Owner:
    after = next((mention for mention in mentions if amount.end <= mention.start < limit), None)
    if after and BOUND_AFTER.fullmatch(sentence, amount.end, after.start):
        return None if ANOTHER.search(sentence[: after.start]) else _with_linked(after, mentions, sentence)
    before = [mention for mention in mentions if mention.end <= amount.start]
    if before:
        on_the_other_side = OTHER_SIDE.search(sentence, before[-1].end, amount.start)
        return None if on_the_other_side else _owner_before(amount, before, sentence)
    if OTHER_ROLE.search(sentence, 0, amount.start) or OTHER_SUBJECT.search(sentence, 0, amount.start):
        return None
    if after and after.start - amount.end < 30 and amount.start < 40:
        return _with_linked(after, mentions, sentence)
    return None if after else ""


def _owner_before(amount: Amount, before: list[Mention], sentence: str) -> Owner:
    nearest = before[-1]
    between = sentence[nearest.end : amount.start]
    if ANOTHER.search(sentence[: nearest.start]) or _speaks_of_others(between):
        return None
    if COMPARED.search(sentence[: nearest.start]) and not OWN_CLAUSE.match(between):
        earlier = before[:-1]
        return _owner_before(amount, earlier, sentence) if earlier and re.search(r"[,;]", between) else None
    return _with_linked(nearest, before, sentence)


def _speaks_of_others(between: str) -> bool:
    clause = re.split(r"[,;]|\b(?:while|whereas|but)\b", between)[-1]
    return bool(OTHER_SUBJECT.search(between, 1) or OTHER_ROLE.search(clause))


def _with_linked(mention: Mention, mentions: list[Mention], sentence: str) -> Owner:
    """The role, or both of them when "and" ties it to the other: "nurses and doctors earn ..."."""
    for other in mentions:
        first, second = sorted((mention, other), key=lambda one: one.start)
        tied = other.side != mention.side and LINKED.fullmatch(sentence, first.end, second.start)
        if tied:
            return "both"
    return mention.side
