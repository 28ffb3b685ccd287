"""What a role's name gives to the comparisons of it: foreseen, carried along, and undone."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Comparison, ComparisonEdition
from careers.models import Role
from publishing.cancel import cancel
from publishing.followers import foresee, publish_with_titles
from publishing.models import Redirect
from publishing.publish import publish
from tests.articles.builders import every_row
from tests.builders import ahead, make_draft, make_live, make_user, revise

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def make_pair() -> Comparison:
    a, b = make_live(Role, title="Weaver"), make_live(Role, title="Potter")
    comparison: Comparison = make_live(Comparison, role_a=a, role_b=b)
    return comparison


def live(comparison: Comparison) -> ComparisonEdition:
    return ComparisonEdition.objects.live().get(document=comparison)


def test_a_new_slug_is_foreseen_on_the_role_and_on_its_comparisons() -> None:
    comparison = make_pair()
    revision = revise(comparison.role_a, slug="cloth-maker")
    own, follower = foresee(revision, by=make_user())
    assert (own.before.get_absolute_url(), own.after.get_absolute_url()) == ("/roles/weaver/", "/roles/cloth-maker/")
    assert follower.before.get_absolute_url() == "/compare/weaver-vs-potter/"
    assert follower.after.get_absolute_url() == "/compare/cloth-maker-vs-potter/"
    assert not follower.is_retitled


def test_looking_ahead_changes_nothing() -> None:
    comparison, by = make_pair(), make_user()
    revision = revise(comparison.role_a, slug="cloth-maker", title="Cloth Maker")
    before = every_row()
    foresee(revision, by=by)
    assert every_row() == before


def test_what_is_foreseen_is_what_happens() -> None:
    comparison, by = make_pair(), make_user()
    revision = revise(comparison.role_a, slug="cloth-maker", title="Cloth Maker")
    foreseen = foresee(revision, by=by)
    publish_with_titles(revision, by=by)
    after = live(comparison)
    assert foreseen[1].after.get_absolute_url() == after.get_absolute_url()
    assert (foreseen[1].after.title, foreseen[1].after.standfirst) == (after.title, after.standfirst)


def test_a_title_that_somebody_wrote_is_not_named() -> None:
    comparison = make_pair()
    publish(revise(comparison, title="Cloth or clay?", standfirst="Both are crafts."), by=make_user())
    assert foresee(revise(comparison.role_a, title="Cloth Maker"), by=make_user()) == []


def test_a_new_plural_is_foreseen_where_it_stands_in_a_made_standfirst() -> None:
    comparison = make_pair()
    (followed,) = foresee(revise(comparison.role_a, plural="weaving folk"), by=make_user())
    assert followed.before.title == followed.after.title
    assert "weaving folk" in followed.after.standfirst


def test_nothing_is_foreseen_of_what_changes_no_name_or_is_not_live() -> None:
    comparison = make_pair()
    assert foresee(revise(comparison.role_a, definition="Weaves."), by=make_user()) == []
    assert foresee(make_draft(Role).revisions.get(), by=make_user()) == []


def test_titles_follow_as_no_news_and_without_the_newer_draft() -> None:
    comparison, by = make_pair(), make_user()
    before = live(comparison)
    revise(comparison, intro="<p>Not ready.</p>")
    publish_with_titles(revise(comparison.role_a, title="Cloth Maker"), by=by)
    after = live(comparison)
    assert after.title == "Cloth Maker vs. Potter: What Are the Differences?"
    assert after.revision == before.revision
    assert (after.significant_at, after.reviewed_at) == (before.significant_at, before.reviewed_at)


def test_publishing_the_older_revision_leads_addresses_and_titles_back(client: Client) -> None:
    comparison, by = make_pair(), make_user()
    older = comparison.role_a.revisions.get()
    title = live(comparison).title
    publish_with_titles(revise(comparison.role_a, title="Cloth Maker", slug="cloth-maker"), by=by)
    assert client.get("/compare/weaver-vs-potter/")["Location"] == "/compare/cloth-maker-vs-potter/"
    publish_with_titles(older, by=by)
    assert client.get("/compare/weaver-vs-potter/").status_code == 200
    assert client.get("/compare/cloth-maker-vs-potter/")["Location"] == "/compare/weaver-vs-potter/"
    assert client.get("/roles/cloth-maker/")["Location"] == "/roles/weaver/"
    assert live(comparison).title == title


def test_what_was_scheduled_with_its_titles_is_cancelled_with_them() -> None:
    comparison, by = make_pair(), make_user()
    title, moment = live(comparison).title, ahead(days=1)
    edition = publish_with_titles(revise(comparison.role_a, title="Cloth Maker"), by=by, at=moment)
    assert ComparisonEdition.objects.live(moment).get(document=comparison).title.startswith("Cloth Maker")
    assert live(comparison).title == title
    cancel(edition, by=by)
    assert ComparisonEdition.objects.live(moment).get(document=comparison).title == title
    assert not Redirect.objects.exists()
