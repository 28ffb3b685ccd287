"""`manage.py prune` deletes what has been kept for long enough, and nothing that somebody still needs."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import models
from django.utils import timezone
from pytest_django import Settings

from articles.models import ChosenPair
from publishing.models import OpenForm, Purge, Report
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
    }
    row: models.Model = rows[name]()
    row.save()
    return row


def prune() -> str:
    said = StringIO()
    call_command("prune", stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("name", ["reports", "chosen_pairs", "open_forms", "purges", "sessions"])
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
