from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.template.defaultfilters import filesizeformat
from tqdm import tqdm

from publishing.backup.archive import BackupError
from publishing.backup.take import backup

NAMED = 5
"""How many pictures are named that are missing."""


class Command(BaseCommand):
    """Back the site up."""

    help = (
        "Writes what the database holds and all pictures into one file, as they are at one moment; people may go on "
        "working. The file is read back before it is there. It holds everything that the site knows, password hashes "
        "too: keep it as safe as the site."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and --force."""
        parser.add_argument("file", type=Path, metavar="FILE", help="The file to write.")
        parser.add_argument("--force", action="store_true", help="Replace the file if it is there.")

    def handle(self, *args: Any, file: Path, force: bool, **options: Any) -> None:
        """Back up, and say what the file holds."""
        started = perf_counter()
        try:
            with tqdm(unit="row", disable=None) as bar:
                taken = backup(file, replace=force, bar=bar)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"{error.filename or file}: {error.strerror or error}. There is no backup, and no half of one."
            ) from error
        except Error as error:
            raise CommandError(f"The database did not answer: {str(error).strip()}. There is no backup.") from error
        self.stdout.write(
            f"{file}: {taken.rows:,} rows and {taken.files:,} pictures, {filesizeformat(file.stat().st_size)}, "
            f"read back; {perf_counter() - started:.1f} s."
        )
        if taken.missing:
            further = ", …" if len(taken.missing) > NAMED else ""
            self.stderr.write(
                f"{len(taken.missing):,} pictures that the database names are not in the storage, and so not in the "
                f"backup: {', '.join(taken.missing[:NAMED])}{further}"
            )
