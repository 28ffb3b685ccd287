"""Redirects as an editor makes them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Comparison, Page
from careers.models import Role
from publishing.models import FOREVER, Redirect
from publishing.publish import publish
from publishing.withdraw import withdraw
from tests.articles.builders import form_in, sign_in
from tests.builders import ahead, make_draft, make_live, make_user, make_withdrawn, revise

pytestmark = pytest.mark.django_db

ADD = "/admin/publishing/redirect/add/"
FORM = "form#redirect_form"


def change_address(redirect: Redirect) -> str:
    """Return the address of the redirect's own form."""
    return f"/admin/publishing/redirect/{redirect.pk}/change/"


def send(client: Client, address: str, **fields: Any) -> Any:
    """Fill in the form as the browser has it, and press “Save”."""
    return client.post(address, form_in(client.get(address).content.decode(), FORM) | fields)


def errors(response: Any) -> dict[str, list[str]]:
    """Return what the form says is wrong, by field."""
    form = response.context["adminform"].form
    return {name: list(sentences) for name, sentences in form.errors.items()}


def told(client: Client) -> list[str]:
    """Return what the desk tells the person on the next page."""
    return [str(message) for message in client.get("/admin/").context["messages"]]


@pytest.mark.parametrize("target", ["/roles/weaver/", "Weaver"])
def test_an_editor_leads_an_old_address_to_a_page(client: Client, target: str) -> None:
    sign_in(client, "Editor")
    make_live(Role, title="Weaver", slug="weaver")
    assert send(client, ADD, path="/roles/loom-boss/", document=target).status_code == 302
    response = Client().get("/roles/loom-boss/")
    assert (response.status_code, response["Location"]) == (301, "/roles/weaver/")


def test_a_redirect_lasts_until_further_notice_unless_an_end_is_written(client: Client) -> None:
    sign_in(client, "Editor")
    make_live(Role, title="Weaver")
    send(client, ADD, path="/old/", document="Weaver")
    redirect = Redirect.objects.get()
    assert redirect.live_until == FOREVER
    assert "further notice" in client.get("/admin/publishing/redirect/").content.decode()
    end = (timezone.now() + timedelta(days=3)).replace(microsecond=0)
    send(client, change_address(redirect), live_until_0=f"{end:%Y-%m-%d}", live_until_1=f"{end:%H:%M:%S}")
    redirect.refresh_from_db()
    assert redirect.live_until == end


def test_the_form_says_by_title_where_a_redirect_leads(client: Client) -> None:
    sign_in(client, "Editor")
    make_live(Role, title="Weaver", slug="weaver")
    send(client, ADD, path="/old/", document="weaver")
    form = client.get(change_address(Redirect.objects.get())).content.decode()
    assert form_in(form, FORM)["document"] == "/roles/weaver/"
    assert "Now “Weaver”." in form


def test_a_page_that_is_not_there_is_refused_and_what_was_typed_stays(client: Client) -> None:
    sign_in(client, "Editor")
    response = send(client, ADD, path="/old/", document="/roles/nobody/")
    assert errors(response) == {
        "document": ["No page of this site is at /roles/nobody/: check its spelling, or write the title."]
    }
    assert form_in(response.content.decode(), FORM)["document"] == "/roles/nobody/"


def test_a_redirect_to_a_page_that_nobody_sees_yet_is_kept_and_that_is_said(client: Client) -> None:
    sign_in(client, "Editor")
    make_draft(Role, title="Weaver", slug="weaver")
    send(client, ADD, path="/old/", document="/roles/weaver/")
    assert "Readers do not see “Weaver” now: /old/ leads there once it is live." in told(client)
    assert Client().get("/old/").status_code == 404


@pytest.mark.parametrize("path", ["/roles/rope-maker/", "roles/rope-maker", "/roles/", "/compare/b-vs-a/"])
def test_an_address_that_readers_see_something_at_leads_nowhere_else(client: Client, path: str) -> None:
    sign_in(client, "Editor")
    make_live(Role, title="Weaver")
    make_live(Role, slug="rope-maker")
    make_live(Comparison, role_a=make_live(Role, slug="a"), role_b=make_live(Role, slug="b"))
    response = send(client, ADD, path=path, document="Weaver")
    whole = f"/{path.strip('/')}/"
    assert errors(response) == {
        "path": [
            f"{whole} is the address of a page that readers see: a redirect is asked only after a page is not found."
        ]
    }
    assert not Redirect.objects.exists()


def test_an_address_that_shows_a_notice_leads_nowhere_else_and_one_that_is_gone_may(client: Client) -> None:
    sign_in(client, "Editor")
    make_live(Role, title="Weaver")
    make_withdrawn(Role, slug="noticed", reason="Outdated.")
    make_withdrawn(Role, slug="gone")
    assert "path" in errors(send(client, ADD, path="/roles/noticed/", document="Weaver"))
    assert send(client, ADD, path="/roles/gone/", document="Weaver").status_code == 302


def test_an_address_can_lead_elsewhere_from_the_day_on_which_its_page_goes_down(client: Client) -> None:
    sign_in(client, "Editor")
    make_live(Role, title="Weaver")
    role = make_live(Role, slug="rope-maker")
    moment = ahead(days=2)
    withdraw([role], by=make_user(), at=moment)
    day = moment + timedelta(days=1)
    assert "path" in errors(send(client, ADD, path="/roles/rope-maker/", document="Weaver"))
    begins = {"live_from_0": f"{day:%Y-%m-%d}", "live_from_1": f"{day:%H:%M:%S}"}
    assert send(client, ADD, path="/roles/rope-maker/", document="Weaver", **begins).status_code == 302


def test_a_redirect_can_be_ended_after_a_page_has_come_to_its_address(client: Client) -> None:
    sign_in(client, "Editor")
    redirect = Redirect.objects.create(path="/roles/rope-maker/", document_id=make_live(Role).pk)
    make_live(Role, slug="rope-maker")
    end = ahead(days=1)
    ends = {"live_until_0": f"{end:%Y-%m-%d}", "live_until_1": f"{end:%H:%M:%S}"}
    assert send(client, change_address(redirect), **ends).status_code == 302


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("https://example.org/old/", "Write the old address without host, query or fragment"),
        ("/old/?page=2", "Write the old address without host, query or fragment"),
        ("/", "The home page does not lead elsewhere"),
    ],
)
def test_an_old_address_is_a_path(client: Client, path: str, error: str) -> None:
    sign_in(client, "Editor")
    make_live(Role, title="Weaver")
    assert error in errors(send(client, ADD, path=path, document="Weaver"))["path"][0]


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("old", "/old/"),
        ("/old", "/old/"),
        ("/old/", "/old"),
        ("/old.html", "/old.html"),
        ("/v1.2/", "/v1.2/"),
    ],
)
def test_an_old_address_is_found_as_readers_ask_for_it(client: Client, typed: str, asked: str) -> None:
    sign_in(client, "Editor")
    make_live(Role, title="Weaver")
    send(client, ADD, path=typed, document="Weaver")
    assert Client().get(asked).status_code == 301


def queries_of_the_list(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get("/admin/publishing/redirect/")
    return len(queries)


def test_a_longer_list_asks_the_database_no_more_often(client: Client) -> None:
    sign_in(client, "Editor")
    counts = []
    for number in (1, 4):
        for _ in range(number):
            for kind in (Role, Comparison, Page):
                document = make_draft(kind)
                Redirect.objects.create(path=f"/old/{document.pk}/", document_id=document.pk)
        counts.append(queries_of_the_list(client))
    assert counts[0] == counts[1]


def test_the_list_says_where_each_redirect_leads(client: Client) -> None:
    sign_in(client, "Editor")
    titles = ["Weaver", "Rope Maker vs. Net Maker: What Are the Differences?", "Notes"]
    roles = [make_draft(Role, title=title) for title in ("Weaver", "Rope Maker", "Net Maker")]
    comparison = make_draft(Comparison, role_a=roles[1], role_b=roles[2])
    for document in (roles[0], comparison, make_draft(Page, title="Notes")):
        Redirect.objects.create(path=f"/old/{document.pk}/", document_id=document.pk)
    page = BeautifulSoup(client.get("/admin/publishing/redirect/").content, "html.parser")
    assert [cell.get_text() for cell in page.select(".field-leads_to")] == titles


def test_a_redirect_does_not_end_before_it_begins(client: Client) -> None:
    sign_in(client, "Editor")
    make_live(Role, title="Weaver")
    ends = {"live_until_0": "2020-01-01", "live_until_1": "00:00:00"}
    response = send(client, ADD, path="/old/", document="Weaver", **ends)
    assert errors(response) == {"live_until": ["The redirect ends before it begins: enter a later moment."]}


def test_a_redirect_that_a_move_left_behind_is_shown_in_words_and_not_changed(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_live(Role, title="Weaver", slug="weaver")
    publish(revise(role, slug="loom-weaver"), by=make_user())
    redirect = Redirect.objects.get()
    shown = client.get(change_address(redirect)).content.decode()
    assert "Weaver" in shown
    assert "further notice" in shown
    assert 'name="document"' not in shown
    assert client.post(change_address(redirect), {"path": "/mine/"}).status_code == 403


def test_a_redirect_that_a_move_left_behind_is_deleted_by_nobody(client: Client) -> None:
    client.force_login(make_user("editor", is_superuser=True))
    role = make_live(Role, title="Weaver")
    publish(revise(role, slug="cloth-weaver"), by=make_user())
    moved = Redirect.objects.get()
    made = Redirect.objects.create(path="/old/", document_id=role.pk)
    for redirect in (moved, made):
        client.post(f"/admin/publishing/redirect/{redirect.pk}/delete/", {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [moved.pk], "post": "yes"}
    client.post("/admin/publishing/redirect/", chosen)
    assert list(Redirect.objects.all()) == [moved]
