from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from tqdm import tqdm

from publishing.backup.archive import Archive, BackupError
from publishing.backup.restore import restore


class Command(BaseCommand):
    """Make a site of a backup."""

    help = (
        "Makes the site what a file of manage.py backup holds, whether that comes from SQLite or PostgreSQL: database "
        "and pictures. If anything goes wrong, the present site stays as it is. Everybody signs in again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and --replace."""
        parser.add_argument("file", type=Path, metavar="FILE", help="The file that manage.py backup wrote.")
        parser.add_argument(
            "--replace", action="store_true", help="Give up what the site holds now, for what the file holds."
        )

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        """Restore, and say what there is now."""
        started = perf_counter()
        try:
            with Archive(file) as archive, tqdm(unit="row", disable=None) as bar:
                left = restore(archive, replace=replace, bar=bar)
        except BackupError as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        except (OSError, Error) as error:
            raise CommandError(
                f"The backup was not restored, and the site is as it was: {str(error).strip()}."
            ) from error
        manifest = archive.manifest
        self.stdout.write(
            f"The site is what it was at {manifest.made_at[:16].replace('T', ' ')} UTC: "
            f"{sum(table.rows for table in manifest.tables):,} rows and {len(manifest.media):,} pictures; "
            f"{perf_counter() - started:.1f} s."
        )
        for sentence in left:
            self.stderr.write(sentence)
