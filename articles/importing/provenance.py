"""Where, when and from whom a stated figure is."""

import re
from collections.abc import Iterable

from .amounts import Amount
from .bylines import MONTH
from .sources import ADDRESS

SOURCE_LINE = re.compile(
    r"\(?(?:(?:data\s+)?source:|(?:(?:salary|pay|wage)\s+)?(?:data|figures|information)\s+(?:is\s+|are\s+)?(?:comes?\s+)?from"
    r"(?:\s+the)?\s)\s*(.{2,120}?)(?:,\s+(?:[a-z]+\s+)?(?:19|20)\d\d)?[\s.)]*"
    rf"|\(([A-Z][^(),]{{1,60}}),\s+(?:{MONTH}\s+)?(?:19|20)\d\d\)",
    re.IGNORECASE,
)
ACCORDING = re.compile(
    r"\b(?i:according to|as reported by|(?:reported|published|compiled) by|"
    r"(?:data|figures|numbers|estimates|statistics) from)"
    r"\s+(?:(?:recent|the|an?|latest|new|data|figures|numbers|estimates|statistics|from|by|report|survey)\s+)*"
    r"((?:U\.S\.\s)?[A-Z][^,;()]{1,80}?)"
    r"(?=\s*(?:[,;(]|\.(?:\s|$)|$|\s(?:as of|in|for|the|an?|put|show|from|reports?|that|\w+ers?)\b))"
)
INSIDE = re.compile(
    rf"\((?i:source|via|per):?\s*([^()]{{2,80}})\)|\(([A-Z][^(),]{{1,60}}),\s+(?:(?i:{MONTH})\s+)?(?:19|20)\d\d\)"
)
ON_SITE = re.compile(r"^(?:On|Per) (?:the )?([A-Z][\w.&’'-]{2,40}(?:\s[A-Z][\w.&’'-]{1,40}){0,4}),")
REPORTS = re.compile(
    r"(?:^|[,;]\s|\b[Tt]he\s)(?!The\s)((?:U\.S\.\s)?[A-Z][\w&’'-]+(?:\s(?:of|for|and|[A-Z][\w.&’'-]*))*)\s"
    r"(?:reports?|reported|estimates?|estimated|says|lists|states|found|puts|data shows?|notes)\b"
)
SAYS = re.compile(
    r",\s+(?:says?|reports?|estimates?|notes)\s+(?:the\s+)?([A-Z][\w.&’'-]*(?:\s(?:of\s)?[A-Z][\w.&’'-]*){0,5})"
)
NOBODY = {"it", "this", "he", "she", "they", "data", "research", "one", "each", "these", "some", "most", "many"}
PERIOD = re.compile(rf"\b((?:{MONTH}\s+)?(?:19|20)\d\d)\b(?!,\d)", re.IGNORECASE)
NATIONAL = re.compile(
    r"\bnational(?:ly)?\b|\bnationwide\b|\bin the (?:United States|U\.?S\.?A?)(?!\w)|\bacross the country\b",
    re.IGNORECASE,
)
IN_PLACE = re.compile(
    rf"\b(?:[Ii]n|across|throughout)\s+(?:the\s+(?:state|city)\s+of\s+)?(?!(?i:{MONTH})\b)"
    r"([A-Z][\w.’'-]+(?:,?\s[A-Z][\w.’'-]+){0,3})"
)


def source_line(text: str) -> str:
    """The source in a line of its own, such as "Source: Bureau of Labor Statistics", or ""."""
    match = SOURCE_LINE.fullmatch(text) if len(text) < 160 else None
    return (match[1] or match[2]).lstrip("*") if match else ""


def source_in(sentence: str) -> str:
    """Whom the sentence has a figure from, or ""."""
    for pattern in (ACCORDING, INSIDE, ON_SITE, REPORTS, SAYS):
        match = pattern.search(sentence)
        name = next(filter(None, match.groups()), "") if match else ""
        if name and name.split()[0].casefold() not in NOBODY:
            return name.strip().rstrip(".")
    return ""


def address_in(sentence: str, links: list[tuple[str, str]]) -> str:
    """The address of a link that stands in the sentence, or one written out in it, or ""."""
    linked = next((address for words, address in links if words and words in sentence), "")
    match = None if linked else ADDRESS.search(sentence)
    return linked or (match[1] or f"https://{match[2]}" if match else "")


def period_in(sentence: str, amount: Amount) -> str:
    """The year, or month and year, that the figure is of: the one nearest to the amount, or ""."""
    return _nearest(PERIOD.finditer(sentence), amount)


def place_in(sentence: str, amount: Amount) -> str:
    """The place that the figure is of: the one nearest to the amount, "United States" for "national", or ""."""
    place = _nearest(IN_PLACE.finditer(sentence), amount).rstrip(".,")
    return "United States" if not place and NATIONAL.search(sentence) else place


def _nearest(matches: Iterable[re.Match[str]], amount: Amount) -> str:
    def distance(match: re.Match[str]) -> int:
        return min(abs(match.end() - amount.start), abs(match.start() - amount.end))

    found = min(matches, key=distance, default=None)
    return found[1] if found else ""
