"""How search engines are told of a page: what an editor wrote for them, or what the page says of itself."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from articles.models import Comparison, Page
from careers.models import Role
from publishing.models import Document
from publishing.publish import publish
from tests.builders import make_live, make_user, revise
from tests.sitemap import listed_paths

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

KINDS = [Role, Comparison, Page]


def head_of(client: Client, document: Any, **written: Any) -> Any:
    """Return the page's head after these fields were published."""
    publish(revise(document, **written), by=make_user())
    return BeautifulSoup(client.get(document.working_path()).content.decode(), "html.parser").head


def metas(head: Any, name: str) -> list[str]:
    return [str(meta["content"]) for meta in head.select(f'meta[name="{name}"]')]


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_written_for_search_results_stands_in_the_head(client: Client, kind: type[Document]) -> None:
    written = {"search_title": "In short", "search_description": "In a sentence."}
    head = head_of(client, make_live(kind), **written)
    assert head.title.get_text().startswith("In short · ")
    assert metas(head, "description") == ["In a sentence."]


@pytest.mark.parametrize("kind", KINDS)
def test_without_it_the_page_speaks_for_itself(client: Client, kind: type[Document]) -> None:
    document = make_live(kind, title="Ropes or nets")
    head = head_of(client, document)
    assert "Ropes or nets" in head.title.get_text()
    assert metas(head, "robots") == []
    assert head.select_one("link[rel=canonical]")["href"].endswith(document.working_path())


@pytest.mark.parametrize("kind", KINDS)
def test_what_search_engines_may_not_list_says_so_and_stays_out_of_the_sitemap(
    client: Client, kind: type[Document]
) -> None:
    document = make_live(kind)
    assert document.working_path() in listed_paths(client)
    assert metas(head_of(client, document, is_indexable=False), "robots") == ["noindex"]
    assert document.working_path() not in listed_paths(client)


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_that_appeared_elsewhere_first_names_its_address_there_and_stays_out_of_the_sitemap(
    client: Client, kind: type[Document]
) -> None:
    document = make_live(kind)
    head = head_of(client, document, canonical_url="https://example.org/first")
    assert [link["href"] for link in head.select("link[rel=canonical]")] == ["https://example.org/first"]
    assert document.working_path() not in listed_paths(client)


def test_a_text_that_is_older_than_the_question_where_it_appeared_first_is_listed(client: Client) -> None:
    page = make_live(Page)
    content = {name: value for name, value in page.revisions.get().content.items() if name != "canonical_url"}
    publish(page.revisions.create(content=content, schema=1, digest="old", author=make_user()), by=make_user())
    assert page.working_path() in listed_paths(client)
