"""The grammar of titles over two roles: "A vs. B", "A or B: ...", "The Difference Between an A and a B"."""

import re
from collections.abc import Collection
from dataclasses import dataclass

MAX_TITLE = 240
MAX_NAME = 80
MAX_NAME_WORDS = 9

BREAK = re.compile(r"\s*[:|?!]\s+|\s*[:|?!]$|\s+[-–—]\s+|\s*—\s*|\.\s+(?=(?:What|Which|How|Key|The)\b)")
VERSUS = re.compile(r"\s+(?:vs\.?|versus|v\.|(?-i:v)|v/s)\s+", re.IGNORECASE)
BETWEEN = re.compile(
    r"\b(?:differen\w+|differs?|comparison|choos\w+|distinction\w*|distinguish\w*)\s+between\s+", re.IGNORECASE
)
FROM = re.compile(
    r"\bhow\s+(?:(?:is|are|do|does)\s+)?(.{2,80}?)\s+(?:is\s+|are\s+)?(?:differ\w*)\s+from\s+(.{2,80})$", re.IGNORECASE
)
COMPARED = re.compile(r"\s+(?:compared\s+(?:to|with)|in comparison (?:to|with))\s+", re.IGNORECASE)
AND = re.compile(r"\s*,\s*(?:and|&)\s+|\s+and\s+|\s*,\s*", re.IGNORECASE)
OR = re.compile(r"\s*,\s*or\s+|\s+or\s+|\s*,\s*", re.IGNORECASE)
ASKS = re.compile(r"\b(?:differen\w+|differs?|which|compar\w+|better|right for you|versus|similar\w*)\b", re.IGNORECASE)
CHOICE = re.compile(
    r"^(?:(?:should|do|would|could|can)\s+(?:you|i|we)\s+(?:be|become|hire|choose|need|want|see|work as)\s+"
    r"|(?:is|are)\s+(?=.+\b(?:better|best|harder|right for (?:you|me))\b)(?:it\s+\w+\s+to\s+(?:be|become)\s+)?"
    r"|(?:which|who)\b[^,:?]{0,40}[,:?]\s+(?=.*\?$))",
    re.IGNORECASE,
)
COMPARING = re.compile(
    r"^(?:comparing|compare|comparison of|choosing|understanding|becoming)\s+(?:the\s+)?", re.IGNORECASE
)
LEAD = re.compile(r"^(?:an?|the|being|becoming|(?:working|careers?|jobs?) (?:as|of))\s+", re.IGNORECASE)
TAIL = re.compile(
    r"(?:\s+|^)(?:what(?:['’]s|\s+is|\s+are)?\s+the\s+(?:key\s+|main\s+)?(?:differ\w+|similar\w+).*"
    r"|(?:key\s+|main\s+|the\s+)*differences?|comparison|compared|explained|careers|roles|(?:the\s+|an?\s+)?(?:better|best|harder|right)\b.*|in\s+(?:19|20)\d\d|\(?(?:19|20)\d\d\)?)$",
    re.IGNORECASE,
)
# The last word of a role's name says who does it: -er, -ist, -ant ..., or an acronym such as RN.
AGENT = re.compile(
    r"(?i:[eo]r|ist|ant|(?<!m)ent|ian|ee|ar|yst|m[ae]n|person|people|[mf]ic|nic|dic|ert|ean|eon|ate|ster|ary|official"
    r"|principal|legal|professional|general|representative|executive|detective|operative|nurse|midwife|aide|clerk|chef"
    r"|coach|architect|pilot|cook|guard|judge|lead|head|chief|scribe|tech|rep|teen|pro|guru)s?$"
    r"|(?i:ries)$|(?<![a-z])[A-Z]{2,5}s?$"
)
NO_ROLES = re.compile(
    r"\b(?:skills?|salar(?:y|ies)|pay|education|training|duties|responsibilities|similarities|differences|degrees?"
    r"|requirements|experience|tools|outlook|environment|certifications?|pros|cons)$",
    re.IGNORECASE,
)
PLURAL_ANYWAY = {
    "sales", "operations", "devops", "ops", "relations", "resources", "services", "systems", "logistics", "analytics",
    "economics", "communications", "affairs", "sciences", "benefits", "accounts", "physics", "electronics", "studies",
}  # fmt: skip
SMALL = {"a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to", "versus", "vs", "vs.", "with"}
EDGES = "()/,.:;?!"
# Words that stay in capitals when a title is all in capitals; most have vowels, so no rule would tell.
ACRONYMS = {
    "AI", "API", "APRN", "BI", "CEO", "CFO", "CIO", "CMO", "CNA", "COO", "CPA", "CRM", "CRNA", "CTO", "DBA", "EHS",
    "EMT", "ERP", "FAQ", "FAQS", "GIS", "HR", "HVAC", "ICU", "IT", "LPN", "LVN", "MA", "MD", "ML", "NLP", "NP", "OT",
    "PA", "PC", "PM", "PR", "PSW", "PT", "QA", "QC", "RA", "RFID", "RN", "SEO", "SQL", "SRE", "UI", "US", "USA",
    "UX", "VP",
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """The two roles that a title is over, as names in title case, in the title's order."""

    a: str
    b: str


class TooManyRoles(ValueError):
    """The title compares three or more roles; `names` are they."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(names)
        self.names = names


def pair_in(title: str) -> Pair | None:
    """The two roles of a title, or None when it is no title over two roles.

    Raises TooManyRoles for "CNA vs. LPN vs. RN".
    """
    title = " ".join(title.split())
    if len(title) > MAX_TITLE:
        return None
    names = next(filter(None, (split(title) for split in (_by_versus, _by_difference, _by_or, _by_and))), [])
    names = [as_name(name) for name in names]
    if len(names) < 2 or not all(_is_name(name) for name in names):
        return None
    if len(names) > 2:
        raise TooManyRoles(names)
    a, b = _singular(names[0], names[1])
    return Pair(a, b)


def as_name(text: str) -> str:
    """A role's name as a title: without articles and quotes, in title case if it was not."""
    name = text.strip(" \t\"'“”‘’.,;*_")
    while (shorter := LEAD.sub("", TAIL.sub("", name)).strip(" \"'“”‘’,;*_")) != name:
        name = shorter
    words = name.split()
    shouted = _is_shouted(name, words)
    return " ".join(_word(word, first=not index, shouted=shouted) for index, word in enumerate(words))


def unshouted(text: str, *, keep: Collection[str] = ()) -> str:
    """A heading in title case if all of it was in capitals, else as it is; the words to `keep` are acronyms."""
    words = text.split()
    if not _is_shouted(text, words):
        return text
    return " ".join(
        word if word.strip(EDGES) in keep else _word(word, first=not index, shouted=True)
        for index, word in enumerate(words)
    )


def _is_shouted(text: str, words: list[str]) -> bool:
    """Whether capitals are for emphasis; a single short word in capitals is an acronym."""
    return text.isupper() and (len(words) > 1 or len(text) > 5)


def _by_versus(title: str) -> list[str]:
    for part in BREAK.split(title):
        names = VERSUS.split(_without_lead(part))
        if len(names) > 1:
            return [piece for name in names for piece in _listed(name)]
    return []


def _by_difference(title: str) -> list[str]:
    for part in BREAK.split(title):
        if match := BETWEEN.search(part):
            return _halves(part[match.end() :], AND)
        if match := FROM.search(part):
            return [match[1], match[2]]
    return []


def _by_or(title: str) -> list[str]:
    choice = CHOICE.match(title)
    part, mark, rest = _first_part(title[choice.end() :] if choice else title)
    names = _halves(_without_lead(part), OR)
    asked = ASKS.search(rest) or choice
    return names if (asked and _are_roles(names)) or ("?" in mark and _all_agents(names)) else []


def _by_and(title: str) -> list[str]:
    part, _, rest = _first_part(title)
    compared = COMPARED.split(part)
    if len(compared) == 2:
        return compared
    told = ASKS.search(rest) or COMPARING.match(part)
    names = _halves(_without_lead(part), AND) if told else []
    return names if _are_roles(names) else []


def _first_part(title: str) -> tuple[str, str, str]:
    match = BREAK.search(title)
    return (title[: match.start()], match[0], title[match.end() :]) if match else (title, "", "")


def _without_lead(part: str) -> str:
    between = BETWEEN.search(part)
    part = part[between.end() :] if between else part
    return LEAD.sub("", COMPARING.sub("", part))


def _listed(name: str) -> list[str]:
    """ "CNA, LPN," before a last "vs." is a list; "Teacher, Special Education" is one name."""
    pieces = [piece for piece in name.split(", ") if piece.strip(" ,")]
    return pieces if name.endswith(",") or (len(pieces) > 1 and _all_agents(pieces)) else [name]


def _halves(text: str, joint: re.Pattern[str]) -> list[str]:
    """The names joined by "and" or "or". A name may hold the word too: "Research and Development Manager"."""
    joints = list(joint.finditer(text))
    if all(match[0].strip() == "," for match in joints):
        return []
    pieces = _cut(text, joints)
    if len(pieces) > 2 and _all_agents(pieces):
        return pieces
    splits = [_cut(text, [match]) for match in joints]
    articled = [halves for halves in splits if all(LEAD.match(half) for half in halves)]
    good = [halves for halves in articled or splits if _all_agents(halves)]
    return (good or articled or splits)[-1]


def _cut(text: str, joints: list[re.Match[str]]) -> list[str]:
    ends = [0, *(end for match in joints for end in match.span()), len(text)]
    return [text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)]


def _all_agents(names: list[str]) -> bool:
    """Whether each name ends in a word for somebody who does a thing, such as Manager, Analyst or RN."""
    lasts = [re.sub(r"\s*\([^()]*\)$", "", as_name(name)).split(" ")[-1] for name in names]
    return all(last and AGENT.search(last) for last in lasts)


def _are_roles(names: list[str]) -> bool:
    return not any(NO_ROLES.search(name.strip()) for name in names) and (len(names) == 2 or _all_agents(names))


def _is_name(name: str) -> bool:
    return 0 < len(name) <= MAX_NAME and len(name.split()) <= MAX_NAME_WORDS and any(map(str.isalpha, name))


def _word(word: str, *, first: bool, shouted: bool) -> str:
    bare = word.strip(EDGES)
    if shouted and bare not in ACRONYMS and word[0] != "(":
        word = word.lower()
    if word.lower() in SMALL and not first and bare not in ACRONYMS:
        return word.lower()
    if not word.islower():
        return word
    return re.sub(r"(?:^|(?<=[-/(]))[^\W\d_]", lambda match: match[0].upper(), word)


def _singular(a: str, b: str) -> tuple[str, str]:
    """Both names in the singular when both are plural: "Paralegals and Legal Assistants"."""
    one, other = singular(a), singular(b)
    return (one, other) if one != a and other != b else (a, b)


def singular(name: str) -> str:
    """The name of one, from the name of many; the same name if it is none."""
    head, _, last = name.rpartition(" ")
    if last.lower() in PLURAL_ANYWAY or not last.endswith("s") or last.endswith(("ss", "us", "is")):
        return name
    for many, one in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("s", "")):
        if last.endswith(many):
            last = last.removesuffix(many) + one
            break
    return f"{head} {last}".strip()
