"""Where a query's words stand in a text."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.marks import SHOWN, excerpt, marked

TEXTS = st.text(max_size=300) | st.text(alphabet="lamp <keep>&é\u0301 ", max_size=300)
WORDS = st.sets(st.sampled_from(["lamp", "keep", "e", "l"]), max_size=3)


@given(TEXTS, WORDS, st.booleans())
def test_without_its_marks_a_marked_text_is_the_text(text: str, words: set[str], begun: bool) -> None:  # noqa: FBT001
    html = marked(text, words, begun=begun)
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert unescape(bare) == unescape(text) or unescape(bare) == text
    assert "<" not in bare


@given(TEXTS, WORDS)
def test_an_excerpt_is_a_part_of_the_text_with_one_of_the_words(text: str, words: set[str]) -> None:
    part = excerpt(text, words)
    bare = part.removeprefix("… ").removesuffix(" …").strip()
    assert bare in text
    assert len(part) <= SHOWN + len("… ") + len(" …")
    assert not part or "<mark>" in marked(part, words)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Lamp keepers keep lamps", "<mark>Lamp</mark> keepers keep <mark>lamps</mark>"),
        ("LÁMP & <b>", "<mark>LÁMP</mark> &amp; &lt;b&gt;"),
        ("La\u0301mp", "<mark>La\u0301mp</mark>"),
        ("lampshade", "lampshade"),
    ],
)
def test_whole_words_are_marked_however_they_are_written(text: str, html: str) -> None:
    assert marked(text, {"lamp"}) == html


def test_a_word_that_was_only_begun_is_marked_where_that_is_asked() -> None:
    assert marked("Practice Manager", {"prac"}, begun=True) == "<mark>Practice</mark> Manager"


def test_an_excerpt_shows_where_most_words_are() -> None:
    text = "A lamp stands here. " + "Nothing is said of it. " * 30 + "Whoever keeps a lamp trims its wick at night."
    assert "trims its wick" in excerpt(text, {"lamp", "wick"})
    assert excerpt(text, {"anchor"}) == ""
