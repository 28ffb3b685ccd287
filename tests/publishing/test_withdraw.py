"""Taking pages down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from articles.models import Comparison, Page
from careers.models import Role, RoleEdition
from publishing.errors import Refused
from publishing.models import Document, Edition, Redirect
from publishing.publish import publish, schedule
from publishing.withdraw import withdraw
from tests.builders import ahead, editions, make_draft, make_live, make_scheduled, make_user, make_withdrawn, revise

pytestmark = pytest.mark.django_db

KINDS = [Role, Comparison, Page]


def path_of(document: Document) -> str:
    path: str = editions(document).earliest("pk").get_absolute_url()
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_that_is_gone_answers_410(kind: type[Document], client: Client) -> None:
    assert client.get(path_of(make_withdrawn(kind))).status_code == 410


@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_tells_readers_why_and_is_not_indexed(kind: type[Document], client: Client) -> None:
    response = client.get(path_of(make_withdrawn(kind, reason="The figures were wrong.")))
    assert response.status_code == 200
    assert "The figures were wrong." in response.text
    assert '<meta name="robots" content="noindex">' in response.text
    for text in ("Both keep things.", "Which one?", "<p>About Keeper", "<p>Notes.</p>"):
        assert text not in response.text


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_notice_without_a_reason_is_refused(reason: str) -> None:
    with pytest.raises(Refused, match="A notice tells readers why the page was taken down: write the reason."):
        withdraw([make_live(Role)], by=make_user(), kind=Edition.Kind.NOTICE, reason=reason)


def test_what_is_not_live_is_not_taken_down() -> None:
    for role in (make_draft(Role), make_scheduled(Role), make_withdrawn(Role)):
        with pytest.raises(Refused, match=f"“{role}” is not live then, so there is nothing to take down."):
            withdraw([role], by=make_user())


def test_a_page_can_be_taken_down_at_a_coming_moment() -> None:
    role, at = make_live(Role), ahead(days=2)
    withdraw([role], by=make_user(), at=at)
    assert editions(role).live(at - timedelta(microseconds=1)).exists()
    assert not editions(role).live(at).exists()
    assert editions(role).at(at).get().kind == Edition.Kind.GONE


def test_what_is_scheduled_from_that_moment_on_is_cancelled() -> None:
    role = make_live(Role)
    revision, at = revise(role, definition="Later."), ahead(days=2)
    for days in (1, 2, 3):
        schedule(revision, by=make_user(), at=at + timedelta(days=days - 2))
    withdraw([role], by=make_user(), at=at)
    assert [edition.kind for edition in editions(role).unfinished()] == ["page", "page", "gone"]


def test_what_was_scheduled_for_that_very_moment_leaves_no_trace() -> None:
    role, at = make_live(Role, slug="here"), ahead(days=2)
    schedule(revise(role, slug="there"), by=make_user(), at=at)
    [edition] = withdraw([role], by=make_user(), at=at)
    assert edition.slug == "here"
    assert not Redirect.objects.live(at).exists()


def test_a_role_that_a_live_comparison_needs_is_not_taken_down_alone() -> None:
    comparison = make_live(Comparison, title="Ash or birch")
    role = comparison.role_b
    with pytest.raises(Refused) as caught:
        withdraw([role], by=make_user())
    assert caught.value.reasons == [f"“Ash or birch” needs “{role}”, which would not be live."]
    assert editions(role).live().exists()


def test_a_role_that_a_scheduled_comparison_needs_is_not_taken_down_alone() -> None:
    comparison = make_scheduled(Comparison)
    with pytest.raises(Refused, match="which would not be live from"):
        withdraw([comparison.role_a], by=make_user())


@pytest.mark.parametrize("make", [make_live, make_scheduled])
def test_a_role_may_be_taken_down_before_a_comparison_needs_it_or_after(make: Any) -> None:
    comparison = make_live(Comparison)
    withdraw([comparison], by=make_user(), at=(at := ahead(days=2)))
    with pytest.raises(Refused):
        withdraw([comparison.role_a], by=make_user(), at=at - timedelta(seconds=1))
    withdraw([comparison.role_a], by=make_user(), at=at)


@pytest.mark.parametrize("order", [1, -1])
def test_a_role_and_its_comparison_are_taken_down_together_in_either_order(order: int, client: Client) -> None:
    comparison = make_live(Comparison)
    path = path_of(comparison)
    edition = editions(comparison).get()
    revise(comparison.role_a, slug="draft", title="Draft")
    withdraw([comparison.role_a, comparison][::order], by=make_user(), kind=Edition.Kind.NOTICE, reason="Both.")
    assert client.get(path).status_code == 200
    stands_in = editions(comparison).at().get()
    assert (stands_in.slug, stands_in.title, stands_in.standfirst) == (edition.slug, edition.title, edition.standfirst)


def test_taking_down_is_all_or_nothing() -> None:
    live = make_live(Role)
    with pytest.raises(Refused):
        withdraw([live, make_draft(Role)], by=make_user())
    assert editions(live).live().exists()


def test_a_page_can_lead_to_another_when_it_is_taken_down(client: Client) -> None:
    old, new = make_live(Role), make_live(Role)
    withdraw([old], by=make_user(), redirect_to=new)
    response = client.get(path_of(old))
    assert (response.status_code, response["Location"]) == (301, path_of(new))


def test_both_paths_of_a_comparison_lead_to_the_other_page(client: Client) -> None:
    old, new = make_live(Comparison), make_live(Comparison)
    edition = editions(old).get()
    withdraw([old], by=make_user(), redirect_to=new)
    for path in Comparison.paths_of(edition.slug):
        assert client.get(path)["Location"] == path_of(new)


def test_a_page_does_not_lead_to_itself() -> None:
    role = make_live(Role)
    with pytest.raises(Refused, match="cannot lead to itself"):
        withdraw([role], by=make_user(), redirect_to=role)


def test_a_page_leads_elsewhere_only_once_it_is_taken_down(client: Client) -> None:
    old, new = make_live(Role), make_live(Role)
    withdraw([old], by=make_user(), redirect_to=new, at=ahead(days=1))
    assert client.get(path_of(old)).status_code == 200
    assert Redirect.objects.live(ahead(days=2)).get().document_id == new.pk


def test_a_later_withdrawal_that_is_overtaken_takes_its_redirect_along() -> None:
    old, new = make_live(Role), make_live(Role)
    withdraw([old], by=make_user(), redirect_to=new, at=ahead(days=2))
    withdraw([old], by=make_user(), at=ahead(days=1))
    assert not Redirect.objects.live(ahead(days=3)).exists()


def test_a_page_that_moves_before_it_is_taken_down_is_gone_from_where_it_moved() -> None:
    role, at = make_live(Role, slug="here"), ahead(days=2)
    withdraw([role], by=make_user(), at=at, kind=Edition.Kind.NOTICE, reason="Because.")
    publish(revise(role, slug="there", title="Moved"), by=make_user())
    stands_in = RoleEdition.objects.at(at).get()
    assert (stands_in.slug, stands_in.title, stands_in.reason) == ("there", "Moved", "Because.")


def test_dates_of_what_stands_in_are_those_of_the_page() -> None:
    role = make_live(Role)
    page = editions(role).get()
    [edition] = withdraw([role], by=make_user())
    assert (edition.first_published_at, edition.significant_at, edition.reviewed_at) == (page.live_from,) * 3
