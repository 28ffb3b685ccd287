"""Articles that are written to keep their reader busy: four times the text takes four times as long, and not sixteen.

(Texts against the comparison of texts: tests/publishing/test_textdiff.py.)
"""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from articles.importing.article import Unreadable
from articles.importing.read import read_article

BEGINNING = "Practice Manager vs. Office Manager\n\n"
SHORT, TIMES, SLACK = 8_000, 4, 2.2
"""How many characters the shorter text has, how many times longer the other is, and how much more time than that it may
take: with a square in it, it takes TIMES² as long."""
FLOOR = 0.05
"""Seconds below which nothing is told from the noise."""
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


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.txt"])
@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED)
def test_what_is_repeated_without_end_is_read_in_linear_time(name: str, unit: str) -> None:
    text = unit * (SHORT // len(unit))
    most = max(seconds(BEGINNING + text, name), FLOOR) * TIMES * SLACK
    # Three tries, since what else this process does is counted as well.
    assert any(seconds(BEGINNING + text * TIMES, name) < most for _ in range(3))
