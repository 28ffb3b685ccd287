"""What a heading announces, and which lines of a text without marked headings are headings at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from articles.titles import ACRONYMS, unshouted

from . import topics
from .article import Side
from .blocks import Block
from .bylines import imprint
from .roles import Roles
from .text import first_sentence

Kind = Literal["introduction", "summary", "name", "versus", "sources", "related", "contents", "section"]

NUMBER = re.compile(
    r"(?:(?:step|part|section|no\.?)\s+)?(?:#?\d{1,2}|[IVX]{1,4})\s*[.):]\s+(?=\S)|#\d{1,2}\s+(?=\S)", re.IGNORECASE
)
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DEFINING = _words(
    "a about all an and as at career day definition defined description do does exactly explained for in introduction "
    "is are job let's look meaning means meet of on overview position profession profile role s so summary the they to "
    "understanding was what what's what’s who who's who’s whats"
)
COMPARING = _words(
    "a an and apart are at between biggest by careers compare compared comparing comparison comparisons "
    "contrast differ difference differences different do does explained for from glance how important in is it "
    "jobs key look main major most of or positions professions roles s sets side similarities so stack summary "
    "the their them these they this to top two up v versus vs what what's whats what’s with"
)
OUTLINING = _words("definition definitions defined overview")  # With one of these a summary may promise the duties too.
DIFFERING = re.compile(r"\b(?:differ\w*|compar\w*|contrast|versus|vs|v)\b", re.IGNORECASE)
VERSUS = re.compile(r"\b(?:vs|v|versus)\b", re.IGNORECASE)
ALIKE = re.compile(r"(?!.*\b(?:differ|compar|contrast))(?:.*\b)(?:similarit|in common|alike\b)", re.IGNORECASE)
INTRODUCTION = re.compile(r"(?:an? )?(?:introduction|intro|overview)", re.IGNORECASE)
SOURCES = re.compile(
    r"(?:data\s+|article\s+)?(?:sources?|references?|works cited|bibliography|citations?|further reading|footnotes?)"
    r"(?:\s+(?:and|&)\s+(?:references?|sources?|methodology|further reading|notes))?",
    re.IGNORECASE,
)
LISTED = re.compile(r"(?:sources|references)\s*:\s+(?=\S)", re.IGNORECASE)  # All of them in one line.
RELATED = re.compile(
    r"related(?: (?:articles?|posts?|reading|comparisons?|careers?|content|links|stories|topics))?|see also|up next"
    r"|you (?:may|might) also like|(?:keep|continue) reading|don['’]t miss|(?:next|previous) (?:article|post)"
    r"|(?:read|see|learn|explore|discover) (?:more|also|next)(?: (?:articles?|comparisons?|posts?))?"
    r"|more (?:articles?|comparisons?|posts?|stories|like this|to read|from .{1,40}|on .{1,40})"
    r"|(?:more|other) .{1,40} to (?:compare|consider|explore|read)"
    r"|recommended(?: (?:articles?|reading|posts?|for you))?"
    r"|(?:popular|latest|recent|similar|other) (?:articles?|posts?|comparisons?)",
    re.IGNORECASE,
)
CONTENTS = re.compile(
    r"(?:table of )?contents|in this (?:article|guide|post)|on this page|jump to(?: a)?(?: section)?|quick links"
    r"|what(?:['’]s| is) (?:in|inside|covered in) this (?:article|guide|post)",
    re.IGNORECASE,
)
LEARN = re.compile(
    r"(?:learn|find out|discover|explore|compare|read|see|here(?:['’]s| is| are)|get|understand|review|take a look|"
    r"look|know)\b",
    re.IGNORECASE,
)
FIXED: dict[Kind, re.Pattern[str]] = {
    "introduction": INTRODUCTION,
    "sources": SOURCES,
    "related": RELATED,
    "contents": CONTENTS,
}
MARKED = 2  # A text with so many declared headings declares all of them.
PLAIN_TOPIC = re.compile(
    r"(?:(?:job|work|working|key|main|required|typical|average|education|educational|training|and|&|the|of|or|for|a|"
    r"an|in|vs)\b|\W)*",
    re.IGNORECASE,
)
DATUM = re.compile(r"[$€£¥]\s?\d|:\s+\d")  # "Paralegal: $60,000" is a line of a list.
MAX_WORDS = 16
MAX_LENGTH = 120


@dataclass(frozen=True)
class Heading:
    """A heading: what it announces, its words without number and colon, the number, and the role it names.

    Kind "name" is nothing but a role's name, which is a summary in one place and a part of a section in another.
    """

    kind: Kind
    title: str
    number: str = ""
    side: Side | None = None
    topic: str = ""


def classify(text: str, roles: Roles) -> Heading:
    """What the heading announces."""
    number = NUMBER.match(text)
    title = (text[number.end() :] if number else text).rstrip(" :").strip("*_ ")
    kind, side = _kind(title.rstrip("?. "), roles)
    title = unshouted(title, keep=roles.acronyms)
    topic = topics.of_heading(roles.without(title)) if kind == "section" else ""
    if topic and title.isupper() and title not in ACRONYMS:  # One short word, such as PAY.
        title = title.capitalize()
    return Heading(kind, title, number[0].strip() if number else "", side, topic)


def _kind(text: str, roles: Roles) -> tuple[Kind, Side | None]:
    for kind, pattern in FIXED.items():
        if pattern.fullmatch(text):
            return kind, None
    words = [word.lower() for word in WORD.findall(roles.without(text)) if not word.isdecimal()]
    side = roles.only(text)
    if side and not words:
        return "name", side
    if side and _defines(words):
        return "summary", side
    named, bare = roles.named(text), roles.without(text)
    compares = COMPARING.issuperset(words) and DIFFERING.search(bare) and not ALIKE.match(bare)
    if compares and len(named) != 1:
        return "versus", None
    about = set(words) - COMPARING  # "Nurse vs. Doctor: Schooling" is about one point.
    on_a_point = OUTLINING.intersection(words) or 1 <= len(about) <= 2
    if len(named) == 2 and VERSUS.search(text) and not on_a_point and topics.of_heading(bare) in ("", "Differences"):
        return "versus", None
    return "section", None


def _defines(words: list[str]) -> bool:
    promised = {"duties", "responsibilities"} if OUTLINING.intersection(words) else set()
    return len(words) < 8 and DEFINING.issuperset(set(words) - promised)


def is_line(text: str) -> bool:
    """Whether a text has the shape of a heading: one short line that is no sentence."""
    if not text or len(text) > MAX_LENGTH or len(text.split()) > MAX_WORDS:
        return False
    bare = NUMBER.sub("", text, count=1)
    return (
        bare[:1].isalnum()
        and not bare[:1].islower()
        and text[-1] not in ".,;!"
        and (text[-1] == "?" or not DATUM.search(bare))
        and first_sentence(bare) == bare.strip()
    )


def is_title_case(text: str) -> bool:
    """Whether every word of more than three letters has a capital."""
    return text[-1] != "?" and all(word[0].isupper() for word in WORD.findall(text) if len(word) > 3)


def is_titled(text: str) -> bool:
    """Whether a line is written as headings are: in title case, in capitals, as a question, or in few words."""
    words = [word for word in WORD.findall(NUMBER.sub("", text, count=1)) if len(word) > 3]
    capital = sum(1 for word in words if word[0].isupper() or word[0].isdecimal())
    return capital >= 0.7 * len(words) or text.endswith("?") or len(text.split()) <= 8


def is_sentence(text: str) -> bool:
    """Whether a declared heading is in truth a sentence set large, such as a standfirst."""
    return text.endswith((".", "!")) or (len(text.split()) > 5 and bool(LEARN.match(text))) or len(text.split()) > 30


def found_in(blocks: Sequence[Block], roles: Roles) -> dict[int, Heading]:
    """The headings among the blocks by their index: the declared ones, and lines that can be nothing else."""
    return _Finder(blocks, roles).found()


class _Finder:
    def __init__(self, blocks: Sequence[Block], roles: Roles) -> None:
        self._blocks = blocks
        self._roles = roles
        self._marked = sum(block.kind == "heading" for block in blocks) >= MARKED
        self._runs = _runs(blocks)
        self._met_text = False

    def found(self) -> dict[int, Heading]:
        found: dict[int, Heading] = {}
        for index, block in enumerate(self._blocks):
            heading = self._at(index, block)
            if heading:
                found[index] = heading
            self._met_text = self._met_text or heading is not None or not is_line(block.text)
        return found

    def _at(self, index: int, block: Block) -> Heading | None:
        if block.kind == "heading":
            set_large = is_sentence(block.text) and (not self._met_text or len(block.text.split()) > 30)
            return None if set_large else classify(block.text, self._roles)
        if block.kind != "text" or not is_line(block.text) or imprint(block.text) or LISTED.match(block.text):
            return None
        heading = classify(block.text, self._roles)
        return heading if self._is_heading(index, block, heading) else None

    def _is_heading(self, index: int, block: Block, heading: Heading) -> bool:
        if heading.kind not in ("section", "name"):
            is_link = heading.kind == "sources" and "<a " in block.html
            return not (is_link or (heading.kind == "versus" and LEARN.match(block.text)))
        below = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        if below is None:
            return False
        if (
            block.text.endswith(":")
            and below.kind in ("list", "table")
            and not (heading.topic and len(block.text.split()) <= 4)
        ):
            return False
        place, length = self._runs[index]
        alone = is_titled(block.text) and self._met_text and _is_text(below) and _is_plain_topic(heading)
        if self._marked and not block.bold:
            return length == 1 and alone
        if length > 2 and not block.bold:
            return (place == 0 and bool(heading.topic) and self._met_text) or (place == length - 1 and alone)
        if heading.topic:
            return is_titled(block.text) and (self._met_text or _is_plain_topic(heading))
        return _is_text(below) and self._met_text and is_titled(block.text)


def _runs(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """For each block its place in a run of short lines, and how long the run is; a long one is a list."""
    runs: list[tuple[int, int]] = []
    for is_short, group in groupby(blocks, lambda block: block.kind == "text" and is_line(block.text)):
        length = len(list(group))
        runs += [(place, length if is_short else 1) for place in range(length)]
    return runs


def _is_text(block: Block) -> bool:
    return block.kind != "text" or not is_line(block.text)


def _is_plain_topic(heading: Heading) -> bool:
    """ "Job Duties" is a heading wherever it stands; "Career Advice" above the text may be a category."""
    topic = next((topic for topic in topics.TOPICS if topic.name == heading.topic), None)
    if topic is None:
        return False
    rest = topic.heading.sub(" ", heading.title)
    return heading.topic not in ("Career Path", "Conclusion") and PLAIN_TOPIC.fullmatch(rest) is not None
