"""Where something is used, asked from the other side."""

from __future__ import annotations

from typing import Any

import pytest
from taggit.models import Tag

from articles.models import Comparison, Page
from careers.models import Role
from publishing.models import Document, Reference
from publishing.put_away import put_away
from publishing.uses import shown_on, users, uses
from tests.articles.builders import Corpus, Entry
from tests.builders import (
    make_category,
    make_draft,
    make_live,
    make_page,
    make_scheduled,
    make_user,
    make_withdrawn,
    revise,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def found(subject: Any) -> dict[Document, tuple[list[str], list[str]]]:
    return {use.document: (use.hows, use.states) for use in uses(subject, users(subject))}


def test_a_role_is_used_by_what_compares_it_live_coming_or_as_a_draft() -> None:
    role = make_live(Role)
    live, coming = make_live(Comparison, role_a=role), make_scheduled(Comparison, role_b=role)
    draft, down = make_draft(Comparison, role_a=role), make_withdrawn(Comparison, role_b=role)
    make_live(Comparison)
    assert found(role) == {
        live: (["compares it"], ["live", "draft"]),
        coming: (["compares it"], ["coming", "draft"]),
        draft: (["compares it"], ["draft"]),
        down: (["compares it"], ["draft"]),
    }


def test_a_draft_that_left_the_role_uses_it_as_long_as_its_page_does() -> None:
    comparison = make_live(Comparison)
    role = comparison.role_a
    Comparison.objects.filter(pk=comparison.pk).update(role_a=make_live(Role))  # as drafts from before the rule are
    assert found(role) == {comparison: (["compares it"], ["live"])}


def test_links_in_prose_are_found_by_identity_whatever_the_address_is_now() -> None:
    role = make_live(Role, slug="weaver")
    page = make_live(Page, body='<p>See <a href="/roles/weaver/#skills">weavers</a>.</p>')
    section = make_live(Comparison)
    section.sections.update(body=f'<p><a href="doc:{role.pk}">Weavers</a></p>')
    revise(section)
    revise(role, slug="cloth-maker")
    assert found(role) == {page: (["links to it"], ["live", "draft"]), section: (["links to it"], ["draft"])}


def test_a_link_that_the_newest_draft_left_out_is_no_longer_in_the_draft() -> None:
    role = make_live(Role)
    page = make_page(body=f'<p><a href="doc:{role.pk}">Weavers</a></p>')
    revise(page)
    revise(page, body="<p>Nothing.</p>")
    assert found(role) == {}


def test_a_document_that_links_to_itself_is_no_use_of_it() -> None:
    role = make_draft(Role)
    revise(role, summary=f'<p><a href="doc:{role.pk}">Here</a></p>')
    assert found(role) == {}


def test_pins_and_exclusions_of_a_comparison_are_found_and_pins_from_its_roles_too() -> None:
    target, pinning, excluding = make_live(Comparison), make_draft(Comparison), make_draft(Comparison)
    pinning.pins.create(target=target)
    excluding.exclusions.create(target=target)
    revise(pinning), revise(excluding)
    assert found(target) == {
        pinning: (["puts it first among the related ones"], ["draft"]),
        excluding: (["never shows it among the related ones"], ["draft"]),
    }
    assert found(target.role_a)[pinning] == (["puts a comparison of it first"], ["draft"])


def test_what_stands_on_a_shelf_and_what_carries_a_tag_is_found() -> None:
    shelf = make_category()
    comparison = make_live(Comparison, category=shelf, tags=["Cloth"])
    role = make_draft(Role, tags=["Cloth"])
    assert found(shelf) == {comparison: (["stands on it"], ["live", "draft"])}
    assert found(Tag.objects.get(name="Cloth")) == {
        comparison: (["carries it"], ["live", "draft"]),
        role: (["carries it"], ["draft"]),
    }


def test_a_draft_that_was_put_away_uses_nothing() -> None:
    comparison = make_draft(Comparison)
    put_away(comparison, by=make_user())
    assert found(comparison.role_a) == {}


def test_a_role_is_shown_on_the_live_comparisons_of_it_alone() -> None:
    role = make_live(Role)
    live = make_live(Comparison, role_a=role)
    make_draft(Comparison, role_a=role), make_scheduled(Comparison, role_a=role)
    make_live(Page, body=f'<p><a href="doc:{role.pk}">Weavers</a></p>')
    shown = shown_on(role, first=20)
    assert (shown.count, [page.document for page in shown.pages]) == (1, [live])


def test_a_reference_to_nothing_is_not_kept() -> None:
    make_draft(Page, body='<p><a href="doc:987654">Nobody</a></p>')
    assert not Reference.objects.exists()


@pytest.mark.parametrize("size", [10, 400])
def test_a_page_of_uses_costs_the_same_whatever_the_corpus(size: int, django_assert_max_num_queries: Any) -> None:
    corpus = Corpus()
    corpus.add_roles(size + 1)
    corpus.add_shelves(1)
    corpus.add([Entry(0, other) for other in range(1, size + 1)])
    role = corpus.roles[0]
    with django_assert_max_num_queries(16):
        assert len(uses(role, users(role)[:10])) == 10
        assert shown_on(role, first=5).count == size
