"""Keeping a release of the O*NET database: all of it or nothing, beside the releases that are there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from careers.models import Occupation, OnetOccupation, Release
from careers.models.occupations import ONET
from careers.onet.database import Database
from careers.onet.licence import DATABASE
from careers.signals import facts_changed
from publishing import audit

FOLDED = {
    "13-1020": ["13-1021", "13-1022", "13-1023"],
    "13-2020": ["13-2022", "13-2023"],
    "21-1018": ["21-1011", "21-1014"],
    "25-2052": ["25-2055", "25-2056"],
    "25-9045": ["25-9042", "25-9043", "25-9049"],
    "29-2010": ["29-2011", "29-2012"],
    "31-1120": ["31-1121", "31-1122"],
    "39-7010": ["39-7011", "39-7012"],
    "47-4090": ["47-4091", "47-4099"],
    "51-2028": ["51-2022", "51-2023"],
    "51-2090": ["51-2092", "51-2099"],
    "53-1047": ["53-1042", "53-1043", "53-1044", "53-1049"],
}
"""Detailed codes of the Standard Occupational Classification that the Bureau's wages count together, under one code
(https://www.bls.gov/oes/soc_2018.htm)."""

COUNTED_AS = {code: together for together, codes in FOLDED.items() for code in codes}


class Clash(Exception):
    """Another release has the same month. `str()` is a sentence that says what to do."""


class Stored(NamedTuple):
    """What became of a release."""

    release: Release
    is_changed: bool
    joined: int


def store(database: Database, *, period: str, month: date, published_on: date | None = None) -> Stored:
    """Keep what the database says as the release of that period, "29.3", and month, and announce it.

    Where the release is there already, what is stored of it is brought in line; if nothing differs, nothing changes.
    `published_on` is the first of the month where it is not known. Raises Clash.
    """
    with transaction.atomic():
        release, is_changed = _release(period, month, published_on)
        occupations = list(_occupations(database, release))
        if _told(release) != [(each.code, each.title, each.occupation_id, each.content) for each in occupations]:
            release.onet_occupations.all().delete()
            OnetOccupation.objects.bulk_create(occupations, batch_size=100)
            is_changed = True
        if is_changed:
            facts_changed.send(sender=Release, release=release)
            audit.record(audit.Act.IMPORT, release)
    return Stored(release, is_changed, joined=sum(bool(each.occupation_id) for each in occupations))


def _release(period: str, month: date, published_on: date | None) -> tuple[Release, bool]:
    defaults = {"period": period, "published_on": published_on or month, "url": DATABASE}
    release, is_new = Release.objects.get_or_create(source=ONET, reference=month, defaults=defaults)
    if release.period != period:
        raise Clash(
            _("Release %(there)s has the month %(month)s already: say with --published-on when %(new)s was published.")
            % {"there": release.period, "month": f"{month:%Y-%m}", "new": period}
        )
    if published_on in (None, release.published_on):
        return release, is_new
    release.published_on = published_on
    release.save()
    return release, True


def _occupations(database: Database, release: Release) -> Iterator[OnetOccupation]:
    """Yield the occupations by their code, each joined to the one whose wages count it, where that is here."""
    here = set(Occupation.objects.values_list("pk", flat=True))
    for code, title in sorted(database.titles.items()):
        soc = code[:7]
        joined = next((each for each in (soc, COUNTED_AS.get(soc)) if each in here), None)
        content = database.contents[code]
        yield OnetOccupation(release=release, code=code, title=title, occupation_id=joined, content=content)


def _told(release: Release) -> list[tuple[str, str, str | None, dict[str, object]]]:
    return list(release.onet_occupations.order_by("code").values_list("code", "title", "occupation_id", "content"))
