"""Links that lead nowhere are found, and others are not."""

from __future__ import annotations

import pytest

from articles.models import Comparison, Page
from careers.models import Role
from publishing.checks import findings
from publishing.models import Document
from publishing.publish import publish
from publishing.withdraw import withdraw
from tests.builders import (
    make_category,
    make_comparison,
    make_draft,
    make_live,
    make_page,
    make_scheduled,
    make_user,
    make_withdrawn,
    revise,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

PLAIN = "readers get plain text."


def objections(document: Document) -> list[str]:
    return [finding.sentence for finding in findings(document) if finding.check == "links_lead_somewhere"]


def linking(href: str) -> list[str]:
    """Return what is found in a page whose text has a link to the address, stored as it is."""
    page = make_page()
    Page.objects.filter(pk=page.pk).update(body=f'<p>See <a href="{href}">there</a>.</p>')
    page.refresh_from_db()
    return objections(page)


def test_a_link_to_a_live_page_is_fine() -> None:
    assert linking(f"doc:{make_live(Role).pk}") == []


@pytest.mark.parametrize("make", [make_draft, make_scheduled])
def test_a_link_to_a_page_that_is_not_live_yet_is_found(make: object) -> None:
    assert callable(make)
    assert linking(f"doc:{make(Role).pk}") == [f"The link “there” leads to a page that is not live: {PLAIN}"]


def test_a_link_to_a_page_that_was_taken_down_is_found() -> None:
    taken_down = f"The link “there” leads to a page that was taken down: {PLAIN}"
    assert linking(f"doc:{make_withdrawn(Role).pk}") == [taken_down]
    assert linking(f"doc:{make_withdrawn(Page, reason='Wrong.').pk}") == [taken_down]


def test_a_link_is_found_once_its_target_is_taken_down() -> None:
    target = make_live(Page)
    page = make_page(body=f'<p><a href="doc:{target.pk}">there</a></p>')
    assert objections(page) == []
    withdraw([target], by=make_user())
    assert len(objections(page)) == 1


@pytest.mark.parametrize("href", ["doc:999999", "doc:x"])
def test_a_link_to_no_document_is_found(href: str) -> None:
    assert linking(href) == [f"The link “there” leads to no document of this site: {PLAIN}"]


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org/roles/nobody/",
        "mailto:desk@example.org",
        "#",
        "#content",
        "/",
        "/roles/",
        "/roles",
        "/static/x.css",
    ],
)
def test_other_addresses_are_left_alone(href: str) -> None:
    assert linking(href) == []


@pytest.mark.parametrize("href", ["/roles/nobody/", "/nothing/at/all/", "/categories/no-such/", "/topics/no-such/"])
def test_a_path_at_which_there_is_nothing_is_found(href: str) -> None:
    assert linking(href) == [f"The link “there” leads nowhere: there is no {href}"]


def test_a_path_at_which_there_is_something_is_fine() -> None:
    role, shelf = make_live(Role), make_category()
    assert linking(f"/roles/{role.slug}/") == []
    assert linking(f"/roles/{role.slug}/?from=here#duties") == []
    assert linking(shelf.get_absolute_url()) == []


def test_an_old_path_that_leads_on_is_fine() -> None:
    role = make_live(Role, slug="old-slug")
    publish(revise(role, slug="new-slug"), by=make_user())
    assert linking("/roles/old-slug/") == []


def test_an_address_without_scheme_or_slash_is_found() -> None:
    [sentence] = linking("office-manager")
    assert sentence.startswith("The link “there” leads nowhere: office-manager is neither a path")


def test_an_address_that_is_none_is_found() -> None:
    [sentence] = linking("//[broken/")
    assert sentence == "The link “there” is no address: //[broken/"


def test_an_anchor_that_the_page_does_not_have_is_found() -> None:
    comparison = make_comparison(intro='<p><a href="#job-duties">duties</a> <a href="#pay">pay</a></p>')
    assert objections(comparison) == ["The link “pay” leads to a part that this page does not have: #pay"]


def test_an_anchor_of_a_part_that_is_left_out_is_found() -> None:
    comparison = make_comparison(intro='<p><a href="#sources">sources</a> <a href="#choose">lists</a></p>')
    assert len(objections(comparison)) == 2
    comparison.sources.create(title="A book")
    comparison.choose_a = ["like ropes"]
    comparison.save()
    assert objections(comparison) == []


def test_an_anchor_on_another_page_is_looked_up_there() -> None:
    role = make_live(Role, duties="<p>Much.</p>")
    assert linking(f"doc:{role.pk}#duties") == []
    assert linking(f"doc:{role.pk}#environment") == [
        "The link “there” leads to a part that the page that it leads to does not have: #environment"
    ]
    comparison = make_live(Comparison)
    assert linking(f"doc:{comparison.pk}#what-is-a") == []
    assert linking(f"doc:{comparison.pk}#job-duties") == []
    assert len(linking(f"doc:{comparison.pk}#salary")) == 1
