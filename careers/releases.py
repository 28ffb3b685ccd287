"""Releases of a source: which of its figures on this site are the newest, and which are older than that."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from careers.models import Figure
from publishing.checks import limit
from publishing.slices import ids_of

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
PERIOD = re.compile(rf"(?:\b({'|'.join(MONTHS)})[a-z]*\.?\s+)?\b((?:19|20)\d\d)\b", re.IGNORECASE)


class Release(NamedTuple):
    """For what period a source published figures, and when."""

    period: str
    as_of: date


def newest_of(sources: Collection[str]) -> dict[str, Release]:
    """Return the newest release of each source among the figures of all roles (one query, one index entry a source)."""
    if not sources:
        return {}
    dated = Figure.objects.filter(as_of__isnull=False)
    newest = (dated.filter(source=source).order_by("-as_of")[:1] for source in sorted(sources))
    rows = Figure.objects.filter(pk__in=ids_of(*newest)).values_list("source", "period", "as_of")
    return {source: Release(period, as_of) for source, period, as_of in rows if as_of}


def is_older(*, period: str, as_of: date | None, than: Release) -> bool:
    """Whether a figure is of an earlier release: of an earlier period, or, where periods say nothing, of an earlier
    date by more than CONTENT_CHECKS["release_days"].
    """
    own, newest = _months(period), _months(than.period)
    if own and newest:
        return own < newest
    if as_of is None or (period and period == than.period):
        return False
    return than.as_of - as_of > timedelta(days=limit("release_days"))


def _months(period: str) -> tuple[int, int] | None:
    """Return year and month of a period such as "May 2025"; a whole year ends with its last month."""
    found = PERIOD.findall(period)
    if not found:
        return None
    month, year = found[-1]
    return int(year), MONTHS[month.casefold()] if month else 12
