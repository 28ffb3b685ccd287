from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import pluralize
from tqdm import tqdm

from publishing.checks import Finding, Level, standing, store
from publishing.kinds import document_models
from publishing.models import Document

MANY = 20
"""From how many documents on a progress bar is shown."""


class Command(BaseCommand):
    """Run the content checks over the documents."""

    help = (
        "Runs the content checks over every document as its draft stands, prints what they find, and keeps the numbers "
        "for the desk's lists. Exits with 1 if there are errors. What somebody set aside is counted, and not printed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --kind, --live and --level."""
        kinds = [_name(kind) for kind in document_models()]
        parser.add_argument("--kind", choices=sorted(kinds), help="Only documents of this kind.")
        parser.add_argument("--live", action="store_true", help="Only documents that readers see now.")
        parser.add_argument(
            "--level",
            choices=[level.value for level in Level],
            default=Level.INFO.value,
            help="Print what is at least so grave (default: everything).",
        )

    def handle(self, *args: Any, kind: str | None, live: bool, level: str, **options: Any) -> None:
        """Check document by document; exit with 1 if there are errors."""
        kinds = [each for each in document_models() if kind in {None, _name(each)}]
        shown = list(Level)[: list(Level).index(Level(level)) + 1]
        totals: Counter[str] = Counter()
        querysets = [_copies(each, live=live) for each in kinds]
        number = sum(queryset.count() for queryset in querysets)
        with tqdm(total=number, unit="document", disable=number < MANY or None) as progress:
            for document in (copy for queryset in querysets for copy in queryset.iterator(chunk_size=100)):
                found = store(document)
                stands = standing(found)
                totals.update(finding.level.value for finding in stands)
                totals["set aside"] += len(found) - len(stands)
                self._report(document, [finding for finding in stands if finding.level in shown])
                progress.update()
        self.stdout.write(_summary(number, totals))
        if totals[Level.ERROR]:
            raise CommandError("There are errors: these documents cannot be published as they stand.")

    def _report(self, document: Document, found: Iterable[Finding]) -> None:
        with tqdm.external_write_mode(file=self.stdout):
            for finding in found:
                about = f" · {finding.label}" if finding.label else ""
                name = f"{_name(type(document))} {document.pk} · {document}"
                self.stdout.write(f"{finding.level.upper():<7} {name}{about} · {finding.sentence}")


def _name(kind: type[Document]) -> str:
    return str(kind._meta.model_name)


def _copies(kind: Any, *, live: bool) -> Any:
    """Return the working copies of the kind that are in use."""
    copies = kind.objects.filter(put_away_at=None).select_related().order_by("pk")
    seen = kind.edition_model.objects.live().order_by().values("document")
    return copies.filter(pk__in=seen) if live else copies


def _summary(number: int, totals: Counter[str]) -> str:
    levels = ", ".join(f"{totals[level.value]} {level.value}{pluralize(totals[level.value])}" for level in Level)
    return f"{number} document{pluralize(number)} checked: {levels}; {totals['set aside']} set aside."
