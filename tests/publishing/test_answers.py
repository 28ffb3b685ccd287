from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from articles.models import Comparison, Page
from careers.models import Role, RoleEdition
from publishing.answers import edition_at
from publishing.models import Document
from tests.builders import ahead, make_draft, make_live, make_scheduled, make_withdrawn

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
def test_readers_get_nothing_of_a_draft_or_of_what_is_to_come(kind: type[Document]) -> None:
    for document in (make_draft(kind), make_scheduled(kind)):
        with pytest.raises(Http404, match=f"Nothing is published at {document.working_path()}"):
            edition_at(kind.edition_model, document.working_slug, at=ahead())


def test_the_answer_is_the_one_of_the_moment() -> None:
    role, at = make_scheduled(Role, at=(opens := ahead(days=1))), opens
    assert edition_at(RoleEdition, role.slug, at=at).document == role
    with pytest.raises(Http404):
        edition_at(RoleEdition, role.slug, at=at - timedelta(microseconds=1))


def test_an_edition_comes_with_its_content_in_one_query(django_assert_num_queries: Any) -> None:
    role = make_live(Role)
    with django_assert_num_queries(1):
        assert edition_at(RoleEdition, role.slug, at=ahead()).content["title"] == role.title


@pytest.mark.parametrize(("reason", "kind"), [("", "gone"), ("Wrong.", "notice")])
def test_what_stands_in_a_pages_place_is_an_answer_too(reason: str, kind: str) -> None:
    role = make_withdrawn(Role, reason=reason)
    edition = edition_at(RoleEdition, role.slug, at=ahead())
    assert (edition.kind, edition.reason) == (kind, reason)
