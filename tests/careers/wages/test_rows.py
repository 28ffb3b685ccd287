"""Rows come in batches, and say of each occupation in each place one thing."""

from __future__ import annotations

import pytest

from careers.models import Area
from careers.wages.malformed import Malformed
from careers.wages.places import NATION, place_of
from careers.wages.rows import BATCH, Row, batches

YUBA = place_of("49700", "Yuba City, CA", Area.Kind.METRO)


def nationwide(count: int) -> list[Row]:
    """Return so many rows, each of an occupation of its own."""
    return [Row(number, NATION, f"15-{number:04}", "Work", "", {"employment": number}) for number in range(count)]


def test_a_batch_ends_with_the_last_row_of_its_place() -> None:
    rows = [*nationwide(BATCH + 5), Row(BATCH + 6, YUBA, "15-0001", "Work")]
    assert [len(batch) for batch in batches(rows)] == [BATCH + 5, 1]


def test_a_row_that_comes_again_far_below_is_refused() -> None:
    rows = [*nationwide(BATCH), Row(9001, YUBA, "15-0001", "Work"), Row(9002, NATION, "15-0001", "Work")]
    with pytest.raises(Malformed, match=r"row 9002: 15-0001 in United States stands far above already"):
        list(batches(rows))


@pytest.mark.parametrize(
    ("code", "kind", "stored"),
    [
        ("99", Area.Kind.NATION, "0000000"),
        ("6", Area.Kind.STATE, "0600000"),
        ("06", Area.Kind.STATE, "0600000"),
        ("0600000", Area.Kind.STATE, "0600000"),
        ("31080", Area.Kind.METRO, "0031080"),
        ("600007", Area.Kind.NONMETRO, "0600007"),
    ],
)
def test_a_place_has_one_code_however_it_is_written(code: str, kind: Area.Kind, stored: str) -> None:
    assert place_of(code, "A place", kind).code == stored


@pytest.mark.parametrize(("code", "kind"), [("0", Area.Kind.STATE), ("x", Area.Kind.METRO), ("06", Area.Kind.METRO)])
def test_a_code_of_another_kind_is_refused(code: str, kind: Area.Kind) -> None:
    with pytest.raises(Malformed, match=f"“{code}” is no code of a place"):
        place_of(code, "A place", kind)
