"""Which roles a text names, and what is known of each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from careers.figures import Stated, read_figures
from careers.models import Role, RoleEdition, name_from
from careers.names import Name


@dataclass(frozen=True)
class Facts:
    """What a text about a role should agree with: the role's names and figures."""

    name: Name
    also_called: tuple[str, ...]
    figures: tuple[Stated, ...]

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Facts:
        """Return the facts that a role's content states."""
        content = dict(content)
        return cls(name_from(content), tuple(content["also_called"]), tuple(read_figures(content)))

    @cached_property
    def names(self) -> set[str]:
        """The role's own names, in lower case, its first words abbreviated among them: "hr manager"."""
        own = {name.casefold() for name in (self.name.title, self.name.singular, self.name.plural)}
        return own | {_abbreviated(name) for name in own}


def facts_of(ids: Collection[int]) -> dict[int, Facts]:
    """Return the facts of roles as readers see them now, or else as their working copies stand (three queries)."""
    live = RoleEdition.objects.live().filter(document__in=ids).select_related("revision")
    found = {edition.document_id: Facts.read(edition.content) for edition in live}
    drafts = (
        Role.objects.filter(pk__in=set(ids) - set(found)).prefetch_related("figures") if len(found) < len(ids) else ()
    )
    return found | {role.pk: Facts(role.name, tuple(role.also_called), tuple(_stated(role))) for role in drafts}


def _stated(role: Role) -> Iterable[Stated]:
    return (Stated.read(vars(figure)) for figure in role.figures.all())


def _abbreviated(name: str) -> str:
    """Return a name of three words or more with all but its last as initials, any other name as it is."""
    *first, last = name.split()
    return f"{''.join(word[0] for word in first)} {last}" if len(first) > 1 else name


class Mention(NamedTuple):
    """Where a text names a role: the place of the role among those asked for, and the piece of text."""

    role: int
    start: int
    end: int


def mentions(text: str, roles: Iterable[Collection[str]]) -> list[Mention]:
    """Return where the text has one of each role's names, in order.

    A longer name hides a shorter one inside it; a name that several roles have is that of the first.
    """
    owners: dict[str, int] = {}
    for place, names in enumerate(roles):
        for name in names:
            owners.setdefault(name.casefold(), place)
    if not owners:
        return []
    longest_first = sorted(owners, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)
    return [Mention(owners[match[0].casefold()], *match.span()) for match in pattern.finditer(text)]
