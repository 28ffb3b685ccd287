from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import ChosenPair
from publishing.models import OpenForm, Purge, Report


class Command(BaseCommand):
    """Delete what has been kept for as long as RETENTION_DAYS says."""

    help = (
        "Deletes what has been kept for as long as RETENTION_DAYS says: settled reports, how often pairs were chosen, "
        "what people typed and never saved, purges, ended sessions. Says how much of each. A timer runs it every night."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and say how many rows of each kind."""
        now = timezone.now()
        for name, days in settings.RETENTION_DAYS.items():
            number, _ = _older(name, now - timedelta(days=days)).delete()
            self.stdout.write(f"{name}: {number} deleted, older than {days} days.")


def _older(name: str, moment: datetime) -> QuerySet[Any]:
    """Return the rows of the kind that were done with before the moment."""
    return {
        "reports": Report.objects.filter(settled_at__lt=moment),
        "chosen_pairs": ChosenPair.objects.filter(month__lt=moment.date()),
        "open_forms": OpenForm.objects.filter(seen_at__lt=moment),
        "purges": Purge.objects.filter(due_at__lt=moment),
        "sessions": Session.objects.filter(expire_date__lt=moment),
    }[name]
