"""How an editor names a page."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from articles.models import Comparison, Page
from careers.models import Role
from publishing.admin.fields import PageField
from publishing.withdraw import withdraw
from tests.builders import make_draft, make_live, make_role, make_user, make_withdrawn, revise

pytestmark = pytest.mark.django_db


def named(text: str) -> int:
    """Return the id of the document that the text names."""
    document = PageField().clean(text)
    return int(document.pk)


def refusal(text: str) -> str:
    """Return why the text names no page."""
    with pytest.raises(ValidationError) as refused:
        PageField().clean(text)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize(
    "text",
    [
        "/roles/weaver/",
        "/roles/weaver",
        " /roles/weaver/ ",
        "/roles/weaver/#duties",
        "/roles/weaver/?from=mail",
        "https://localhost/roles/weaver/",
        "http://127.0.0.1:8000/roles/weaver/",
        "Weaver",
        "weaver",
        " WEAVER ",
    ],
)
def test_a_page_is_named_by_its_address_or_its_title(text: str) -> None:
    role = make_live(Role, title="Weaver", slug="weaver")
    assert named(text) == role.pk


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
def test_every_kind_of_page_can_be_named(kind: type[Role | Comparison | Page]) -> None:
    document = make_live(kind)
    edition = kind.edition_model.objects.get(document=document)
    assert named(edition.title) == named(edition.get_absolute_url()) == document.pk


def test_an_address_of_a_draft_or_of_an_earlier_day_names_its_document() -> None:
    draft = make_draft(Role, title="Weaver", slug="weaver")
    withdrawn = make_withdrawn(Role, title="Rope Maker", slug="rope-maker")
    assert named("/roles/weaver/") == draft.pk
    assert named("/roles/rope-maker/") == withdrawn.pk


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("/roles/nobody/", "No page of this site is at /roles/nobody/: check its spelling, or write the title."),
        ("/roles/", "No page of this site is at /roles/"),
        ("https://example.org/roles/weaver/", "https://example.org/roles/weaver/ is not on this site"),
        ("//example.org/roles/weaver/", "is not on this site"),
        ("https://[roles/", "https://[roles/ cannot be read as an address"),
        ("Nobody", "No page that readers see is called “Nobody”: check its spelling, or write the address."),
        ("12", "No page that readers see is called “12”"),
    ],
)
def test_what_names_no_page_is_refused_with_what_to_do(text: str, reason: str) -> None:
    make_live(Role, title="Weaver", slug="weaver")
    assert reason in refusal(text)


def test_a_title_that_only_a_draft_has_names_nothing() -> None:
    make_role("Weaver")
    assert "No page that readers see is called “Weaver”" in refusal("Weaver")


def test_a_title_that_two_pages_have_is_refused_with_their_addresses() -> None:
    make_live(Role, title="Weaver", slug="weaver")
    make_live(Page, title="Weaver", slug="about-weavers")
    reason = refusal("Weaver")
    assert "/roles/weaver/" in reason
    assert "/about-weavers/" in reason


def test_nothing_written_names_nothing_where_that_is_allowed() -> None:
    assert PageField(required=False).clean("  ") is None
    assert "required" in refusal("")


def test_a_document_is_shown_by_the_address_where_readers_find_it() -> None:
    role = make_live(Role, slug="weaver")
    revise(role, slug="loom-weaver")
    assert PageField().prepare_value(role.pk) == "/roles/weaver/"
    withdraw([role], by=make_user())
    assert PageField().prepare_value(role.pk) == "/roles/loom-weaver/"


def test_an_address_as_it_was_shown_is_no_change() -> None:
    role = make_live(Role, slug="weaver")
    assert not PageField().has_changed(role.pk, "/roles/weaver/")
    assert PageField().has_changed(role.pk, "/roles/rope-maker/")
