"""What a search costs does not depend on how much is published: SQL queries, and comparisons fetched, with 10
comparisons and with 2,000 of which each has what is searched for."""

from __future__ import annotations

from itertools import combinations

import pytest
from django.test import Client

from articles.search.hits import ABOUT, BY_TEXT, OF_A_ROLE
from articles.search.results import ON_A_PAGE
from tests.articles.builders import Corpus, Entry
from tests.articles.search.builders import find_corpus
from tests.articles.test_query_counts import comparisons_fetched, queries

pytestmark = pytest.mark.django_db

ROLES = 65
PAIRS = list(combinations(range(ROLES), 2))[:2000]
CANDIDATES = 2 * BY_TEXT + 2 * ABOUT * OF_A_ROLE + ON_A_PAGE + 1

MOST_QUERIES = {
    "/search/?q=keeper": 10,
    "/search/?q=things": 12,
    "/search/?q=both+things": 12,
    "/search/?q=keeper+000": 12,
    "/search/?q=keeper+003+or+keeper+004": 17,
    "/search/?q=keepre+000": 21,
    "/search/?q=things&category=shelf-of-all": 10,
    "/search/offered.json?q=keeper": 3,
    "/search/offered.json?q=keepre+000": 12,
}


def test_no_search_takes_more_when_there_are_two_thousand_comparisons(client: Client) -> None:
    corpus = Corpus()
    corpus.add_shelves(1)
    type(corpus.shelves[0]).objects.update(slug="shelf-of-all")
    corpus.add_roles(ROLES)
    corpus.add([Entry(*pair) for pair in PAIRS[:10]])
    find_corpus()
    few = {path: queries(client, path) for path in MOST_QUERIES}
    assert {path: number for path, number in few.items() if number > MOST_QUERIES[path]} == {}

    corpus.add([Entry(*pair) for pair in PAIRS[10:]])
    find_corpus()
    many = {path: queries(client, path) for path in MOST_QUERIES}
    assert {path: number for path, number in many.items() if number > MOST_QUERIES[path]} == {}
    fetched = {path: comparisons_fetched(client, path) for path in MOST_QUERIES}
    assert {path: number for path, number in fetched.items() if number > CANDIDATES} == {}
