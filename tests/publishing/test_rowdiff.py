"""Rows are recognised by id, else by what they hold; as few as possible count as moved."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.rowdiff import counterparts, moved
from publishing.textdiff import Pair


def rows(*values: tuple[int | None, str, str]) -> list[dict[str, Any]]:
    return [{"id": pk, "heading": heading, "body": body} for pk, heading, body in values]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (rows((1, "Pay", "a"), (2, "Skills", "b")), rows((2, "Skills", "b")), {(1, 0), (0, None)}),
        (rows((1, "Pay", "a")), rows((1, "What it pays", "b")), {(0, 0)}),
        (rows((1, "Pay", "a")), rows((9, "Pay", "a")), {(0, 0)}),
        (rows((1, "Pay", "a")), rows((9, "Pay", "b")), {(0, 0)}),
        (rows((1, "Pay", "a"), (2, "Pay", "b")), rows((8, "Pay", "b"), (9, "Pay", "c")), {(1, 0), (0, 1)}),
        (rows((1, "Pay", "a")), rows((9, "Skills", "a")), {(0, None), (None, 0)}),
        (rows((1, "", "a")), rows((9, "", "b")), {(0, None), (None, 0)}),
        (rows((1, "Pay", "a")), rows((None, "Skills", "b"), (None, "Pay", "a")), {(0, 1), (None, 0)}),
    ],
)
def test_a_row_is_the_same_by_its_id_then_by_its_values_then_by_its_heading(
    before: list[dict[str, Any]], after: list[dict[str, Any]], expected: set[Pair]
) -> None:
    assert set(counterparts(before, after, names=("heading", "body"))) == expected


ROWS = st.lists(st.tuples(st.integers(1, 9), st.sampled_from("ABC"), st.sampled_from("xy")), max_size=8)


@given(ROWS, ROWS)
def test_each_row_of_both_sides_is_named_once(
    before: list[tuple[int, str, str]], after: list[tuple[int, str, str]]
) -> None:
    pairs = counterparts(rows(*before), rows(*after), names=("heading", "body"))
    assert sorted(i for i, _ in pairs if i is not None) == list(range(len(before)))
    assert sorted(j for _, j in pairs if j is not None) == list(range(len(after)))


def test_one_row_taken_to_another_place_is_the_one_that_moved() -> None:
    order = [0, 7, 1, 2, 3, 4, 5, 6, 8, 9]
    assert moved((before, after) for after, before in enumerate(order)) == {(7, 1)}


@given(st.permutations(range(7)))
def test_as_few_rows_as_possible_count_as_moved(order: list[int]) -> None:
    pairs = set(enumerate(order))
    left = [after for _, after in sorted(pairs - moved(pairs))]
    longest = max(n for n in range(8) for run in combinations(order, n) if list(run) == sorted(run))
    assert (left, len(left)) == (sorted(left), longest)
