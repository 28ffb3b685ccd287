"""Amounts of money in a sentence: single ones and ranges, with the unit of time that is said with them."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Unit = Literal["year", "month", "week", "hour"]

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,9}(?:\.\d{1,2})?"
SCALE = r"(?:\s?(?:k|thousand|million)\b)?"
DOLLARS = rf"(?:US|USD)?\s?\$\s?(?:{NUMBER}){SCALE}|USD\s?(?:{NUMBER}){SCALE}|(?:{NUMBER}){SCALE}\s(?:US\s)?dollars"
BARE = rf"(?:{NUMBER}){SCALE}(?![\w%])"
PER = r"\s*(?:/|per|an?|each|every)\s*(?P<{0}>year|yr|annum|hour|hr|month|mo|week|wk|day)\b"
ADVERB = r"\s*(?P<{0}>annually|yearly|hourly|monthly|weekly|daily)"


def _unit(name: str) -> str:
    return f"(?:{PER.format(f'{name}_per')}|{ADVERB.format(f'{name}_ly')})?"


AMOUNT = re.compile(
    rf"(?<![\w$€£])(?P<low>{DOLLARS}){_unit('low')}"
    rf"(?:\s*(?:–|—|-|to|and|through)\s*(?P<high>{DOLLARS}|{BARE}){_unit('high')})?",
    re.IGNORECASE,
)
FOREIGN = re.compile(r"(?:[€£¥₹]|\b(?:CA|C|A|AU|NZ|HK|S)\$)\s?\d[\d,.]*")
BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
UNITS: dict[str, Unit] = {
    "year": "year", "yr": "year", "annum": "year", "annually": "year", "yearly": "year", "annual": "year",
    "hour": "hour", "hr": "hour", "hourly": "hour",
    "month": "month", "mo": "month", "monthly": "month",
    "week": "week", "wk": "week", "weekly": "week",
}  # fmt: skip
HOURLY = {"hour", "hr", "hourly"}
LEAST_YEARLY = 1_000
EARLIER = re.compile(r"\b(annual|yearly|hourly|monthly|weekly|daily)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """Dollars in a sentence, `high` for the upper end of a range; `unit` is "" when none is said with it."""

    low: Decimal
    high: Decimal | None
    unit: str
    start: int
    end: int


def amounts_in(sentence: str) -> list[Amount]:
    """The amounts in dollars, in order. "$50,000 and $60,000" are two unless "between" is said before."""
    found: list[Amount] = []
    position = 0
    while match := AMOUNT.search(sentence, position):
        amount = _amount(match, sentence)
        found.append(amount)
        position = amount.end
    units = {amount.unit for amount in found if amount.unit}
    return [_with_unit(amount, units) for amount in found]


def _with_unit(amount: Amount, units: set[str]) -> Amount:
    """ "$95,000 and $85,000 a year": the year is meant for both."""
    alike = len(units) == 1 and (amount.low < LEAST_YEARLY) == (units <= HOURLY)
    return replace(amount, unit=next(iter(units))) if alike and not amount.unit else amount


def _amount(match: re.Match[str], sentence: str) -> Amount:
    low, low_scale = _value(match["low"])
    unit = match["low_per"] or match["low_ly"] or ""
    if not match["high"] or not _is_range(match, sentence):
        end = max(match.end("low"), match.end("low_per"), match.end("low_ly"))
        return Amount(low * low_scale, None, unit.lower(), match.start(), end)
    high, high_scale = _value(match["high"])
    unit = unit or match["high_per"] or match["high_ly"] or ""
    if max(low_scale, high_scale) == 1000 and low < 1000 and high < 1000:  # "$45-60k"
        low_scale = high_scale = 1000
    if high * high_scale < low * low_scale:  # "$65,917 to 7 people"
        return Amount(low * low_scale, None, "", match.start(), match.end("low"))
    return Amount(low * low_scale, high * high_scale, unit.lower(), match.start(), match.end())


def _is_range(match: re.Match[str], sentence: str) -> bool:
    joint = sentence[match.end("low") : match.start("high")].lower()
    if "and" in joint.split():
        return bool(BETWEEN.search(sentence[: match.start()]))
    return True


def _value(text: str) -> tuple[Decimal, int]:
    number = re.search(NUMBER, text)
    lowered = text.lower()
    scale = 1_000_000 if "million" in lowered else 1000 if re.search(r"\dk\b|\d\s?k\b|thousand", lowered) else 1
    return Decimal(number[0].replace(",", "")) if number else Decimal(0), scale


def unit_of(amount: Amount, sentence: str) -> Unit | Literal["", "day"]:
    """The unit of time: said with the amount, or by the last "annual" or "hourly" before it; "" if neither."""
    word = amount.unit
    if not word:
        earlier = EARLIER.findall(sentence[: amount.start])
        word = earlier[-1].lower() if earlier else ""
    return "day" if word in ("day", "daily") else UNITS.get(word, "")
