"""What must be right before readers see a role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from careers.models import Figure, Role
from publishing.checks import Content, Finding, Level, content_check
from publishing.money import amounts
from publishing.richtext import plain

PROSE = ("summary", "duties", "requirements", "environment")
NEEDED = {
    "definition": "Write one sentence that says what the role is: lists and tables show it.",
    "summary": "Write what the role is: every comparison needs it.",
    "education": "Choose the typical education: comparisons show it side by side.",
}
WISHED = {"duties": "what they do", "requirements": "what it takes", "environment": "where they work"}


@content_check(Role)
def is_complete(role: Role, content: Content) -> Iterator[Finding]:
    """A role says what it is; its other parts are missed, but do not stop it."""
    for field, sentence in NEEDED.items():
        if not plain(content[field]):
            yield Finding(Level.ERROR, sentence, field)
    for field, name in WISHED.items():
        if not plain(content[field]):
            yield Finding(Level.WARNING, f"Nothing is said about {name}.", field)
    if not content["skills"]:
        yield Finding(Level.WARNING, "No skills are listed: nothing can be shown as shared or apart.", "skills")


@content_check(Role)
def figures_carry_their_source(role: Role, content: Content) -> Iterator[Finding]:
    """Every figure names its source, period and place."""
    for row in content["figures"]:
        named = f"{Figure.Measure(row['measure']).label} ({row['amount']})"
        if not row["source"]:
            yield Finding(Level.ERROR, f"{named} has no source: say who published it, or remove the figure.", "figures")
        elif not (row["period"] and row["place"]):
            yield Finding(
                Level.WARNING,
                f"{named} does not say when and where: it cannot be compared with any other.",
                "figures",
            )


@content_check(Role)
def money_in_prose_is_backed(role: Role, content: Content) -> Iterable[Finding]:
    """Amounts in the prose stand among the role's figures."""
    prose = {field: content[field] for field in PROSE}
    return unbacked_money(prose, figure_amounts(content))


def figure_amounts(content: Content) -> set[Decimal]:
    """Return the amounts of a role's figures."""
    return {
        Decimal(row[end]) for row in content["figures"] for end in ("amount", "amount_high") if row[end] is not None
    }


def unbacked_money(prose: dict[str, Any], backed: set[Decimal]) -> Iterator[Finding]:
    """Yield a warning for each dollar amount in the fields' HTML that no figure backs."""
    for field, html in prose.items():
        for written, amount in amounts(plain(html)):
            if amount not in backed:
                yield Finding(Level.WARNING, f"“{written}” stands in the text, but no figure backs it.", field)
