"""Web pages, and what of them is the article."""

import pytest

from . import samples
from .samples import ASSISTANT, DUTIES, HEADING_A, HYGIENIST, INTRO, LEAD, NEIGHBOUR, SALARY, STANDFIRST, TITLE, VERSUS
from .shapes import ALL_SUMMARIES, SUMMARIES, P, Shape, read
from .words import lost

SHAPES = [
    Shape(
        "bold lines as headings in HTML",
        f"<p><b>{TITLE}</b></p><p>{INTRO}</p><p><strong>{HEADING_A}</strong></p><p>{HYGIENIST}</p>"
        f"<p><strong>Job Duties</strong></p><p>{DUTIES}</p>",
        {"title": TITLE, "summary_a": P(HYGIENIST)},
        ("Job Duties",),
        name="a.html",
    ),
    Shape(
        "a page of paragraphs only",
        "".join(map(P, [TITLE, INTRO, *ALL_SUMMARIES, VERSUS, LEAD, "Job Duties", DUTIES])),
        {"versus": P(LEAD), **SUMMARIES},
        ("Job Duties",),
        name="a.htm",
    ),
    Shape(
        "line breaks instead of paragraphs",
        f"<h1>{TITLE}</h1>{INTRO}<br><br><b>{HEADING_A}</b><br><br>{HYGIENIST}<br><br><b>Salary</b><br><br>{SALARY}",
        {"intro": P(INTRO), "summary_a": P(HYGIENIST)},
        ("Salary",),
        name="a.html",
    ),
    Shape(
        "a page laid out in a table",
        f"<table><tr><td><h1>{TITLE}</h1><p>{INTRO}</p><h2>Job Duties</h2>{DUTIES}</td><td>Menu</td></tr></table>",
        {"title": TITLE, "intro": P(INTRO)},
        ("Job Duties",),
        name="a.html",
    ),
    Shape(
        "a page inside a form, with a site's header",
        f"<form id='aspnet'><header>Site name</header><div><h1>{TITLE}</h1><p>{INTRO}</p>"
        f"<h2>Job Duties</h2><p>{DUTIES}</p></div></form>",
        {"title": TITLE, "intro": P(INTRO), "category": ""},
        ("Job Duties",),
        ("Left out, page header: “Site name”",),
        "a.html",
    ),
    Shape(
        "quotations and lists in HTML",
        f"<h1>{TITLE}</h1><p>{INTRO}</p><h2>Skills</h2><ul><li>Patience <b>first</b></li></ul>"
        f"<blockquote><p>{LEAD}</p></blockquote>",
        headings=("Skills",),
        name="a.html",
    ),
    Shape(
        "an unknown ending with HTML in it",
        f"<article><h1>{TITLE}</h1><p>{INTRO}</p></article>",
        {"title": TITLE, "intro": P(INTRO)},
        name="export.cms",
    ),
    Shape(
        "bold lines and single line breaks",
        f"<h1>{TITLE}</h1><div>{INTRO}<br><br><b>{HEADING_A}</b><br>{HYGIENIST}<br><br><b>Salary</b><br>{SALARY}</div>",
        {"intro": P(INTRO), "summary_a": P(HYGIENIST)},
        ("Salary",),
        name="a.html",
    ),
    Shape(
        "links to the articles before and after, with arrows",
        f"<h1>{TITLE}</h1><p>{INTRO}</p><div class='post-navigation'><a href='/1'>← Previous: {NEIGHBOUR}</a>"
        "<a href='/2'>Next: Dentist vs. Orthodontist →</a></div>",
        {"wishes": (NEIGHBOUR, "Dentist vs. Orthodontist")},
        name="a.html",
    ),
    Shape(
        "a link to the source that is no heading",
        f"<h1>{TITLE}</h1><p>{INTRO}</p><h2>Salary</h2><p>{SALARY}</p><p><a href='https://example.org/1'>Source</a></p>",
        headings=("Salary",),
        name="a.html",
    ),
    Shape(
        "the author's portrait and a button",
        f"<h1>{TITLE}</h1><p>{INTRO}</p><div class='author-bio'>Jane writes.</div><div class='cta'>Apply now</div>",
        {"intro": P(INTRO)},
        notes=("author's portrait: “Jane writes.”", "buttons: “Apply now”"),
        name="a.html",
    ),
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.what)
def test_an_article_is_read_in_the_shape_of(shape: Shape) -> None:
    shape.check()


def test_html_is_reduced_to_what_an_article_may_have() -> None:
    article = read(
        f"<h1>{TITLE}</h1><p style='color:red' onclick='x()'>A <u>plain</u> <i>word</i>, "
        "<a href='javascript:x()'>no link</a>, "
        "<a href='https://example.org/?a=1&b=2'>a link</a>, <a href='/roles/'>ours</a><script>x()</script>.</p>"
    )
    assert article.intro == (
        '<p>A plain <em>word</em>, no link, <a href="https://example.org/?a=1&amp;b=2">a link</a>, '
        '<a href="/roles/">ours</a>.</p>'
    )
    assert "“javascript:x()”" in "".join(note.sentence for note in article.notes)


def test_a_web_page_is_read_without_its_furniture() -> None:
    article = read(samples.html())
    assert (article.category, article.standfirst, article.intro) == ("Health Careers", STANDFIRST, P(INTRO))
    assert (article.summary_a, article.summary_b, article.versus) == (P(HYGIENIST), P(ASSISTANT), P(LEAD))
    assert [section.heading for section in article.sections] == list(samples.SECTIONS)
    assert article.wishes == (NEIGHBOUR,)
    notes = "\n".join(note.sentence for note in article.notes)
    for left_out in ("1 × script", "1 × style", "1 × comment", "“Home · Health Careers”", "“Share on Facebook”"):
        assert left_out in notes
    assert "https://ads.example/frame" in notes
    assert not lost(f"Site About us Read next {NEIGHBOUR}", article)


def test_lines_are_those_of_the_file() -> None:
    source = f"<html>\n<!-- a\nb -->\n<h1\n>{TITLE}</h1>\n<p>{INTRO}</p>\n\n<h2>Salary</h2>\n<p>{SALARY}</p>\n"
    article = read(source)
    assert [section.line for section in article.sections] == [8]
    assert {figure.line for figure in article.figures} == {9}
