from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import ChosenPair
from publishing import audit
from publishing.models import AuditEntry, OpenForm, Purge, Report


class Command(BaseCommand):
    """Delete what has been kept for as long as RETENTION_DAYS says."""

    help = (
        "Deletes what has been kept for as long as RETENTION_DAYS says: settled reports, how often pairs were chosen, "
        "what people typed and never saved, purges, ended sessions and from where they were, old entries of the audit "
        "log. Says how much of each. A timer runs it every night."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and say how many rows of each kind."""
        now = timezone.now()
        for name, days in settings.RETENTION_DAYS.items():
            number = _delete(name, now - timedelta(days=days))
            self.stdout.write(f"{name}: {number} deleted, older than {days} days.")


@transaction.atomic
def _delete(name: str, moment: datetime) -> int:
    """Delete the rows of the kind that were done with before the moment; the audit log says it of its own."""
    number, _ = _older(name, moment).delete()
    if name == "audit" and number:
        audit.record(audit.Act.PRUNE, detail=f"{number} entries, until {moment:%Y-%m-%d %H:%M %Z}")
    return number


def _older(name: str, moment: datetime) -> QuerySet[Any]:
    """Return the rows of the kind that were done with before the moment."""
    open_ = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows: dict[str, QuerySet[Any]] = {
        "reports": Report.objects.filter(settled_at__lt=moment),
        "chosen_pairs": ChosenPair.objects.filter(month__lt=moment.date()),
        "open_forms": OpenForm.objects.filter(seen_at__lt=moment),
        "purges": Purge.objects.filter(due_at__lt=moment),
        "sessions": Session.objects.filter(expire_date__lt=moment),
        "user_sessions": UserSession.objects.filter(created_at__lt=moment).exclude(session_key__in=open_),
        "audit": AuditEntry.objects.filter(at__lt=moment),
    }
    return rows[name]
