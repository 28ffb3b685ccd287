"""What is found in every kind of document."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from articles.models import Page
from careers.models import Role
from publishing.checks import Finding, Level, findings
from publishing.models import Document
from publishing.review import still_right
from publishing.windows import draft_edition, issue
from tests.builders import make_comparison, make_draft, make_live, make_page, make_role, make_user

pytestmark = pytest.mark.django_db

LONG = "You hire people, train them, match their shifts to the hours, and find cover for those who are ill."


def by(check: str, document: Document) -> list[Finding]:
    return [finding for finding in findings(document) if finding.check == check]


def sentences(check: str, document: Document) -> list[str]:
    return [finding.sentence for finding in by(check, document)]


@pytest.mark.parametrize("html", ["<h2>A</h2><h3>B</h3><h4>C</h4><h2>D</h2>", "<h2>A</h2><h2>B</h2>", "<p>None.</p>"])
def test_headings_that_go_down_one_by_one_are_in_order(html: str) -> None:
    assert by("headings_are_in_order", make_page(body=html)) == []


def test_a_level_that_is_left_out_is_found() -> None:
    page = make_page(body="<h2>Pay</h2><h4>Bonus</h4>")
    assert sentences("headings_are_in_order", page) == [
        "“Bonus” is a heading 4 below a heading 2: heading 3 is left out."
    ]
    assert sentences("headings_are_in_order", make_page(body="<h3>Pay</h3>")) == [
        "“Pay” is a heading 3 below a heading 1: heading 2 is left out."
    ]


def test_a_heading_as_high_as_the_page_s_own_is_found() -> None:
    role = make_role(duties="<h2>Pay</h2>")
    assert sentences("headings_are_in_order", role) == ["“Pay” is a heading 2: here headings begin at heading 3."]


def test_a_section_has_a_heading_of_its_own_below_which_a_heading_4_is_in_order() -> None:
    comparison = make_comparison()
    comparison.sections.create(heading="Pay", body="<h4>Bonus</h4>")
    assert by("headings_are_in_order", comparison) == []


def test_a_very_long_sentence_is_found_and_named() -> None:
    page = make_page(body=f"<p>{'word ' * 40}word.</p><p>{'word ' * 39}word.</p>")
    assert sentences("sentences_are_short", page) == [
        "A sentence has 41 words; 40 are much already: “word word word word word word word word …”"
    ]


def test_the_threshold_is_a_setting(settings: Any) -> None:
    settings.CONTENT_CHECKS = settings.CONTENT_CHECKS | {"long_sentence_words": 3}
    assert len(by("sentences_are_short", make_page(body="<p>One two three four. One two three.</p>"))) == 1


def test_a_text_that_is_hard_to_read_is_found() -> None:
    hard = "Organizational responsibilities necessitate interdepartmental communication capabilities. " * 20
    [finding] = by("it_reads_easily", make_page(body=f"<p>{hard}</p>"))
    assert finding.level is Level.INFO
    assert finding.sentence.startswith("The text is hard to read: its reading ease is ")


@pytest.mark.parametrize(
    "text",
    ["Organizational responsibilities necessitate interdepartmental communication.", f"{LONG} " * 20],
    ids=["too short to measure", "plain"],
)
def test_a_plain_text_and_a_short_one_are_not_hard(text: str) -> None:
    assert by("it_reads_easily", make_page(body=f"<p>{text}</p>")) == []


def test_a_paragraph_that_stands_in_another_document_too_is_found() -> None:
    make_draft(Role, title="Rope Maker", duties=f"<p>{LONG}</p>")
    page = make_page(body=f"<ul><li>{LONG.upper()}</li></ul>")
    assert sentences("paragraphs_are_its_own", page) == [
        "This paragraph stands in “Rope Maker” too: “YOU HIRE PEOPLE, TRAIN THEM, MATCH THEIR SHIFTS …”"
    ]


def test_how_many_documents_share_it_is_said() -> None:
    for title in ("Rope Maker", "Net Maker", "Sail Maker"):
        make_draft(Role, title=title, duties=f"<p>{LONG}</p>")
    [sentence] = sentences("paragraphs_are_its_own", make_page(body=f"<p>{LONG}</p>"))
    assert sentence.startswith("This paragraph stands in “Rope Maker” and 2 more too")


def test_its_own_paragraph_a_short_one_and_one_that_differs_by_a_word_are_no_matter() -> None:
    page = make_draft(Page, body=f"<p>{LONG}</p><p>Ask about bonuses.</p>")
    make_draft(Page, body=f"<p>{LONG} Often.</p><p>Ask about bonuses.</p>")
    assert by("paragraphs_are_its_own", page) == []


def test_a_paragraph_of_a_document_that_was_put_away_is_no_matter() -> None:
    other = make_draft(Role, duties=f"<p>{LONG}</p>")
    page = make_page(body=f"<p>{LONG}</p>")
    assert len(by("paragraphs_are_its_own", page)) == 1
    Document.objects.filter(pk=other.pk).update(put_away_at=timezone.now())
    assert by("paragraphs_are_its_own", page) == []


def live_since(*, days: int) -> Page:
    """Return a page that was published so many days ago."""
    page: Page = make_draft(Page)
    edition = draft_edition(page, page.revisions.get(), at=timezone.now() - timedelta(days=days))
    issue(edition, by=make_user(), act=uuid4())
    return page


def test_a_page_that_nobody_vouched_for_in_a_year_is_found_until_somebody_does() -> None:
    page = live_since(days=370)
    [finding] = by("somebody_vouched_for_it", page)
    assert finding.level is Level.WARNING
    assert "Nobody has confirmed since" in finding.sentence
    still_right(page, by=make_user())
    assert by("somebody_vouched_for_it", page) == []


@pytest.mark.parametrize("make", [make_draft, make_live, lambda _: live_since(days=360)])
def test_a_draft_and_a_page_of_this_year_need_nobody_to_vouch_for_them(make: Any) -> None:
    assert by("somebody_vouched_for_it", make(Page)) == []


def test_what_search_results_would_cut_is_found() -> None:
    page = make_page(title="T" * 61, standfirst="S" * 156)
    assert [(each.field, each.level) for each in by("page_fits_search_results", page)] == [
        ("search_title", Level.INFO),
        ("search_description", Level.INFO),
    ]


def test_what_just_fits_and_what_has_a_shorter_one_for_search_results_is_not_found() -> None:
    assert by("page_fits_search_results", make_page(title="T" * 60, standfirst="S" * 155)) == []
    short = {"search_title": "Short", "search_description": "Short too"}
    assert by("page_fits_search_results", make_page(title="T" * 90, slug="long", standfirst="S" * 290, **short)) == []


def test_a_long_one_for_search_results_is_found_too() -> None:
    [finding] = by("page_fits_search_results", make_page(title="Notes", search_title="T" * 61))
    assert "this one has 61" in finding.sentence
