"""What a page costs does not depend on how much is published: SQL queries, and comparisons fetched, with 10
comparisons and with 2,000."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test import Client
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from articles.models import ComparisonEdition, ComparisonEditionTag, Page
from articles.moves import SIZE
from careers.closeness import KEPT
from careers.models import RoleEdition, RoleEditionTag
from tests.articles.builders import Corpus, Entry
from tests.builders import make_live

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

ROLES = 65
IN_A_LIST = 25
"""A page of a list, and the one that says whether it goes on."""
ON_A_ROLE = IN_A_LIST + SIZE
"""The same list, and the comparisons with the roles that one goes on to."""
IN_NAVIGATION = 12 * 6 + 4 * KEPT + 2 + 1
"""Six short lists of which related comparisons are chosen, four with the neighbours of a role, previous and next, and
the comparison itself."""
PAIRS = list(combinations(range(ROLES - 1), 2))[:1998]


def queries(client: Client, path: str) -> int:
    """Return how many queries the page takes, nothing cached."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200, path
    return len(captured)


def comparisons_fetched(client: Client, path: str) -> int:
    """Return how many rows of comparisons the page makes objects of."""
    made: list[Any] = []

    def count(instance: Any, **kwargs: Any) -> None:
        made.append(instance.pk)

    post_init.connect(count, sender=ComparisonEdition)
    try:
        client.get(path)
    finally:
        post_init.disconnect(count, sender=ComparisonEdition)
    return len(made)


def link(*documents: int) -> str:
    return "".join(f'<p>See <a href="doc:{document}">there</a>.</p>' for document in documents)


def tag_everything(corpus: Corpus, tag: Tag) -> None:
    """Give every comparison and role the tag."""
    ComparisonEditionTag.objects.bulk_create(
        [ComparisonEditionTag(tag=tag, content_object=edition) for edition in corpus.editions], ignore_conflicts=True
    )
    RoleEditionTag.objects.bulk_create(
        [RoleEditionTag(tag=tag, content_object=edition) for edition in RoleEdition.objects.all()],
        ignore_conflicts=True,
    )


def test_no_page_takes_more_queries_when_there_are_two_thousand_comparisons(client: Client) -> None:
    page = make_live(Page)
    corpus = Corpus()
    corpus.add_shelves(2)
    corpus.add_roles(ROLES - 1)
    summary_elsewhere = link(corpus.roles[7].pk, page.pk)
    corpus.add_roles(1, summary=summary_elsewhere)
    corpus.set_closeness({pair: 1 / (pair[0] + pair[1]) for pair in combinations(range(ROLES), 2)})
    plain, *_ = corpus.add([Entry(*pair) for pair in PAIRS[:8]])
    prose = link(corpus.roles[9].pk, corpus.roles[10].pk, corpus.editions[4].document_id, page.pk)
    linking, linking_too = corpus.add(
        [
            Entry(ROLES - 1, 0, content={"intro": prose}),
            Entry(ROLES - 1, 1, content={"versus": prose, "summary_a": link(page.pk)}, pins=[2, 3]),
        ]
    )
    tag = Tag.objects.create(name="Keeping", slug="keeping")
    tag_everything(corpus, tag)

    paths = {
        **{edition.get_absolute_url(): 5 for edition in (plain, linking, linking_too)},
        "/": 8,
        "/compare/": 2,
        "/categories/": 2,
        corpus.shelves[0].get_absolute_url(): 3,
        "/topics/": 2,
        "/topics/keeping/": 4,
        "/roles/": 2,
        "/roles/keeper-000/": 6,
        f"/roles/keeper-{ROLES - 1:03}/": 7,
        "/sitemap.xml": 6,
        page.working_path(): 3,
    }
    few = {path: queries(client, path) for path in paths}
    assert {path: number for path, number in few.items() if number > paths[path]} == {}

    corpus.add([Entry(*pair) for pair in PAIRS[8:]])
    tag_everything(corpus, tag)
    assert {path: queries(client, path) for path in paths} == few
    fetched = {path: comparisons_fetched(client, path) for path in paths if path != "/sitemap.xml"}
    kinds = {"-vs-": IN_NAVIGATION, "/roles/k": ON_A_ROLE}
    most = {path: next((kinds[kind] for kind in kinds if kind in path), IN_A_LIST) for path in fetched}
    assert {path: number for path, number in fetched.items() if number > most[path]} == {}
