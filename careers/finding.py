"""Roles by what people call them: their titles, other names for the same work, initials ("HR manager"), and what people
in their occupation are called.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, F, Min, Q, QuerySet, When
from django.db.models.functions import Cast, Concat, Length
from django.utils import timezone
from django.utils.translation import gettext
from rapidfuzz import process
from rapidfuzz.distance import OSA

from careers.models import OnetOccupation, Release, Role, RoleEdition, RoleTitle
from careers.models.occupations import ONET
from careers.naming import abbreviated
from publishing.models import EditionQuerySet

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
    editions = RoleEdition.objects.in_bulk(chosen)
    return [Found(editions[pk], "" if best[pk][1] == str(RoleTitle.Kind.OWN) else best[pk][DIGITS:]) for pk in chosen]


def _best_names(typed: str, *, at: datetime, size: int) -> dict[int, str]:
    """Return the editions that are found, more of them than wanted at times, and the best of their names (`_ranked`).

    Most names are those of occupations. Where many may match, for a single word or short ones, they are left out unless
    there is room, or some may come before the others: one that is the very name, or that begins so.
    """
    first, *others = words = typed.split()
    # An index serves one word. In a title the first is the rarest: every other role is a manager.
    looked_up = max(words, key=lambda word: min(len(word), SHORT))
    matching = _begins("word", looked_up)
    for word in words:
        if word != looked_up:
            matching &= Q(key__startswith=word) | Q(key__contains=f" {word}")
    of_occupation = Q(kind=RoleTitle.Kind.OCCUPATION)
    if others and len(looked_up) >= SHORT:
        return dict(_ranked(Q(kind__in=RoleTitle.Kind.values) & matching, typed, at=at)[:size])
    sure = dict(_ranked(SURE & matching | of_occupation & Q(word=first, key=typed), typed, at=at)[:size])
    if len(sure) == size and max(sure.values()) < BEGINS_AS_OCCUPATION:
        return sure
    more = of_occupation & matching & (_begins("key", typed) if len(sure) == size else Q())
    also = dict(_ranked(more, typed, at=at)[:size])
    return {pk: min(names[pk] for names in (sure, also) if pk in names) for pk in {**sure, **also}}


def _begins(column: str, text: str) -> Q:
    return Q(**{f"{column}__gte": text, f"{column}__lt": f"{text}{LAST}"})


def _ranked(names: Q, typed: str, *, at: datetime) -> Any:
    """Return the editions with one of the names, the best first, and by which: five digits, which say whether it is the
    very name (1), begins so (2) or not (3), its kind, and its length; and the name."""
    distance = Case(When(key=typed, then=1), When(_begins("key", typed), then=2), default=3)
    digits = 10_000 * distance + 1000 * F("kind") + Length("key")
    rank = Concat(Cast(digits, CharField()), "key", output_field=CharField())
    return _names(at).filter(names).values_list("edition").annotate(best=Min(rank)).order_by("best", "edition")


def _names(at: datetime) -> QuerySet[RoleTitle]:
    """Return the names of live roles."""
    return RoleTitle.objects.filter(edition__in=RoleEdition.objects.live(at).order_by())


def named_in(words: Sequence[str], *, at: datetime) -> list[RoleEdition]:
    """Return the live roles of which the words contain a name, in the words' order (two queries).

    Of names that share a word the longest counts, and of roles that share a name the one that holds it most surely.
    """
    runs: dict[str, list[range]] = defaultdict(list)
    for start, end in combinations(range(len(words) + 1), 2):
        runs[" ".join(words[start:end])].append(range(start, end))
    names = _names(at).filter(SURE, word__in=words, key__in=runs).values_list("edition_id", "kind", "key")
    taken: set[int] = set()
    chosen: dict[int, int] = {}
    for edition, _, key in sorted(names, key=lambda name: (-len(name[2].split()), name[1], name[0])):
        places = next(filter(taken.isdisjoint, runs[key]), None)
        if places is not None and edition not in chosen:
            taken |= set(places)
            chosen[edition] = places.start
    editions = RoleEdition.objects.in_bulk(list(chosen))
    return [editions[pk] for pk in sorted(chosen, key=lambda pk: chosen[pk])]


def corrected(words: Sequence[str], *, at: datetime) -> list[str]:
    """Return the words with those that begin no word of a live role's name spelled as the nearest that does: one slip
    of the finger away, or two in a word of six letters or more (one query).

    A slip is a letter too many, too few, another, or two that changed places: optimal string alignment,
    https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance.
    """
    known = dict(_names(at).filter(SURE).values_list("word").annotate(Count("pk")))
    return [word if len(word) < SHORTEST or _begins_any(word, known) else _nearest(word, known) for word in words]


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
