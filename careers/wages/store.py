"""Tables of wages go into a release: all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from careers.models import Release, Wage
from careers.models.occupations import OEWS
from careers.signals import facts_changed
from careers.wages.malformed import Malformed, reading
from careers.wages.releases import publication_of, reference_of, release_at
from careers.wages.rows import MEASURES, Row, Said, shown
from careers.wages.subjects import Subjects
from careers.wages.tables import Table
from publishing import audit

STORED = [*MEASURES, "marks"]

Progress = Callable[[int], object]
"""Told after each batch how many further bytes of the files were read."""


@dataclass
class Stored:
    """What became of the rows of an import. `completed` are rows that were there and said less; `names` is how many
    occupations and areas were made or renamed; `is_redated` that another date of publication was stored before.
    """

    release: Release
    is_redated: bool = False
    added: int = 0
    completed: int = 0
    corrected: int = 0
    unchanged: int = 0
    names: int = 0

    @property
    def is_change(self) -> bool:
        """Whether the site says anything else than before."""
        return any((self.is_redated, self.added, self.completed, self.corrected, self.names))


@transaction.atomic
def store(
    tables: Sequence[Table],
    *,
    period: date | None,
    published_on: date | None,
    current_from: datetime,
    correct: bool,
    progress: Progress,
) -> Stored:
    """Store the tables in the release that they are of, and announce it if anything is new.

    `period` and `published_on` go for tables that do not say; a new release is current from `current_from` on. What a
    table says is added to what is stored; where it differs, it is refused, or replaces it if told to `correct`.
    Raises Malformed; then nothing was stored.
    """
    reference = reference_of(tables, period)
    published_on = publication_of(tables, published_on)
    release, is_redated = release_at(reference, published_on=published_on, current_from=current_from, correct=correct)
    is_known = release.wages.exists()
    storing = _Storing(Stored(release, is_redated), correct=correct)
    for table in tables:
        for rows, size in table.batches():
            with reading(table.name):
                storing.put(rows, table)
            progress(size)
    stored = storing.finish()
    if stored.is_change:
        is_partial = is_known and not (stored.is_redated or stored.names)
        facts_changed.send(Release, release=release, codes=storing.codes if is_partial else None)
        audit.record(audit.Act.IMPORT, release, detail=f"{stored.added} added, {stored.corrected} corrected")
    return stored


class _Storing:
    def __init__(self, stored: Stored, *, correct: bool) -> None:
        self._stored = stored
        self._correct = correct
        newer = Release.objects.filter(source=OEWS, reference__gt=stored.release.reference)
        self._subjects = Subjects(may_rename=not newer.exists())
        self._areas = set(stored.release.wages.values_list("area", flat=True).distinct())
        self.codes: set[str] = set()
        """Of which occupations something else is stored now."""

    def put(self, rows: list[Row], table: Table) -> None:
        """Store the rows as far as they say anything new."""
        self._subjects.put(rows)
        known = self._known(rows)
        changed = []
        for row in rows:
            wage = known.get((row.place.code, row.code))
            if wage is None:
                changed.append(self._new(row))
            elif self._amend(wage, row, table):
                changed.append(wage)
        _write(changed)
        self.codes.update(wage.occupation_id for wage in changed)
        self._areas.update(row.place.code for row in rows)

    def finish(self) -> Stored:
        """Group the occupations; return what was done."""
        self._subjects.group()
        self._stored.names = self._subjects.changes
        return self._stored

    def _known(self, rows: Iterable[Row]) -> dict[tuple[str, str], Wage]:
        areas = {row.place.code for row in rows} & self._areas
        if not areas:
            return {}
        found = self._stored.release.wages.filter(area__in=areas, occupation__in={row.code for row in rows})
        return {(wage.area_id, wage.occupation_id): wage for wage in found}

    def _new(self, row: Row) -> Wage:
        self._stored.added += 1
        wage = Wage(release=self._stored.release, area_id=row.place.code, occupation_id=row.code)
        for name, said in row.said.items():
            _say(wage, name, said)
        return wage

    def _amend(self, wage: Wage, row: Row, table: Table) -> bool:
        """Bring the wage in line with what the row says; return whether that changed anything."""
        news = {name: said for name, said in row.said.items() if _said(wage, name) != said}
        differing = [name for name in news if _said(wage, name) is not None]
        if differing and not self._correct:
            name = differing[0]
            raise Malformed(
                f"{row.code} in {row.place.title} has {shown(news[name])} here, and {shown(_said(wage, name))} is "
                f"stored for {self._stored.release.period}. If the file is right, replace it with --correct.",
                line=row.line,
                column=table.headings[name],
            )
        for name, said in news.items():
            _say(wage, name, said)
        self._stored.corrected += bool(differing)
        self._stored.completed += bool(news) and not differing
        self._stored.unchanged += not news
        return bool(news)


def _said(wage: Wage, name: str) -> Said | None:
    number: Said | None = getattr(wage, name)
    if number is None and name in wage.marks:
        return Wage.Mark(wage.marks[name])
    return number


def _say(wage: Wage, name: str, said: Said) -> None:
    is_mark = isinstance(said, Wage.Mark)
    setattr(wage, name, None if is_mark else said)
    wage.marks.pop(name, None)
    if is_mark:
        wage.marks[name] = said


def _write(wages: list[Wage]) -> None:
    """Store new wages and changed ones alike: a changed one meets itself, which is one query for many."""
    for wage in wages:
        wage.pk = None
    Wage.objects.bulk_create(
        wages,
        update_conflicts=True,
        unique_fields=["release", "occupation", "area"],
        update_fields=STORED,
    )
