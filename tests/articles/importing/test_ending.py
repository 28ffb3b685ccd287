"""What a small article ends in and is interrupted by: neighbours, the way back, share buttons, sources."""

import pytest

from articles.importing.article import Source

from .samples import DUTIES, INTRO, LEAD, NEIGHBOUR, OTHER_NEIGHBOUR, SALARY, TITLE, text
from .shapes import Shape, read

VERSUS_OF_OTHERS = "Medical Assistant vs. Phlebotomist"

SHAPES = [
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
        "several neighbours in one line",
        text(TITLE, INTRO, "Job Duties", DUTIES, f"Related: {VERSUS_OF_OTHERS}, Dentist vs. Orthodontist"),
        {"wishes": (VERSUS_OF_OTHERS, "Dentist vs. Orthodontist")},
    ),
    Shape(
        "neighbours under a heading of the site's own",
        text(TITLE, INTRO, "Job Duties", DUTIES, "More careers to compare", NEIGHBOUR, OTHER_NEIGHBOUR),
        {"wishes": (NEIGHBOUR, OTHER_NEIGHBOUR)},
        ("Job Duties",),
    ),
    Shape(
        "prose about other careers",
        text(TITLE, INTRO, "Job Duties", DUTIES, "Related Careers", "Some go on to teach, and others to sell."),
        headings=("Job Duties", "Related Careers"),
    ),
    Shape(
        "a line that lists sources, between others",
        f"# {TITLE}\n\n{INTRO}\n\n## Job Duties\n\n{DUTIES}\n\n*Sources: [First](https://example.org/1), "
        f"[Second](https://example.org/2)*\n\n{LEAD}\n",
        {"sources": (Source("First", "https://example.org/1"), Source("Second", "https://example.org/2"))},
        ("Job Duties",),
        name="a.md",
        form="https example org 1 2",
    ),
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.what)
def test_an_article_is_read_in_the_shape_of(shape: Shape) -> None:
    shape.check()


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
