"""Which roles a text names, and what is known of each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.utils import timezone

from careers.figures import Stated, read_figures
from careers.models import Role, RoleEdition, Wage, name_from
from careers.names import Name
from careers.published import Published, wages
from publishing.content import snapshot


@dataclass(frozen=True)
class Facts:
    """What a text about a role should agree with: the role's names and figures."""

    name: Name
    also_called: tuple[str, ...]
    figures: tuple[Stated, ...]

    @classmethod
    def read(cls, content: Mapping[str, Any], paid: Mapping[str, Wage]) -> Facts:
        """Return the facts that a role's content states, and those of its occupation among the wages by occupation."""
        content = dict(content)
        name, wage = name_from(content), paid.get(content["occupation"] or "")
        published = Published(wage, content["fit"], name).figures if wage else []
        return cls(name, tuple(content["also_called"]), (*published, *read_figures(content)))

    @cached_property
    def names(self) -> set[str]:
        """The role's own names, in lower case, its first words abbreviated among them: "hr manager"."""
        own = {name.casefold() for name in (self.name.title, self.name.singular, self.name.plural)}
        return own | {abbreviated(name) for name in own}


def facts_of(ids: Collection[int]) -> dict[int, Facts]:
    """Return the facts of roles as readers see them now, or else as their working copies stand."""
    live = RoleEdition.objects.live().filter(document__in=ids).select_related("revision")
    contents = {edition.document_id: edition.content for edition in live}
    contents |= {role.pk: snapshot(role) for role in Role.objects.filter(pk__in=set(ids) - set(contents))}
    paid = wages_now(contents.values())
    return {id_: Facts.read(content, paid) for id_, content in contents.items()}


def wages_now(contents: Iterable[Mapping[str, Any]]) -> dict[str, Wage]:
    """Return the current wages of the occupations that contents of roles name, in the whole nation, by code."""
    codes = {content["occupation"] for content in contents if content["occupation"]}
    return wages(codes, at=timezone.now()) if codes else {}


def abbreviated(name: str) -> str:
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
