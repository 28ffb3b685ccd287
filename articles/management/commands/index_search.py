"""Brings the words by which readers find pages in line with what is live or coming. Harmless to repeat."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from articles.search.index import KINDS, bring_in_line, words_model


class Command(BaseCommand):
    """`manage.py index_search`: the press keeps the words of what it issues; this is for whatever came past it."""

    help = "Index what readers search: pages that are live or coming and have no words yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--anew`."""
        parser.add_argument("--anew", action="store_true", help="forget all words first, and read every page again")

    @transaction.atomic
    def handle(self, *args: Any, anew: bool, **options: Any) -> None:
        """Index each kind, and say how many pages were read."""
        for kind in KINDS:
            if anew:
                words_model(kind.edition_model).objects.all().delete()
            new = bring_in_line(kind, kind.edition_model.objects.all())
            self.stdout.write(f"{kind._meta.verbose_name_plural}: {new} read")
