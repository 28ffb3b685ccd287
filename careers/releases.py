"""Releases of a source: which of its figures on this site are the newest, and which are older than that."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone

from careers import models
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
    """Return the newest release of each source, whether it was registered and is current, or a figure of some role
    cites it (two queries, one index entry a source in each)."""
    if not sources:
        return {}
    newest = _cited(sources)
    for source, release in _registered(sources).items():
        cited = newest.get(source)
        if cited is None or is_older(period=cited.period, as_of=cited.as_of, than=release):
            newest[source] = release
    return newest


def _cited(sources: Collection[str]) -> dict[str, Release]:
    dated = Figure.objects.filter(as_of__isnull=False)
    newest = (dated.filter(source=source).order_by("-as_of")[:1] for source in sorted(sources))
    rows = Figure.objects.filter(pk__in=ids_of(*newest)).values_list("source", "period", "as_of")
    return {source: Release(period, as_of) for source, period, as_of in rows if as_of}


def _registered(sources: Collection[str]) -> dict[str, Release]:
    now = timezone.now()
    current = (models.Release.objects.current(source, now) for source in sorted(sources))
    rows = models.Release.objects.filter(pk__in=ids_of(*current)).values_list("source", "period", "published_on")
    return {source: Release(period, published_on) for source, period, published_on in rows}


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


def month_of(period: str, as_of: date | None) -> tuple[int, int]:
    """Return year and month for which a figure was published, or else at which; (0, 0) where neither is known."""
    return _months(period) or ((as_of.year, as_of.month) if as_of else (0, 0))


def _months(period: str) -> tuple[int, int] | None:
    """Return year and month of a period such as "May 2025"; a whole year ends with its last month."""
    found = PERIOD.findall(period)
    if not found:
        return None
    month, year = found[-1]
    return int(year), MONTHS[month.casefold()] if month else 12
