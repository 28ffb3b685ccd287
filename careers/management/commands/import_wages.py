from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from careers.models import Release
from careers.models.occupations import OEWS
from careers.wages.files import tables_in
from careers.wages.malformed import Malformed
from careers.wages.store import Stored, store
from careers.wages.tables import Table, date_of, period_of

MANY = 1024 * 1024
"""From how many bytes on a progress bar is shown."""


class Command(BaseCommand):
    """Store the wages of a release."""

    help = (
        "Stores wages and employment that the US Bureau of Labor Statistics published: its workbooks (.xlsx, or the "
        "zip they come in), its flat files (oe.data.0.Current, with oe.area and oe.occupation beside it), or CSV files "
        "as in data/. All files are stored or none; the same again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the files, and what they do not say."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="FILE", help="A file, or a folder of such files.")
        parser.add_argument("--period", help="For what month, where a file does not say: 'May 2025'.")
        parser.add_argument("--published-on", metavar="DATE", help="When the Bureau published it: 2026-05-15.")
        parser.add_argument(
            "--current-from", metavar="MOMENT", help="From when on the site shows a new release (default: now)."
        )
        parser.add_argument("--correct", action="store_true", help="Replace what is stored where a file differs.")
        parser.add_argument("--if-empty", action="store_true", help="Do nothing if a release is stored already.")

    def handle(self, *args: Any, paths: list[Path], **options: Any) -> None:
        """Import the files, and print what became of them."""
        if options["if_empty"] and Release.objects.filter(source=OEWS).exists():
            self.stdout.write("Wages are stored already; nothing was imported.")
            return
        try:
            stored = _store(tables_in(paths), options)
        except Malformed as error:
            raise CommandError(f"{error} Nothing was stored.") from error
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be opened ({error.strerror}). Nothing was stored.") from error
        for line in _lines(stored):
            self.stdout.write(line)


def _store(tables: Sequence[Table], options: dict[str, Any]) -> Stored:
    period, published_on, current_from = options["period"], options["published_on"], options["current_from"]
    size = sum(table.path.stat().st_size for table in tables)
    with tqdm(total=size, unit="B", unit_scale=True, disable=size < MANY) as bar:
        return store(
            tables,
            period=period_of(period) if period else None,
            published_on=date_of(published_on) if published_on else None,
            current_from=_moment(current_from) if current_from else timezone.now(),
            correct=options["correct"],
            progress=bar.update,
        )


def _moment(text: str) -> datetime:
    """Return a date or moment in the site's time zone, unless it states another."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Malformed(f"“{text}” is no moment: write it as 2026-06-01 or 2026-06-01T08:00.") from error
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _lines(stored: Stored) -> Iterator[str]:
    """Yield what became of the rows, and which release the site shows."""
    release = stored.release
    if not stored.is_change:
        yield f"{release.period}: nothing new. All {stored.unchanged:,} rows are stored already."
        return
    yield (
        f"{release.period}: {stored.added:,} rows added, {stored.completed:,} completed, "
        f"{stored.corrected:,} corrected, {stored.unchanged:,} as they were."
    )
    newest = Release.objects.filter(source=OEWS).order_by("-reference")[0]
    if newest != release:
        yield f"The site goes on showing {newest.period}, which is newer."
        return
    yield f"The site shows it from {release.current_from:%Y-%m-%d %H:%M %Z} on."
