"""Lists of very many documents: their pages, what the pager says, and what they ask the database."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Comparison
from careers.admin import RoleAdmin
from careers.models import Role
from publishing.admin.lists import FirstOfMany
from publishing.publish import schedule
from tests.articles.admin.desk import page
from tests.articles.builders import sign_in
from tests.builders import ahead, make_draft, make_live, make_scheduled, revise

pytestmark = pytest.mark.django_db

LIST = "/admin/careers/role/"


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three documents are many, and two fill a page."""
    monkeypatch.setattr(FirstOfMany, "most", 3)
    monkeypatch.setattr(RoleAdmin, "list_per_page", 2)


def roles(client: Client, query: str = "") -> BeautifulSoup:
    return BeautifulSoup(page(client, f"{LIST}{query}"), "html.parser")


def titles(html: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in html.select(".field-title a")]


def pager(html: BeautifulSoup) -> str:
    (said,) = html.select(".paginator")
    return said.get_text(" ", strip=True)


def test_more_documents_than_the_pages_show_are_not_counted_and_the_pager_says_so(client: Client) -> None:
    sign_in(client, "Editor")
    for title in ("Ash", "Birch", "Cedar", "Date", "Elm"):
        make_draft(Role, title=title)
    first, last = roles(client), roles(client, "?p=2")
    assert (titles(first), titles(last)) == (["Ash", "Birch"], ["Cedar"])
    assert "More than 3 roles. These pages show the first 3" in pager(first)
    assert [link.get_text() for link in first.select(".paginator a")] == ["2"]
    assert not first.select("#changelist-search .quiet")


def test_as_many_documents_as_the_pages_show_are_counted(client: Client) -> None:
    sign_in(client, "Editor")
    for title in ("Ash", "Birch", "Cedar"):
        make_draft(Role, title=title)
    html = roles(client)
    assert "3 roles" in pager(html)
    assert "More than" not in pager(html)
    assert "3 results" in html.select("#changelist-search .quiet")[0].get_text()


def test_what_stands_beyond_is_found_by_another_order_and_by_a_search(client: Client) -> None:
    sign_in(client, "Editor")
    for title in ("Ash", "Birch", "Cedar", "Date", "Elm"):
        make_draft(Role, title=title)
    assert titles(roles(client, "?o=-1")) == ["Elm", "Date"]
    assert titles(roles(client, "?q=elm")) == ["Elm"]


@pytest.mark.parametrize("number", ["3", "999999999999999999999", "0", "-1"])
def test_a_page_that_there_is_not_leads_to_the_last(client: Client, number: str) -> None:
    sign_in(client, "Editor")
    for title in ("Ash", "Birch", "Cedar"):
        make_draft(Role, title=title)
    html = roles(client, f"?p={number}")
    assert titles(html) == ["Cedar"]
    assert html.select(".paginator .this-page")[0].get_text() == "2"


def test_all_are_shown_where_that_is_asked_for(client: Client) -> None:
    sign_in(client, "Editor")
    for title in ("Ash", "Birch", "Cedar"):
        make_draft(Role, title=title)
    assert titles(roles(client, "?all=")) == ["Ash", "Birch", "Cedar"]


def test_a_list_of_nothing_says_so(client: Client) -> None:
    sign_in(client, "Editor")
    assert "0 roles" in pager(roles(client))


def test_a_list_reads_the_rows_of_its_page_alone(client: Client) -> None:
    sign_in(client, "Editor")
    for title in ("Ash", "Birch", "Cedar", "Date"):
        make_draft(Role, title=title)
    with CaptureQueriesContext(connection) as asked:
        roles(client, "?p=2")
    about = [query["sql"] for query in asked if 'FROM "careers_role"' in query["sql"]]
    first, rows = about
    assert "EXISTS" not in first
    assert f" IN ({Role.objects.get(title='Cedar').pk})" in rows
    assert not [sql for sql in about if "COUNT(" in sql]


def choose_all(client: Client, role: Role) -> Any:
    sent = {"action": "bulk_submit", "index": 0, "_selected_action": [role.pk], "select_across": "1"}
    return client.post(LIST, sent)


def test_all_are_offered_to_be_chosen_only_where_it_is_said_how_many_they_are(client: Client) -> None:
    sign_in(client, "Editor")
    ash, *_ = (make_draft(Role, title=title) for title in ("Ash", "Birch", "Cedar"))
    assert roles(client).select(".actions .question")[0].get_text(" ", strip=True) == "Select all 3 roles"
    asked = choose_all(client, ash).content.decode()
    assert all(title in asked for title in ("Ash", "Birch", "Cedar"))
    make_draft(Role, title="Date")
    html = roles(client)
    assert html.select(".actions .action-counter")
    assert not html.select(".actions .question, .actions .all")


def test_an_autocomplete_offers_the_first(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_draft(Comparison)
    for number in range(5):
        make_draft(Comparison, role_a=make_draft(Role, title=f"Ash {number}"))
    asked = {"app_label": "articles", "model_name": "pin", "field_name": "target", "term": "ash"}
    answer = client.get("/admin/autocomplete/", asked).json()
    offered = [each["text"] for each in answer["results"]]
    assert [text[:5] for text in offered] == ["Ash 4", "Ash 3", "Ash 2"]
    assert str(comparison) not in offered


def test_what_is_live_and_comes_anew_is_listed_as_either(client: Client) -> None:
    editor = sign_in(client, "Editor")
    role = make_live(Role, title="Ash")
    schedule(revise(role, definition="Later."), by=editor, at=ahead(days=1))
    make_scheduled(Role, title="Birch")
    assert titles(roles(client, "?state=live")) == ["Ash"]
    assert titles(roles(client, "?state=coming")) == ["Ash", "Birch"]
    assert titles(roles(client, "?state=draft")) == []
