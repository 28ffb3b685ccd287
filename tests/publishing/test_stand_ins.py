"""What stands in a page's place follows the page: its path, its redirect, and what it needs."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Comparison, ComparisonEdition
from careers.models import Role, RoleEdition
from publishing.cancel import cancel
from publishing.models import Edition
from publishing.publish import publish
from publishing.withdraw import withdraw
from tests.builders import ahead, make_live, make_user, revise

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def test_a_scheduled_notice_moves_with_the_page_that_it_replaces() -> None:
    comparison = make_live(Comparison)
    withdraw([comparison], by=make_user(), kind=Edition.Kind.NOTICE, reason="Under review.", at=ahead(days=2))
    publish(revise(comparison.role_a, slug="moved"), by=make_user())
    before, after = (ComparisonEdition.objects.at(ahead(days=days)).get() for days in (1, 3))
    assert (before.kind, after.kind) == (Edition.Kind.PAGE, Edition.Kind.NOTICE)
    assert before.slug == after.slug
    assert after.slug.startswith("moved-vs-")


def test_a_withdrawal_leads_on_only_as_long_as_it_lasts(client: Client) -> None:
    role, target = make_live(Role, slug="old"), make_live(Role, slug="target")
    withdraw([role], by=make_user(), redirect_to=target)
    assert client.get("/roles/old/").headers["Location"] == "/roles/target/"
    publish(role.revisions.first(), by=make_user())
    assert client.get("/roles/old/").status_code == 200
    withdraw([role], by=make_user())
    assert client.get("/roles/old/").status_code == 410


def test_a_withdrawal_that_is_cancelled_again_leads_on() -> None:
    role, target = make_live(Role, slug="old"), make_live(Role, slug="target")
    withdraw([role], by=make_user(), redirect_to=target)
    coming = publish(role.revisions.first(), by=make_user(), at=ahead(days=1))
    redirect = target.redirects.get()
    assert redirect.live_until == coming.live_from
    cancel(RoleEdition.objects.get(pk=coming.pk), by=make_user())
    redirect.refresh_from_db()
    assert redirect.live_until.year == 9999
