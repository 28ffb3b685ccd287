"""Roles by what people call them: their titles, other names for the same work, initials ("HR manager"), and what people
in their occupation are called.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import combinations
from typing import Any, NamedTuple

from django.db.models import Q
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

KEPT = 80
"""How many names of an occupation are kept for each of its roles: O*NET lists those first that people reported."""


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
    return [RoleTitle(edition=edition, key=key, kind=kind) for key, kind in kept.items()]


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
    """Return the live roles with a name in which every word typed begins a word, the best first (two queries).

    Best is the very name, then one that begins so, then the rest; the surest kind of name comes first.
    """
    words = spelled(text).split()
    if not words:
        return []
    matching = Q()
    for word in words:
        matching &= Q(key__startswith=word) | Q(key__contains=f" {word}")
    best: dict[int, tuple[int, int, int, str]] = {}
    for edition, kind, key in _names(at).filter(matching):
        rank = (_distance(key, " ".join(words)), kind, len(key), key)
        best[edition] = min(rank, best.get(edition, rank))
    chosen = sorted(best, key=lambda pk: best[pk])[:size]
    editions = RoleEdition.objects.in_bulk(chosen)
    return [Found(editions[pk], best[pk][3] if best[pk][1] else "") for pk in chosen]


def _names(at: datetime) -> Any:
    """Return the names of live roles as (edition, kind, key)."""
    titles = RoleTitle.objects.filter(edition__in=RoleEdition.objects.live(at).order_by())
    return titles.values_list("edition_id", "kind", "key")


def _distance(key: str, typed: str) -> int:
    return 0 if key == typed else 1 if key.startswith(typed) else 2


def named_in(words: Sequence[str], *, at: datetime) -> list[RoleEdition]:
    """Return the live roles of which the words contain a name, in the words' order (two queries).

    Of names that share a word the longest counts, and of roles that share a name the one that holds it most surely.
    """
    runs: dict[str, list[range]] = defaultdict(list)
    for start, end in combinations(range(len(words) + 1), 2):
        runs[" ".join(words[start:end])].append(range(start, end))
    names = _names(at).filter(key__in=runs).exclude(kind=RoleTitle.Kind.OCCUPATION)
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
    keys = _names(at).exclude(kind=RoleTitle.Kind.OCCUPATION).values_list("key", flat=True)
    known = Counter(word for key in keys for word in key.split())
    return [word if len(word) < SHORTEST or _begins(word, known) else _nearest(word, known) for word in words]


def _begins(word: str, known: Iterable[str]) -> bool:
    return any(each.startswith(word) for each in known)


def _nearest(word: str, known: Counter[str]) -> str:
    slips = 2 if len(word) >= LONG else 1
    near = process.extract(word, known.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None)
    return min(near, key=lambda each: (each[1], -known[each[0]], each[0]))[0] if near else word


def the_role(text: str, *, at: datetime) -> RoleEdition | None:
    """Return the live role that is meant: by its slug, its title, or a name that no other has; None if unclear."""
    live = RoleEdition.objects.live(at)
    by_slug = live.filter(slug=text).first() if re.fullmatch(r"[\w-]+", text) else None
    if by_slug:
        return by_slug
    named = RoleTitle.objects.filter(key=spelled(text), edition__in=live).exclude(kind=RoleTitle.Kind.OCCUPATION)
    titles = list(named.select_related("edition"))
    meant = [title for title in titles if title.kind == RoleTitle.Kind.OWN] or titles
    return meant[0].edition if len(meant) == 1 else None
