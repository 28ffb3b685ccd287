"""What the current release of the O*NET database offers for the form of a role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from careers.models import OnetOccupation, Role
from careers.onet.education import Answer, most_common

IMPORTANT = 3
"""From which importance on a skill is offered: 3 of 5, which O*NET's scale calls important."""

TITLES = 60
"""How many of the alternate titles are offered, those that people reported first; some occupations have thousands."""


class Related(NamedTuple):
    """A related occupation, and the roles of this site that are counted in it."""

    title: str
    occupation_id: str | None
    roles: list[Role]


@dataclass(frozen=True)
class Offer:
    """What O*NET says of one of its occupations, as far as the form of a role has a place for it."""

    onet: OnetOccupation
    related: list[Related]

    @property
    def tasks(self) -> list[dict[str, Any]]:
        """The tasks, core ones first."""
        return self._content["tasks"]  # type: ignore[no-any-return]

    @property
    def skills(self) -> list[dict[str, Any]]:
        """The skills that are important, the most important first."""
        return [skill for skill in self._content["skills"] if skill["importance"] >= IMPORTANT]

    @property
    def software(self) -> list[dict[str, Any]]:
        """The software that employers ask for in this occupation."""
        return [each for each in self._content["technology"] if each["is_in_demand"]]

    @cached_property
    def education(self) -> Answer | None:
        """The education that most of those who were asked say is required."""
        return most_common(self._content["education"])

    @property
    def answers(self) -> list[dict[str, Any]]:
        """All answers about education."""
        return self._content["education"]  # type: ignore[no-any-return]

    @property
    def titles(self) -> list[str]:
        """Some alternate titles."""
        return self._content["alternate_titles"][:TITLES]  # type: ignore[no-any-return]

    @property
    def more_titles(self) -> int:
        """How many alternate titles there are beyond those."""
        return len(self._content["alternate_titles"]) - len(self.titles)

    @property
    def _content(self) -> dict[str, Any]:
        content: dict[str, Any] = self.onet.content
        return content


def offers(occupation_id: str, *, role_id: int | None, at: datetime) -> list[Offer]:
    """Return what is offered for a role of that occupation: for each occupation of O*NET that is counted in it, one.

    The role itself is not related to itself. Three queries.
    """
    current = OnetOccupation.objects.current(at)
    found = list(current.filter(occupation=occupation_id).select_related("release"))
    codes = {code for each in found for code in each.content["related"]}
    others = {each.code: each for each in current.filter(code__in=codes).defer("content")}
    roles = _roles((each.occupation_id for each in others.values()), but=role_id)
    return [Offer(each, [_related(others[code], roles) for code in each.content["related"]]) for each in found]


def _roles(occupations: Iterable[str | None], *, but: int | None) -> defaultdict[str | None, list[Role]]:
    roles: defaultdict[str | None, list[Role]] = defaultdict(list)
    for role in Role.objects.filter(occupation__in=set(occupations) - {None}, put_away_at=None).exclude(pk=but or 0):
        roles[role.occupation_id].append(role)
    return roles


def _related(other: OnetOccupation, roles: defaultdict[str | None, list[Role]]) -> Related:
    return Related(other.title, other.occupation_id, roles[other.occupation_id])
