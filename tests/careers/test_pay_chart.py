"""The chart of pay: everything on one scale, nothing drawn that is not published."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.models import Area, Fit, Occupation, Release, Wage
from careers.names import name_of
from careers.pay_chart import LEFT, MOST_STEPS, RIGHT, PayChart, Row, pay_chart
from careers.published import Published

FIELDS = ("annual_10", "annual_25", "annual_median", "annual_75", "annual_90")


def published(*amounts: int | None, **fields: Any) -> Published:
    wage = Wage(
        release=Release(period="May 2025", top_annual=239_200, top_hourly=Decimal("115.00")),
        area=Area(title="Ohio", slug="ohio"),
        occupation=Occupation(code="11-9111", title="Lamp Managers"),
        **dict(zip(FIELDS, amounts, strict=False)) | fields,
    )
    return Published(wage, Fit.EXACT, name_of("Lamp Keeper"))


def chart(*roles: Published | None) -> PayChart:
    drawn = pay_chart([(f"Role {n}", "ab"[n], role) for n, role in enumerate(roles)])
    assert drawn is not None
    return drawn


def rows(*roles: Published | None) -> list[Row]:
    return chart(*roles).rows


def test_a_role_is_a_line_a_band_and_a_mark_on_a_scale_of_round_numbers() -> None:
    drawn = chart(published(40_000, 50_000, 60_000, 80_000, 100_000))
    assert [tick.text for tick in drawn.ticks] == ["$40,000", "$60,000", "$80,000", "$100,000"]
    (row,) = drawn.rows
    assert row.line and row.band and row.median
    assert (row.line.start, row.line.end) == (LEFT, RIGHT)
    assert row.line.start < row.band.start < row.median.x < row.band.end < row.line.end
    assert row.median.text == "$60,000"
    assert (drawn.per, drawn.place, drawn.period) == ("a year", "Ohio", "May 2025")


def test_the_table_says_what_the_drawing_shows() -> None:
    drawn = chart(published(40_000, 50_000, 60_000, 80_000, 100_000), published(None, None, 55_000, None, None))
    assert drawn.table == [
        ("10th percentile", ["$40,000", "No figure published"]),
        ("25th percentile", ["$50,000", "No figure published"]),
        ("Median", ["$60,000", "$55,000"]),
        ("75th percentile", ["$80,000", "No figure published"]),
        ("90th percentile", ["$100,000", "No figure published"]),
    ]


def test_where_only_a_median_is_published_only_a_median_is_drawn() -> None:
    (row,) = rows(published(None, None, 55_000, None, None))
    assert row.median and not (row.line or row.band or row.low or row.high)


def test_a_role_of_which_nothing_is_published_has_a_row_without_marks() -> None:
    _, row = rows(published(40_000, 50_000, 60_000, 80_000, 100_000), None)
    assert not (row.line or row.band or row.median)


def test_nothing_is_drawn_of_nothing() -> None:
    assert pay_chart([("Role", "a", None)]) is None
    assert pay_chart([("Role", "a", published())]) is None


def test_pay_by_the_hour_is_drawn_where_a_role_has_no_other() -> None:
    yearly = published(40_000, 50_000, 60_000, 80_000, 100_000, hourly_median=Decimal("28.85"))
    drawn = chart(yearly, published(hourly_median=Decimal("19.50")))
    assert drawn.per == "an hour"
    assert [row.median and row.median.text for row in drawn.rows] == ["$28.85", "$19.50"]


def test_a_year_is_never_drawn_beside_an_hour() -> None:
    yearly, hourly = published(None, None, 60_000), published(hourly_median=Decimal("19.50"))
    assert pay_chart([("A", "a", yearly), ("B", "b", hourly)]) is None


def test_a_line_runs_off_where_the_source_goes_no_higher() -> None:
    (row,) = rows(published(90_000, 120_000, 180_000, marks={"annual_75": "top", "annual_90": "top"}))
    assert row.line and row.high
    assert row.line.end == RIGHT
    assert row.high.text == "$239,200 or more"


@given(st.lists(st.integers(10_000, 600_000), min_size=5, max_size=5), st.integers(10_000, 600_000))
def test_everything_lies_on_the_scale_in_its_order(amounts: list[int], other: int) -> None:
    drawn = chart(published(*sorted(amounts)), published(None, None, other, None, None))
    first, second = drawn.rows
    assert first.line and first.band and first.median and second.median
    places = [first.line.start, first.band.start, first.median.x, first.band.end, first.line.end]
    assert places == sorted(places)
    assert all(LEFT <= place <= RIGHT for place in (*places, second.median.x))
    assert (first.median.x < second.median.x) == (sorted(amounts)[2] < other) or first.median.x == pytest.approx(
        second.median.x, abs=0.02
    )
    assert 2 <= len(drawn.ticks) <= MOST_STEPS + 2
