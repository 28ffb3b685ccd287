"""Which address a page gives as its own."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import Settings

from articles.models import Comparison
from articles.views import ON_A_PAGE
from tests.articles.builders import Corpus, Entry
from tests.builders import make_live
from tests.sitemap import files, listed

pytestmark = pytest.mark.django_db

CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')


def canonical(client: Client, path: str, **extra: str) -> str:
    (found,) = CANONICAL.findall(client.get(path, headers=extra).content.decode())
    return str(found)


def link(client: Client, path: str, *, rel: str) -> str:
    found = re.search(rf'<a rel="{rel}" href="([^"]*)">', client.get(path).content.decode())
    assert found, f"{path} leads to no {rel} page"
    return found[1]


def make_long_list() -> None:
    corpus = Corpus()
    corpus.add_shelves(1)
    corpus.add_roles(10)
    pairs = [(a, b) for a in range(10) for b in range(a)]
    corpus.add([Entry(a, b, age=number) for number, (a, b) in enumerate(pairs)][: ON_A_PAGE + 5])


def test_a_site_with_an_address_of_its_own_names_that_whatever_the_host(client: Client, settings: Settings) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://careers.example.org", ["*"]
    make_live(Comparison)
    assert canonical(client, "/compare/", host="10.0.0.7") == "https://careers.example.org/compare/"
    assert canonical(client, "/") == "https://careers.example.org/"


def test_a_site_without_one_names_the_host_that_was_asked(client: Client) -> None:
    assert canonical(client, "/compare/") == "http://testserver/compare/"


def test_the_sitemap_names_the_addresses_that_the_pages_give(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://careers.example.org"
    make_live(Comparison)
    addresses = {*files(client), *listed(client)}
    assert addresses
    assert all(address.startswith("https://careers.example.org/") for address in addresses)


@pytest.mark.parametrize("path", ["/compare/", "/categories/{shelf}/"])
def test_each_page_of_a_list_names_itself(path: str, client: Client) -> None:
    make_long_list()
    path = path.format(shelf=Comparison.objects.first().editions.get().category.slug)  # type: ignore[union-attr]
    older = link(client, path, rel="next")
    newer = link(client, f"{path}{older}", rel="prev")
    assert canonical(client, path) == f"http://testserver{path}"
    assert canonical(client, f"{path}{older}") == f"http://testserver{path}{older}"
    assert canonical(client, f"{path}{newer}") == f"http://testserver{path}{newer}"


def test_what_else_is_asked_is_no_part_of_the_address(client: Client) -> None:
    assert canonical(client, "/compare/?utm_source=letter") == "http://testserver/compare/"
