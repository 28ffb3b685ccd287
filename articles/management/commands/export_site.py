from __future__ import annotations

from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http.request import split_domain_port, validate_host
from django.templatetags.static import static
from tqdm import tqdm

from articles import export
from publishing.export.folder import ExportError

NAMED = 5
"""How many addresses are named where there is something to say of them."""


class Command(BaseCommand):
    """Write the site into files."""

    help = (
        "Writes every page that readers see, with all that it shows, into a folder that any static host or object "
        "store can serve. An earlier export in that folder is replaced once the new one is complete; files that did "
        "not change keep their time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", type=Path, metavar="DIR", help="A folder that is new, empty, or an export.")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Export, and say what was written and how fast."""
        _require_settings()
        counted = partial(tqdm, total=export.how_many(), unit="page", disable=None, file=self.stderr._out)
        started = perf_counter()
        try:
            done = export.export(folder, counted=counted)
        except ExportError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename or folder}: {error.strerror}. Nothing was exported.") from error
        seconds = perf_counter() - started
        self.stdout.write(
            f"{done.files:,} files in {folder}, {done.unchanged:,} of them unchanged; "
            f"{seconds:.1f} s, {done.files / seconds:,.0f} files a second."
        )
        self._name("Pages lead to {} addresses where the site has nothing", done.dead)
        self._name("{} addresses have no file; old ones among them stand in _redirects alone", done.without_file)
        self.stdout.write(
            "Left out, since they need a server: the search, suggestions, comparing two roles by their names, pay in a "
            "chosen place, reports of mistakes, the API, and the desk."
        )

    def _name(self, sentence: str, found: list[str]) -> None:
        if found:
            further = ", …" if len(found) > NAMED else ""
            self.stdout.write(f"{sentence.format(f'{len(found):,}')}: {', '.join(found[:NAMED])}{further}")


def _require_settings() -> None:
    if not settings.SITE_URL:
        raise CommandError(
            "SITE_URL is not set, and pages tell their own address: set it to scheme and host of the site that will be "
            "made of the export, for instance https://careers.example.org."
        )
    host, _ = split_domain_port(settings.SITE_URL.partition("://")[2])
    if not validate_host(host, settings.ALLOWED_HOSTS):
        raise CommandError(f"The site does not answer at {host}, the host of SITE_URL: add it to ALLOWED_HOSTS.")
    if settings.DEBUG:
        raise CommandError("DEBUG is on, and pages are made for those who work on the site: export with DEBUG=false.")
    try:
        static("css/site.css")
    except ValueError as error:
        raise CommandError("The static files are not collected: run manage.py collectstatic, then export.") from error
