"""Where people in a role go next: the roles closest to it, with what changes in pay and what is to be learned.

A move from A to B is not one from B to A: each has its own skills to learn, and its own change in pay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from articles.models import Comparison, ComparisonEdition
from articles.models.comparisons import slug_of
from articles.reading import skills
from careers.figures import comparable, is_same_count, number, pick
from careers.models import Closeness, Figure
from careers.reading import RoleProfile, profiles

SIZE = 5
SHOWN = 4
"""How many of the skills to be learned are named."""


@dataclass(frozen=True)
class Move:
    """A role to go on to, what its pay is compared with that of the role one comes from, and their comparison."""

    to: RoleProfile
    pay: str
    counted: str
    shared: int
    learn: list[str]
    more_to_learn: int
    path: str


def moves(profile: RoleProfile, *, at: datetime) -> list[Move]:
    """Return the live roles that are closest to the one of the profile, the closest first (three queries)."""
    role = profile.edition.document_id
    # Those that are not live any more, or not yet, are few: twice as many as are shown leave enough.
    closest = list(Closeness.objects.closest_to(role).values_list("other", flat=True)[: 2 * SIZE])
    found = profiles(closest, at=at)
    live = [found[other] for other in closest if other in found][:SIZE]
    written = _written(role, [other.edition.document_id for other in live], at=at)
    return [_move(profile, other, written) for other in live]


def _written(role: int, others: list[int], *, at: datetime) -> dict[int, str]:
    """Return where the comparisons of the role with the others are read, by the other."""
    editions = ComparisonEdition.objects.live(at).about([role])
    paths = {}
    for edition in editions.filter(role_a__in=[role, *others], role_b__in=[role, *others]):
        other = edition.role_b_id if edition.role_a_id == role else edition.role_a_id
        paths[other] = edition.get_absolute_url()
    return paths


def _move(profile: RoleProfile, to: RoleProfile, written: dict[int, str]) -> Move:
    both = skills(profile.content["skills"], to.content["skills"])
    made = Comparison.path_of(slug_of(*sorted([profile.edition.slug, to.edition.slug])))
    return Move(
        to=to,
        pay=_pay(profile, to),
        counted=to.published.covers if to.published else "",
        shared=len(both.shared),
        learn=both.only_b[:SHOWN],
        more_to_learn=len(both.only_b[SHOWN:]),
        path=written.get(to.edition.document_id, made),
    )


def _pay(profile: RoleProfile, to: RoleProfile) -> str:
    """Return in words how the median pay changes; what cannot be compared is not."""
    before, after = pick(profile.figures, to.figures, Figure.Measure.MEDIAN_PAY)
    if before is None or after is None or not comparable(before, after):
        return _("No pay figures that can be compared")
    if is_same_count(before, after):
        return _("Counted in the same occupation")
    amounts = {"after": after.text, "before": before.text}
    if before.or_more or after.or_more or after.amount_high is not None:
        return _("Median pay %(after)s, after %(before)s") % amounts
    percent = round((after.amount / before.amount - 1) * 100)
    if percent == 0:
        return _("Median pay about the same: %(after)s") % amounts
    amounts["percent"] = number(abs(percent))
    if percent > 0:
        return _("Median pay about %(percent)s%% more: %(after)s, after %(before)s") % amounts
    return _("Median pay about %(percent)s%% less: %(after)s, after %(before)s") % amounts
