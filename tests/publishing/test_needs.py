"""What must be live wherever something else is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.models import Comparison, ComparisonEdition
from careers.models import Role, RoleEdition
from publishing.errors import Refused
from publishing.needs import dependents, verify
from publishing.publish import schedule
from publishing.revisions import record
from publishing.withdraw import withdraw
from tests.builders import ahead, make_draft, make_live, make_scheduled, make_user, make_withdrawn, revise

pytestmark = pytest.mark.django_db


def test_the_pages_that_need_a_role_are_those_that_compare_it_now_or_later() -> None:
    role = make_live(Role)
    expected = {make_live(Comparison, role_a=role), make_scheduled(Comparison, role_b=role)}
    make_draft(Comparison, role_a=role)
    make_withdrawn(Comparison, role_a=role)
    make_live(Comparison)
    assert {edition.document for edition in dependents([role.pk], at=ahead())} == expected


def test_a_page_that_a_later_revision_frees_from_a_role_needs_it_until_then() -> None:
    comparison, at = make_live(Comparison), ahead(days=2)
    role = comparison.role_b
    Comparison.objects.update(role_b=make_live(Role))  # as a merge does: no form and no verb changes a published pair
    schedule(record(Comparison.objects.get(), by=make_user()), by=make_user(), at=at)
    with pytest.raises(Refused):
        withdraw([role], by=make_user(), at=at - timedelta(seconds=1))
    withdraw([role], by=make_user(), at=at)


def test_windows_of_a_role_that_follow_on_one_another_leave_no_gap() -> None:
    comparison = make_live(Comparison)
    schedule(revise(comparison.role_a, definition="Later."), by=make_user(), at=ahead(days=1))
    schedule(revise(comparison.role_a, definition="Last."), by=make_user(), at=ahead(days=2))
    verify(ComparisonEdition.objects.live(), at=ahead())


def test_a_gap_between_two_windows_of_a_role_is_found() -> None:
    role = make_live(Role)
    withdraw([role], by=make_user(), at=ahead(days=1))
    schedule(role.revisions.first(), by=make_user(), at=ahead(days=2))
    revision = make_draft(Comparison, role_a=role).revisions.get()
    with pytest.raises(Refused, match="which would not be live from"):
        schedule(revision, by=make_user(), at=ahead(seconds=9))
    schedule(revision, by=make_user(), at=ahead(days=2, seconds=9))


def test_every_missing_role_is_named() -> None:
    comparison = make_draft(Comparison, role_a=make_draft(Role), role_b=make_draft(Role))
    with pytest.raises(Refused) as caught:
        schedule(comparison.revisions.get(), by=make_user(), at=ahead(days=1))
    assert len(caught.value.reasons) == 2
    assert not RoleEdition.objects.exists()
