"""The at-a-glance table: what may stand side by side, what is said where it may not, and what follows from it."""

from __future__ import annotations

from typing import Any

import pytest

from articles.glance import Cell, Glance, GlanceRow, glance
from careers.reading import RoleProfile
from tests.articles.builders import figure, profile

MEDIAN = figure(amount="66000")
LESS = figure(amount="60000")


def of(a: dict[str, Any] | None, b: dict[str, Any] | None) -> Glance:
    """Return the table of a lamp keeper and a rope maker with these figures."""
    return glance(
        profile("Lamp Keeper", figures=[a] if a else []),
        profile("Rope Maker", figures=[b] if b else []),
    )


def row(table: Glance, label: str) -> GlanceRow:
    (found,) = [row for row in table.rows if row.label == label]
    return found


def labels(a: RoleProfile, b: RoleProfile) -> list[str]:
    return [row.label for row in glance(a, b).rows]


def test_facts_stand_in_the_same_rows_for_both() -> None:
    table = of(MEDIAN, LESS)
    assert row(table, "In a sentence") == GlanceRow(
        "In a sentence", Cell("Lamp Keeper: keeps."), Cell("Rope Maker: keeps.")
    )
    assert row(table, "Median pay") == GlanceRow("Median pay", Cell("$66,000 a year"), Cell("$60,000 a year"))


def test_rows_that_neither_role_fills_are_left_out() -> None:
    assert labels(profile(), profile()) == ["In a sentence"]


def test_rows_come_in_one_order_whatever_the_order_of_the_figures() -> None:
    people = figure(measure="employment", amount="1000", unit="people")
    mean = figure(measure="mean_pay")
    full: dict[str, Any] = {"education": "master", "certifications": ["A"], "also_called": ["B"]}
    expected = [
        "In a sentence",
        "Median pay",
        "Average pay",
        "People employed",
        "Typical education",
        "Certifications",
        "Also called",
    ]
    assert labels(profile(figures=[people, mean, MEDIAN], **full), profile(figures=[MEDIAN, people])) == expected


def test_a_side_without_a_figure_says_so_and_no_difference_is_computed() -> None:
    table = of(MEDIAN, None)
    assert row(table, "Median pay").b == Cell("No figure published")
    assert table.differences == []
    assert [line.source for line in table.sources] == ["US Bureau of Labor Statistics"]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"period": "May 2024"}, "Not comparable: another period."),
        ({"place": "Ohio"}, "Not comparable: another place."),
        ({"unit": "hour", "amount": "30"}, "Not comparable: another unit."),
        ({"amount_high": "70000"}, "Not comparable: another kind of range."),
        ({"period": "May 2024", "place": "Ohio"}, "Not comparable: another period and another place."),
        ({"period": ""}, "Not comparable: for one of them it is not known when it was measured."),
        ({"place": ""}, "Not comparable: for one of them it is not known where it was measured."),
    ],
)
def test_unlike_figures_give_way_to_the_reason(other: dict[str, str], why: str) -> None:
    for table in (of(MEDIAN, figure(**other)), of(figure(**other), MEDIAN)):
        assert row(table, "Median pay") == GlanceRow("Median pay", instead=why)
        assert table.differences == []
        assert table.sources == []


def test_unknown_never_equals_unknown() -> None:
    nowhere = figure(place="", period="")
    assert row(of(nowhere, nowhere), "Median pay").instead
    unsaid = figure(measure="pay")
    assert row(of(unsaid, unsaid), "Pay (not said which kind)").instead == (
        "Not comparable: it is not said whether these are averages or medians."
    )


def test_another_kind_of_figure_is_another_row() -> None:
    table = of(MEDIAN, figure(measure="mean_pay"))
    assert row(table, "Median pay").b == Cell("No figure published")
    assert row(table, "Average pay").a == Cell("No figure published")


@pytest.mark.parametrize(
    ("a", "b", "sentence"),
    [
        (MEDIAN, LESS, "At the median, lamp keepers earn about 10% more than rope makers."),
        (LESS, MEDIAN, "At the median, rope makers earn about 10% more than lamp keepers."),
        (MEDIAN, MEDIAN, "At the median, lamp keepers and rope makers earn about the same."),
        (
            figure(measure="mean_pay", amount="90000"),
            figure(measure="mean_pay", amount="60000"),
            "On average, lamp keepers earn about 50% more than rope makers.",
        ),
        (
            MEDIAN | {"covers": "Light tenders, who include lamp keepers"},
            LESS,
            "At the median, light tenders, who include lamp keepers, earn about 10% more than rope makers.",
        ),
        (
            MEDIAN | {"covers": "Light tenders, who include lamp keepers"},
            MEDIAN,
            "At the median, light tenders, who include lamp keepers, and rope makers earn about the same.",
        ),
        (MEDIAN, LESS | {"covers": "HR staff"}, "At the median, lamp keepers earn about 10% more than HR staff."),
    ],
)
def test_the_difference_is_said_of_those_whom_the_figures_count(
    a: dict[str, Any], b: dict[str, Any], sentence: str
) -> None:
    assert of(a, b).differences == [sentence]


def test_whom_a_figure_counts_stands_beneath_it() -> None:
    assert row(of(MEDIAN | {"covers": "All keepers"}, LESS), "Median pay").a == Cell("$66,000 a year", "All keepers")


def test_no_difference_is_said_of_ranges_or_of_head_counts() -> None:
    span = figure(amount_high="90000")
    assert row(of(span, span), "Median pay").a == Cell("$65,917–$90,000 a year")
    assert of(span, span).differences == []
    people = figure(measure="employment", unit="people")
    assert of(people, people | {"amount": "9"}).differences == []


def test_each_source_is_listed_once_with_place_and_time() -> None:
    table = of(MEDIAN, LESS | {"source": "Guild of Rope Makers", "source_url": "https://example.org/pay"})
    assert table.sources == [
        ("US Bureau of Labor Statistics", "", "United States, May 2025"),
        ("Guild of Rope Makers", "https://example.org/pay", "United States, May 2025"),
    ]
    assert len(of(MEDIAN, LESS).sources) == 1


def test_education_is_said_or_said_to_be_missing() -> None:
    a = profile(education="associate", education_note="Often in nautical science.")
    table = glance(a, profile())
    assert row(table, "Typical education") == GlanceRow(
        "Typical education", Cell("Associate's degree", "Often in nautical science."), Cell("Not stated")
    )


def test_long_lists_are_cut_and_say_how_much_more_there_is() -> None:
    table = glance(profile(certifications=["A", "B", "C", "D", "E"]), profile())
    assert row(table, "Certifications") == GlanceRow("Certifications", Cell("A; B; C; and 2 more"), Cell("None listed"))
