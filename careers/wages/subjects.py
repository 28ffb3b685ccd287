"""What wages are about, stored: occupations and areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.text import slugify

from careers.models import Area, Occupation
from careers.wages.places import Place
from careers.wages.rows import Row

FINENESS = {level: number for number, level in enumerate(Occupation.Level.values)}
MAX_SLUG = 110
"""How long a slug is before an area's code follows it."""


class Subjects:
    """The occupations and areas that are stored, read once. Rows of the newest release may rename them; `changes`
    counts what was made or renamed.
    """

    def __init__(self, *, may_rename: bool) -> None:
        self.changes = 0
        self._may_rename = may_rename
        self._occupations = Occupation.objects.in_bulk()
        self._areas = Area.objects.in_bulk()
        self._slugs = {area.slug for area in self._areas.values()}

    def put(self, rows: Iterable[Row]) -> None:
        """Store what the rows are about, as far as it is new or called otherwise."""
        places, occupations = {}, {}
        for row in rows:
            places[row.place.code] = row.place
            occupations[row.code] = row
        self._put_areas(places)
        self._put_occupations(occupations)

    def group(self) -> None:
        """Give each occupation the nearest group that there is as its parent."""
        moved = []
        for occupation in self._occupations.values():
            parent = _nearest(occupation, self._occupations)
            if occupation.parent_id != parent:
                occupation.parent_id = parent
                moved.append(occupation)
        Occupation.objects.bulk_update(moved, ["parent"], batch_size=400)

    def _put_areas(self, places: Mapping[str, Place]) -> None:
        renamed = []
        for code, place in places.items():
            area = self._areas.get(code)
            if area is None:
                self._add_area(place)
            elif self._may_rename and area.title != place.title:
                area.title = place.title
                renamed.append(area)
        Area.objects.bulk_update(renamed, ["title"], batch_size=400)
        self.changes += len(renamed)

    def _add_area(self, place: Place) -> None:
        state = place.state
        if state and state.code not in self._areas:
            self._add_area(state)
        slug = slugify(place.title)[:MAX_SLUG]
        if slug in self._slugs:
            slug = f"{slug}-{place.code}"
        self._slugs.add(slug)
        self._areas[place.code] = Area.objects.create(
            code=place.code, slug=slug, title=place.title, kind=place.kind, state_id=state.code if state else None
        )
        self.changes += 1

    def _put_occupations(self, rows: Mapping[str, Row]) -> None:
        made, changed = [], []
        for code, row in rows.items():
            occupation = self._occupations.get(code)
            if occupation is None:
                level = row.level or Occupation.Level.DETAILED
                self._occupations[code] = Occupation(code=code, title=row.title, level=level)
                made.append(self._occupations[code])
            elif self._may_rename and (occupation.title, occupation.level) != (
                row.title,
                row.level or occupation.level,
            ):
                occupation.title, occupation.level = row.title, row.level or occupation.level
                changed.append(occupation)
        Occupation.objects.bulk_create(made)
        Occupation.objects.bulk_update(changed, ["title", "level"], batch_size=400)
        self.changes += len(made) + len(changed)


def _nearest(occupation: Occupation, groups: Mapping[str, Occupation]) -> str | None:
    """Return the code of the finest group that there is above the occupation: broad, minor, or major.

    Minor groups end in two zeros or three (15-1200, 11-1000), see https://www.bls.gov/soc/2018/soc_2018_manual.pdf.
    """
    code = occupation.code
    for candidate in (f"{code[:6]}0", f"{code[:5]}00", f"{code[:4]}000", f"{code[:2]}-0000"):
        group = groups.get(candidate)
        if group and FINENESS[group.level] < FINENESS[occupation.level]:
            return None if group.level == Occupation.Level.TOTAL else candidate
    return None
