"""Amounts of money that stand in prose."""

from __future__ import annotations

import re
from decimal import Decimal

AMOUNT = re.compile(r"\$\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s?([kK]\b|thousand\b|million\b)?")
TIMES = {"k": 1_000, "thousand": 1_000, "million": 1_000_000}


def amounts(text: str) -> list[tuple[str, Decimal]]:
    """Return the dollar amounts in the text, each as it is written and as a number: "$65,917", "$45k"."""
    return [
        (
            match[0].strip(),
            Decimal(match[1].replace(",", "") + (match[2] or "")) * TIMES.get((match[3] or "").lower(), 1),
        )
        for match in AMOUNT.finditer(text)
    ]
