"""Whatever an article's shape, every visible word of it is in the Article or quoted in a note."""

from dataclasses import dataclass
from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.importing.article import Unreadable
from articles.importing.read import read_article

from . import samples
from .words import lost, words, words_of

PROSE = st.sampled_from(
    [
        samples.INTRO, samples.HYGIENIST, samples.DUTIES, samples.SKILLS, samples.SALARY, samples.LEAD,
        "Nobody knows.", "It depends on the state, on the size of the practice and on the hours.",
        "According to the Bureau of Labor Statistics, dental assistants earned a median of $46,540 in May 2024.",
        "Both roles share: patience, care & a steady hand (most days).", "In short, it is < 5 and > 3.",
        "Dental hygienists earn between $70k and $95k.", "lower case to begin with, and no full stop at the end",
    ]
)  # fmt: skip
LISTED = """\
Job Duties
JOB OUTLOOK
Where they work
1. Education
II. Training
Skills:
What Does a Dental Assistant Do?
What is a Dental Hygienist?
Who Is a Dental Assistant?
Dental Hygienist
Key Differences
What Are the Differences?
Dental Hygienist vs. Dental Assistant: Salary
Conclusion
Sources
References:
Source: Bureau of Labor Statistics
https://www.bls.gov/ooh/
Bureau of Labor Statistics, https://www.bls.gov/oes/
Related Articles
Related: Dentist vs. Orthodontist
Read more: How to become a dentist
Next: More pay
CNA vs. LPN vs. RN
Table of Contents
In this article
Share this article
Tweet
Advertisement
Skip to content
Copyright 2024 Us
Back to Health
Home > Health > Teeth
Category: Health
Tags: teeth, pay
By Jane Doe
Updated March 3, 2024
Published 2024-02-30
5 min read
Introduction
What's the Difference?
Sources: First, Second
*** Tools ***
**Pay**
Pay: It varies from state to state
Posted by admin on 7 July 2020 in Health
By Jane Doe | Human Resources | 2024-02-10
Related: Dentist vs. Orthodontist, Nurse vs. Doctor
More careers to compare
Dental hygienist vs. dental assistant schooling
Comments (3)
State    Assistant
Texas    $33,120
Patience
Steady hands
A licence
"""
LINES = st.sampled_from(
    [
        samples.NEIGHBOUR,
        samples.VERSUS,
        samples.TITLE,
        *LISTED.splitlines(),
    ]
)
SCRAPS = st.sampled_from(
    ["<b>", "</p>", "<table><tr>", "<!--", "<h2>", "</h2>", "&amp;", "<![CDATA[", "| a | b", "---", "> ", "- ", "1. "]
    + ["$1", "$45k-", "[a](", "```", "    ", "\t", "\n\n", "***", "\ufdd012\ufdd1"]
)
VISIBLE = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40)


@dataclass(frozen=True)
class Piece:
    """A block of a generated article, which knows how it is written in each format."""

    kind: str
    lines: tuple[str, ...]
    gap: int

    def text(self) -> str:
        mark = {"list": "- ", "numbers": "1. ", "heading": "## "}.get(self.kind, "")
        joint = "\t" if self.kind == "table" else "\n"
        rows = [joint.join(self.lines)] * 2 if self.kind == "table" else [f"{mark}{line}" for line in self.lines]
        return "\n".join(rows)

    def markdown(self) -> str:
        if self.kind == "table":
            cells = "| " + " | ".join(line.replace("|", "/") for line in self.lines) + " |"
            return f"{cells}\n{'|---' * len(self.lines)}|\n{cells}"
        mark = {"list": "- ", "numbers": "1. ", "heading": "### ", "quote": "> "}.get(self.kind, "")
        return "\n".join(f"{mark}{line}" for line in self.lines)

    def html(self) -> str:
        lines = [escape(line) for line in self.lines]
        if self.kind == "table":
            row = "".join(f"<td>{line}</td>" for line in lines)
            return f"<table><tr>{row}</tr>\n<tr>{row}</tr></table>"
        tag, item = {"list": ("ul", "li"), "numbers": ("ol", "li"), "quote": ("blockquote", "p")}.get(
            self.kind, ("div", "p")
        )
        item = {"heading": "h2", "bold": "b"}.get(self.kind, item)
        tag = {"nav": "nav", "aside": "aside"}.get(self.kind, tag)
        return f"<{tag}>" + "\n".join(f"<{item}>{line}</{item}>" for line in lines) + f"</{tag}>"


KINDS = st.sampled_from(["plain", "list", "numbers", "heading", "quote", "table", "bold", "nav", "aside"])
PIECES = st.lists(
    st.one_of(
        st.builds(Piece, st.just("plain"), st.tuples(st.one_of(PROSE, LINES)), st.integers(0, 3)),
        st.builds(
            Piece, KINDS, st.lists(st.one_of(PROSE, LINES), min_size=1, max_size=3).map(tuple), st.integers(0, 3)
        ),
    ),
    max_size=14,
)
WRITERS = {"text": (Piece.text, ".txt"), "Markdown": (Piece.markdown, ".md"), "HTML": (Piece.html, ".html")}
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("form", WRITERS)
@SLOW
@given(above=st.lists(LINES, max_size=2), pieces=PIECES)
def test_every_word_is_kept(form: str, above: list[str], pieces: list[Piece]) -> None:
    write, ending = WRITERS[form]
    whole = [Piece("plain", (line,), 1) for line in above]
    whole += [Piece("heading" if form != "text" else "plain", (samples.TITLE,), 1), *pieces]
    data = "".join("\n" * (piece.gap + 1) + write(piece) for piece in whole)
    try:
        article = read_article(data.encode(), name=f"article{ending}")
    except Unreadable:  # Three roles in a line above the title.
        return
    assert not lost("\n".join(line for piece in whole for line in piece.lines), article)
    assert article == read_article(data.encode(), name=f"article{ending}")


@pytest.mark.parametrize(("name", "text"), [("a.txt", samples.complete()), ("a.md", samples.markdown())])
def test_every_word_of_the_samples_is_kept(name: str, text: str) -> None:
    assert not lost(text, read_article(text.encode(), name=name))


def test_no_word_is_invented() -> None:
    article = read_article(samples.complete().encode(), name="a.txt")
    notes = words(" ".join(note.sentence for note in article.notes))
    assert not words_of(article) - words(samples.complete()) - notes


@SLOW
@given(
    data=st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda text: text.encode())),
    name=st.text(max_size=9),
)
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes, name: str) -> None:
    try:
        read_article(data, name=name)
    except Unreadable as error:
        assert str(error).strip()


@SLOW
@given(noise=st.lists(st.one_of(VISIBLE, SCRAPS), max_size=30), ending=st.sampled_from([".txt", ".md", ".html"]))
def test_noise_below_a_title_is_read(noise: list[str], ending: str) -> None:
    title = {".txt": samples.TITLE, ".md": f"# {samples.TITLE}", ".html": f"<h1>{samples.TITLE}</h1>"}[ending]
    article = read_article(f"{title}\n\n{''.join(noise)}".encode(), name=f"a{ending}")
    assert article.role_a == "Dental Hygienist"
