from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.figures import Stated, comparable, difference, pick, read_figures, why_not
from careers.models import Figure

texts = st.sampled_from(["", "May 2025", "May 2024", "Ohio"])
amounts = st.decimals(min_value=0, max_value=10**9, places=2)
figures = st.builds(
    Stated,
    measure=st.sampled_from(list(Figure.Measure)),
    amount=amounts,
    amount_high=st.none() | amounts,
    unit=st.sampled_from(list(Figure.Unit)),
    period=texts,
    place=texts,
    covers=st.just(""),
    source=st.just("BLS"),
    source_url=st.just(""),
)


def stated(amount: Any = "65917", **fields: Any) -> Stated:
    row = {
        "measure": "median_pay",
        "amount": amount,
        "amount_high": None,
        "unit": "year",
        "period": "May 2025",
        "place": "United States",
        "covers": "",
        "source": "BLS",
        "source_url": "",
    }
    return Stated.read(row | fields)


@given(a=figures, b=figures)
def test_whether_two_figures_compare_does_not_depend_on_their_order(a: Stated, b: Stated) -> None:
    assert comparable(a, b) == comparable(b, a)
    if comparable(a, b):
        assert (a.measure, a.unit, a.period, a.place) == (b.measure, b.unit, b.period, b.place)


@given(a=figures)
def test_what_is_not_known_equals_nothing_not_even_itself(a: Stated) -> None:
    known = bool(a.period and a.place) and a.measure != Figure.Measure.PAY
    assert comparable(a, a) == known
    assert not comparable(a, None)
    assert not comparable(None, None)


@pytest.mark.parametrize(
    ("field", "other", "reason"),
    [
        ("period", "May 2024", "Not comparable: another period."),
        ("place", "Ohio", "Not comparable: another place."),
        ("unit", "hour", "Not comparable: another unit."),
        ("amount_high", "70000", "Not comparable: another kind of range."),
        ("period", "", "Not comparable: for one of them it is not known when it was measured."),
        ("place", "", "Not comparable: for one of them it is not known where it was measured."),
    ],
)
def test_figures_that_differ_do_not_compare_and_the_reason_is_said(field: str, other: str, reason: str) -> None:
    a, b = stated(), stated(**{field: other})
    assert not comparable(a, b)
    assert why_not(a, b) == why_not(b, a) == reason


def test_several_reasons_are_all_said() -> None:
    assert why_not(stated(), stated(place="Ohio", unit="hour")) == "Not comparable: another place and another unit."


def test_pay_of_which_nobody_said_the_kind_compares_with_nothing() -> None:
    vague = stated(measure="pay")
    assert not comparable(vague, vague)
    assert why_not(vague, vague) == "Not comparable: it is not said whether these are averages or medians."


@given(a=figures, b=figures)
def test_a_reason_is_given_wherever_figures_of_one_measure_do_not_compare(a: Stated, b: Stated) -> None:
    if a.measure == b.measure and not comparable(a, b):
        assert why_not(a, b).startswith("Not comparable: ")
        assert why_not(a, b) != "Not comparable: another ."


def test_ranges_compare_with_ranges() -> None:
    assert comparable(stated("1", amount_high="2"), stated("3", amount_high="4"))


@pytest.mark.parametrize(
    ("a", "b", "percent"), [("150", "100", 50), ("100", "150", -50), ("100", "100", 0), ("103000", "65917", 56)]
)
def test_a_difference_is_a_share_of_the_lower_figure(a: str, b: str, percent: int) -> None:
    assert difference(stated(a), stated(b)) == percent


@given(a=figures, b=figures)
def test_a_difference_turns_its_sign_with_the_figures(a: Stated, b: Stated) -> None:
    there, back = difference(a, b), difference(b, a)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there == -back


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (stated(place=""), stated(place="")),
        (stated("1", amount_high="2"), stated("3", amount_high="4")),
        (stated("0"), stated("5")),
        (stated(unit="hour"), stated()),
    ],
)
def test_no_difference_is_worked_out_where_none_can_be(a: Stated, b: Stated) -> None:
    assert difference(a, b) is None


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (stated("65917.00"), "$65,917 a year"),
        (stated("17.50", unit="hour"), "$17.50 an hour"),
        (stated("900", unit="week"), "$900 a week"),
        (stated("4000", unit="month"), "$4,000 a month"),
        (stated("45000", amount_high="60000.00"), "$45,000–$60,000 a year"),
        (stated("57000", unit="people", measure="employment"), "57,000 people"),
        (stated("1000", amount_high="2000", unit="people", measure="employment"), "1,000–2,000 people"),
    ],
)
def test_a_figure_is_written_with_its_unit(figure: Stated, text: str) -> None:
    assert figure.text == text


def test_a_figure_says_what_where_and_when() -> None:
    assert stated().label == "Median pay"
    assert stated().where_and_when == "United States, May 2025"
    assert stated(place="").where_and_when == "May 2025"
    assert stated(place="", period="").where_and_when == ""


def test_the_first_figure_of_a_measure_is_picked() -> None:
    rows = [stated("1", measure="mean_pay"), stated("2"), stated("3")]
    assert pick(rows, rows, "median_pay") == (rows[1], rows[1])
    assert pick(rows, [], "median_pay") == (rows[1], None)
    assert pick(rows, rows, "employment") == (None, None)


def test_what_may_stand_side_by_side_is_picked_before_what_comes_first() -> None:
    hourly, yearly = stated("31.50", unit="hour"), stated("65000")
    assert pick([yearly], [hourly, yearly], "median_pay") == (yearly, yearly)
    assert pick([yearly], [hourly], "median_pay") == (yearly, hourly)


def test_amounts_are_read_exactly() -> None:
    content = {"figures": [vars(stated()) | {"amount": "0.10", "amount_high": "0.30"}]}
    [figure] = read_figures(content)
    assert (figure.amount, figure.amount_high) == (Decimal("0.10"), Decimal("0.30"))
