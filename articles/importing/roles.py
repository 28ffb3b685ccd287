"""Where a text names the two roles, in whatever form: plural, acronym, "practice and office managers"."""

import re
from dataclasses import dataclass
from typing import Literal

from .article import Side
from .titles import Pair

ALTERNATIVES = re.compile(r"\s*/\s*")
ASIDE = re.compile(r"\s*\(([^()]*)\)")
AND = r"(?:and|or|&|vs\.?|versus)"
ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
SHORT = re.compile(r"[A-Z][A-Z&-]{1,5}")


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
        for side, name in sides:
            for form in [*_forms(name), *_learned(name, text)]:
                forms.setdefault(form, side)
        self.acronyms = {form for form in forms if SHORT.fullmatch(form)}
        self._pattern = _pattern(forms, _joined(pair))

    def mentions(self, text: str) -> list[Mention]:
        """Every mention in the order of the text; "Director" inside "Associate Director" is none."""
        return [Mention(_side(match), *match.span()) for match in self._pattern.finditer(text)]

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
        return self._pattern.sub(" ", text)

    def masked(self, text: str) -> str:
        """The text with its names blotted out, at the same length."""
        return self._pattern.sub(lambda match: "_" * len(match[0]), text)

    def is_name(self, text: str) -> Side | None:
        """The role whose name the text is, and nothing else."""
        match = self._pattern.fullmatch(ARTICLE.sub("", text.strip(" :.?")))
        side = _side(match) if match else "both"
        return None if side == "both" else side


def _side(match: re.Match[str]) -> Literal["a", "b", "both"]:
    group = match.lastgroup or "both"
    return "a" if group[0] == "a" else "b" if group != "both" else "both"


def _forms(name: str) -> list[str]:
    """The full name first, then what else a text may call the role."""
    bare = ASIDE.sub("", name).strip()
    asides = [aside for aside in ASIDE.findall(name) if SHORT.fullmatch(aside)]
    forms = [name, bare, *asides]
    parts = ALTERNATIVES.split(bare)
    if len(parts) == 2 and " " in parts[1]:
        forms += [parts[1], f"{parts[0]} {parts[1].split(' ', 1)[1]}"]
    return [form for form in dict.fromkeys(forms) if len(form) > 1]


def _learned(name: str, text: str) -> list[str]:
    """Acronyms that the text explains: "Registered Nurse (RN)", whichever of the two the title has."""
    bare = ASIDE.sub("", name).strip()
    if SHORT.fullmatch(bare):
        long = re.findall(rf"((?:\b[A-Za-z][\w-]{{0,30}}\s{{1,3}}){{{len(bare)}}})\({re.escape(bare)}s?\)", text)
        return [words.strip() for words in long if _initials(words) == bare.upper()][:1]
    short = re.search(rf"\b{re.escape(bare)}s?\s+\(({SHORT.pattern})s?\)", text, re.IGNORECASE)
    return [short[1]] if short and short[1].isupper() else []


def _initials(words: str) -> str:
    return "".join(word[0] for word in words.split()).upper()


def _joined(pair: Pair) -> str:
    """A pattern for "practice and office managers", when the names end alike; else one that matches nothing."""
    a, b = ASIDE.sub("", pair.a).split(), ASIDE.sub("", pair.b).split()
    shared = 0
    while shared < min(len(a), len(b)) - 1 and a[-1 - shared].casefold() == b[-1 - shared].casefold():
        shared += 1
    if not shared:
        return r"(?!)"
    tail = _loose(" ".join(a[-shared:]))
    one, other = (_loose(" ".join(words[:-shared])) for words in (a, b))
    return rf"(?:{one}\s+{AND}\s+(?:an?\s+)?{other}|{other}\s+{AND}\s+(?:an?\s+)?{one})\s+{tail}"


def _pattern(forms: dict[str, Side], joined: str) -> re.Pattern[str]:
    by_length = sorted(forms, key=len, reverse=True)
    named = [f"(?P<{forms[form]}{number}>{_loose(form)})" for number, form in enumerate(by_length)]
    return re.compile(rf"(?<!\w)(?:(?P<both>{joined})|{'|'.join(named)})(?!\w)", re.IGNORECASE)


def _loose(form: str) -> str:
    """A pattern for a name in the singular or plural, with any spaces or hyphens and with "&" for "and"."""
    words = re.split(r"[\s-]+", ALTERNATIVES.sub("/", form))
    return r"[\s-]+".join(map(_loose_word, words)).replace("/", r"\s*/\s*")


def _loose_word(word: str) -> str:
    if word in ("and", "&"):
        return "(?:and|&)"
    if SHORT.fullmatch(word):
        return f"(?-i:{re.escape(word)})s?"
    if word.endswith(("man", "person")):
        return re.escape(word.removesuffix("man").removesuffix("person")) + "(?:m[ae]n|person|people)"
    stem = word[:-1] if word.endswith("y") else word
    return re.escape(stem) + ("(?:ys?|ies)" if stem != word else "(?:e?s)?")
