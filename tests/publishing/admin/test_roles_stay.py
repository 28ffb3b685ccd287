"""The roles of a comparison are those of its draft, whichever revision is published."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.merge import merge
from articles.models import Comparison, ComparisonEdition
from careers.models import Role
from publishing.errors import Refused
from publishing.models import CheckResult, Revision
from publishing.publish import publish
from publishing.revisions import restore
from tests.articles.admin.desk import page
from tests.articles.builders import act, sign_in
from tests.builders import make_draft, make_live, make_user, revise

pytestmark = pytest.mark.django_db


def make_turned() -> tuple[Comparison, Revision, Revision]:
    """Return a comparison of A and B that began as one of A and C, with its revisions."""
    a, b, c = (make_live(Role, title=title) for title in ("Ash", "Birch", "Cedar"))
    comparison = make_draft(Comparison, role_a=a, role_b=c)
    return comparison, comparison.revisions.get(), revise(comparison, role_b=b)


def test_an_older_pair_is_not_published_over_the_published_one(client: Client) -> None:
    sign_in(client, "Editor")
    comparison, older, newest = make_turned()
    publish(newest, by=make_user())
    with pytest.raises(Refused, match="The draft is not about “Ash vs. Cedar”, as this is: restore this to the draft"):
        publish(older, by=make_user())
    assert "The draft is not about “Ash vs. Cedar”" in page(client, f"{act(comparison, 'publish')}?revision={older.pk}")
    assert ComparisonEdition.objects.live().get().slug == "ash-vs-birch"


def test_nor_before_anything_is_published_until_it_is_the_draft_again() -> None:
    _, older, _ = make_turned()
    with pytest.raises(Refused, match="The draft is not about"):
        publish(older, by=make_user())
    publish(restore(older, by=make_user("writer")), by=make_user())
    assert ComparisonEdition.objects.live().get().slug == "ash-vs-cedar"


def test_the_other_order_is_another_pair() -> None:
    a, b = make_live(Role), make_live(Role)
    comparison = make_draft(Comparison, role_a=a, role_b=b)
    older = comparison.revisions.get()
    publish(revise(comparison, role_a=b, role_b=a), by=make_user())
    with pytest.raises(Refused, match="The draft is not about"):
        publish(older, by=make_user())


def test_a_merge_changes_the_pair_and_leaves_no_error_behind() -> None:
    old, other = make_live(Role), make_live(Role)
    comparison = make_live(Comparison, role_a=old)
    merge(old, other, by=make_user())
    assert ComparisonEdition.objects.live().get().role_a == other
    assert CheckResult.objects.get(document=comparison.pk).errors == 0


def test_what_was_published_before_a_merge_is_not_published_again() -> None:
    old = make_live(Role)
    comparison = make_live(Comparison, role_a=old)
    before = comparison.revisions.get()
    merge(old, make_live(Role), by=make_user())
    with pytest.raises(Refused, match="The draft is not about"):
        publish(before, by=make_user())
