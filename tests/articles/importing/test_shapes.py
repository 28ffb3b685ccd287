"""Small articles in the many shapes in which articles come, and what is read from each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pytest

from articles.importing import Article, Unreadable, read_article

from . import samples
from .samples import (
    ASSISTANT,
    DUTIES,
    ENVIRONMENT,
    HEADING_A,
    HEADING_B,
    HYGIENIST,
    INTRO,
    LEAD,
    NEIGHBOUR,
    OTHER_NEIGHBOUR,
    REQUIREMENTS,
    SALARY,
    SKILLS,
    STANDFIRST,
    TITLE,
    VERSUS,
    text,
)
from .words import lost, words

ROLES = {"role_a": "Dental Hygienist", "role_b": "Dental Assistant"}
P = "<p>{}</p>".format


@dataclass(frozen=True)
class Shape:
    """An article, what fields it must give, the headings of its sections, and words that its notes must have.

    `form` are the words of the file that are form and not text: keys, and addresses in Markdown.
    """

    what: str
    text: str
    fields: Mapping[str, object] = field(default_factory=dict)
    headings: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()
    name: str = "article.txt"
    form: str = ""


SUMMARIES = {"summary_a": P(HYGIENIST), "summary_b": P(ASSISTANT)}
ALL_SUMMARIES = (HEADING_A, HYGIENIST, HEADING_B, ASSISTANT)

SHAPES = [
    Shape("a title and nothing else", TITLE, {"title": TITLE, "intro": "", "summary_a": ""}, ()),
    Shape("no category", text(TITLE, STANDFIRST, INTRO, *ALL_SUMMARIES), {"category": "", "standfirst": STANDFIRST}),
    Shape("no standfirst", text(TITLE, INTRO, *ALL_SUMMARIES), {"standfirst": "", "intro": P(INTRO)}),
    Shape("no intro", text(TITLE, *ALL_SUMMARIES), {"intro": "", **SUMMARIES}),
    Shape("one summary only", text(TITLE, INTRO, HEADING_B, ASSISTANT), {"summary_a": "", "summary_b": P(ASSISTANT)}),
    Shape("summaries in the other order", text(TITLE, INTRO, HEADING_B, ASSISTANT, HEADING_A, HYGIENIST), SUMMARIES),
    Shape(
        "other words for the summaries",
        text(TITLE, INTRO, "What Does a Dental Hygienist Do?", HYGIENIST, "Who is a dental assistant?", ASSISTANT),
        SUMMARIES,
    ),
    Shape(
        "a summary's heading without an article or question mark",
        text(TITLE, INTRO, "What Is Dental Hygienist", HYGIENIST, "Dental Assistants: An Overview", ASSISTANT),
        SUMMARIES | {"heading_b": "Dental Assistants: An Overview"},
    ),
    Shape(
        "the roles' names alone as headings",
        text(TITLE, STANDFIRST, INTRO, "Dental Hygienist", HYGIENIST, "Dental Assistant", ASSISTANT),
        SUMMARIES,
    ),
    Shape(
        "two headings for one summary",
        text(TITLE, INTRO, HEADING_A, HYGIENIST, "What Does a Dental Hygienist Do?", DUTIES, HEADING_B, ASSISTANT),
        {"summary_a": f"{P(HYGIENIST)}<h3>What Does a Dental Hygienist Do?</h3>{P(DUTIES)}"},
        (),
    ),
    Shape(
        "headings in capitals",
        text(
            "DENTAL HYGIENIST VS. DENTAL ASSISTANT",
            INTRO,
            "WHAT IS A DENTAL HYGIENIST?",
            HYGIENIST,
            "JOB DUTIES",
            DUTIES,
        ),
        {"title": "Dental Hygienist vs. Dental Assistant", "heading_a": "What Is a Dental Hygienist?", **ROLES},
        ("Job Duties",),
    ),
    Shape(
        "headings in sentence case",
        text(
            TITLE,
            INTRO,
            *ALL_SUMMARIES,
            "Work environment",
            ENVIRONMENT,
            "Job outlook",
            LEAD,
            "Tools of the trade",
            DUTIES,
        ),
        headings=("Work environment", "Job outlook", "Tools of the trade"),
    ),
    Shape(
        "a whole sentence as a heading",
        text(
            TITLE,
            INTRO,
            *ALL_SUMMARIES,
            "How do the two jobs differ in what they pay?",
            SALARY,
            "Hygienists study longer",
            REQUIREMENTS,
        ),
        headings=("How do the two jobs differ in what they pay?", "Hygienists study longer"),
    ),
    Shape(
        "numbered headings",
        text(TITLE, INTRO, *ALL_SUMMARIES, "1. Job Duties", DUTIES, "2. Job Requirements", REQUIREMENTS),
        headings=("Job Duties", "Job Requirements"),
        notes=("“1. 2.”",),
    ),
    Shape(
        "numbered headings in Markdown without marks",
        text(f"# {TITLE}", INTRO, "1. Job Duties", DUTIES, "2. Job Requirements", REQUIREMENTS),
        headings=("Job Duties", "Job Requirements"),
        name="a.md",
    ),
    Shape(
        "headings that end in a colon",
        text(TITLE, INTRO, *ALL_SUMMARIES, "Skills:", "- Patience\n- A steady hand", "Job Duties:", DUTIES),
        headings=("Skills", "Job Duties"),
    ),
    Shape(
        "a list's first line is no heading",
        text(
            TITLE,
            INTRO,
            *ALL_SUMMARIES,
            "Job Duties",
            "On most days assistants will do this:",
            "- Seat patients\n- Order supplies",
        ),
        headings=("Job Duties",),
    ),
    Shape(
        "a list without bullets",
        text(
            TITLE,
            INTRO,
            *ALL_SUMMARIES,
            "Skills",
            "Patience",
            "Steady hands",
            "Clear speech",
            "All of these can be learned.",
        ),
        headings=("Skills",),
    ),
    Shape(
        "headings above their text without a blank line",
        f"{TITLE}\n\n{INTRO}\n\nJob Duties\n{DUTIES}\n\nSalary\n{SALARY}\n",
        headings=("Job Duties", "Salary"),
    ),
    Shape(
        "no blank lines at all",
        "\n".join([TITLE, STANDFIRST, INTRO, *ALL_SUMMARIES, VERSUS, LEAD, "Job Duties", DUTIES]),
        {"standfirst": STANDFIRST, "intro": P(INTRO), "versus": P(LEAD), **SUMMARIES},
        ("Job Duties",),
    ),
    Shape(
        "lines wrapped at 72 characters",
        f"{TITLE}\n\nA dental hygienist cleans teeth and looks for signs of disease, while a\n"
        "dental assistant prepares the room and hands over instruments to the\ndentist.\n\nJob Duties\n\n"
        "Hygienists spend the day at the chair with a patient of their own, and\nAssistants move between rooms.\n",
        {
            "intro": P(
                "A dental hygienist cleans teeth and looks for signs of disease, while a dental assistant prepares the "
                "room and hands over instruments to the dentist."
            )
        },
        ("Job Duties",),
    ),
    Shape(
        "skills and pay without headings after wider gaps",
        f"{text(TITLE, INTRO, *ALL_SUMMARIES, VERSUS, LEAD, 'Job Duties', DUTIES)}\n\n\n{SKILLS}\n\n\n{SALARY}\n",
        headings=("Job Duties", "Skills", "Salary"),
        notes=("The heading “Skills” was put in", "The heading “Salary” was put in"),
    ),
    Shape(
        "pay without a heading and without a wider gap",
        text(TITLE, INTRO, *ALL_SUMMARIES, VERSUS, LEAD, "Job Duties", DUTIES, SALARY),
        headings=("Job Duties", "Salary"),
        notes=("The heading “Salary” was put in",),
    ),
    Shape(
        "a wider gap where no heading is missing",
        f"{text(TITLE, INTRO, *ALL_SUMMARIES, VERSUS, LEAD, 'Job Duties', DUTIES)}\n\n\nIt is done standing.\n",
        headings=("Job Duties",),
    ),
    Shape(
        "wide gaps everywhere mean nothing",
        "\n\n\n".join([TITLE, INTRO, *ALL_SUMMARIES, VERSUS, LEAD, "Job Duties", DUTIES, SKILLS]),
        headings=("Job Duties",),
    ),
    Shape(
        "an empty heading in HTML",
        f"<h1>{TITLE}</h1><p>{INTRO}</p><h2>{VERSUS}</h2><h3>Job Duties</h3><p>{DUTIES}</p><h3></h3><p>{SKILLS}</p>",
        headings=("Job Duties", "Skills"),
        notes=("The heading “Skills” was put in",),
        name="a.html",
    ),
    Shape(
        "no heading over the comparison",
        f"{text(TITLE, INTRO, *ALL_SUMMARIES)}\n\n\n{text(LEAD, 'Job Duties', DUTIES)}",
        {"heading_versus": "", "versus": P(LEAD)},
        ("Job Duties",),
        ("A heading seems to be missing here",),
    ),
    Shape(
        "no heading over the comparison, and its first line twice",
        f"{text(TITLE, INTRO, HEADING_A, HYGIENIST)}\n\n\n{text(LEAD, HEADING_B, ASSISTANT)}\n\n\n{LEAD}\n",
        {"heading_versus": "", "versus": P(LEAD), "summary_b": P(ASSISTANT) + P(LEAD)},
        (),
    ),
    Shape(
        "a comparison under another heading",
        text(
            TITLE,
            INTRO,
            *ALL_SUMMARIES,
            "Key Differences Between Dental Hygienists and Dental Assistants",
            LEAD,
            "Salary",
            SALARY,
        ),
        {"versus": P(LEAD)},
        ("Salary",),
    ),
    Shape(
        "sections named for both roles",
        text(TITLE, INTRO, VERSUS, LEAD, "Dental Hygienist vs. Dental Assistant: Salary", SALARY),
        {"heading_versus": VERSUS},
        ("Dental Hygienist vs. Dental Assistant: Salary",),
    ),
    Shape(
        "similarities and a conclusion",
        text(TITLE, INTRO, *ALL_SUMMARIES, "Similarities", ENVIRONMENT, VERSUS, LEAD, "Conclusion", DUTIES),
        {"versus": P(LEAD)},
        ("Similarities", "Conclusion"),
    ),
    Shape(
        "subheadings inside sections and summaries",
        f"# {TITLE}\n\n{INTRO}\n\n## {HEADING_A}\n\n{HYGIENIST}\n\n### A day at work\n\n{DUTIES}\n\n## {VERSUS}\n\n"
        f"### Salary\n\n{SALARY}\n\n#### In a city\n\n{LEAD}\n\n### Skills\n\n{SKILLS}\n",
        {"summary_a": f"{P(HYGIENIST)}<h3>A day at work</h3>{P(DUTIES)}"},
        ("Salary", "Skills"),
        name="a.md",
    ),
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
        "front matter in YAML",
        f"---\ntitle: '{TITLE}'\ncategory: Health Careers\ntags:\n  - teeth\n  - pay\n"
        "author: Jane Doe\ndate: 2024-03-03\n"
        f"description: >\n  {STANDFIRST}\nlayout: post\n---\n\n{INTRO}\n\n## Job Duties\n\n{DUTIES}\n",
        {
            "title": TITLE,
            "category": "Health Careers",
            "tags": ("teeth", "pay"),
            "byline": "Jane Doe",
            "published": date(2024, 3, 3),
            "standfirst": STANDFIRST,
            "intro": P(INTRO),
        },  # fmt: skip
        ("Job Duties",),
        ("“layout: post”",),
        "a.md",
        form="title category tags author date description",
    ),
    Shape(
        "front matter in TOML",
        f'+++\ntitle = "{TITLE}"\ntags = ["teeth", "pay"]\n+++\n\n{INTRO}\n',
        {"title": TITLE, "tags": ("teeth", "pay"), "intro": P(INTRO)},
        form="title tags",
    ),
    Shape(
        "lines with keys above the text",
        f"Title: {TITLE}\nCategory: Health Careers\nKeywords: teeth, pay\n\n{INTRO}\n",
        {"title": TITLE, "category": "Health Careers", "tags": ("teeth", "pay"), "intro": P(INTRO)},
        form="title category keywords",
    ),
    Shape(
        "a byline, dates and a reading time",
        text(TITLE, "By Jane Doe", "Published March 3, 2024", "Updated 5 April 2024", "5 min read", STANDFIRST, INTRO),
        {"byline": "Jane Doe", "published": date(2024, 3, 3), "updated": date(2024, 4, 5), "standfirst": STANDFIRST},
        notes=("“5 min read”",),
    ),
    Shape(
        "all of it in one line",
        text(TITLE, "By Jane Doe, RDH | Last updated: 2024-04-05 | 5 min read", INTRO),
        {"byline": "Jane Doe, RDH", "updated": date(2024, 4, 5), "intro": P(INTRO)},
    ),
    Shape(
        "the byline above the title and the date below the text",
        text("By Jane Doe", TITLE, INTRO, "Job Duties", DUTIES, "Published on 3/4/2024"),
        {"byline": "Jane Doe", "published": date(2024, 3, 4)},
    ),
    Shape(
        "a path above the title",
        text("Home > Careers > Health", TITLE, INTRO),
        {"category": "Health", "intro": P(INTRO)},
        notes=("“Home > Careers > Health”",),
    ),
    Shape(
        "several lines above the title",
        text("Skip to content", "The Career Site", "Health Careers", TITLE, INTRO),
        {"category": "Health Careers"},
        notes=("“The Career Site”", "“Skip to content”"),
    ),
    Shape(
        "the category in the way back only",
        text(TITLE, INTRO, "Job Duties", DUTIES, NEIGHBOUR, "← Back to Health Careers", OTHER_NEIGHBOUR),
        {"category": "Health Careers", "wishes": (NEIGHBOUR, OTHER_NEIGHBOUR)},
        ("Job Duties",),
    ),
    Shape(
        "neighbours with other titles beside the way back",
        text(
            TITLE,
            INTRO,
            "Job Duties",
            DUTIES,
            "How To Become a Dentist",
            "Back to Health Careers",
            "CNA vs. LPN vs. RN",
        ),
        {"wishes": ("How To Become a Dentist", "CNA vs. LPN vs. RN")},
    ),
    Shape(
        "neighbours in a list under a heading",
        f"# {TITLE}\n\n{INTRO}\n\n## Job Duties\n\n{DUTIES}\n\n## Related Articles\n\n"
        f"- [{NEIGHBOUR}](/x)\n- [Teeth at Work](/y)\n",
        {"wishes": (NEIGHBOUR, "Teeth at Work")},
        ("Job Duties",),
        ("“Related Articles”",),
        "a.md",
        form="x y",
    ),
    Shape(
        "hints at other articles and share buttons in the text",
        text(
            TITLE,
            INTRO,
            "Share this article",
            "Job Duties",
            DUTIES,
            f"Related: {NEIGHBOUR}",
            "Facebook Twitter LinkedIn",
            SALARY,
        ),
        {"wishes": (NEIGHBOUR,)},
        ("Job Duties", "Salary"),
        ("“Share this article”", "“Facebook Twitter LinkedIn”", f"“Related: {NEIGHBOUR}”"),
    ),
    Shape(
        "a table of contents",
        f"# {TITLE}\n\n{INTRO}\n\n## In This Article\n\n- Job Duties\n- Salary\n\n"
        f"## Job Duties\n\n{DUTIES}\n\n## Salary\n\n{SALARY}\n",
        headings=("Job Duties", "Salary"),
        notes=("a table of contents: “Job Duties · Salary”",),
        name="a.md",
    ),
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
        "quotations and lists in HTML",
        f"<h1>{TITLE}</h1><p>{INTRO}</p><h2>Skills</h2><ul><li>Patience <b>first</b></li></ul>"
        f"<blockquote><p>{LEAD}</p></blockquote>",
        headings=("Skills",),
        name="a.html",
    ),
    Shape(
        "an acronym in the title that the text explains",
        text(
            "CNA vs. Registered Nurse (RN)",
            INTRO,
            "What is a Certified Nursing Assistant (CNA)?",
            HYGIENIST,
            "What is an RN?",
            ASSISTANT,
        ),
        {"role_a": "CNA", "role_b": "Registered Nurse (RN)", "summary_b": P(ASSISTANT)},
    ),
    Shape(
        "roles whose names hold topics",
        text(
            "Education Director vs. Compensation and Benefits Manager",
            INTRO,
            "What Is an Education Director?",
            HYGIENIST,
            "Job Duties",
            DUTIES,
        ),
        {"role_a": "Education Director", "role_b": "Compensation and Benefits Manager", "summary_a": P(HYGIENIST)},
        ("Job Duties",),
    ),
    Shape(
        'a title with "or" and a title with "between"',
        text(
            "Should You Become a Dental Hygienist or a Dental Assistant?",
            INTRO,
            "What's the difference between a dental hygienist and a dental assistant?",
            LEAD,
        ),
        ROLES | {"versus": P(LEAD)},
    ),
    Shape(
        "no title, but headings that tell",
        text(INTRO, HEADING_A, HYGIENIST, HEADING_B, ASSISTANT, "Dental Assistant vs. Dental Hygienist", LEAD),
        {"title": "Dental Assistant vs. Dental Hygienist", "role_a": "Dental Assistant", "versus": P(LEAD)},
        notes=("was put together from its headings",),
    ),
    Shape(
        "the title in the head of the page only",
        f"<head><title>{TITLE} | Careers</title></head><p>{INTRO}</p><h2>Job Duties</h2><p>{DUTIES}</p>",
        {"title": TITLE, "intro": P(INTRO)},
        ("Job Duties",),
        ("taken from the head of the page",),
        "a.html",
    ),
    Shape(
        "an unknown ending with HTML in it",
        f"<article><h1>{TITLE}</h1><p>{INTRO}</p></article>",
        {"title": TITLE, "intro": P(INTRO)},
        name="export.cms",
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
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.what)
def test_an_article_is_read_in_the_shape_of(shape: Shape) -> None:
    article = read_article(shape.text.encode(), name=shape.name)
    assert {name: getattr(article, name) for name in shape.fields} == shape.fields
    if shape.headings is not None:
        assert tuple(section.heading for section in article.sections) == shape.headings
    notes = "\n".join(note.sentence for note in article.notes)
    assert [quoted for quoted in shape.notes if quoted not in notes] == []
    if not shape.name.startswith(("a.h", "export")):
        assert not lost(shape.text, article) - words(shape.form)


REFUSALS = [
    ("three roles", text("CNA vs. LPN vs. RN", INTRO), 1, "3 roles"),
    (
        "four roles in a sentence",
        text("Careers", "The Difference Between a CNA, an LPN, an RN and an NP", INTRO),
        3,
        "4 roles",
    ),
    ("a role with itself", text("Nurse vs. Nurse", INTRO), 1, "with itself"),
    ("no pair", text("How To Become a Dental Hygienist", INTRO), 1, "names no two roles"),
    (
        "a pair at the end only",
        text("How To Become a Dentist", INTRO, "Job Duties", DUTIES, NEIGHBOUR),
        1,
        "names no two roles",
    ),
]


@pytest.mark.parametrize(("what", "source", "line", "words"), REFUSALS, ids=[refusal[0] for refusal in REFUSALS])
def test_an_article_is_refused_with_the_line_and_what_to_do(what: str, source: str, line: int, words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_article(source.encode(), name="article.txt")
    assert refused.value.line == line
    assert words in refused.value.reason
    assert str(refused.value) == f"Line {line}: {refused.value.reason}"


def read(source: str, *, name: str = "article.html") -> Article:
    return read_article(source.encode(), name=name)


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


def test_lines_below_front_matter_are_those_of_the_file() -> None:
    source = f"---\ntitle: {TITLE}\n---\n\n{INTRO}\n\n### Salary\n\n{SALARY}\n"
    for name in ("a.md", "a.txt"):
        assert [section.line for section in read(source, name=name).sections] == [7]


def test_sources_are_listed_with_their_addresses() -> None:
    source = text(
        f"# {TITLE}", INTRO, "## Job Duties", DUTIES, "## Sources",
        "- [Occupational Outlook Handbook](https://www.bls.gov/ooh/), Bureau of Labor Statistics\n"
        "- O*NET OnLine: https://www.onetonline.org/\n- A textbook",
    )  # fmt: skip
    assert [(source.title, source.url) for source in read(source, name="a.md").sources] == [
        ("Occupational Outlook Handbook, Bureau of Labor Statistics", "https://www.bls.gov/ooh/"),
        ("O*NET OnLine", "https://www.onetonline.org/"),
        ("A textbook", ""),
    ]


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
