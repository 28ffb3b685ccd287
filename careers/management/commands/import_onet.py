from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from careers.onet.database import Database, read_database
from careers.onet.store import Clash, Stored, store
from careers.onet.tables import Malformed

PARTS = ("tasks", "skills", "education", "alternate_titles", "related", "technology", "job_zone")


class Command(BaseCommand):
    """Keep a release of the O*NET database."""

    help = (
        "Reads the tables of an O*NET database as text (https://www.onetcenter.org/database.html) from a folder, and "
        "keeps what they say of each occupation, beside earlier releases. All of it, or nothing; again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder, --release and --published-on."""
        parser.add_argument("folder", type=Path, metavar="DIR", help="Where the tables are: Occupation Data.txt, …")
        parser.add_argument("--release", metavar="29.3", help="Which release it is (default: as its Read Me says).")
        parser.add_argument(
            "--published-on",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="When it was published (default: the first of the month that its Read Me names).",
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Read and keep, and say what was kept and what was missing."""
        try:
            database = read_database(folder)
            stored = self._store(database, release=options["release"], published_on=options["published_on"])
        except (Malformed, Clash, OSError) as error:
            raise CommandError(_("Nothing was stored. %s") % error) from error
        self._report(database, stored)

    def _store(self, database: Database, *, release: str | None, published_on: date | None) -> Stored:
        period = release or database.period
        month = database.month or published_on
        if not period:
            raise CommandError(
                _("Nothing was stored: no Read Me says which release this is; say it with --release 29.3.")
            )
        if not month:
            raise CommandError(
                _("Nothing was stored: no Read Me says when this was published; say it with --published-on YYYY-MM-DD.")
            )
        return store(database, period=period, month=month.replace(day=1), published_on=published_on)

    def _report(self, database: Database, stored: Stored) -> None:
        period, number = stored.release.period, len(database.titles)
        if stored.is_changed:
            self.stdout.write(
                _("Stored: O*NET %(period)s, %(number)s occupations.") % {"period": period, "number": number}
            )
        else:
            self.stdout.write(_("O*NET %s is stored already: nothing has changed.") % period)
        counts = (f"{sum(bool(each[part]) for each in database.contents.values())} {part}" for part in PARTS)
        self.stdout.write(_("How many have what: %s.") % ", ".join(counts).replace("_", " "))
        self.stdout.write(
            _("%(joined)s of %(number)s are joined to an occupation that has wages here.")
            % {"joined": stored.joined, "number": number}
        )
        if not stored.joined:
            self.stdout.write(
                _("Import occupations and wages first, and then this again: roles find it by their occupation.")
            )
        if database.missing:
            self.stdout.write(_("Not there, and left out: %s.") % "; ".join(database.missing))
