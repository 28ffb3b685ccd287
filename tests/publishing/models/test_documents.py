from __future__ import annotations

import pytest
from django.db.models import ProtectedError
from django.test.utils import override_script_prefix
from django.urls import reverse

from articles.models import Comparison, Page
from careers.models import Role
from publishing.models import Document
from tests.builders import make_draft, make_live

pytestmark = pytest.mark.django_db

KINDS = [Role, Comparison, Page]


@pytest.mark.parametrize("kind", KINDS)
def test_an_identity_finds_its_working_copy(kind: type[Document]) -> None:
    document = make_draft(kind)
    identity = Document.objects.get(pk=document.pk)
    assert identity.kind is kind
    assert identity.working_copy == document
    assert document.working_copy is document


@pytest.mark.parametrize("kind", KINDS)
def test_a_working_copy_knows_where_it_would_be_published(kind: type[Document]) -> None:
    document = make_live(kind)
    assert document.working_path() == document.editions.get().get_absolute_url()
    assert kind.with_working_slug(document.working_slug) == document.pk
    assert kind.with_working_slug("nobody") is None


@pytest.mark.parametrize("prefix", ["/", "/careers/"])
@pytest.mark.parametrize("kind", KINDS)
def test_its_path_is_that_of_its_view_wherever_the_site_is_served(kind: type[Document], prefix: str) -> None:
    with override_script_prefix(prefix):
        assert kind.path_of("lamp-keeper") == reverse(kind.url_name, kwargs={"slug": "lamp-keeper"})


def test_a_comparison_is_found_by_its_roles_in_either_order() -> None:
    comparison = make_draft(Comparison)
    assert Comparison.with_working_slug(f"{comparison.role_b.slug}-vs-{comparison.role_a.slug}") == comparison.pk


def test_a_comparison_needs_its_roles_and_other_kinds_need_nothing() -> None:
    comparison = make_draft(Comparison)
    content = comparison.revisions.get().content
    assert comparison.needs(content) == (comparison.role_a_id, comparison.role_b_id)
    assert make_draft(Role).needs({}) == make_draft(Page).needs({}) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_with_a_history_is_not_deleted(kind: type[Document]) -> None:
    document = make_draft(kind)
    with pytest.raises(ProtectedError):
        document.delete()
    assert kind.objects.filter(pk=document.pk).exists()
