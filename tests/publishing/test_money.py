from decimal import Decimal

import pytest

from publishing.money import amounts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It pays $65,917 a year.", [("$65,917", "65917")]),
        ("$17.50 an hour", [("$17.50", "17.50")]),
        ("from $45k to $60K", [("$45k", "45000"), ("$60K", "60000")]),
        ("$45k-$60k", [("$45k", "45000"), ("$60k", "60000")]),
        ("about $52 thousand", [("$52 thousand", "52000")]),
        ("$1.5 million", [("$1.5 million", "1500000")]),
        ("$ 45,000.", [("$ 45,000", "45000")]),
        ("$1,234,567.89", [("$1,234,567.89", "1234567.89")]),
        ("$40 kilometres away", [("$40", "40")]),
        ("45,000 people, €300, 50%", []),
        ("", []),
    ],
)
def test_dollar_amounts_are_found_as_written_and_as_numbers(text: str, found: list[tuple[str, str]]) -> None:
    assert amounts(text) == [(written, Decimal(amount)) for written, amount in found]
