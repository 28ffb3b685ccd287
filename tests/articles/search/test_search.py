"""What readers find: roles by their names first, then comparisons of these, then texts; and only what is live."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Comparison, Page
from articles.search import hits, results
from articles.search.results import offers
from articles.search.words import Query
from careers.models import Role
from publishing.cancel import cancel
from publishing.models import Document
from publishing.publish import publish, schedule
from publishing.windows import draft_edition
from publishing.withdraw import withdraw
from tests.articles.search.builders import searched, text, titles
from tests.builders import (
    ahead,
    make_category,
    make_draft,
    make_live,
    make_scheduled,
    make_user,
    make_withdrawn,
    revise,
)

pytestmark = pytest.mark.django_db

VERSUS = "Practice Manager vs. Office Manager: What Are the Differences?"
MADE = "Office Manager vs. Practice Manager: What Are the Differences?"
SYNTAX = [
    '"',
    "'",
    "a OR b",
    "NEAR(a b)",
    "a AND",
    "title:x",
    "-a",
    "a*",
    "^a",
    "((",
    "a & | ! b",
    "a <-> b",
    ":*",
    "\\",
]
TYPED = st.text(max_size=60) | st.sampled_from([*SYNTAX, "💡", "\0", "\ud800", "%_", "é" * 300, "keeper " * 1500])


def make_managers(**fields: Any) -> tuple[Role, Role]:
    also = fields.pop("also_called", [])
    return (
        make_live(Role, title="Practice Manager", also_called=also, **fields),
        make_live(Role, title="Office Manager", **fields),
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(TYPED)
def test_whatever_is_typed_is_words_and_no_syntax(typed: str) -> None:
    found = searched(typed)
    assert found.page(1) == []
    offers(Query.of(typed), at=timezone.now())


@pytest.mark.parametrize("typed", ['"lamp keeper', "lamp-keeper*", "(lamp) & keeper:", "^lamp keeper'", "LÁMP kéeper"])
def test_signs_around_a_word_change_nothing(typed: str) -> None:
    make_live(Page, title="Lamp keeper and wick")
    assert titles(typed) == ["Lamp keeper and wick"]


def test_a_role_comes_first_then_its_comparisons_then_texts() -> None:
    a, b = make_managers()
    make_live(Comparison, role_a=a, role_b=b)
    make_live(Page, title="About us", body="<p>We ask every practice manager we meet.</p>")
    assert titles("practice manager") == ["Practice Manager", VERSUS, "About us"]


def test_a_page_with_the_words_in_its_title_comes_before_what_mentions_them() -> None:
    make_live(Page, title="Lighthouses")
    make_live(Role, title="Keeper", summary="<p>Keeps lighthouses.</p>")
    make_live(Page, title="Newest", body="<p>A lighthouse.</p>")
    assert titles("lighthouse") == ["Lighthouses", "Newest", "Keeper"]


@pytest.mark.parametrize(
    "typed", ["hr manager", "HR Managers", "people lead", "human resou", "what does an hr manager earn"]
)
def test_a_role_is_found_by_its_other_names_and_in_the_plural(typed: str) -> None:
    make_live(Role, title="Human Resources Manager", also_called=["People lead"])
    assert titles(typed) == ["Human Resources Manager"]


def test_a_result_says_by_what_other_name_it_was_found() -> None:
    make_live(Role, title="Human Resources Manager", also_called=["People lead"])
    assert searched("people lead").page(1)[0].called == "people lead"
    assert searched("human").page(1)[0].called == ""


def test_a_name_in_the_query_is_enough() -> None:
    a, b = make_managers()
    make_live(Comparison, role_a=a, role_b=b)
    assert titles("how much does a practice manager earn in ohio") == ["Practice Manager", VERSUS]


@pytest.mark.parametrize("typed", ["practise manager", "pratcice manger", "practicee manager"])
def test_slips_in_the_name_of_a_role_are_mended(typed: str) -> None:
    make_managers()
    found = searched(typed)
    assert (found.query.text, found.instead_of) == ("practice manager", typed)
    assert titles(typed) == ["Practice Manager"]


def test_a_spelling_that_something_has_is_kept_and_another_one_offered() -> None:
    make_managers()
    make_live(Page, title="Spelling", body="<p>The practise manager of old.</p>")
    found = searched("practise manager")
    assert titles("practise manager") == ["Spelling"]
    assert found.meant is not None
    assert found.meant.text == "practice manager"


def test_short_words_and_words_far_from_any_name_are_left_alone() -> None:
    make_managers()
    assert not searched("ofic")
    assert not searched("xylophone")
    assert searched("ofic").meant is None


@pytest.mark.parametrize(
    "typed",
    [
        "practice manager vs office manager",
        "Office managers versus practice managers",
        "practice manager or office manager",
        "difference between a practice manager and an office manager",
        "office manager practice manager",
        "practise manager vs ofice manager",
    ],
)
def test_two_roles_are_led_to_side_by_side(typed: str) -> None:
    a, b = make_managers()
    assert titles(typed)[0] == MADE
    make_live(Comparison, role_a=a, role_b=b)
    assert titles(typed)[0] == VERSUS
    assert titles(typed).count(VERSUS) == 1


def test_three_roles_are_compared_with_each_other() -> None:
    for title in ("Cook", "Baker", "Butcher"):
        make_live(Role, title=title)
    found = searched("cook vs baker vs butcher")
    assert [text(lead.title).partition(":")[0] for lead in found.leads] == [
        "Baker vs. Cook",
        "Butcher vs. Cook",
        "Baker vs. Butcher",
    ]


def test_a_role_that_is_named_twice_is_compared_once() -> None:
    for title in ("Cook", "Baker"):
        make_live(Role, title=title)
    assert titles("cook vs baker vs cook").count("Baker vs. Cook: What Are the Differences?") == 1
    assert searched("cook vs cook").leads == []


@pytest.mark.parametrize("reason", ["", "Outdated."])
def test_where_a_comparison_was_taken_down_no_other_page_of_the_two_is_offered(client: Client, reason: str) -> None:
    a, b = make_managers()
    make_withdrawn(Comparison, role_a=a, role_b=b, reason=reason)
    typed = "practice manager vs office manager"
    assert titles(typed) == ["Practice Manager", "Office Manager"]
    offered = client.get("/search/offered.json", {"q": typed}).json()["offers"]
    assert [each["title"] for each in offered] == ["Practice Manager", "Office Manager"]


def test_a_list_that_is_cut_off_says_so_though_one_of_its_pages_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = make_managers()
    make_live(Comparison, role_a=a, role_b=b)
    typed = "practice manager vs office manager"
    assert not searched(typed).is_cut_off
    for module in (hits, results):
        monkeypatch.setattr(module, "MOST", 3)
    assert len(searched(typed).hits) == 2
    assert searched(typed).is_cut_off


def test_only_a_role_is_said_to_be_called_otherwise() -> None:
    role = make_live(Role, title="Human Resources Manager", also_called=["People lead"])
    comparison = make_draft(Comparison, role_a=role, role_b=make_live(Role, title="Rope Maker"))
    edition = draft_edition(comparison, comparison.revisions.get(), at=timezone.now())
    edition.pk, edition.act, edition.issued_by = role.editions.get().pk, uuid4(), make_user()
    edition.save(force_insert=True)
    called = {text(each.title): each.called for each in searched("people lead").page(1)}
    assert called == {"Human Resources Manager": "people lead", edition.title: ""}


def test_pages_are_found_by_kind_and_on_a_shelf() -> None:
    shelf, other = make_category(), make_category()
    a, b = make_managers()
    make_live(Comparison, role_a=a, role_b=b, category=shelf, intro="<p>Wicks.</p>")
    make_live(Page, title="Wicks and managers")
    assert titles("manager", kind="role") == ["Office Manager", "Practice Manager"]
    assert titles("manager", kind="page") == ["Wicks and managers"]
    assert titles("manager", kind="comparison") == [VERSUS]
    assert titles("manager", shelf=shelf) == titles("wick", shelf=shelf) == [VERSUS]
    assert titles("manager", shelf=other) == titles("wick", shelf=other) == []


def state(kind: type[Document], name: str) -> None:
    """Make a document that is not live, with a word in its title that nothing else has."""
    word: dict[str, Any] = {"title": "Zyzzyva"}
    if name == "draft":
        make_draft(kind, **word)
    elif name == "gone":
        make_withdrawn(kind, **word)
    elif name == "notice":
        make_withdrawn(kind, reason="Outdated.", **word)
    elif name == "edited":
        publish(revise(make_live(kind, **word), title="Quite another"), by=make_user())
    else:
        cancel(make_scheduled(kind, **word).editions.get(), by=make_user())


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
@pytest.mark.parametrize("name", ["draft", "gone", "notice", "edited", "cancelled"])
def test_what_is_not_live_is_never_found(kind: type[Document], name: str) -> None:
    state(kind, name)
    assert "Zyzzyva" not in "".join([*titles("zyzzyva"), *titles("zyzzyva", at=ahead(days=9))])


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
def test_a_page_is_found_from_the_very_moment_its_window_opens_until_it_closes(kind: type[Document]) -> None:
    opens = ahead(days=1)
    document = make_live(kind, title="Early Zyzzyva")
    schedule(revise(document, title="Late Zyzzyva"), by=make_user(), at=opens)
    just_before = opens - timedelta(microseconds=1)
    assert titles("zyzzyva", kind=kind._meta.model_name) == ["Early Zyzzyva"]
    assert titles("zyzzyva", kind=kind._meta.model_name, at=just_before) == ["Early Zyzzyva"]
    assert titles("zyzzyva", kind=kind._meta.model_name, at=opens) == ["Late Zyzzyva"]


def test_the_line_shows_where_the_words_are() -> None:
    make_live(Role, title="Keeper", definition="Keeps things.", duties="<p>Trims a <b>wick</b> at night.</p>")
    assert "Trims a <mark>wick</mark> at night." in searched("wick").page(1)[0].line
    assert searched("keeper").page(1)[0].line == "Keeps things."


def test_while_somebody_types_pairs_roles_and_comparisons_are_offered() -> None:
    a, b = make_managers()
    comparison = make_live(Comparison, role_a=a, role_b=b)

    def offered(typed: str, at: datetime | None = None) -> list[str]:
        found = offers(Query.of(typed), at=at or timezone.now())
        return [each.title for each in [*found.pairs, *(role for role, _ in found.roles), *found.comparisons]]

    assert offered("prac") == offered("practise man") == ["Practice Manager", VERSUS]
    assert offered("practice manager or office manager")[0] == VERSUS
    assert offered("") == offered("wizard") == []
    withdraw([comparison], by=make_user())
    assert offered("prac") == ["Practice Manager"]
