"""The admin's first page, its search, and its lists."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.models import Comparison, Page
from careers.models import Role
from publishing.publish import publish, schedule
from publishing.reviews import submit
from publishing.withdraw import withdraw
from tests.articles.admin.desk import page
from tests.articles.builders import sign_in
from tests.builders import ahead, make_draft, make_live, make_scheduled, make_user, revise

pytestmark = pytest.mark.django_db


def part(client: Client, heading: str) -> list[str]:
    """Return what stands in one part of the desk, as its links say."""
    for section in BeautifulSoup(page(client, "/admin/"), "html.parser").select("section.part"):
        title = section.h2
        if title and title.get_text() == heading:
            return [link.get_text() for link in section.select("li a")]
    raise AssertionError(f"The desk has no part “{heading}”.")


def test_my_drafts_are_what_i_saved_and_readers_do_not_see(client: Client) -> None:
    writer = sign_in(client, "Writer")
    revise(make_draft(Role, title="Ash"), definition="Mine.", by=writer)
    live = make_live(Role, title="Birch")
    revise(live, definition="Changed by me.", by=writer)
    make_draft(Role, title="Cedar")
    publish(revise(make_draft(Role, title="Date"), definition="Mine.", by=writer), by=make_user())
    assert part(client, "My drafts") == ["Birch", "Ash"]


def test_editors_see_what_waits_and_writers_what_they_submitted(client: Client) -> None:
    writer, editor = Client(), client
    person = sign_in(writer, "Writer")
    sign_in(editor, "Editor")
    submit(make_draft(Role, title="Ash").revisions.get(), by=person)
    submit(make_draft(Role, title="Birch").revisions.get(), by=sign_in(Client(), "Writer"))
    assert part(editor, "Waiting for review") == ["Ash", "Birch"]
    assert part(writer, "My submissions that wait") == ["Ash"]


def test_what_is_scheduled_comes_in_order_of_time(client: Client) -> None:
    sign_in(client, "Editor")
    make_scheduled(Role, title="Later", at=ahead(days=2))
    make_scheduled(Page, title="Sooner", at=ahead(days=1))
    withdraw([make_live(Role, title="Leaving")], by=make_user(), at=ahead(days=3))
    assert part(client, "Scheduled") == ["Sooner", "Later", "Leaving"]


def test_live_pages_with_findings_and_those_reviewed_longest_ago(client: Client) -> None:
    sign_in(client, "Editor")
    make_live(Role, title="Faultless", skills=["Tact"])
    make_live(Role, title="Wanting", skills=[])
    make_draft(Role, title="Draft", skills=[])
    assert "Wanting" in part(client, "Live pages with findings")
    assert "Draft" not in part(client, "Live pages with findings")
    assert part(client, "Reviewed longest ago")[0] == "Faultless"


def test_the_last_saves_by_anyone_are_listed(client: Client) -> None:
    sign_in(client, "Writer")
    make_draft(Role, title="First")
    make_draft(Role, title="Last")
    assert part(client, "Last saved, by anyone")[:2] == ["Last", "First"]


def test_the_desk_costs_the_same_however_much_there_is(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, "Editor")
    for number in range(12):
        role = make_live(Role, title=f"Role {number}")
        schedule(revise(role, definition="Later."), by=make_user(), at=ahead(days=1))
    make_live(Comparison)
    with django_assert_max_num_queries(45):
        client.get("/admin/")


def found(client: Client, words: str) -> list[str]:
    html = BeautifulSoup(client.get("/admin/search/", {"q": words}).content.decode(), "html.parser")
    return [link.get_text() for link in html.select("#content .act-page li a")]


def test_drafts_and_live_pages_are_found_by_their_words(client: Client) -> None:
    sign_in(client, "Writer")
    ash = make_live(Role, title="Ash Keeper", also_called=["Custodian of ashes"])
    make_draft(Comparison, role_a=ash, role_b=make_live(Role, title="Birch"))
    make_draft(Page, title="About ashes")
    assert found(client, "ash") == ["Ash Keeper vs. Birch: What Are the Differences?", "About ashes", "Ash Keeper"]
    assert found(client, "custodian") == ["Ash Keeper"]
    assert found(client, "nobody") == []
    assert found(client, "") == []


@pytest.mark.parametrize("words", ["\0", "'; --", "%", "x" * 5000])
def test_nothing_that_is_searched_for_breaks_the_search(client: Client, words: str) -> None:
    sign_in(client, "Writer")
    assert client.get("/admin/search/", {"q": words}).status_code == 200


def listed(client: Client, **query: str) -> list[str]:
    html = BeautifulSoup(client.get("/admin/careers/role/", query).content.decode(), "html.parser")
    return [link.get_text() for link in html.select(".field-title a, .field-__str__ a")]


def test_lists_say_and_filter_how_documents_stand(client: Client) -> None:
    sign_in(client, "Editor")
    make_live(Role, title="Ash")
    make_scheduled(Role, title="Birch")
    make_draft(Role, title="Cedar")
    withdraw([make_live(Role, title="Date")], by=make_user())
    for state, title in {"live": "Ash", "coming": "Birch", "draft": "Cedar", "down": "Date"}.items():
        assert listed(client, state=state) == [title]
    assert listed(client) == ["Ash", "Birch", "Cedar", "Date"]


def test_a_list_costs_the_same_however_long_it_is(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, "Editor")
    for number in range(30):
        make_draft(Role, title=f"Role {number:02}")
    with django_assert_max_num_queries(12):
        assert len(listed(client)) == 30


def test_visitors_are_sent_to_sign_in(client: Client) -> None:
    assert client.get("/admin/search/", {"q": "ash"}).status_code == 302
