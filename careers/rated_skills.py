"""How important skills are in the occupations of two roles, as O*NET rates them: what is important in both, and what is
clearly more important in one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString

from careers.onet.licence import attribution
from careers.published import Published

IMPORTANT = 3.0
"""From which importance on a skill counts: 3 of 5, which O*NET's scale calls important
(https://www.onetonline.org/help/online/scales)."""

CLEAR = 0.5
"""From which difference on a skill counts as more important in one: most of O*NET's ratings have a standard error below
a quarter of a point, so that half a point lies beyond two of them."""

SHOWN = 6


class Rated(NamedTuple):
    """A skill with its importance in both occupations, from 1 to 5."""

    name: str
    a: float
    b: float


@dataclass(frozen=True)
class RatedSkills:
    """Skills of two occupations, the most important first, whose occupations these are, and whom to credit."""

    shared: list[Rated]
    more_a: list[Rated]
    more_b: list[Rated]
    occupation_a: str
    occupation_b: str
    credit: SafeString


def rated_skills(a: Published | None, b: Published | None) -> RatedSkills | None:
    """Return the skills of two roles' occupations, or None where they are not rated for both or both are in one."""
    if not (a and b and a.skills and b.skills) or a.wage.occupation_id == b.wage.occupation_id:
        return None
    both = [Rated(name, a.skills[name], b.skills[name]) for name in a.skills if name in b.skills]
    return RatedSkills(
        shared=_most_important(
            each for each in both if min(each.a, each.b) >= IMPORTANT and abs(each.a - each.b) < CLEAR
        ),
        more_a=_most_important(each for each in both if each.a >= IMPORTANT and each.a - each.b >= CLEAR),
        more_b=_most_important(each for each in both if each.b >= IMPORTANT and each.b - each.a >= CLEAR),
        occupation_a=a.occupation,
        occupation_b=b.occupation,
        credit=attribution(a.onet_period),
    )


def _most_important(skills: Iterable[Rated]) -> list[Rated]:
    return sorted(skills, key=lambda each: (-max(each.a, each.b), each.name))[:SHOWN]
