"""What a release says of a role's occupation, as figures that its pages show."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from careers.models import Fit, Wage
from careers.names import name_of
from careers.published import Level, Published, wages
from tests.careers.builders import LONG_AGO, make_area, make_occupation, make_release, make_wage

pytestmark = pytest.mark.django_db

KEEPER = name_of("Lamp Keeper")


def published(wage: Wage, fit: str = Fit.PART) -> Published:
    return Published(wage, fit, KEEPER)


def texts(wage: Wage) -> dict[str, str]:
    return {figure.label: figure.text for figure in published(wage).figures}


def test_median_and_employment_carry_source_place_and_period() -> None:
    pay, people = published(make_wage()).figures
    assert (pay.text, people.text) == ("$66,000 a year", "12,340 people")
    assert pay.where_and_when == "United States, May 2025"
    assert pay.source == "US Bureau of Labor Statistics, Occupational Employment and Wage Statistics"
    assert pay.source_url == "https://www.bls.gov/oes/"


@pytest.mark.parametrize(
    ("fit", "title", "covers"),
    [
        (Fit.EXACT, "Lamp and Rope Managers", ""),
        (Fit.PART, "Lamp and Rope Managers", "Lamp and rope managers, who include lamp keepers"),
        (Fit.PART, "Harbor Occupations, All Other", "Harbor occupations, all other, which include lamp keepers"),
        (Fit.PART, "Lamp Keepers", "Lamp keepers in a wider sense"),
        (Fit.CLOSE, "Rope Makers", "Rope makers, whose work is close to that of lamp keepers"),
    ],
)
def test_whom_the_figures_count_is_said_unless_it_is_exactly_the_role(fit: str, title: str, covers: str) -> None:
    make_occupation(title=title)
    assert {figure.covers for figure in published(make_wage(), fit).figures} == {covers}


def test_what_is_paid_by_the_hour_only_has_no_pay_by_the_year() -> None:
    wage = make_wage(hourly_median=Decimal("31.50"), marks={"annual_median": "not_applicable"})
    assert texts(wage) == {"Median pay": "$31.50 an hour"}


def test_what_is_suppressed_is_no_figure() -> None:
    assert texts(make_wage(marks={"annual_median": "suppressed", "employment": "suppressed"})) == {}


def test_pay_above_the_highest_stated_says_so_and_is_no_invented_number() -> None:
    wage = make_wage(annual_25=150_000, marks={"annual_median": "top", "annual_75": "top", "annual_90": "top"})
    assert texts(wage) == {"Median pay": "$239,200 or more a year"}
    top = Level(Decimal(239_200), or_more=True)
    assert published(wage).levels("year") == [Level(None), Level(Decimal(150_000)), top, top, top]


def test_wages_are_those_of_the_release_that_was_current_then() -> None:
    make_wage(annual_median=60_000)
    newer = make_release(2026, current_from=LONG_AGO + timedelta(days=100))
    make_wage(annual_median=70_000, release=newer)
    medians = {
        days: wages({"11-9111"}, at=LONG_AGO + timedelta(days=days))["11-9111"].annual_median for days in (1, 99, 100)
    }
    assert medians == {1: 60_000, 99: 60_000, 100: 70_000}
    assert wages({"11-9111"}, at=LONG_AGO - timedelta(seconds=1)) == {}


def test_an_older_release_that_comes_later_is_never_current() -> None:
    make_wage(annual_median=70_000, release=make_release(2026))
    make_wage(annual_median=60_000, release=make_release(2025, current_from=timezone.now()))
    assert wages({"11-9111"}, at=timezone.now())["11-9111"].annual_median == 70_000


def test_wages_are_those_of_the_area_that_is_asked_for() -> None:
    make_wage()
    make_wage(area=make_area("California", "state"), annual_median=77_000)
    assert wages({"11-9111"}, at=timezone.now(), area="california")["11-9111"].annual_median == 77_000
    assert wages({"11-9111"}, at=timezone.now(), area="nowhere") == {}
