from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Comparison, Page
from careers.models import Role
from publishing.addresses import document_at, live_paths, working_paths
from publishing.models import Document, Redirect
from publishing.publish import publish, schedule
from tests.builders import ahead, make_draft, make_live, make_scheduled, make_user, make_withdrawn, revise

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

KINDS = [Role, Comparison, Page]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("make", [make_draft, make_scheduled, make_live, make_withdrawn])
def test_a_path_means_the_document_whatever_its_state(kind: type[Document], make: Any) -> None:
    document = make(kind)
    assert document_at(document.working_path()) == document.pk


def test_the_path_of_b_and_a_means_the_comparison_of_a_and_b() -> None:
    comparison = make_live(Comparison)
    assert document_at(f"/compare/{comparison.role_b.slug}-vs-{comparison.role_a.slug}/") == comparison.pk


@pytest.mark.parametrize(
    "path", ["/", "/roles/", "/roles/nobody/", "/admin/", "/no/such/thing/", "roles", "/compare/a-vs-b/"]
)
def test_a_path_where_no_document_is_means_none(path: str) -> None:
    assert document_at(path) is None


def test_what_is_live_at_a_path_counts_before_what_is_to_come_there() -> None:
    leaver = make_live(Role, slug="here")
    leaving = ahead(days=1)
    schedule(revise(leaver, slug="there"), by=make_user(), at=leaving)
    comer = make_draft(Role, slug="here")
    schedule(comer.revisions.get(), by=make_user(), at=leaving)
    assert document_at("/roles/here/") == leaver.pk


def test_what_was_live_at_a_path_last_counts_before_a_working_copy() -> None:
    leaver = make_live(Role, slug="here")
    publish(revise(leaver, slug="there"), by=make_user())
    make_draft(Role, slug="here")
    assert document_at("/roles/here/") == leaver.pk


def test_a_path_that_only_a_redirect_knows_means_its_document() -> None:
    role = make_live(Role)
    Redirect.objects.create(path="/old/place.html", document_id=role.pk)
    Redirect.objects.create(path="/roles/old/", document_id=role.pk)
    assert {document_at("/old/place.html"), document_at("/roles/old/")} == {role.pk}


def test_live_paths_are_those_of_the_moment_in_one_query() -> None:
    role, page, comparison, draft = make_live(Role), make_live(Page), make_live(Comparison), make_draft(Role)
    schedule(revise(role, slug="moved"), by=make_user(), at=(later := ahead(days=1)))
    ids = [role.pk, page.pk, comparison.pk, draft.pk, 0]
    with CaptureQueriesContext(connection) as queries:
        paths = live_paths(ids)
    assert len(queries) == 1
    assert set(paths) == {role.pk, page.pk, comparison.pk}
    assert paths[role.pk] != live_paths(ids, at=later)[role.pk] == "/roles/moved/"


def test_no_ids_ask_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert live_paths([]) == {}
    assert not queries.captured_queries


def test_working_paths_follow_the_working_copies() -> None:
    comparison = make_live(Comparison)
    revise(comparison.role_a, slug="draft")
    assert working_paths([comparison.role_a_id, comparison.pk]) == {
        comparison.role_a_id: "/roles/draft/",
        comparison.pk: f"/compare/draft-vs-{comparison.role_b.slug}/",
    }
