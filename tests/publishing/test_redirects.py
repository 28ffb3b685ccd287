"""A slug that changes: new paths and old ones, of the document itself and of the pages that follow it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Comparison, ComparisonEdition, Page
from careers.models import Role, RoleEdition
from publishing.addresses import document_at
from publishing.cancel import cancel
from publishing.models import Document, Redirect
from publishing.models.redirects import normalised
from publishing.publish import publish, schedule
from publishing.withdraw import withdraw
from tests.builders import ahead, make_draft, make_live, make_scheduled, make_user, revise

pytestmark = pytest.mark.django_db

BLINK = timedelta(microseconds=1)


def make_ash_and_birch() -> Comparison:
    """Return a live comparison at /compare/ash-vs-birch/."""
    roles = [make_live(Role, title=title) for title in ("Ash", "Birch")]
    comparison: Comparison = make_live(Comparison, role_a=roles[0], role_b=roles[1])
    return comparison


def move(role: Role, slug: str, *, at: datetime | None = None) -> Any:
    return publish(revise(role, slug=slug), by=make_user(), at=at)


def leads(at: datetime) -> set[tuple[str, int]]:
    """Return the paths that lead somewhere at the moment, with the document that each leads to."""
    return set(Redirect.objects.live(at).values_list("path", "document_id"))


def slug_at(document: Document, at: datetime) -> str:
    slug: str = document.edition_model.objects.live(at).get(document=document).slug
    return slug


# A document's own path


@pytest.mark.parametrize("kind", [Role, Page])
def test_an_old_path_leads_to_the_new_one_for_good(kind: type[Document], client: Client) -> None:
    document = make_live(kind, slug="old")
    publish(revise(document, slug="new"), by=make_user())
    response = client.get(kind.path_of("old"))
    assert (response.status_code, response["Location"]) == (301, kind.path_of("new"))
    assert client.get(kind.path_of("new")).status_code == 200


def test_an_old_path_leads_on_from_the_moment_on_and_not_before(client: Client) -> None:
    role, at = make_live(Role, slug="old"), ahead(days=1)
    move(role, "new", at=at)
    assert client.get("/roles/old/").status_code == 200
    assert client.get("/roles/new/").status_code == 404
    assert leads(at - BLINK) == set()
    assert leads(at) == {("/roles/old/", role.pk)}


def test_a_path_led_through_many_slugs_takes_one_step(client: Client) -> None:
    role = make_live(Role, slug="one")
    for slug in ("two", "three", "four"):
        move(role, slug)
    for slug in ("one", "two", "three"):
        assert client.get(f"/roles/{slug}/")["Location"] == "/roles/four/"


def test_a_slug_that_comes_back_makes_no_loop(client: Client) -> None:
    role = make_live(Role, slug="one")
    move(role, "two")
    move(role, "one")
    assert client.get("/roles/one/").status_code == 200
    assert client.get("/roles/two/")["Location"] == "/roles/one/"


def test_a_page_that_comes_back_at_another_path_is_found_from_the_old_one(client: Client) -> None:
    role = make_live(Role, slug="old")
    withdraw([role], by=make_user())
    move(role, "new")
    assert client.get("/roles/old/")["Location"] == "/roles/new/"


def test_a_path_that_somebody_leads_elsewhere_stays_theirs(client: Client) -> None:
    role, target = make_live(Role, slug="old"), make_live(Role, slug="target")
    chosen = Redirect.objects.create(path="/roles/old/", document_id=target.pk)
    move(role, "new")
    assert client.get("/roles/old/")["Location"] == "/roles/target/"
    assert Redirect.objects.get() == chosen


def test_somebody_can_lead_a_path_elsewhere_later(client: Client) -> None:
    role, target = make_live(Role, slug="old"), make_live(Role, slug="target")
    move(role, "new")
    Redirect.objects.create(path="/roles/old/", document_id=target.pk)
    assert client.get("/roles/old/")["Location"] == "/roles/target/"


def test_cancelling_a_move_takes_its_redirect_back() -> None:
    role, at = make_live(Role, slug="old"), ahead(days=1)
    cancel(move(role, "new", at=at), by=make_user())
    assert slug_at(role, at) == "old"
    assert leads(at) == set()


def test_a_move_that_is_scheduled_again_leads_on_again() -> None:
    role, at = make_live(Role, slug="old"), ahead(days=1)
    cancel(move(role, "new", at=at), by=make_user())
    schedule(role.revisions.first(), by=make_user(), at=at)
    assert leads(at) == {("/roles/old/", role.pk)}


def test_what_is_published_before_a_move_moves_its_redirect_along() -> None:
    role, at = make_live(Role, slug="old"), ahead(days=1)
    move(role, "new", at=at)
    move(role, "between")
    assert leads(ahead()) == {("/roles/old/", role.pk)}
    assert leads(at) == {("/roles/old/", role.pk), ("/roles/between/", role.pk)}


# Comparisons follow their roles


def test_a_comparison_moves_with_its_role_in_the_same_act(client: Client) -> None:
    comparison = make_ash_and_birch()
    edition = move(comparison.role_a, "alder")
    follower = ComparisonEdition.objects.live().get()
    assert (follower.slug, follower.act) == ("alder-vs-birch", edition.act)
    for old in ("ash-vs-birch", "birch-vs-ash"):
        response = client.get(f"/compare/{old}/")
        assert (response.status_code, response["Location"]) == (301, "/compare/alder-vs-birch/")
    assert client.get("/compare/alder-vs-birch/").status_code == 200


def test_a_comparison_that_only_moves_is_not_news() -> None:
    comparison = make_ash_and_birch()
    before = ComparisonEdition.objects.get()
    move(comparison.role_b, "beech")
    after = ComparisonEdition.objects.live().get()
    for name in ("first_published_at", "significant_at", "reviewed_at", "revision_id", "is_significant"):
        assert getattr(after, name) == (False if name == "is_significant" else getattr(before, name))


def test_a_comparison_moves_at_the_moment_and_not_before(client: Client) -> None:
    comparison, at = make_ash_and_birch(), ahead(days=1)
    move(comparison.role_a, "alder", at=at)
    assert client.get("/compare/ash-vs-birch/").status_code == 200
    assert slug_at(comparison, at - BLINK) == "ash-vs-birch"
    assert slug_at(comparison, at) == "alder-vs-birch"
    assert leads(at - BLINK) == set()
    assert {path for path, _ in leads(at)} == {"/roles/ash/", "/compare/ash-vs-birch/", "/compare/birch-vs-ash/"}


def test_a_role_that_changes_without_moving_leaves_its_comparisons_alone() -> None:
    comparison = make_ash_and_birch()
    publish(revise(comparison.role_a, definition="Something else."), by=make_user())
    assert ComparisonEdition.objects.count() == 1


def test_cancelling_the_move_of_a_role_undoes_all_of_it() -> None:
    comparison, at = make_ash_and_birch(), ahead(days=1)
    cancel(move(comparison.role_a, "alder", at=at), by=make_user())
    assert slug_at(comparison, at) == "ash-vs-birch"
    assert leads(at) == set()
    assert ComparisonEdition.objects.opened().count() == 1


def test_cancelling_the_move_of_a_role_undoes_the_path_of_a_comparison_that_comes_later() -> None:
    role, late = make_live(Role, title="Ash"), ahead(days=5)
    edition = move(role, "alder", at=ahead(days=1))
    comparison = make_scheduled(Comparison, role_a=role, at=late)
    assert slug_at(comparison, late).startswith("alder-vs-")
    cancel(edition, by=make_user())
    assert slug_at(comparison, late).startswith("ash-vs-")


def test_a_comparison_that_comes_later_moves_with_its_role() -> None:
    role, late = make_live(Role, title="Ash"), ahead(days=5)
    comparison = make_scheduled(Comparison, role_a=role, at=late)
    move(role, "alder", at=ahead(days=1))
    assert slug_at(comparison, late).startswith("alder-vs-")


def test_a_comparison_scheduled_for_the_moment_of_the_move_has_the_new_path() -> None:
    role, at = make_live(Role, title="Ash"), ahead(days=1)
    comparison = make_scheduled(Comparison, role_a=role, at=at)
    move(role, "alder", at=at)
    assert slug_at(comparison, at).startswith("alder-vs-")


def test_a_comparison_published_before_a_scheduled_move_moves_too() -> None:
    role, at = make_live(Role, title="Ash"), ahead(days=1)
    edition = move(role, "alder", at=at)
    comparison = make_live(Comparison, role_a=role)
    assert slug_at(comparison, at - BLINK).startswith("ash-vs-")
    assert slug_at(comparison, at).startswith("alder-vs-")
    cancel(edition, by=make_user())
    assert slug_at(comparison, at).startswith("ash-vs-")


def test_what_is_published_before_a_scheduled_move_is_not_lost_when_it_comes() -> None:
    comparison, at = make_ash_and_birch(), ahead(days=1)
    move(comparison.role_a, "alder", at=at)
    corrected = revise(comparison, intro="<p>Corrected.</p>")
    published = publish(corrected, by=make_user())
    edition = ComparisonEdition.objects.live(at).get()
    assert edition.revision == corrected
    assert edition.reviewed_at == published.live_from


def test_a_comparison_that_is_cancelled_does_not_go_live_with_a_move() -> None:
    role = make_live(Role)
    comparison = make_scheduled(Comparison, role_a=role, at=ahead(days=1))
    move(role, "alder", at=ahead(days=2))
    cancel(ComparisonEdition.objects.coming()[0], by=make_user())
    assert not ComparisonEdition.objects.opened().exists()
    assert slug_at(role, ahead(days=3)) == "alder"
    assert comparison.revisions.exists()


def test_a_comparison_that_is_taken_down_does_not_come_back_with_a_move() -> None:
    comparison = make_ash_and_birch()
    move(comparison.role_a, "alder", at=ahead(days=2))
    withdraw([comparison], by=make_user(), at=ahead(days=1))
    assert not ComparisonEdition.objects.live(ahead(days=3)).exists()


def test_a_move_that_is_replaced_by_none_leaves_the_comparison_where_it_was() -> None:
    comparison, at = make_ash_and_birch(), ahead(days=1)
    stays = comparison.role_a.revisions.latest("pk")
    move(comparison.role_a, "alder", at=at)
    schedule(stays, by=make_user(), at=at)
    assert slug_at(comparison, at) == "ash-vs-birch"
    assert leads(at) == set()


def test_both_roles_of_a_comparison_can_move_at_one_moment() -> None:
    comparison, at = make_ash_and_birch(), ahead(days=1)
    first = move(comparison.role_a, "alder", at=at)
    move(comparison.role_b, "beech", at=at)
    assert slug_at(comparison, at) == "alder-vs-beech"
    cancel(first, by=make_user())
    assert slug_at(comparison, at) == "ash-vs-beech"


def test_a_comparison_follows_a_role_that_moves_back_and_forth() -> None:
    comparison = make_ash_and_birch()
    for slug in ("alder", "ash", "alder"):
        move(comparison.role_a, slug)
    assert ComparisonEdition.objects.live().get().slug == "alder-vs-birch"
    assert leads(ahead()) >= {("/compare/ash-vs-birch/", comparison.pk)}


# Only where nothing is


def redirect_queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(path)
    return sum("publishing_redirect" in query["sql"] for query in queries)


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
def test_a_live_page_asks_for_no_redirect(kind: type[Document], client: Client) -> None:
    edition = make_live(kind).editions.get()
    assert redirect_queries(client, edition.get_absolute_url()) == 0


def test_a_path_where_nothing_is_asks_once(client: Client) -> None:
    assert redirect_queries(client, "/roles/nobody/") == 1


@pytest.mark.parametrize(("method", "status"), [("get", 301), ("head", 301), ("post", 404), ("put", 404)])
def test_only_reading_is_led_on(method: str, status: int, client: Client) -> None:
    Redirect.objects.create(path="/old/place.html", document_id=make_live(Role).pk)
    assert getattr(client, method)("/old/place.html").status_code == status


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("/blog/office-boss/", "/blog/office-boss/"),
        ("/blog/office-boss/", "/blog/office-boss"),
        ("/old/place.html", "/old/place.html"),
    ],
)
def test_an_old_address_is_found_with_and_without_its_last_slash(kept: str, asked: str, client: Client) -> None:
    role = make_live(Role, slug="new")
    Redirect.objects.create(path=kept, document_id=role.pk)
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, "/roles/new/")


def test_an_address_with_a_nul_leads_nowhere(client: Client) -> None:
    assert client.get("/old/%00").status_code == 404
    assert document_at("/old/\0") is None


@given(path=st.text(st.sampled_from("ab./-é"), max_size=12))
def test_an_address_has_one_form_which_keeps_it_apart_from_files(path: str) -> None:
    form = normalised(path)
    assert normalised(form) == form
    assert form.startswith("/")
    assert form.strip("/") == path.strip("/")


@pytest.mark.parametrize("make", [make_draft, make_scheduled])
def test_a_redirect_to_what_is_not_live_leads_nowhere(make: Any, client: Client) -> None:
    Redirect.objects.create(path="/roles/old/", document_id=make(Role).pk)
    assert client.get("/roles/old/").status_code == 404


def test_a_redirect_whose_document_is_gone_leads_nowhere(client: Client) -> None:
    role = make_live(Role, slug="old")
    move(role, "new")
    withdraw([role], by=make_user())
    assert client.get("/roles/old/").status_code == 404
    assert client.get("/roles/new/").status_code == 410


def test_a_redirect_leads_to_another_kind_of_page(client: Client) -> None:
    page = make_live(Page, slug="notes")
    Redirect.objects.create(path="/roles/old/", document_id=page.pk)
    assert client.get("/roles/old/")["Location"] == "/notes/"


def test_the_newest_redirect_of_a_person_is_the_one_in_force() -> None:
    first, second = make_live(Role), make_live(Role)
    for document in (first, second):
        Redirect.objects.create(path="/roles/old/", document_id=document.pk)
    Redirect.objects.create(path="/roles/old/", document_id=first.pk, is_manual=False)
    assert [redirect.document_id for redirect in Redirect.objects.live()] == [second.pk, first.pk, first.pk]
    assert RoleEdition.objects.live().count() == 2
