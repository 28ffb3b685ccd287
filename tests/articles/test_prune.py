"""`manage.py prune` deletes what has been kept for long enough, and nothing that somebody still needs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from pytest_django import Settings

from articles.models import ChosenPair
from publishing.audit import COMMAND_LINE, Act
from publishing.models import AuditEntry, OpenForm, Purge, Report, User
from tests.builders import make_role, make_user

pytestmark = pytest.mark.django_db
KEPT_DAYS = 30


@pytest.fixture(autouse=True)
def _a_month(settings: Settings) -> None:
    settings.RETENTION_DAYS = dict.fromkeys(settings.RETENTION_DAYS, KEPT_DAYS)


def make(name: str, *, days: int) -> models.Model:
    """Return a row of the kind that was done with so many days ago."""
    moment = timezone.now() - timedelta(days=days)
    rows: dict[str, Any] = {
        "reports": lambda: Report(path="/", text="Wrong.", settled_at=moment, settled_by=make_user()),
        "chosen_pairs": lambda: ChosenPair(first=make_role(), second=make_role(), month=moment.date()),
        "open_forms": lambda: OpenForm(user=make_user(), model_label="careers.Role", seen_at=moment),
        "purges": lambda: Purge(due_at=moment),
        "sessions": lambda: Session(session_key=f"of-{days}", expire_date=moment),
        "user_sessions": lambda: begun(make_user(), days=days),
    }
    row: models.Model = rows[name]()
    row.save()
    return row


def begun(user: User, *, days: int) -> UserSession:
    """Return where somebody signed in so many days ago."""
    moment = timezone.now() - timedelta(days=days)
    return UserSession(user=user, session_key=f"of-{days}", ip="192.0.2.7", user_agent="Lynx", created_at=moment)


def written(*, days: int) -> AuditEntry:
    """Return an entry of the audit log that was added so many days ago."""
    with patch.object(timezone, "now", lambda: datetime.now(UTC) - timedelta(days=days)):
        return AuditEntry.objects.create(act=Act.SIGN_IN, address="192.0.2.7")


def prune() -> str:
    said = StringIO()
    call_command("prune", stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("name", ["reports", "chosen_pairs", "open_forms", "purges", "sessions", "user_sessions"])
def test_what_is_older_than_its_days_is_deleted_and_nothing_else(name: str) -> None:
    make(name, days=KEPT_DAYS + 2)
    newer = make(name, days=KEPT_DAYS - 2)
    assert f"{name}: 1 deleted, older than {KEPT_DAYS} days." in prune()
    assert list(type(newer)._default_manager.all()) == [newer]


def test_a_report_that_nobody_has_settled_stays_however_old_it_is() -> None:
    report = Report.objects.create(path="/", text="Wrong.")
    Report.objects.update(created_at=timezone.now() - timedelta(days=5000))
    prune()
    assert list(Report.objects.all()) == [report]


def test_what_is_still_to_come_stays() -> None:
    coming = [make("purges", days=-900), make("sessions", days=-10)]
    prune()
    assert [Purge.objects.get(), Session.objects.get()] == coming


def test_where_somebody_is_signed_in_stays_as_long_as_they_are() -> None:
    begun(make_user(), days=900).save()
    Session.objects.create(session_key="of-900", expire_date=timezone.now() + timedelta(days=1))
    prune()
    assert UserSession.objects.count() == 1


def test_old_entries_of_the_audit_log_are_deleted_and_one_says_so(settings: Settings) -> None:
    settings.RETENTION_DAYS = {"audit": 365}
    old, younger = written(days=366), written(days=364)
    assert "audit: 1 deleted, older than 365 days." in prune()
    assert old not in AuditEntry.objects.all()
    assert younger in AuditEntry.objects.all()
    said = AuditEntry.objects.get(act=Act.PRUNE)
    until = timezone.now() - timedelta(days=365)
    assert (said.who, said.address) == ("", COMMAND_LINE)
    assert said.detail.startswith(f"1 entries, until {until:%Y-%m-%d}")


def test_where_nothing_of_the_audit_log_is_old_nothing_is_said(settings: Settings) -> None:
    settings.RETENTION_DAYS = {"audit": 365}
    written(days=364)
    prune()
    assert not AuditEntry.objects.filter(act=Act.PRUNE).exists()


def test_the_database_keeps_what_is_younger_than_a_year_whatever_prune_is_told() -> None:
    entry = written(days=364)
    with pytest.raises(IntegrityError), transaction.atomic():
        prune()
    assert entry in AuditEntry.objects.all()
