"""Roles by what people call them: their titles, other names for the same work, and initials ("HR manager")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from careers.models import Role, RoleEdition, RoleTitle
from careers.naming import abbreviated

LONGEST = 120
SHOWN = 8
"""How many roles are offered for what somebody has typed."""


def spelled(text: str) -> str:
    """Return a name as it is compared: lower case, without accents, its words apart by single blanks."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", " ", bare.casefold()).strip()[:LONGEST].strip()


def on_settled(sender: Any, documents: Iterable[Any], **kwargs: Any) -> None:
    """Keep the names of every page of a role that is live or coming (receiver of `settled`)."""
    roles = [document.pk for document in documents if isinstance(document, Role)]
    pages = RoleEdition.objects.unfinished().pages().filter(document__in=roles, titles=None)
    RoleTitle.objects.bulk_create(title for page in pages.select_related("revision") for title in titles_of(page))


def titles_of(edition: RoleEdition) -> list[RoleTitle]:
    """Return the unsaved names by which the edition is found, each once, its own first."""
    own = spelled(edition.title)
    others = [abbreviated(edition.title), *edition.content["also_called"]]
    keys = dict.fromkeys(filter(None, [own, *map(spelled, others)]))
    return [RoleTitle(edition=edition, key=key, is_own=key == own) for key in keys]


def find_roles(text: str, *, at: datetime, size: int = SHOWN) -> list[RoleEdition]:
    """Return the live roles with a name in which every word typed begins a word, the best first (two queries).

    Best is the very name, then one that begins so, then the rest; a role's own title comes before its other names.
    """
    words = spelled(text).split()
    if not words:
        return []
    matching = Q()
    for word in words:
        matching &= Q(key__startswith=word) | Q(key__contains=f" {word}")
    titles = RoleTitle.objects.filter(matching, edition__in=RoleEdition.objects.live(at))
    best: dict[int, tuple[Any, ...]] = {}
    for title in titles:
        rank = (_distance(title.key, " ".join(words)), not title.is_own, len(title.key), title.key)
        best[title.edition_id] = min(rank, best.get(title.edition_id, rank))
    chosen = sorted(best, key=lambda pk: best[pk])[:size]
    editions = RoleEdition.objects.in_bulk(chosen)
    return [editions[pk] for pk in chosen]


def _distance(key: str, typed: str) -> int:
    return 0 if key == typed else 1 if key.startswith(typed) else 2


def the_role(text: str, *, at: datetime) -> RoleEdition | None:
    """Return the live role that is meant: by its slug, its title, or a name that no other has; None if unclear."""
    live = RoleEdition.objects.live(at)
    by_slug = live.filter(slug=text).first() if re.fullmatch(r"[\w-]+", text) else None
    if by_slug:
        return by_slug
    named = RoleTitle.objects.filter(key=spelled(text), edition__in=live).select_related("edition")
    own = [title.edition for title in named if title.is_own]
    meant = own or [title.edition for title in named]
    return meant[0] if len(meant) == 1 else None
