"""Articles that are written to keep their reader busy: four times the text takes four times as long, and not sixteen;
and what is so long that this takes seconds, too, is refused.

(Texts against the comparison of texts: tests/publishing/test_textdiff.py.)
"""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from articles.importing.article import Unreadable
from articles.importing.bounds import MAX_CHARACTERS, MAX_LINES
from articles.importing.decode import MAX_BYTES
from articles.importing.read import read_article
from tests.articles.importing.word import docx, p

TITLE = "Practice Manager vs. Office Manager"
BEGINNINGS = {"a.md": f"{TITLE}\n\n", "a.txt": f"{TITLE}\n\n", "a.html": f"<h1>{TITLE}</h1>\n\n"}
SHORT, TIMES, SLACK = 8_000, 4, 2.2
"""How many characters the shorter text has, how many times longer the other is, and how much more time than that it may
take: with a square in it, it takes TIMES² as long."""
FLOOR = 0.05
"""Seconds below which nothing is told from the noise."""
AT_ONCE = 3
"""Seconds of computing that a refusal never takes on a busy machine; read, each of these took 5 to 50."""
REPEATED = {
    "emphasis": "*a **",
    "brackets": "[",
    "pictures": "![a](",
    "quotes": "> ",
    "headings": "# a\n",
    "tables": "|a|b|\n",
    "code": "`a``",
    "amounts": "$1,",
    "digits": "1",
    "ranges": "$1-2–",
    "pairs": "manager vs. ",
    "blanks": " \n\t",
    "addresses": "http://a@b.",
    "front matter": "---\na: b\n",
    "comments": "<!--",
    "tags": "<div><p a='",
    "lists": " - a\n",
    "entities": "&lt;&#",
}


def seconds(text: str, name: str) -> float:
    """Return how much computing it takes to read the article, or to refuse it."""
    begun = time.process_time()
    with suppress(Unreadable):
        read_article(text.encode(), name=name)
    return time.process_time() - begun


@pytest.mark.parametrize("name", BEGINNINGS)
@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED)
def test_what_is_repeated_without_end_is_read_in_linear_time(name: str, unit: str) -> None:
    text = unit * (SHORT // len(unit))
    beginning = BEGINNINGS[name]
    most = max(seconds(beginning + text, name), FLOOR) * TIMES * SLACK
    # Three tries, since what else this process does is counted as well.
    assert any(seconds(beginning + text * TIMES, name) < most for _ in range(3))


def refusal(data: bytes, name: str) -> str:
    """Return the sentence with which what was handed in is refused, which takes next to no time."""
    begun = time.process_time()
    with pytest.raises(Unreadable) as refused:
        read_article(data, name=name)
    assert time.process_time() - begun < AT_ONCE
    return str(refused.value)


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_a_text_that_is_longer_than_any_article_is_refused_before_it_is_read(name: str) -> None:
    lines = BEGINNINGS[name] + "# a\n" * MAX_LINES
    assert "There are 5,001 lines in the text, and an article may have 5,000: copy the article" in refusal(
        lines.encode(), name
    )
    letters = BEGINNINGS[name] + "a" * MAX_CHARACTERS
    assert "characters, and an article may have 200,000: split it" in refusal(letters.encode(), name)


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("<p>a", "tags in the page"),
        ("<p>&nbsp;</p>", "tags in the page"),
        ("\N{NO-BREAK SPACE}", "hard blanks"),
        ("&amp;", "“&” signs"),
    ],
)
def test_a_page_that_holds_more_than_any_article_is_refused_before_it_is_read(unit: str, said: str) -> None:
    page = BEGINNINGS["a.html"].encode()
    page += unit.encode() * ((MAX_BYTES - len(page)) // len(unit.encode()))
    assert said in refusal(page, "a.html")


def test_a_page_with_more_words_than_any_article_is_refused_with_how_many() -> None:
    with pytest.raises(Unreadable, match="There are 200,0.. characters in the file, and an article may have 200,000"):
        read_article(f"{BEGINNINGS['a.html']}<p>{'a' * MAX_CHARACTERS}</p>".encode(), name="a.html")


@pytest.mark.parametrize(
    ("body", "said"), [(p("") * 5_001, "5,001 paragraphs"), (p("<w:tab/>" * 110_000), "elements in the file")]
)
def test_a_word_file_with_more_paragraphs_than_any_article_is_refused_before_it_is_read(body: str, said: str) -> None:
    assert said in refusal(docx(body), "a.docx")
