"""Older figures of a source that has newer ones."""

from __future__ import annotations

from datetime import date

import pytest

from careers.models import Role
from careers.releases import Release, is_older, newest_of
from publishing.checks import findings
from tests.builders import SOURCED, make_role

NEWEST = Release("May 2025", date(2026, 5, 15))


@pytest.mark.parametrize(
    ("period", "as_of"),
    [
        ("May 2024", date(2025, 4, 2)),
        ("May 2024", None),
        ("2024", None),
        ("Sept. 2024", None),
        ("2023–2024", None),
        ("", date(2025, 4, 2)),
        ("last spring", date(2025, 4, 2)),
    ],
)
def test_an_earlier_period_or_date_is_older(period: str, as_of: date | None) -> None:
    assert is_older(period=period, as_of=as_of, than=NEWEST)


@pytest.mark.parametrize(
    ("period", "as_of"),
    [
        ("May 2025", date(2025, 4, 2)),
        ("May 2025", None),
        ("2025", None),
        ("June 2025", None),
        ("", date(2026, 5, 1)),
        ("", None),
        ("last spring", None),
    ],
)
def test_the_same_period_a_later_one_and_an_unknown_one_are_not(period: str, as_of: date | None) -> None:
    assert not is_older(period=period, as_of=as_of, than=NEWEST)


def test_periods_without_a_year_are_told_apart_by_date_unless_they_are_the_same() -> None:
    spring = Release("last spring", date(2026, 5, 15))
    assert is_older(period="last autumn", as_of=date(2025, 11, 1), than=spring)
    assert not is_older(period="last spring", as_of=date(2025, 11, 1), than=spring)


@pytest.mark.django_db
def test_the_newest_release_of_each_source_is_found_in_two_queries(django_assert_num_queries: object) -> None:
    def stated(source: str, period: str, day: date | None) -> dict[str, object]:
        return SOURCED | {"source": source, "period": period, "as_of": day}

    make_role(figures=[stated("A", "2024", date(2025, 1, 1)), stated("B", "2020", date(2021, 1, 1))])
    make_role(figures=[stated("A", "2025", date(2026, 1, 1)), stated("C", "2025", None)])
    assert callable(django_assert_num_queries)
    with django_assert_num_queries(2):
        found = newest_of({"A", "B", "C", "D"})
    assert found == {"A": Release("2025", date(2026, 1, 1)), "B": Release("2020", date(2021, 1, 1))}
    assert newest_of(set()) == {}


@pytest.mark.django_db
def test_a_role_with_an_older_figure_is_told_and_one_of_another_source_is_not() -> None:
    def stale(role: Role) -> list[str]:
        return [each.sentence for each in findings(role) if each.check == "figures_are_of_the_newest_release"]

    old = SOURCED | {"period": "May 2024", "as_of": date(2025, 4, 2)}
    role, other = make_role(figures=[old]), make_role(figures=[old | {"source": "Another bureau"}])
    assert stale(role) == []
    newer = make_role(figures=[SOURCED | {"as_of": date(2026, 5, 15)}])
    assert stale(role) == [
        "Median pay (65917.00) is of May 2024, and US Bureau of Labor Statistics has published newer figures: May 2025."
    ]
    assert stale(other) == stale(newer) == []
