"""Occupations and what is published of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from careers.models import Area, Occupation, Release, Wage
from careers.models.occupations import OEWS

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def make_occupation(code: str = "11-9111", title: str = "Lamp and Rope Managers", **fields: Any) -> Occupation:
    """Return the occupation of the code."""
    return Occupation.objects.get_or_create(code=code, defaults={"title": title, "level": "detailed"} | fields)[0]


def make_area(title: str = "United States", kind: str = "nation", **fields: Any) -> Area:
    """Return the area of the title."""
    slug = title.lower().replace(", ", "-").replace(" ", "-")
    code = f"{Area.objects.count():07}"
    return Area.objects.get_or_create(slug=slug, defaults={"title": title, "kind": kind, "code": code} | fields)[0]


def make_release(year: int = 2025, **fields: Any) -> Release:
    """Return the release of wages for May of the year, current since long ago; no wage is stated above $239,200."""
    values = {
        "period": f"May {year}",
        "published_on": date(year + 1, 4, 1),
        "url": "https://www.bls.gov/oes/",
        "current_from": LONG_AGO,
        "top_annual": 239_200,
        "top_hourly": "115.00",
    }
    found = Release.objects.filter(source=OEWS, reference=date(year, 5, 1)).first()
    return found or Release.objects.create(source=OEWS, reference=date(year, 5, 1), **values | fields)


def make_wage(
    code: str = "11-9111", *, area: Area | None = None, release: Release | None = None, **values: Any
) -> Wage:
    """Return what a release says of the occupation: where nothing is given, a whole distribution."""
    whole = {"annual_10": 40_000, "annual_25": 50_000, "annual_median": 66_000, "annual_75": 80_000}
    whole |= {"annual_90": 99_000, "employment": 12_340}
    return Wage.objects.create(
        release=release or make_release(),
        area=area or make_area(),
        occupation=make_occupation(code),
        **(values or whole),
    )
