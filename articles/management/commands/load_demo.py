from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles import demo
from publishing.errors import Refused
from publishing.models import Document


class Command(BaseCommand):
    """Publish the demonstration."""

    help = "Publishes the demonstration's roles, comparisons and pages; what exists already is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --if-empty."""
        parser.add_argument("--if-empty", action="store_true", help="Do nothing if the site holds anything already.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and print a line for each document."""
        if options["if_empty"] and Document.objects.exists():
            self.stdout.write("The site holds documents already; the demonstration is not loaded.")
            return
        try:
            lines = demo.load(settings.BASE_DIR / "demo")
        except (Refused, ValidationError) as error:
            reasons = error.reasons if isinstance(error, Refused) else error.messages
            raise CommandError(f"The demonstration was not loaded. {' '.join(reasons)}") from error
        for line in lines:
            self.stdout.write(line)
        self.stdout.write(f"{len(lines)} documents published.")
