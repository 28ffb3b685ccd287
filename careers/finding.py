"""Roles by what people call them: their titles, other names for the same work, initials ("HR manager"), and what people
in their occupation are called.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import combinations
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, F, Min, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, Length, StrIndex
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.translation import gettext
from rapidfuzz import process
from rapidfuzz.distance import OSA

from careers.models import OnetOccupation, Release, Role, RoleEdition, RoleTitle
from careers.models.occupations import ONET
from careers.naming import abbreviated
from publishing.models import EditionQuerySet
from publishing.prepared import Prepared

LONGEST = 120
SHOWN = 8
"""How many roles are offered for what somebody has typed."""

SHORTEST = 4
"""How many letters a word must have to be corrected: of shorter ones too many are one slip apart."""
LONG = 6
"""From how many letters on a word may have two slips in it."""

SHORT = 3
"""How many letters a word must have for few names to have one that begins so."""

KEPT = 80
"""How many names of an occupation are kept for each of its roles: O*NET lists those first that people reported."""

SURE = Q(kind__in=[RoleTitle.Kind.OWN, RoleTitle.Kind.OTHER])
"""Names of the role itself."""
OF_OCCUPATION = Q(kind=RoleTitle.Kind.OCCUPATION)

LAST = "\U0010ffff"
"""What comes after every letter."""

DIGITS = 5
"""How many digits a rank begins with."""
BEGINS_AS_OCCUPATION = "22"
"""What the rank of an occupation's name that begins with what was typed begins with."""


def folded(text: str) -> str:
    """Return the words of a text as they are compared: lower case, without accents, apart by single blanks."""
    bare = text if text.isascii() else "".join(filter(_is_no_accent, unicodedata.normalize("NFKD", text)))
    return re.sub(r"[\W_]+", " ", bare.casefold()).strip()


def _is_no_accent(char: str) -> bool:
    return not unicodedata.combining(char)


def spelled(text: str) -> str:
    """Return a name as it is compared."""
    return folded(text)[:LONGEST].strip()


def on_settled(sender: Any, documents: Iterable[Any], **kwargs: Any) -> None:
    """Keep the names of every page of a role that is live or coming (receiver of `settled`)."""
    roles = [document.pk for document in documents if isinstance(document, Role)]
    _keep(_pages().filter(document__in=roles, titles=None))


def on_facts_changed(sender: Any, release: Release, **kwargs: Any) -> None:
    """Bring the names of occupations in line with a release of O*NET (receiver of `facts_changed`)."""
    if release.source == ONET:
        pages = _pages().exclude(occupation=None)
        RoleTitle.objects.filter(edition__in=pages).delete()
        _keep(pages)


def _pages() -> EditionQuerySet[RoleEdition]:
    return RoleEdition.objects.unfinished().pages()


def _keep(pages: EditionQuerySet[RoleEdition]) -> None:
    found = list(pages.select_related("revision"))
    called = _called({page.occupation_id for page in found if page.occupation_id})
    titles = (title for page in found for title in titles_of(page, called.get(page.occupation_id or "", ())))
    RoleTitle.objects.bulk_create(titles, batch_size=1000)


def _called(occupations: Collection[str]) -> dict[str, list[str]]:
    """Return some of the names that people in each occupation have in the current release of O*NET."""
    wholes = OnetOccupation.objects.current(timezone.now()).filter(code__in=[f"{code}.00" for code in occupations])
    return {whole.code.removesuffix(".00"): whole.content["alternate_titles"][:KEPT] for whole in wholes}


def titles_of(edition: RoleEdition, of_occupation: Iterable[str] = ()) -> list[RoleTitle]:
    """Return the unsaved names by which the edition is found, each once, as the surest kind."""
    kinds = RoleTitle.Kind
    others = [abbreviated(edition.title), *edition.content["also_called"]]
    named = [(edition.title, kinds.OWN), *((name, kinds.OTHER) for name in others)]
    named += [(name, kinds.OCCUPATION) for name in of_occupation]
    kept: dict[str, RoleTitle.Kind] = {}
    for name, kind in named:
        if key := spelled(name):
            kept.setdefault(key, kind)
    return [row for key, kind in kept.items() for row in by_words(edition, key, kind)]


def by_words(edition: RoleEdition, key: str, kind: int) -> list[RoleTitle]:
    """Return the unsaved rows of a name, as `spelled`: one for each of its words."""
    return [RoleTitle(edition=edition, key=key, kind=kind, word=word) for word in dict.fromkeys(key.split())]


class Found(NamedTuple):
    """A role that was found, and by what name, where that is not its title."""

    role: RoleEdition
    called: str

    @property
    def about(self) -> str:
        """What is said of the role below its title."""
        if not self.called:
            return self.role.definition
        return gettext("Also called %(called)s. %(definition)s") % {
            "called": self.called,
            "definition": self.role.definition,
        }


def find_roles(text: str, *, at: datetime, size: int = SHOWN) -> list[Found]:
    """Return the live roles with a name in which every word typed begins a word, the best first (at most three
    queries).

    Best is the very name, then one that begins so, then the rest; then the surest kind of name, the shortest, the first
    in the alphabet, and the role that was issued first.
    """
    typed = spelled(text)
    best = _best_names(typed, at=at, size=size) if typed else {}
    chosen = sorted(best, key=lambda pk: (best[pk], pk))[:size]
    editions = _editions(chosen)
    return [Found(editions[pk], "" if best[pk][1] == str(RoleTitle.Kind.OWN) else best[pk][DIGITS:]) for pk in chosen]


def _best_names(typed: str, *, at: datetime, size: int) -> dict[int, str]:
    """Return the editions that are found, more of them than wanted at times, and the best of their names (`_ranked`).

    Most names are those of occupations. Where many may match, for a single word or short ones, they are left out unless
    there is room, or some may come before the others: one that is the very name, or that begins so.
    """
    first, *others = words = typed.split()
    # An index serves one word. In a title the first is the rarest: every other role is a manager.
    looked_up = max(words, key=lambda word: min(len(word), SHORT))
    also = tuple(f" {word}" for word in words if word != looked_up)
    asked = {"typed": typed, "end": f"{typed}{LAST}", "word": looked_up, "word_end": f"{looked_up}{LAST}", "also": also}
    if others and len(looked_up) >= SHORT:
        return dict(_ranked(_any_name, size)(**asked, at=at))
    sure = dict(_ranked(_sure_name, size)(**asked, first=first, at=at))
    if len(sure) == size and max(sure.values()) < BEGINS_AS_OCCUPATION:
        return sure
    more = dict(_ranked(_occupation_beginning if len(sure) == size else _occupation, size)(**asked, at=at))
    return {pk: min(names[pk] for names in (sure, more) if pk in names) for pk in {**sure, **more}}


class Asked(NamedTuple):
    """What a name is compared with: all that was typed, and the word of it that is looked up, each with what comes
    after whatever begins so; and the other words, each after a blank."""

    typed: str
    end: str
    word: str
    word_end: str
    also: tuple[str, ...]

    @property
    def is_begun(self) -> Q:
        """Whether the name begins with what was typed."""
        return Q(key__gte=self.typed, key__lt=self.end)

    @property
    def is_matched(self) -> Q:
        """Whether every word begins one of the name's."""
        found = Q(word__gte=self.word, word__lt=self.word_end)
        for word in self.also:
            found &= Q(GreaterThan(StrIndex(Concat(Value(" "), "key"), Value(word)), 0))
        return found


def _any_name(asked: Asked) -> Q:
    return Q(kind__in=RoleTitle.Kind.values) & asked.is_matched


def _sure_name(asked: Asked, first: str) -> Q:
    """Names of the role itself, and one of its occupation that is the very name."""
    return SURE & asked.is_matched | OF_OCCUPATION & Q(word=first, key=asked.typed)


def _occupation(asked: Asked) -> Q:
    return OF_OCCUPATION & asked.is_matched


def _occupation_beginning(asked: Asked) -> Q:
    return OF_OCCUPATION & asked.is_matched & asked.is_begun


@cache
def _ranked(names: Callable[..., Q], size: int) -> Prepared:
    """Return the query for so many editions with one of the names, the best first, and by which: five digits, which say
    whether it is the very name (1), begins so (2) or not (3), its kind, and its length; and the name."""

    def build(at: datetime, first: str | None = None, **values: Any) -> Any:
        asked = Asked(**values)
        distance = Case(When(key=asked.typed, then=1), When(asked.is_begun, then=2), default=3)
        digits = 10_000 * distance + 1000 * F("kind") + Length("key")
        rank = Concat(Cast(digits, CharField()), "key", output_field=CharField())
        found = _names(at).filter(names(asked, first) if first else names(asked))
        return found.values_list("edition").annotate(best=Min(rank)).order_by("best", "edition")[:size]

    return Prepared(build)


def _names(at: datetime) -> QuerySet[RoleTitle]:
    """Return the names of live roles."""
    return RoleTitle.objects.filter(edition__in=RoleEdition.objects.live(at).order_by())


def _editions(ids: Sequence[int]) -> dict[int, RoleEdition]:
    return {edition.pk: edition for edition in _with_ids(ids=tuple(ids))} if ids else {}


_with_ids = Prepared(lambda ids: RoleEdition.objects.filter(pk__in=ids).order_by())


def named_in(words: Sequence[str], *, at: datetime) -> list[RoleEdition]:
    """Return the live roles of which the words contain a name, in the words' order (two queries).

    Of names that share a word the longest counts, and of roles that share a name the one that holds it most surely.
    """
    runs: dict[str, list[range]] = defaultdict(list)
    for start, end in combinations(range(len(words) + 1), 2):
        runs[" ".join(words[start:end])].append(range(start, end))
    names = _called_so(words=tuple(dict.fromkeys(words)), keys=tuple(runs), at=at) if runs else []
    taken: set[int] = set()
    chosen: dict[int, int] = {}
    for edition, _, key in sorted(names, key=lambda name: (-len(name[2].split()), name[1], name[0])):
        places = next(filter(taken.isdisjoint, runs[key]), None)
        if places is not None and edition not in chosen:
            taken |= set(places)
            chosen[edition] = places.start
    editions = _editions(list(chosen))
    return [editions[pk] for pk in sorted(chosen, key=lambda pk: chosen[pk])]


@Prepared
def _called_so(words: tuple[str, ...], keys: tuple[str, ...], at: datetime) -> QuerySet[Any]:
    return _names(at).filter(SURE, word__in=words, key__in=keys).values_list("edition_id", "kind", "key")


def corrected(words: Sequence[str], *, at: datetime) -> list[str]:
    """Return the words with those that begin no word of a live role's name spelled as the nearest that does: one slip
    of the finger away, or two in a word of six letters or more (one query).

    A slip is a letter too many, too few, another, or two that changed places: optimal string alignment,
    https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance.
    """
    known = dict(_known_words(at=at))
    return [word if len(word) < SHORTEST or _begins_any(word, known) else _nearest(word, known) for word in words]


_known_words = Prepared(lambda at: _names(at).filter(SURE).values_list("word").annotate(Count("pk")))


def _begins_any(word: str, known: Iterable[str]) -> bool:
    return any(each.startswith(word) for each in known)


def _nearest(word: str, known: Mapping[str, int]) -> str:
    slips = 2 if len(word) >= LONG else 1
    near = process.extract(word, known.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None)
    return min(near, key=lambda each: (each[1], -known[each[0]], each[0]))[0] if near else word


def the_role(text: str, *, at: datetime) -> RoleEdition | None:
    """Return the live role that is meant: by its slug, its title, or a name that no other has; None if unclear."""
    live = RoleEdition.objects.live(at)
    by_slug = live.filter(slug=text).first() if re.fullmatch(r"[\w-]+", text) else None
    if by_slug:
        return by_slug
    key = spelled(text)
    titles = _names(at).filter(SURE, word=key.partition(" ")[0], key=key).select_related("edition")
    own = {title.edition for title in titles if title.kind == RoleTitle.Kind.OWN}
    meant = own or {title.edition for title in titles}
    return meant.pop() if len(meant) == 1 else None
