"""Which parts a small article has, whatever is missing, in whatever order and under whatever names."""

import pytest

from .samples import (
    ASSISTANT,
    DUTIES,
    ENVIRONMENT,
    HEADING_A,
    HEADING_B,
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
        "a heading over the introduction",
        text(TITLE, "Introduction", INTRO, *ALL_SUMMARIES),
        {"standfirst": "", "intro": P(INTRO)},
        (),
        ("“Introduction”",),
    ),
    Shape(
        "questions in the manner of speech",
        text(
            TITLE,
            INTRO,
            "So what does a dental hygienist do all day?",
            HYGIENIST,
            "Dental assistant: definition and duties",
            ASSISTANT,
        ),
        SUMMARIES,
        (),
    ),
    Shape(
        "the differences by number and after the similarities",
        text(
            TITLE,
            INTRO,
            "Dental Hygienist vs. Dental Assistant: Similarities",
            ENVIRONMENT,
            "5 Key Differences Between Dental Hygienists and Dental Assistants",
            LEAD,
        ),
        {"versus": P(LEAD)},
        ("Dental Hygienist vs. Dental Assistant: Similarities",),
    ),
    Shape(
        "both roles' names over one point",
        text(TITLE, INTRO, "Dental hygienist vs. dental assistant schooling", REQUIREMENTS, VERSUS, LEAD),
        {"versus": P(LEAD)},
        ("Dental hygienist vs. dental assistant schooling",),
    ),
    Shape(
        "no headings at all",
        text(TITLE, INTRO, HYGIENIST, ASSISTANT, SKILLS, SALARY),
        {"intro": P(INTRO), **SUMMARIES},
        ("Skills", "Salary"),
        ("this was read as what a Dental Hygienist is", "The heading “Skills” was put in"),
    ),
    Shape(
        "points of the comparison that begin in bold",
        f"# {TITLE}\n\n{INTRO}\n\n## {VERSUS}\n\n{LEAD}\n\n**Workplace:** {ENVIRONMENT}\n\n**Salary.** {SALARY}\n",
        {"versus": P(LEAD)},
        ("Workplace", "Salary"),
        name="a.md",
    ),
    Shape(
        "names that begin alike, and are told by their ends",
        text(TITLE, INTRO, "What Do Hygienists Do?", HYGIENIST, "What Do Assistants Do?", ASSISTANT),
        SUMMARIES,
    ),
    Shape(
        "names with their first words shortened",
        text(
            "Human Resources Generalist vs. Chief People Officer",
            INTRO,
            "What Does an HR Generalist Do?",
            HYGIENIST,
            "What Is a CPO?",
            ASSISTANT,
        ),
        SUMMARIES,
    ),
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.what)
def test_an_article_is_read_in_the_shape_of(shape: Shape) -> None:
    shape.check()
