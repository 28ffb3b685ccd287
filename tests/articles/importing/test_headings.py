"""Which lines of a small article are headings, marked or not, and where one is missing."""

import pytest

from .samples import (
    DUTIES,
    ENVIRONMENT,
    HEADING_A,
    HYGIENIST,
    INTRO,
    LEAD,
    REQUIREMENTS,
    SALARY,
    SKILLS,
    STANDFIRST,
    TITLE,
    VERSUS,
    text,
)
from .shapes import ALL_SUMMARIES, ROLES, SUMMARIES, P, Shape

SHAPES = [
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
        "subheadings inside sections and summaries",
        f"# {TITLE}\n\n{INTRO}\n\n## {HEADING_A}\n\n{HYGIENIST}\n\n### A day at work\n\n{DUTIES}\n\n## {VERSUS}\n\n"
        f"### Salary\n\n{SALARY}\n\n#### In a city\n\n{LEAD}\n\n### Skills\n\n{SKILLS}\n",
        {"summary_a": f"{P(HYGIENIST)}<h3>A day at work</h3>{P(DUTIES)}"},
        ("Salary", "Skills"),
        name="a.md",
    ),
    Shape(
        "a short word in capitals",
        text(TITLE, INTRO, *ALL_SUMMARIES, "PAY", SALARY, "TOOLS", DUTIES),
        headings=("Pay", "Tools"),
    ),
    Shape(
        "a list of amounts between headings",
        text(
            TITLE, INTRO, "1. Pay", "Dental Hygienist: $87,530\nDental Assistant: $46,540", "2. Training", REQUIREMENTS
        ),
        headings=("Pay", "Training"),
        notes=("“1. 2.”",),
    ),
    Shape(
        "the last line of a list without bullets that is a topic",
        text(TITLE, INTRO, "Skills", "Patience", "Steady hands", "Clear speech", "Job Outlook", ENVIRONMENT),
        headings=("Skills", "Job Outlook"),
    ),
    Shape(
        "a heading without a mark among marked ones",
        f"# {TITLE}\n\n{INTRO}\n\n## {VERSUS}\n\n{LEAD}\n\nJob Duties\n\n{DUTIES}\n\nSalary\n\n{SALARY}\n\n"
        f"## Summary\n\n{LEAD}\n",
        headings=("Job Duties", "Salary", "Summary"),
        name="a.md",
    ),
    Shape(
        "headings between stars and in Markdown's bold",
        text(TITLE, INTRO, "*** Job Duties ***", DUTIES, "**Salary**", SALARY),
        headings=("Job Duties", "Salary"),
    ),
    Shape(
        "short lines among long ones, without blank lines",
        "\n".join(
            [TITLE, INTRO, "Differences Between Dental Hygienists and Dental Assistants", LEAD, "Salary", SALARY]
        ),
        {"versus": P(LEAD)},
        ("Salary",),
    ),
    Shape(
        "questions under a heading for them",
        text(
            TITLE,
            INTRO,
            *ALL_SUMMARIES,
            "Frequently Asked Questions",
            "Is it hard?",
            LEAD,
            "Is it done standing?",
            DUTIES,
        ),
        headings=("Frequently Asked Questions",),
    ),
    Shape(
        "pay right under a heading of other words",
        text(TITLE, INTRO, *ALL_SUMMARIES, VERSUS, LEAD, "Do they earn the same?", SALARY),
        headings=("Do they earn the same?",),
    ),
    Shape(
        "a date in the text",
        text(TITLE, INTRO, "Job Duties", DUTIES, "Oct. 2, 2023 · 4 min", ENVIRONMENT),
        headings=("Job Duties",),
    ),
    Shape(
        "a line that leads to a table",
        text(TITLE, INTRO, "Pay", SALARY, "By state:", "State    Assistant\nTexas    $33,120", "Job Outlook", LEAD),
        headings=("Pay", "Job Outlook"),
    ),
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.what)
def test_an_article_is_read_in_the_shape_of(shape: Shape) -> None:
    shape.check()
