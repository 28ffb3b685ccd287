"""Which release the tables are of, and what is known of it beside the wages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from careers.models import Release
from careers.models.occupations import OEWS
from careers.wages.malformed import Malformed
from careers.wages.tables import Table

ADDRESS = "https://www.bls.gov/oes/"
RAISED = 2022
"""The year from which wages are stated up to $115.00 an hour or $239,200 a year; before, up to $100.00 or $208,000."""


def reference_of(tables: Iterable[Table], stated: date | None) -> date:
    """Return the first day of the month that all tables are for; `stated` goes for those that do not say.

    Raises Malformed if they differ, or if it is not known of one.
    """
    reference = stated
    for table in tables:
        own = table.period or stated
        if own is None:
            raise Malformed(
                "It does not say for what month it is: pass --period, as in --period 'May 2025'.", file=table.name
            )
        reference = reference or own
        if own != reference:
            raise Malformed(f"It is for {own:%B %Y}, not {reference:%B %Y}: one release at a time.", file=table.name)
    if reference is None:
        raise Malformed("There is no table of wages.")
    return reference


def publication_of(tables: Iterable[Table], stated: date | None) -> date | None:
    """Return when the release was published, if a table says so or it is `stated`. Raises Malformed if they differ."""
    published = stated
    for table in tables:
        own = table.published_on
        if own and own != (published := published or own):
            raise Malformed(f"It says it was published on {own}, not on {published}.", file=table.name)
    return published


def release_at(
    reference: date, *, published_on: date | None, current_from: datetime, correct: bool
) -> tuple[Release, bool]:
    """Return the release for this month, locked, and whether it got another date of publication; a new one is made.

    Raises Malformed if it is not known when a new one was published, or if another date is stored (`correct` replaces
    that).
    """
    release = Release.objects.select_for_update().filter(source=OEWS, reference=reference).first()
    if release is None:
        return _new(reference, published_on, current_from), False
    if published_on in {None, release.published_on}:
        return release, False
    if not correct:
        raise Malformed(
            f"The release of {release.period} was published on {release.published_on}, as stored, not on "
            f"{published_on}: leave that out, or replace it with --correct."
        )
    release.published_on = published_on
    release.save(update_fields=["published_on"])
    return release, True


def _new(reference: date, published_on: date | None, current_from: datetime) -> Release:
    if published_on is None:
        raise Malformed(
            f"When was the release of {reference:%B %Y} published? No file says: pass --published-on with the date "
            f"that {ADDRESS} states, as in --published-on 2026-05-15."
        )
    is_raised = reference.year >= RAISED
    return Release.objects.create(
        source=OEWS,
        period=f"{reference:%B %Y}",
        reference=reference,
        published_on=published_on,
        url=ADDRESS,
        current_from=current_from,
        top_annual=239_200 if is_raised else 208_000,
        top_hourly=Decimal("115.00") if is_raised else Decimal("100.00"),
    )
