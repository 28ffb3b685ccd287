from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from publishing.doctor import looked_at


class Command(BaseCommand):
    """Say what is wrong with this installation."""

    help = (
        "Looks at everything that the site stands on, and says in plain words what is wrong and what to do. Run it as "
        "the account that serves the site, with its settings."
    )
    requires_system_checks = ()  # it runs them itself, and says more

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --mail."""
        parser.add_argument(
            "--mail", metavar="ADDRESS", default="", help="Send a mail there, to try whether it arrives."
        )

    def handle(self, *args: Any, mail: str, **options: Any) -> None:
        """Print each finding, and end with 1 if there are any."""
        number = 0
        names = []
        for name, findings in looked_at(mail=mail):
            names.append(name)
            for finding in findings:
                number += 1
                self.stdout.write(f"{number}. {finding.wrong}\n   {finding.remedy}")
        if number:
            raise CommandError(f"{number} things are wrong.")
        self.stdout.write(f"Nothing is wrong. Looked at: {', '.join(names)}.")
