"""Bylines, dates and reading times: "By Jane Doe | Updated March 3, 2024 | 5 min read"."""

import re
from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
DATES = (
    re.compile(
        rf"(?P<month>{MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
    ),
    re.compile(
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH}),?\s+(?P<year>(?:19|20)\d\d)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?"
    ),
    re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:19|20)\d\d)\b"),
    re.compile(rf"(?P<month>{MONTH}),?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
)
TIME = re.compile(r",?\s*(?:at\s+)?\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,4}\b)?", re.IGNORECASE)
WHEN = re.compile(
    r"(?P<verb>(?:first\s+|originally\s+)?(?:published|posted|created|written|updated|modified|revised|reviewed|date)"
    r"|last\s+(?:updated|modified|revised|reviewed|edited))?(?:\s+date)?(?:\s+on)?\s*:?\s*"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?",
    re.IGNORECASE,
)
NO_YEAR = re.compile(rf"(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH})(?:st|nd|rd|th)?(?!\w|,?\s+\d)", re.IGNORECASE)
WORD = rf"(?!Published|Updated|Posted|Last|Reviewed|On\b|Date\b|(?i:{MONTH})\s+\d)[^\W\d_a-z][\w.'’-]*"
NAME = (
    rf"(?:admin|editor|staff|(?:the\s+)?{WORD}"
    rf"(?:,?\s+(?:and\s+|&\s+|van\s+|von\s+|de\s+|da\s+|del\s+)?{WORD}){{0,7}})"
)
PERSON = re.compile(rf"(?:{WORD}\s+){{1,2}}(?:(?:van|von|de|da|del)\s+)?{WORD}(?:,\s+[A-Z][\w., ]{{1,20}})?")
NO_PERSON = re.compile(
    r"\b(?:careers?|jobs?|work\w*|advice|guides?|health\w*|search|education|news|blog|development|management|business"
    r"|finance|technology|marketing|nursing|medical|school|college|university|team|staff)\b",
    re.IGNORECASE,
)
AUTHOR = re.compile(rf"(?i:(?:(?:written|posted|published|words|article)\s+)?by|authors?)\s*:?\s+(?P<name>{NAME})")
CHECKED = re.compile(
    rf"(?i:(?:medically\s+|expert\s+)?(?:reviewed|edited|fact[- ]checked|verified|approved)\s+by)\s*:?\s+{NAME}"
)
MINUTES = re.compile(
    r"(?:(?:estimated\s+)?reading\s+time\s*:?\s*)?\d{1,3}\s*-?\s*min(?:ute)?s?\b\.?(?:\s+read(?:ing)?(?:\s+time)?)?",
    re.IGNORECASE,
)
SHELF = re.compile(r"(?:[A-Z][\w&’'-]*\s?){1,4}(?=\s*[|·•])")
GLUE = re.compile(r"[\s|·•,;/–—-]+(?:on\s+)?|\s+on\s+")
UPDATING = re.compile(r"updat|modif|revis|review|edit", re.IGNORECASE)


@dataclass(frozen=True)
class Imprint:
    """What a line says about who wrote an article and when."""

    byline: str = ""
    published: date | None = None
    updated: date | None = None


def imprint(text: str) -> Imprint | None:
    """What a line says of author and dates, or None when it says anything else."""
    if not text or len(text) > 200:
        return None
    found, position = Imprint(), 0
    while position < len(text):
        step = _step(text, position, found) or (_shelf(text, position, found) if position else None)
        if step is None:
            return None
        found, position = step
        glue = GLUE.match(text, position)
        position = glue.end() if glue else position
    return found


def is_person(text: str) -> bool:
    """Whether a line may be a person's name and nothing else."""
    return PERSON.fullmatch(text) is not None and not NO_PERSON.search(text)


def parse_date(text: str) -> date | None:
    """The date that a text is, such as "2024-03-03" or "March 3, 2024"; a month alone is its first day."""
    for pattern in DATES:
        match = pattern.match(text.strip())
        if match:
            return _date(match)
    return None


def _shelf(text: str, position: int, found: Imprint) -> tuple[Imprint, int] | None:
    """Past a piece of few words between bars, such as the shelf in "By Jane Doe | Nursing | March 3, 2024"."""
    match = SHELF.match(text, position)
    return (found, match.end()) if match else None


def _step(text: str, position: int, found: Imprint) -> tuple[Imprint, int] | None:
    if match := MINUTES.match(text, position) or CHECKED.match(text, position):
        return found, match.end()
    if match := AUTHOR.match(text, position):
        names = ", ".join(filter(None, (found.byline, match["name"].strip())))
        return Imprint(names, found.published, found.updated), match.end()
    lead = WHEN.match(text, position)
    start = lead.end() if lead else position
    for pattern in DATES:
        match = pattern.match(text, start)
        day = _date(match) if match else None
        if match and day:
            time = TIME.match(text, match.end())
            end = time.end() if time else match.end()
            if lead and UPDATING.search(lead["verb"] or ""):
                return Imprint(found.byline, found.published, found.updated or day), end
            return Imprint(found.byline, found.published or day, found.updated), end
    no_year = NO_YEAR.match(text, start) if lead and lead["verb"] else None
    return (found, no_year.end()) if no_year else None


def _date(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    month = groups["month"]
    number = int(month) if month.isdecimal() else MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(groups["year"]), number, int(groups.get("day") or 1))
    except ValueError:
        return None
