"""Cancelling what is scheduled."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from articles.models import Comparison, ComparisonEdition
from careers.models import Role, RoleEdition
from publishing.cancel import cancel
from publishing.errors import Refused
from publishing.models import FOREVER, Redirect
from publishing.publish import publish, schedule
from publishing.withdraw import withdraw
from tests.builders import ahead, editions, make_draft, make_live, make_scheduled, make_user, revise

pytestmark = pytest.mark.django_db


def test_what_was_cancelled_never_opens_and_stays_on_record() -> None:
    role = make_scheduled(Role)
    cancel(editions(role).get(), by=make_user())
    assert not editions(role).live(ahead(days=9)).exists()
    assert editions(role).filter(live_until=F("live_from")).count() == 1


def test_what_was_live_goes_on() -> None:
    role = make_live(Role)
    coming = schedule(revise(role, definition="Later."), by=make_user(), at=ahead(days=1))
    cancel(coming, by=make_user())
    assert editions(role).live(ahead(days=9)).get().live_until == FOREVER


def test_what_was_live_goes_on_until_the_next_window() -> None:
    role, last = make_live(Role), ahead(days=3)
    revision = revise(role, definition="Later.")
    soon = schedule(revision, by=make_user(), at=ahead(days=1))
    schedule(revision, by=make_user(), at=last)
    cancel(soon, by=make_user())
    assert editions(role).live().get().live_until == last


def test_what_is_live_is_not_cancelled() -> None:
    role = make_live(Role, title="Ash")
    with pytest.raises(Refused, match="“Ash” is live already, or was cancelled: there is nothing to cancel."):
        cancel(editions(role).get(), by=make_user())


def test_nothing_is_cancelled_twice() -> None:
    edition = editions(make_scheduled(Role)).get()
    cancel(edition, by=make_user())
    with pytest.raises(Refused, match="nothing to cancel"):
        cancel(edition, by=make_user())


def test_what_was_issued_anew_since_somebody_looked_is_still_cancelled() -> None:
    role = make_scheduled(Role, at=ahead(days=2))
    seen = editions(role).get()
    publish(role.revisions.first(), by=make_user())
    assert not editions(role).opened().filter(pk=seen.pk).exists()
    cancel(seen, by=make_user())
    assert not editions(role).coming().exists()


@pytest.mark.sqlite
def test_cancelling_costs_the_same_however_long_the_history_is() -> None:
    short, long = make_live(Role), make_live(Role)
    for number in range(20):
        publish(revise(long, definition=f"Version {number}."), by=make_user())
    costs = []
    for role in (short, long):
        coming = schedule(revise(role, definition="Later."), by=make_user(), at=ahead(days=1))
        with CaptureQueriesContext(connection) as captured:
            cancel(coming, by=make_user())
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_everything_of_the_same_act_is_cancelled() -> None:
    role = make_draft(Role)
    comparison = make_draft(Comparison, role_a=role)
    schedule(comparison.revisions.get(), by=make_user(), at=ahead(days=1), together=[role.revisions.get()])
    cancel(editions(role).get(), by=make_user())
    assert not ComparisonEdition.objects.opened().exists()


def test_a_role_that_a_scheduled_comparison_needs_is_not_cancelled() -> None:
    role, at = make_scheduled(Role, title="Ash"), ahead(days=2)
    schedule(make_draft(Comparison, role_a=role).revisions.get(), by=make_user(), at=at)
    with pytest.raises(Refused, match="needs “Ash”, which would not be live from"):
        cancel(editions(role).get(), by=make_user())
    assert editions(role).live(at).exists()


def test_a_withdrawal_can_be_cancelled_with_the_redirect_that_came_with_it() -> None:
    role, at = make_live(Role), ahead(days=1)
    [edition] = withdraw([role], by=make_user(), at=at, redirect_to=make_live(Role))
    cancel(edition, by=make_user())
    assert editions(role).live(ahead(days=9)).exists()
    assert not Redirect.objects.live(ahead(days=9)).exists()


def test_a_redirect_that_a_person_made_otherwise_is_left_alone() -> None:
    role, target = make_live(Role, slug="ash"), make_live(Role)
    Redirect.objects.create(path="/roles/ash/", document_id=target.pk)
    [edition] = withdraw([role], by=make_user(), at=ahead(days=1), redirect_to=target)
    cancel(edition, by=make_user())
    assert Redirect.objects.live(ahead(days=9)).count() == 1


def test_a_comparison_does_not_stay_live_without_its_role_when_its_withdrawal_is_cancelled() -> None:
    comparison, at = make_live(Comparison), ahead(days=2)
    [edition] = withdraw([comparison], by=make_user(), at=at)
    withdraw([comparison.role_a], by=make_user(), at=at)
    with pytest.raises(Refused, match="which would not be live from"):
        cancel(edition, by=make_user())
    assert not ComparisonEdition.objects.live(at).exists()


def test_a_page_does_not_stay_at_a_path_that_another_has_been_given() -> None:
    leaver = make_live(Role, title="Leaver", slug="wanted")
    leaving = schedule(revise(leaver, slug="elsewhere"), by=make_user(), at=ahead(days=1))
    schedule(make_draft(Role, title="Comer", slug="wanted").revisions.get(), by=make_user(), at=ahead(days=2))
    with pytest.raises(Refused, match="/roles/wanted/ belongs to “Comer”."):
        cancel(leaving, by=make_user())
    assert RoleEdition.objects.live(ahead(days=3)).get(slug="wanted").title == "Comer"


def test_a_withdrawal_of_what_never_comes_is_cancelled_with_it() -> None:
    role = make_scheduled(Role)
    withdraw([role], by=make_user(), at=ahead(days=3))
    cancel(editions(role).get(kind="page"), by=make_user())
    assert not editions(role).opened().exists()


def test_what_is_announced_for_later_is_kept_when_something_else_is_cancelled() -> None:
    role, other = make_live(Role), make_live(Role)
    kept = schedule(revise(role, definition="Later."), by=make_user(), at=ahead(days=1))
    cancel(schedule(revise(other, definition="Later."), by=make_user(), at=ahead(days=1)), by=make_user())
    assert RoleEdition.objects.coming().get() == kept
    publish(role.revisions.first(), by=make_user())
    assert RoleEdition.objects.coming().get() == kept
