"""What stands around the title of a small article: shelf, standfirst, author, dates, front matter."""

from datetime import date

import pytest

from articles.importing.article import Unreadable
from articles.importing.read import read_article

from .samples import (
    ASSISTANT,
    DUTIES,
    HEADING_A,
    HEADING_B,
    HYGIENIST,
    INTRO,
    LEAD,
    NEIGHBOUR,
    STANDFIRST,
    TITLE,
    VERSUS,
    text,
)
from .shapes import P, Shape

SHAPES = [
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
        "the category under the title",
        text(TITLE, "Health Careers", INTRO, LEAD),
        {"category": "Health Careers", "intro": P(INTRO) + P(LEAD)},
        notes=("The line under the title was read as the category: “Health Careers”",),
    ),
    Shape(
        "a box of key points under the title is no category",
        text(TITLE, "Key Takeaways", INTRO, LEAD),
        {"category": ""},
    ),
    Shape(
        "a name beside the date",
        text(TITLE, "Jane van Dyke", "March 3, 2024", INTRO),
        {"byline": "Jane van Dyke", "published": date(2024, 3, 3), "intro": P(INTRO)},
        notes=("was read as the author's: “Jane van Dyke”",),
    ),
    Shape(
        "author, shelf and date in one line",
        text(TITLE, "By Jane Doe | Human Resources | 2024-02-10", INTRO),
        {"byline": "Jane Doe", "published": date(2024, 2, 10), "intro": P(INTRO)},
    ),
    Shape(
        "the category in the line that says when it was posted",
        text(TITLE, "Posted by admin on 7 July 2020 in Health Careers", INTRO),
        {"byline": "admin", "published": date(2020, 7, 7), "category": "Health Careers", "intro": P(INTRO)},
    ),
    Shape(
        "an update without a year",
        text(TITLE, "By Jane Doe, Updated March 3", INTRO),
        {"byline": "Jane Doe", "updated": None, "intro": P(INTRO)},
        notes=("“By Jane Doe, Updated March 3”",),
    ),
    Shape(
        "a title on two lines",
        text(VERSUS, "WHAT'S THE DIFFERENCE?", INTRO),
        {"title": VERSUS, "versus": "", "intro": P(INTRO)},
        notes=("the title goes on: “WHAT'S THE DIFFERENCE?”",),
    ),
    Shape(
        "the site's name beside the title",
        text(f"{VERSUS} | Careers", INTRO),
        {"title": VERSUS, "intro": P(INTRO)},
    ),
    Shape(
        "a first paragraph that may be the standfirst",
        text(TITLE, "Two jobs in one room, and a world of difference between them.", INTRO),
        {"standfirst": "Two jobs in one room, and a world of difference between them."},
        notes=("The first paragraph was read as the standfirst",),
    ),
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.what)
def test_an_article_is_read_in_the_shape_of(shape: Shape) -> None:
    shape.check()


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
