"""Stated figures that are of an older release than the newest of their source: which, and that one still holds."""

from __future__ import annotations

from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from careers.models import Figure, Role
from careers.releases import Release, is_older, month_of, newest_of
from publishing import windows
from publishing.errors import Refused
from publishing.models import Revision, User
from publishing.put_away import refuse_put_away
from publishing.revisions import record

AT_ONCE = 100
"""For how many sources the newest release is asked in one query: SQLite takes 500 parts in one."""

NOTE = Revision._meta.get_field("note").max_length or 0


class Outdated(NamedTuple):
    """A figure (its id) and the newest release of its source."""

    figure: int
    newest: Release


def outdated() -> list[Outdated]:
    """Return the figures of all roles at hand that are of an older release than the newest, the oldest first."""
    stated = Figure.objects.filter(role__put_away_at=None).exclude(source="")
    sources = sorted(stated.order_by().values_list("source", flat=True).distinct())
    newest: dict[str, Release] = {}
    for start in range(0, len(sources), AT_ONCE):
        newest |= newest_of(sources[start : start + AT_ONCE])
    found = [
        (month_of(period, as_of), Outdated(pk, newest[source]))
        for pk, source, period, as_of in stated.values_list("pk", "source", "period", "as_of")
        if source in newest and is_older(period=period, as_of=as_of, than=newest[source])
    ]
    return [each for _, each in sorted(found, key=lambda pair: (pair[0], pair[1].figure))]


def as_shown(figure: Figure, newest: Release) -> str:
    """Return what somebody who confirms the figure has seen: its amounts and the release that it is held against."""
    return f"{figure.amount} {figure.amount_high or ''} {figure.period} {newest.period}"


@transaction.atomic
def confirm_unchanged(figure: Figure, *, seen: str, by: User) -> str:
    """Say that the newest release of its source states the same: the figure takes its period and date, in the role's
    draft; nothing is published. Return the note of the revision that this leaves.

    `seen` is what `as_shown` said. Raises Refused if the figure is not older any more, is another by now, or was
    deleted, as its role may have been.
    """
    windows.lock([figure.role_id])
    refuse_put_away({figure.role_id})
    stated = Figure.objects.filter(pk=figure.pk).first()
    if stated is None:
        raise Refused(_("This figure was deleted meanwhile."))
    newest = newest_of({stated.source}).get(stated.source)
    if newest is None or not is_older(period=stated.period, as_of=stated.as_of, than=newest):
        raise Refused(_("This figure is not of an older release any more."))
    if seen != as_shown(stated, newest):
        raise Refused(_("This figure or the newest release has changed since you looked: look at it again."))
    note = _("confirmed unchanged against %(period)s, %(source)s")
    note = note % {"period": newest.period or newest.as_of, "source": stated.source}
    stated.period, stated.as_of = newest.period, newest.as_of
    stated.full_clean()
    stated.save()
    role = Role.objects.get(pk=stated.role_id)
    role.save()
    record(role, by=by, note=note[:NOTE])
    return note
