"""Lines that say who wrote an article and when."""

from datetime import date

import pytest

from articles.importing.bylines import Imprint, imprint, parse_date

LINES = {
    "By Jane Doe": Imprint("Jane Doe"),
    "Written by Jane van Dyke, MBA · Reviewed by John Doe, PhD": Imprint("Jane van Dyke, MBA"),
    "Author: Jane Doe": Imprint("Jane Doe"),
    "By the Editorial Team – Updated May 2, 2023": Imprint("the Editorial Team", None, date(2023, 5, 2)),
    "By Jane Doe, March 3, 2024": Imprint("Jane Doe", date(2024, 3, 3)),
    "Published March 3, 2024 | Updated 5 April 2024 | 5 min read": Imprint("", date(2024, 3, 3), date(2024, 4, 5)),
    "Last updated on Mar. 3, 2024 by Jane Doe": Imprint("Jane Doe", None, date(2024, 3, 3)),
    "Published: March 3rd, 2024 at 10:30 am EST": Imprint("", date(2024, 3, 3)),
    "2024-03-03T10:00:00+00:00": Imprint("", date(2024, 3, 3)),
    "3/4/2024": Imprint("", date(2024, 3, 4)),
    "Reading time: 12 minutes": Imprint(),
}


@pytest.mark.parametrize("line", LINES)
def test_author_and_dates_are_read(line: str) -> None:
    assert imprint(line) == LINES[line]


@pytest.mark.parametrize(
    "line",
    [
        "By comparing the two, you learn more",
        "Jane Doe",
        "In March 2024, pay rose",
        "2024",
        "Published 2024-02-30",
        "",
        "May is a month",
    ],
)
def test_a_line_that_says_anything_else_is_text(line: str) -> None:
    assert imprint(line) is None


def test_a_month_alone_is_its_first_day() -> None:
    assert parse_date("March 2024") == date(2024, 3, 1)
    assert parse_date("soon") is None
