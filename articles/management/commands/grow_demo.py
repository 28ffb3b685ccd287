"""Grows a corpus to measure the site with, on a database that holds nothing else but the demonstration."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from articles.growing import ROLES, grow
from publishing.errors import Refused


class Command(BaseCommand):
    """`manage.py grow_demo --comparisons 10000`: what is there already is counted, and the rest is added."""

    help = (
        "Fills the site with as many live comparisons as you say, made of ready sentences, to measure it with. Import "
        "wages before, and the roles have occupations and figures. Run it again with more, to add the rest. A hundred "
        "thousand take some two minutes, and 1.1 GB."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many, and --beside-others."""
        parser.add_argument("--comparisons", type=int, required=True, metavar="N", help="How many there shall be.")
        parser.add_argument("--roles", type=int, default=ROLES, metavar="N", help=f"Of how many roles ({ROLES:,}).")
        parser.add_argument("--beside-others", action="store_true", help="Even where people have written something.")

    def handle(self, *args: Any, comparisons: int, roles: int, beside_others: bool, **options: Any) -> None:
        """Grow, and say what was added."""
        try:
            with tqdm(total=comparisons, unit="comparison", disable=None) as bar:
                grown = grow(comparisons=comparisons, roles=roles, beside_others=beside_others, progress=bar.update)
        except Refused as refused:
            raise CommandError(f"Nothing was grown. {refused}") from refused
        self.stdout.write(f"{grown.roles:,} roles and {grown.comparisons:,} comparisons added.")
