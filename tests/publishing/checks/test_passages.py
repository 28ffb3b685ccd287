"""Prose taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Comparison, Page
from careers.models import Role
from publishing.checks.passages import Link, Passage, passages, reading_ease, sentences, shortened
from tests.articles.builders import blank


def passage(html: str) -> Passage:
    return Passage("intro", None, html, 2, 3)


def test_every_rich_text_is_a_passage_in_the_order_of_the_form() -> None:
    section = {"id": 7, "heading": "Salary", "body": "<p>Pay.</p>", "image": None}
    found = passages(Comparison(), blank(Comparison, sections=[section], intro="<p>Hello.</p>"))
    assert [(each.field, each.row) for each in found] == [
        ("intro", None),
        ("summary_a", None),
        ("summary_b", None),
        ("versus", None),
        ("sections", 7),
    ]
    assert [found[0].text, found[-1].text] == ["Hello.", "Pay."]


def test_a_passage_knows_which_heading_stands_above_it() -> None:
    [body] = passages(Page(), blank(Page))
    assert (body.above, body.highest) == (1, 2)
    assert {(each.above, each.highest) for each in passages(Role(), blank(Role))} == {(2, 3)}
    section = {"id": 7, "heading": "Salary", "body": "", "image": None}
    assert passages(Comparison(), blank(Comparison, sections=[section]))[-1].above == 3


def test_lines_are_paragraphs_items_and_cells() -> None:
    html = "<h3>Pay</h3><p>One<br>two</p><ul><li><p>three</p></li></ul><table><tr><td>4</td><td>5</td></tr></table>"
    assert passage(html).lines == ["Pay", "One", "two", "three", "4", "5"]


def test_headings_and_tables_have_no_sentences() -> None:
    html = "<h3>Pay</h3><p>It is low. It grows.</p><table><tr><td>A cell.</td></tr></table>"
    assert passage(html).sentences == ["It is low.", "It grows."]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("He said “Go.” She went.", ["He said “Go.”", "She went."]),
        ("A practice manager vs. Office Manager Smith.", ["A practice manager vs. Office Manager Smith."]),
        ("In the U.S. Government it differs, e.g. In law.", ["In the U.S. Government it differs, e.g. In law."]),
        ("It pays $1.50 an hour. $2 is rare.", ["It pays $1.50 an hour.", "$2 is rare."]),
        ("", []),
    ],
)
def test_a_sentence_ends_where_one_ends(line: str, parts: list[str]) -> None:
    assert list(sentences(line)) == parts


@given(st.text())
def test_no_character_but_spaces_is_lost_between_sentences(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_links_are_read_as_they_are_stored() -> None:
    html = '<p><a href="doc:12#pay">the <strong>pay</strong></a> <a href="/a/?b=1&amp;c=2">x</a></p>'
    assert passage(html).links == [Link("doc:12#pay", "the pay"), Link("/a/?b=1&c=2", "x")]


def test_a_long_text_is_shortened_to_its_first_words() -> None:
    assert shortened("one two three") == "one two three"
    assert shortened("one two three", words=2) == "one two …"


def test_short_words_in_short_sentences_read_more_easily_than_long_ones() -> None:
    easy = reading_ease(["You hire the staff.", "You pay the bills."])
    hard = reading_ease(["Organizational responsibilities necessitate interdepartmental communication capabilities."])
    assert easy > 90
    assert hard < 0
    assert reading_ease([]) == 100


def test_reading_ease_is_that_of_the_formula() -> None:
    # 5 words, 6 syllables: 206.835 − 1.015 × 5 − 84.6 × 6 / 5
    assert reading_ease(["The whole team makes coffee."]) == pytest.approx(100.24)
