"""Text and Markdown files, by whatever program and with whatever ending."""

import pytest

from .samples import HYGIENIST, INTRO, SALARY, SKILLS, TITLE, text
from .shapes import ALL_SUMMARIES, SUMMARIES, P, Shape, read

SHAPES = [
    Shape(
        "a table with tabs",
        text(TITLE, INTRO, "Salary", "Role\tPay\nDental Hygienist\t$87,530 a year\nDental Assistant\t$46,540 a year"),
        headings=("Salary",),
    ),
    Shape(
        "a table with more cells in a row than in its head",
        f"# {TITLE}\n\n{INTRO}\n\n## Salary\n\n| Role | Pay |\n|---|---|\n| Assistant | $46,540 | a mean |\n",
        headings=("Salary",),
        notes=("“a mean”",),
        name="a.md",
    ),
    Shape(
        "an unknown ending with Markdown in it",
        f"# {TITLE}\n\n{INTRO}\n\n## Skills\n\n{SKILLS}",
        headings=("Skills",),
        name="x",
    ),
    Shape(
        "an unknown ending with text in it",
        text(TITLE, INTRO, "Skills", SKILLS),
        headings=("Skills",),
        name="draft.docx.bak",
    ),
    Shape("HTML in a file named as text", f"<html>\n\n{TITLE}", notes=("name it .html",)),
    Shape(
        "Windows line ends", text(TITLE, INTRO, *ALL_SUMMARIES).replace("\n", "\r\n"), {"intro": P(INTRO), **SUMMARIES}
    ),
    Shape(
        "old Mac line ends", text(TITLE, INTRO, *ALL_SUMMARIES).replace("\n", "\r"), {"intro": P(INTRO), **SUMMARIES}
    ),
    Shape("curly quotes", text(TITLE, INTRO, "What’s a Dental Hygienist?", HYGIENIST), {"summary_a": P(HYGIENIST)}),
    Shape(
        "text that looks like a tag",
        text(TITLE, "Some patients are < 5 & some <b>bold</b> ones are > 90."),
        {"intro": P("Some patients are &lt; 5 &amp; some &lt;b&gt;bold&lt;/b&gt; ones are &gt; 90.")},
    ),
    Shape(
        "a table with wide gaps and an empty corner",
        text(
            TITLE, INTRO, "Salary", "        Dental Hygienist    Dental Assistant\nPay     $87,530             $46,540"
        ),
        headings=("Salary",),
    ),
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.what)
def test_an_article_is_read_in_the_shape_of(shape: Shape) -> None:
    shape.check()


def test_lines_below_front_matter_are_those_of_the_file() -> None:
    source = f"---\ntitle: {TITLE}\n---\n\n{INTRO}\n\n### Salary\n\n{SALARY}\n"
    for name in ("a.md", "a.txt"):
        assert [section.line for section in read(source, name=name).sections] == [7]


def test_tables_are_kept_in_every_format() -> None:
    expected = (
        "<table><tbody><tr><th>Role</th><th>Hours</th></tr><tr><td>Hygienist</td><td>30</td></tr></tbody></table>"
    )
    tables = {
        "a.txt": text(TITLE, INTRO, "Work Environment", "Role\tHours\nHygienist\t30"),
        "b.txt": text(TITLE, INTRO, "Work Environment", "| Role | Hours |\n|------|-------|\n| Hygienist | 30 |"),
        "a.md": text(f"# {TITLE}", INTRO, "## Work Environment", "| Role | Hours |\n|---|---|\n| Hygienist | 30 |"),
        "a.html": f"<h1>{TITLE}</h1><p>{INTRO}</p><h2>Work Environment</h2>"
        "<table><tr><th>Role</th><th>Hours</th></tr>\n<tr><td>Hygienist</td><td>30</td></tr></table>",
    }
    for name, source in tables.items():
        body = read(source, name=name).sections[0].body
        assert body.replace("</tbody><tbody>", "") == expected, name
