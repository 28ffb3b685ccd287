"""What the checks of comparisons and pages tell an editor."""

from __future__ import annotations

from typing import Any

import pytest

from articles.models import Comparison
from publishing.checks import Level, findings
from publishing.models import Document
from tests.builders import SOURCED, make_comparison, make_page, make_role

pytestmark = pytest.mark.django_db


def sentences(document: Document, level: Level) -> list[str]:
    return [finding.sentence for finding in findings(document) if finding.level is level]


def comparison(**fields: Any) -> Comparison:
    """Return a comparison of a rope maker, with a sourced figure, and a net maker."""
    a, b = make_role("Rope Maker", figures=[SOURCED]), make_role("Net Maker")
    return make_comparison(a, b, **{"choose_a": ["like ropes"], "choose_b": ["like nets"]} | fields)


def test_a_finished_comparison_is_found_in_order() -> None:
    assert findings(comparison()) == []


def test_what_readers_cannot_do_without_stops_a_publication() -> None:
    unfinished = comparison(intro="<p> </p>")
    unfinished.category = None
    unfinished.save()
    unfinished.sections.update(body="")
    assert sentences(unfinished, Level.ERROR) == [
        "Choose a category: it is the way back for readers.",
        "Write an introduction.",
        "Write at least one section.",
    ]


def test_what_is_missed_but_can_wait_is_a_warning() -> None:
    waiting = comparison(choose_b=[])
    waiting.sections.create(heading="Tools")
    assert sentences(waiting, Level.ERROR) == []
    assert sentences(waiting, Level.WARNING) == [
        "Nothing says who should choose Net Maker.",
        "The section “Tools” is empty, and is left out.",
    ]


def test_money_that_no_figure_backs_is_a_warning_wherever_it_stands() -> None:
    backed = comparison(intro="<p>Rope makers earn $65,917.</p>", versus="<p>Or $70k?</p>")
    backed.sections.create(heading="Salary", body="<p>Or even $80,000.</p>")
    assert sentences(backed, Level.WARNING) == [
        "“$70k” stands in the text, but no figure backs it.",
        "“$80,000” stands in the text, but no figure backs it.",
    ]


def test_a_page_says_something() -> None:
    assert sentences(make_page(body=""), Level.ERROR) == ["Write the page's text."]
    assert findings(make_page()) == []
