"""Where a text names the two roles, in whatever form: plural, acronym, short, "practice and office managers"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, takewhile
from typing import Literal

from articles.titles import AGENT, Pair

from .article import Side

ALTERNATIVES = re.compile(r"\s*/\s*")
ASIDE = re.compile(r"\s*\(([^()]*)\)")
AND = r"(?:and|or|&|vs\.?|versus)"
ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
ACRONYM = re.compile(r"[A-Z][A-Z&-]{1,5}")
CLIPPED = {"administrator": 5, "technician": 4, "representative": 3, "veterinary": 3}  # "admin", "tech", "rep", "vet".
# Before a short name, or it may be the end of another role's: "hygienists", but no "lab hygienists".
FREE = re.compile(
    r"(?:^\s*|[^\w\s'’-]\s*|\b(?:an?|the|most|many|some|all|both|these|those|each|every|average|typical|other|and|or|but|"
    r"while|whereas|because|if|when|where|how|what|which|that|than|as|for|of|to|by|with|from|between|like|unlike|versus|"
    r"vs|do|does|is|are|be|become|more)\s+)$",
    re.IGNORECASE,
)
NEXT_WORD = re.compile(r"[\s-]+([^\W\d_]{5,})")
NO_NOUN = {"after", "either", "never", "other", "rather", "under", "whether", "together", "however"}


@dataclass(frozen=True)
class Mention:
    """A place in a text that names a role, or both at once."""

    side: Literal["a", "b", "both"]
    start: int
    end: int


class Roles:
    """The two roles of an article, as its text names them.

    `text` is the article: "Registered Nurse (RN)" in it makes RN a name of the role as well.
    """

    def __init__(self, pair: Pair, *, text: str) -> None:
        self.pair = pair
        forms: dict[str, Side] = {}
        sides: tuple[tuple[Side, str], ...] = (("a", pair.a), ("b", pair.b))
        abbreviated = {side: _abbreviated(name, text) for side, name in sides}
        unclear = abbreviated["a"] & abbreviated["b"]
        for side, name in sides:
            for form in [*_forms(name), *_learned(name, text), *sorted(abbreviated[side] - unclear)]:
                forms.setdefault(form, side)
        self.acronyms = {form for form in forms if ACRONYM.fullmatch(form)}
        self._pattern = _pattern(forms, _short_forms(pair), _joined(pair))

    def mentions(self, text: str) -> list[Mention]:
        """Every mention in the order of the text; "Director" inside "Associate Director" is none."""
        matches = (match for match in self._pattern.finditer(text) if _stands_for_itself(match, text))
        return [Mention(_side(match), *match.span()) for match in matches]

    def named(self, text: str) -> set[Side]:
        """The roles that the text names."""
        sides = {mention.side for mention in self.mentions(text)}
        return {"a", "b"} if "both" in sides else {side for side in sides if side != "both"}

    def only(self, text: str) -> Side | None:
        """The one role that the text names, if it names just one."""
        named = self.named(text)
        return named.pop() if len(named) == 1 else None

    def without(self, text: str) -> str:
        """The text without the names: an Education Director's duties are no talk of education."""
        return self._replaced(text, lambda mention: " ")

    def masked(self, text: str) -> str:
        """The text with its names blotted out, at the same length."""
        return self._replaced(text, lambda mention: "_" * (mention.end - mention.start))

    def _replaced(self, text: str, by: Callable[[Mention], str]) -> str:
        pieces, end = [], 0
        for mention in self.mentions(text):
            pieces += [text[end : mention.start], by(mention)]
            end = mention.end
        return "".join([*pieces, text[end:]])

    def is_name(self, text: str) -> Side | None:
        """The role whose name the text is, and nothing else."""
        match = self._pattern.fullmatch(ARTICLE.sub("", text.strip(" :.?")))
        side = _side(match) if match else "both"
        return None if side == "both" else side


def _side(match: re.Match[str]) -> Literal["a", "b", "both"]:
    group = match.lastgroup or "both"
    return "a" if group[0] == "a" else "b" if group != "both" else "both"


def _stands_for_itself(match: re.Match[str], text: str) -> bool:
    """Whether a short name is no part of a longer one that is not the role's."""
    if match.lastgroup is None or "short" not in match.lastgroup:
        return True
    following = None if match[0].endswith("s") else NEXT_WORD.match(text, match.end())
    agent = following and AGENT.search(following[1]) and following[1].lower() not in NO_NOUN
    return not agent and FREE.search(text, max(0, match.start() - 20), match.start()) is not None


def _forms(name: str) -> list[str]:
    """The full name first, then what else a text may call the role."""
    bare = ASIDE.sub("", name).strip()
    asides = [aside for aside in ASIDE.findall(name) if ACRONYM.fullmatch(aside)]
    forms = [name, bare, *asides]
    parts = ALTERNATIVES.split(bare)
    if len(parts) == 2 and " " in parts[1]:
        forms += [parts[1], f"{parts[0]} {parts[1].split(' ', 1)[1]}"]
    return [form for form in dict.fromkeys(forms) if len(form) > 1]


def _learned(name: str, text: str) -> list[str]:
    """Acronyms that the text explains: "Registered Nurse (RN)", whichever of the two the title has."""
    bare = ASIDE.sub("", name).strip()
    if ACRONYM.fullmatch(bare):
        long = re.findall(rf"((?:\b[A-Za-z][\w-]{{0,30}}\s{{1,3}}){{{len(bare)}}})\({re.escape(bare)}s?\)", text)
        return [words.strip() for words in long if _initials(words) == bare.upper()][:1]
    short = re.search(rf"\b{re.escape(bare)}s?\s+\(({ACRONYM.pattern})s?\)", text, re.IGNORECASE)
    return [short[1]] if short and short[1].isupper() else []


def _abbreviated(name: str, text: str) -> set[str]:
    """Forms in the text with initials for words of the name: HR Generalist, or CDO for a Chief Data Officer."""
    words = ASIDE.sub("", name).split()
    found = set()
    for start, end in combinations(range(len(words) + 1), 2):
        run = words[start:end]
        if end - start < 2 or len(words) == 2 or not all(word.isalpha() and word[0].isupper() for word in run):
            continue
        form = " ".join([*words[:start], _initials(" ".join(run)), *words[end:]])
        if re.search(rf"\b{_loose(form)}\b", text, re.IGNORECASE):
            found.add(form)
    return found


def _initials(words: str) -> str:
    return "".join(word[0] for word in words.split()).upper()


def _short_forms(pair: Pair) -> dict[str, Side]:
    """The ends of the names, as far as they tell the roles apart: "hygienist", of a dental one."""
    a, b = (ASIDE.sub("", name).split() for name in (pair.a, pair.b))
    shared = _shared(a, b)
    ends: list[tuple[list[str], list[str], Side]] = [(a, b, "a"), (b, a, "b")]
    return {
        " ".join(words[start:]): side
        for words, other, side in ends
        for start in {shared, len(words) - 1} - {0}
        if AGENT.search(words[-1]) and words[-1].casefold() not in " ".join(other).casefold().split()
    }


def _shared(a: list[str], b: list[str]) -> int:
    """How many words both begin with, short of the whole of either."""
    pairs = zip(a[:-1], b[:-1], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].casefold() == pair[1].casefold(), pairs))


def _joined(pair: Pair) -> str:
    """A pattern for "practice and office managers", when the names end alike; else one that matches nothing."""
    a, b = (ASIDE.sub("", name).split() for name in (pair.a, pair.b))
    shared = _shared(a[::-1], b[::-1])
    if not shared:
        return r"(?!)"
    tail = _loose(" ".join(a[-shared:]))
    one, other = (_loose(" ".join(words[:-shared])) for words in (a, b))
    return rf"(?:{one}\s+{AND}\s+(?:an?\s+)?{other}|{other}\s+{AND}\s+(?:an?\s+)?{one})\s+{tail}"


def _pattern(forms: dict[str, Side], short: dict[str, Side], joined: str) -> re.Pattern[str]:
    groups: dict[str, str] = {form: f"{side}_short" for form, side in short.items()} | forms
    by_length = sorted(groups, key=len, reverse=True)
    named = [f"(?P<{groups[form]}{number}>{_loose(form)})" for number, form in enumerate(by_length)]
    return re.compile(rf"(?<!\w)(?:(?P<both>{joined})|{'|'.join(named)})(?!\w)", re.IGNORECASE)


def _loose(form: str) -> str:
    """A pattern for a name in the singular or plural, with any spaces or hyphens and with "&" for "and"."""
    words = re.split(r"[\s-]+", ALTERNATIVES.sub("/", form))
    return r"[\s-]+".join(map(_loose_word, words)).replace("/", r"\s*/\s*")


def _loose_word(word: str) -> str:
    if clip := CLIPPED.get(word.casefold()):
        return f"{word[:clip]}(?:{word[clip:]})?s?"
    if word in ("and", "&"):
        return "(?:and|&)"
    if ACRONYM.fullmatch(word):
        return f"(?-i:{re.escape(word)})s?"
    if word.endswith(("man", "person")):
        return re.escape(word.removesuffix("man").removesuffix("person")) + "(?:m[ae]n|person|people)"
    stem = word[:-1] if word.endswith("y") else word
    return re.escape(stem) + ("(?:ys?|ies)" if stem != word else "(?:e?s)?")
