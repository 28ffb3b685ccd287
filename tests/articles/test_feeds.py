"""Feeds: what a reader of feeds is told of new comparisons."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

from articles.feeds import ENTRIES
from articles.models import Comparison, ComparisonEdition
from careers.models import Role
from publishing.publish import publish
from tests.articles.builders import Corpus, Entry
from tests.builders import make_category, make_draft, make_live, make_scheduled, make_user, make_withdrawn, revise

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITE = "/feeds/comparisons.xml"


def feed(client: Client, path: str = SITE) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)  # noqa: S314  # our own


def texts(tree: Any, path: str) -> list[str]:
    return [element.text or "" for element in tree.findall(path, ATOM)]


def links(tree: Any, path: str) -> list[str]:
    return [element.attrib["href"] for element in tree.findall(path, ATOM)]


def test_the_newest_comparisons_come_first_and_nothing_that_is_not_live(client: Client) -> None:
    older, newer = make_live(Comparison), make_live(Comparison)
    for make in (make_draft, make_scheduled, make_withdrawn):
        make(Comparison)
    expected = [f"http://testserver{each.working_path()}" for each in (newer, older)]
    assert links(feed(client), "a:entry/a:link") == expected


def test_a_feed_has_all_that_the_format_demands(client: Client) -> None:
    make_live(Comparison, author=make_user("writer", byline="A. Writer"), standfirst="Ropes & <nets>")
    tree = feed(client)
    for name in ("title", "id", "updated", "author/a:name"):
        assert all(texts(tree, f"a:{name}")), name
    for name in ("title", "id", "updated", "published", "summary"):
        assert all(texts(tree, f"a:entry/a:{name}")), name
    assert links(tree, "a:link[@rel='self']") == [f"http://testserver{SITE}"]
    assert texts(tree, "a:entry/a:summary") == ["Ropes &amp; &lt;nets&gt;"]
    assert texts(tree, "a:entry/a:author/a:name") == ["A. Writer"]


def test_another_address_makes_no_new_entry(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://careers.example.org"
    comparison = make_live(Comparison)
    before = feed(client)
    publish(revise(comparison.role_a, slug="another-slug"), by=make_user())
    after = feed(client)
    assert texts(after, "a:entry/a:id") == texts(before, "a:entry/a:id")
    assert texts(after, "a:entry/a:id") == [f"tag:careers.example.org,2026:document-{comparison.pk}"]
    assert links(after, "a:entry/a:link") != links(before, "a:entry/a:link")


def test_an_entry_is_updated_by_a_significant_change_alone(client: Client) -> None:
    comparison = make_live(Comparison)
    first = texts(feed(client), "a:entry/a:updated")
    publish(revise(comparison, title="Spelling"), by=make_user(), significant=False)
    assert texts(feed(client), "a:entry/a:updated") == first
    publish(revise(comparison, title="Something new"), by=make_user())
    assert texts(feed(client), "a:entry/a:updated") > first


def test_a_category_and_a_role_have_feeds_of_their_own(client: Client) -> None:
    shelf = make_category("Job Search")
    comparison, _ = make_live(Comparison, category=shelf), make_live(Comparison)
    expected = [f"http://testserver{comparison.working_path()}"]
    assert links(feed(client, "/feeds/categories/job-search.xml"), "a:entry/a:link") == expected
    assert links(feed(client, f"/feeds/roles/{comparison.role_b.slug}.xml"), "a:entry/a:link") == expected


def test_a_role_that_nobody_compared_yet_has_a_feed_to_wait_for(client: Client) -> None:
    role = make_live(Role, title="Weaver")
    tree = feed(client, "/feeds/roles/weaver.xml")
    assert texts(tree, "a:entry/a:title") == []
    assert texts(tree, "a:updated") == [role.editions.get().first_published_at.isoformat()]


@pytest.mark.parametrize("path", [SITE, "/feeds/categories/nothing.xml", "/feeds/roles/nothing.xml"])
def test_a_feed_of_nothing_is_not_there(client: Client, path: str) -> None:
    make_draft(Role, title="Nothing")
    make_category("Nothing")
    assert client.get(path).status_code == 404


def test_whoever_has_the_feed_is_told_that_nothing_changed(client: Client) -> None:
    comparison = make_live(Comparison)
    answer = client.get(SITE)
    assert client.get(SITE, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.get(SITE, headers={"If-Modified-Since": answer["Last-Modified"]}).status_code == 304
    publish(revise(comparison, title="Something new"), by=make_user())
    assert client.get(SITE, headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_a_feed_is_no_longer_than_readers_want() -> None:
    corpus = Corpus()
    corpus.add_shelves(1)
    corpus.add_roles(10)
    pairs = [(a, b) for a in range(10) for b in range(a)]
    corpus.add([Entry(a, b, age=number) for number, (a, b) in enumerate(pairs)])
    assert ComparisonEdition.objects.count() > ENTRIES
    assert len(texts(feed(Client()), "a:entry/a:id")) == ENTRIES


def test_a_feed_takes_no_query_for_an_entry(client: Client, django_assert_max_num_queries: Any) -> None:
    comparison = make_live(Comparison, category=make_category("Job Search"))
    make_live(Comparison, category=comparison.category, role_a=comparison.role_a)
    for path in (SITE, "/feeds/categories/job-search.xml", f"/feeds/roles/{comparison.role_a.slug}.xml"):
        with django_assert_max_num_queries(2):
            feed(client, path)


def test_pages_lead_to_their_feeds(client: Client) -> None:
    comparison = make_live(Comparison, category=make_category("Job Search"))
    role = comparison.role_a
    own = {
        "/categories/job-search/": "/feeds/categories/job-search.xml",
        role.working_path(): f"/feeds/roles/{role.slug}.xml",
    }
    for path in ("/", *own):
        page = client.get(path).content.decode()
        found = re.findall(r'<link rel="alternate" type="application/atom\+xml" href="([^"]+)"', page)
        assert found == [SITE, *([own[path]] if path in own else [])]
        assert all(client.get(each).status_code == 200 for each in found)
