"""Whether an amount in a sentence is what a role pays, and what the sentence says about it."""

import re

from .amounts import Amount, unit_of
from .article import Measure

PAY = re.compile(
    r"\b(?:salar(?:y|ies)|wages?|earn(?:s|ed|ings?)?|paid|pay|pays|paycheck|compensation|income|remuneration|makes?|made)\b",
    re.IGNORECASE,
)
SPENDING = re.compile(
    r"\b(?:tuition|costs?|fees?|budgets?|revenues?|spend\w*|prices?|priced|savings?|saves?|loans?|debts?|fines?|"
    r"premiums?|sales|grants?|assets?|portfolios?|funds?|funding|invest\w*|expenses?|purchas\w*|donat\w*|"
    r"projects? worth|deals?|contracts?)\b",
    re.IGNORECASE,
)
EXTRA = re.compile(
    r"\b(?:bonus(?:es)?|commissions?|overtime|tips|stipends?|sign(?:ing)?-on|profit[- ]sharing|relocation|"
    r"allowances?)\b",
    re.IGNORECASE,
)
BOUND = re.compile(
    r"\b(?:up to|more than|less than|over|under|at least|at most|as (?:much|little|high|low) as|upwards? of|above|"
    r"below|exceed\w*|in excess of|start(?:s|ing)?(?: out)? at|no (?:more|less) than)\s+(?:about\s+|around\s+)?$",
    re.IGNORECASE,
)
SOME = re.compile(
    r"\b(?:(?:top|bottom|highest|lowest|upper|lower)[- ](?:\d+|ten|paid|paying|earn\w*|quartile|end|range)|"
    r"percentiles?|entry[- ]level|starting (?:salary|salaries|pay|wages?)|beginners?|experienced|new graduates?|"
    r"with (?:\w+ ){0,4}experience|in (?:their|the) first year|"
    r"(?:who|that) work|working (?:in|for|at)|employed (?:in|by|at)|those (?:in|with|who|working))\b",
    re.IGNORECASE,
)
BEST_PLACE = re.compile(r"\b(?:top|best|highest|lowest|worst)[- ]paying\b", re.IGNORECASE)
GAP_BEFORE = re.compile(
    r"\b(?:difference|gap|increase|raise|rise|growth)(?: \w+){0,3} of\s+(?:about\s+|around\s+)?$|\bby\s+(?:about\s+)?$",
    re.IGNORECASE,
)
GAP_AFTER = re.compile(
    r"\s*(?:more|less|higher|lower|fewer|above|below|difference|gap|increase|raise)\b", re.IGNORECASE
)
RATE = re.compile(
    r"\b(?:rates?|range|annual\w*|yearly|hourly|monthly|weekly|per (?:year|hour|month|week))\b", re.IGNORECASE
)
AVERAGE = re.compile(r"\b(?:(median)s?|averag\w*|avg|mean)\b", re.IGNORECASE)
CLAUSE = re.compile(r"[,;:()]|\b(?:while|whereas|but|although|though)\b", re.IGNORECASE)
LOWEST_YEARLY, HIGHEST_YEARLY = 10_000, 2_000_000


def speaks_of_pay(sentence: str, amounts: list[Amount]) -> bool:
    """Whether a sentence is about pay: it says so, or puts an amount for a stretch of time."""
    return bool(PAY.search(sentence)) or any(amount.unit for amount in amounts)


def names_pay(label: str) -> bool:
    """Whether a table's row is about pay as such: "Average", "Hourly rate", "Salary range"."""
    return bool(PAY.search(label) or AVERAGE.search(label) or RATE.search(label))


def is_spending(clause: str) -> bool:
    """Whether a clause is about money that is no pay: a budget, tuition, revenue."""
    return bool(SPENDING.search(clause)) and not PAY.search(clause)


def objection(amount: Amount, sentence: str, *, clause: str) -> str:
    """Why an amount of pay is not the pay of a role as such, or "" when it is."""
    before, after = sentence[: amount.start], sentence[amount.end :]
    if EXTRA.search(clause):
        return "it is paid on top"
    if BOUND.search(before):
        return "it is a bound and no figure"
    if SOME.search(clause) or BEST_PLACE.search(before):
        return "it is the pay of some, not of the role"
    if GAP_BEFORE.search(before) or GAP_AFTER.match(after):
        return "it is a difference"
    unit = unit_of(amount, sentence)
    if unit == "day":
        return "it is pay for a day"
    if not unit and not LOWEST_YEARLY <= amount.low < HIGHEST_YEARLY:
        return "the sentence does not say for how long it is paid"
    return ""


def clause_of(amount: Amount, sentence: str) -> str:
    """The clause in which the amount stands."""
    return sentence[slice(*_clause(amount, sentence))]


def measure_of(amount: Amount, sentence: str) -> Measure:
    """The mean or the median, by the last word for either before the amount, else the first one after it.

    A range is neither unless its own clause says so: "they average $50,000 a year, with a range of ...".
    """
    start, end = (0, len(sentence)) if amount.high is None else _clause(amount, sentence)
    before = [*AVERAGE.finditer(sentence, start, amount.start)][-1:]
    said = before or [*AVERAGE.finditer(sentence, amount.end, end)][:1]
    if not said:
        return "pay"
    return "median_pay" if said[0][1] else "mean_pay"


def _clause(amount: Amount, sentence: str) -> tuple[int, int]:
    starts = [match.end() for match in CLAUSE.finditer(sentence, 0, amount.start)]
    end = CLAUSE.search(sentence, amount.end)
    return starts[-1] if starts else 0, end.start() if end else len(sentence)
