"""However an article is made up, twice as much of it is twice as much work, counted in calls."""

import sys
from types import FrameType

import pytest

from articles.importing.read import read_article

from .samples import HEADING_A, NEIGHBOUR, TITLE, VERSUS

MASSES = {
    "tiny paragraphs": ("a.txt", "A b.\n\n"),
    "lines": ("a.txt", "Nobody knows.\n"),
    "headings of sections": ("a.txt", "Salary\n\nIt varies from one year to the next.\n\n"),
    "headings of the comparison": ("a.txt", f"{VERSUS}\n\nThey differ in what they do all day.\n\n"),
    "headings of a summary": ("a.html", f"<h2>{HEADING_A}</h2><p>Somebody.</p>"),
    "list items": ("a.md", "- one\n"),
    "neighbours": ("a.txt", f"{NEIGHBOUR}\n\n"),
    "figures": ("a.txt", "Dental assistants earn $1{:04d} per year. "),
    "unclosed elements": ("a.html", "<p>A b."),
    "line breaks": ("a.html", "a<br>"),
}


def calls_for(name: str, piece: str, *, times: int) -> int:
    """How many calls it takes to read the title and so many times the piece."""
    title = f"<h1>{TITLE}</h1>" if name == "a.html" else f"{TITLE}\n\n"
    data = (title + "".join(piece.format(number) for number in range(times))).encode()
    count = 0

    def tally(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tally)
    try:
        read_article(data, name=name)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(("name", "piece"), MASSES.values(), ids=MASSES)
def test_twice_as_much_text_is_twice_as_much_work(name: str, piece: str) -> None:
    _warm_up, *counts = (calls_for(name, piece, times=times) for times in (50, 100, 200, 400))
    first, second, third = counts
    assert third - second < 2.3 * (second - first)
