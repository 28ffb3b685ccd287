"""The sitemap: an index of files, what each lists, and when that was last changed."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import sitemaps
from articles.models import Comparison, ComparisonEdition, Page
from careers.models import Role, RoleEdition
from publishing.publish import publish
from tests.builders import (
    make_category,
    make_draft,
    make_live,
    make_scheduled,
    make_user,
    make_withdrawn,
    revise,
)
from tests.sitemap import files, listed, listed_paths

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def path_of(document: Any) -> str:
    return str(document.working_path())


def test_everything_that_is_live_is_listed_once_and_nothing_else() -> None:
    comparison = make_live(Comparison, category=make_category("Job Search"), tags=["Deep water"])
    role = make_live(Role, tags=["Deep water", "Height"])
    page = make_live(Page)
    for make in (make_draft, make_scheduled, make_withdrawn):
        make(Role, tags=["Secret"])
        make(Page)
        make(Comparison, category=make_category(f"Shelf of {make.__name__}"))
    roles = set(RoleEdition.objects.live().values_list("slug", flat=True))
    assert listed_paths(Client()) == {
        path_of(comparison),
        path_of(page),
        *(f"/roles/{slug}/" for slug in roles),
        *("/", "/compare/", "/roles/", "/categories/", "/topics/"),
        "/categories/job-search/",
        "/topics/deep-water/",
        "/topics/height/",
    }
    assert path_of(role) in listed_paths(Client())


def test_a_page_is_listed_with_its_last_significant_change(client: Client) -> None:
    comparison = make_live(Comparison)
    changed = ComparisonEdition.objects.live().get().significant_at
    publish(revise(comparison, title="Spelling"), by=make_user(), significant=False)
    assert listed(client)[f"http://testserver{path_of(comparison)}"] == f"{changed:%Y-%m-%d}"
    [index] = [when for address, when in files(client).items() if "comparisons" in address]
    assert index == changed.isoformat()


def test_a_shelf_changes_with_the_newest_that_stands_on_it(client: Client) -> None:
    shelf = make_category("Job Search")
    make_live(Comparison, category=shelf, tags=["Deep water"])
    newest = make_live(Comparison, category=shelf, tags=["Deep water"])
    changed = ComparisonEdition.objects.live().get(document=newest).significant_at
    when = dict(
        re.findall(r"/sitemap-(\w+)-\d+\.xml</loc>\s*<lastmod>([^<]+)", client.get("/sitemap.xml").content.decode())
    )
    assert when["categories"] == when["topics"] == when["comparisons"] == changed.isoformat()


def test_a_list_is_named_while_something_is_on_it_and_changes_with_the_newest(client: Client) -> None:
    make_live(Page)
    assert client.get("/sitemap-lists.xml").status_code == 404
    make_live(Role)
    assert {"/", "/roles/"} < listed_paths(client)
    assert "/compare/" not in listed_paths(client)
    newest = make_live(Comparison)
    changed = ComparisonEdition.objects.live().get(document=newest).significant_at
    when = listed(client)
    assert when["http://testserver/"] == when["http://testserver/compare/"] == f"{changed:%Y-%m-%d}"
    assert files(client)["http://testserver/sitemap-lists.xml"] == changed.isoformat()


def test_a_topic_of_roles_alone_is_listed(client: Client) -> None:
    make_live(Role, tags=["Height"])
    assert "/topics/height/" in listed_paths(client)


def test_a_file_holds_a_span_of_ids_and_the_index_names_each_that_holds_something(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [make_live(Page) for _ in range(4)]
    monkeypatch.setattr(sitemaps, "SIZE", 2)
    expected = {f"http://testserver/sitemap-pages-{page.pk // 2}.xml" for page in pages}
    assert set(files(client)) == expected
    assert len(expected) > 1
    assert listed_paths(client) == set(map(path_of, pages))


def test_a_file_is_read_with_one_query_whatever_stands_before_it(client: Client) -> None:
    page = make_live(Page)
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/sitemap-pages-{page.pk // sitemaps.SIZE}.xml")
    assert len(captured) == 1
    assert "OFFSET" not in captured[0]["sql"]


def test_no_file_can_be_larger_than_the_protocol_allows() -> None:
    longest = f"https://{'h' * 253}/compare/{'s' * 200}/"
    entry = f"<url><loc>{longest}</loc><lastmod>2026-01-01</lastmod></url>"
    assert sitemaps.SIZE <= 50_000
    assert sitemaps.SIZE * len(entry) < 50_000_000


def test_both_kinds_of_file_follow_the_protocol(client: Client) -> None:
    make_live(Page)
    [part] = [address for address in files(client) if "pages" in address]
    for path, root, entry in (("/sitemap.xml", "sitemapindex", "sitemap"), (part, "urlset", "url")):
        answer = client.get(path)
        assert answer["Content-Type"] == "application/xml"
        tree = ElementTree.fromstring(answer.content)  # noqa: S314  # our own
        assert tree.tag == NAMESPACE + root
        assert {child.tag for child in tree} == {NAMESPACE + entry}


@pytest.mark.parametrize("name", ["pages-987654", "nothing-0", "pages-99999999999999999999"])
def test_a_file_that_holds_nothing_is_not_there(client: Client, name: str) -> None:
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_a_site_without_pages_has_an_index_without_files(client: Client) -> None:
    assert client.get("/sitemap.xml").status_code == 200
    assert files(client) == {}
