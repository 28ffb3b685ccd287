"""Words, in what is published and in what readers type."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.words import LONGEST, LONGEST_WORD, MOST, SMALL, Query, words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Practice Managers", ["practice", "manager"]),
        ("Lumière, café; naïve", ["lumiere", "cafe", "naive"]),
        ("snake_case and C++", ["snake", "case", "and", "c"]),
        ("“quoted” NEAR(x) AND -y*", ["quoted", "near", "x", "and", "y"]),
        ("💡\0 !", []),
    ],
)
def test_words_are_told_apart_and_folded(text: str, words: list[str]) -> None:
    assert list(words_in(text)) == words


@given(st.text(max_size=400))
def test_a_word_is_never_an_operator(text: str) -> None:
    for word in words_in(text):
        assert re.fullmatch(r"[^\W_]+", word)
        assert len(word) <= LONGEST_WORD


@given(st.text(max_size=3 * LONGEST))
def test_a_query_is_bounded_and_stays_what_it_is_when_it_is_shown_and_asked_again(typed: str) -> None:
    query = Query.of(typed)
    assert len(query.text) <= LONGEST
    assert len(query.words) <= MOST
    assert query.text.isprintable()
    assert Query.of(query.text) == query


def test_small_words_are_searched_for_only_where_there_are_no_others() -> None:
    assert Query.of("What does a nurse do?").words == ("nurse",)
    assert set(Query.of("what is the").words) <= SMALL
    assert not Query.of(" \t\0 ")
