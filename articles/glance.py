"""The at-a-glance table: the same facts of both roles in the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careers.figures import NOT_PUBLISHED, Stated, comparable, difference, is_same_count, number, pick, why_not
from careers.models import Figure
from careers.reading import RoleProfile

MEASURES = (Figure.Measure.MEDIAN_PAY, Figure.Measure.MEAN_PAY, Figure.Measure.PAY, Figure.Measure.EMPLOYMENT)
FigurePair = tuple[Stated | None, Stated | None]
SHOWN = 3
"""How many entries of a long list stand in a cell."""


class Cell(NamedTuple):
    """What one role's column says, and beneath it whom and where a figure counts."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class GlanceRow:
    """One fact of both roles. Where they must not stand side by side, `instead` says why, and there are no cells."""

    label: str
    a: Cell | None = None
    b: Cell | None = None
    instead: str = ""


class SourceLine(NamedTuple):
    """Where a figure in the table is from."""

    source: str
    url: str
    where_and_when: str


@dataclass(frozen=True)
class Glance:
    """The table, what follows from it in words, and its sources."""

    rows: list[GlanceRow]
    differences: list[str]
    sources: list[SourceLine]


def glance(a: RoleProfile, b: RoleProfile) -> Glance:
    """Return the table for two roles. No difference is computed unless both figures may be compared."""
    pairs = [pick(a.figures, b.figures, measure) for measure in MEASURES]
    pairs = [pair for pair in pairs if any(pair)]
    return Glance(
        rows=[*_words(a, b), *_figure_rows(pairs), *_lists(a, b)],
        differences=list(_differences(pairs, a, b)),
        sources=_sources(pairs),
    )


def _words(a: RoleProfile, b: RoleProfile) -> Iterator[GlanceRow]:
    yield GlanceRow(_("In a sentence"), Cell(a.content["definition"]), Cell(b.content["definition"]))


def _lists(a: RoleProfile, b: RoleProfile) -> Iterator[GlanceRow]:
    if a.education or b.education:
        yield GlanceRow(_("Typical education"), _education(a), _education(b))
    for label, key in ((_("Certifications"), "certifications"), (_("Also called"), "also_called")):
        if a.content[key] or b.content[key]:
            yield GlanceRow(label, _listed(a.content[key]), _listed(b.content[key]))


def _education(role: RoleProfile) -> Cell:
    return Cell(role.education or _("Not stated"), role.content["education_note"])


def _listed(entries: list[str]) -> Cell:
    if not entries:
        return Cell(_("None listed"))
    shown, rest = "; ".join(entries[:SHOWN]), len(entries) - SHOWN
    return Cell(_("%(entries)s; and %(count)s more") % {"entries": shown, "count": rest} if rest > 0 else shown)


def _figure_rows(pairs: list[FigurePair]) -> Iterator[GlanceRow]:
    """Yield a row for each measure; whom the figures count is said once, where that is the same for all of them."""
    counted = [{figure.covers for figure in side if figure} for side in zip(*pairs, strict=True)]
    once = len(pairs) > 1 and all(len(covers) <= 1 for covers in counted) and any(map(any, counted))
    for a, b in pairs:
        yield _figure_row(a, b, with_covers=not once)
    if once:
        yield GlanceRow(_("Figures count"), _counts(counted[0]), _counts(counted[1]))


def _counts(covers: set[str]) -> Cell:
    return Cell("".join(covers) or _("Exactly this role")) if covers else Cell(_(NOT_PUBLISHED))


def _figure_row(a: Stated | None, b: Stated | None, *, with_covers: bool) -> GlanceRow:
    label = (a or b).label  # type: ignore[union-attr]  # a pair without any figure makes no row
    if a and b and not comparable(a, b):
        return GlanceRow(label, instead=why_not(a, b))
    cells = [_figure_cell(figure, with_covers=with_covers) for figure in (a, b)]
    return GlanceRow(label, cells[0], cells[1])


def _figure_cell(figure: Stated | None, *, with_covers: bool) -> Cell:
    if figure is None:
        return Cell(_(NOT_PUBLISHED))
    return Cell(figure.text, figure.covers if with_covers else "")


def _differences(pairs: Iterable[FigurePair], a: RoleProfile, b: RoleProfile) -> Iterator[str]:
    """Yield sentences about pay: of whom the figures speak, unless those are exactly the roles."""
    for x, y in pairs:
        if x is None or y is None or x.measure not in MORE:
            continue
        if is_same_count(x, y):
            yield _(SAME_COUNT)
            continue
        percent = difference(x, y)
        if percent is None:
            continue
        higher, lower = _subject(x, a), _subject(y, b)
        if percent < 0:
            higher, lower = lower, higher
        # A subject with a clause of its own is closed with a comma where the sentence goes on.
        said = {"higher": f"{higher}," if "," in higher else higher, "lower": lower, "percent": number(abs(percent))}
        yield _(MORE[x.measure] if percent else SAME[x.measure]) % said


SAME_COUNT = gettext_noop(
    "Both roles are counted in one and the same occupation, so no difference in their pay is published."
)
MORE: dict[str, str] = {
    Figure.Measure.MEDIAN_PAY: gettext_noop("At the median, %(higher)s earn about %(percent)s%% more than %(lower)s."),
    Figure.Measure.MEAN_PAY: gettext_noop("On average, %(higher)s earn about %(percent)s%% more than %(lower)s."),
}
SAME: dict[str, str] = {
    Figure.Measure.MEDIAN_PAY: gettext_noop("At the median, %(higher)s and %(lower)s earn about the same."),
    Figure.Measure.MEAN_PAY: gettext_noop("On average, %(higher)s and %(lower)s earn about the same."),
}


def _subject(figure: Stated, role: RoleProfile) -> str:
    if not figure.covers:
        return role.name.plural
    return figure.covers if figure.covers[:2].isupper() else figure.covers[0].lower() + figure.covers[1:]


def _sources(pairs: Iterable[FigurePair]) -> list[SourceLine]:
    shown = [pair for pair in pairs if None in pair or comparable(*pair)]
    lines = [SourceLine(f.source, f.source_url, f.where_and_when) for pair in shown for f in pair if f]
    return list(dict.fromkeys(lines))
