"""Clocks that are put forward and back, and time zones that change: windows are moments, the same everywhere.

tests/torture/clocks.py puts the clock of a running site forward and back.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from careers.models import Role, RoleEdition
from publishing.admin.forms import PublishForm
from publishing.admin.moments import AsOfForm
from publishing.publish import publish
from tests.builders import ahead, make_live, make_scheduled, make_user, revise

pytestmark = pytest.mark.django_db

FAR_AND_WIDE = ["Pacific/Kiritimati", "Pacific/Niue", "America/St_Johns"]


@pytest.mark.parametrize("zone", FAR_AND_WIDE)
def test_a_window_is_open_or_not_whatever_the_time_zone(zone: str, client: Client, settings: Settings) -> None:
    live, coming = make_live(Role), make_scheduled(Role, at=ahead(seconds=3600))
    settings.TIME_ZONE = zone
    assert client.get(f"/roles/{live.slug}/").status_code == 200
    assert client.get(f"/roles/{coming.slug}/").status_code == 404
    edition = RoleEdition.objects.get(document=coming)
    assert not RoleEdition.objects.live(edition.live_from - timedelta(microseconds=1)).filter(pk=edition.pk).exists()
    assert RoleEdition.objects.live(edition.live_from).filter(pk=edition.pk).exists()


def test_what_is_published_on_a_clock_that_was_set_back_stands_until_what_was_published_before() -> None:
    role = make_live(Role)
    publish(revise(role, summary="<p>Before the clock was set back.</p>"), by=make_user(), at=ahead(seconds=3600))
    publish(revise(role, summary="<p>After it.</p>"), by=make_user())
    editions = list(RoleEdition.objects.filter(document=role).opened().order_by("live_from"))
    assert all(earlier.live_until == later.live_from for earlier, later in pairwise(editions))
    [now] = RoleEdition.objects.filter(document=role).live()
    assert "After it." in now.content["summary"]
    [later] = RoleEdition.objects.filter(document=role).live(ahead(seconds=3700))
    assert "Before the clock" in later.content["summary"]


def asked(date: str, time: str) -> PublishForm:
    role = make_live(Role)
    revision = role.revisions.first()
    sent = {"when": "at", "at_0": date, "at_1": time, "revision": str(revision.pk)}
    return PublishForm(sent, revision=revision, has_titles=False)


@pytest.mark.parametrize(
    ("zone", "date", "time", "says"),
    [
        (
            "Europe/Berlin",
            "2035-03-25",
            "02:30",
            "There is no 2:30 a.m. on 25 March 2035 in Europe/Berlin: clocks are put forward then. "
            "Enter a time an hour earlier or later.",
        ),
        (
            "Europe/Berlin",
            "2035-10-28",
            "02:30",
            "2:30 a.m. on 28 October 2035 comes twice in Europe/Berlin: clocks are put back then. "
            "Enter a time that comes once.",
        ),
        (
            "Australia/Lord_Howe",
            "2035-10-07",
            "02:15",
            "There is no 2:15 a.m. on 7 October 2035 in Australia/Lord_Howe: clocks are put forward then. "
            "Enter a time an hour earlier or later.",
        ),
    ],
)
def test_a_local_time_that_is_no_moment_is_refused_with_the_reason(
    zone: str, date: str, time: str, says: str, settings: Settings
) -> None:
    settings.TIME_ZONE = zone
    assert asked(date, time).errors == {"at": [says]}
    assert AsOfForm({"at_0": date, "at_1": time}).errors == {"at": [says]}


@pytest.mark.parametrize(("time", "hour"), [("01:59", 0), ("03:00", 1)])
def test_beside_the_hour_that_is_left_out_each_time_is_the_moment_that_the_clock_says(
    time: str, hour: int, settings: Settings
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    form = asked("2035-03-25", time)
    assert form.is_valid(), form.errors
    assert form.moment == datetime(2035, 3, 25, hour, int(time[3:]), tzinfo=UTC)
    assert timezone.localtime(form.moment).strftime("%H:%M") == time


def test_a_moment_stays_when_the_site_moves_to_another_time_zone(settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    form = asked("2035-07-01", "09:00")
    assert form.is_valid(), form.errors
    role = make_scheduled(Role, at=form.moment)
    settings.TIME_ZONE = "America/New_York"
    opens = RoleEdition.objects.get(document=role).live_from
    assert opens == datetime(2035, 7, 1, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    assert timezone.localtime(opens).hour == 3
