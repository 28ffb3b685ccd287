"""Amounts in prose, held against figures."""

from __future__ import annotations

import pytest

from careers.figures import Stated
from careers.money_checks import contradicted_money, reversed_claims
from careers.names import name_of
from careers.naming import Facts
from publishing.checks import Passage
from tests.articles.builders import figure


def facts(title: str, *figures: dict[str, object]) -> Facts:
    return Facts(name_of(title), (), tuple(Stated.read(figure(**each)) for each in figures))


ROPES = facts("Rope Maker", {"amount": "66400"})
NETS = facts("Net Maker", {"amount": "48100"})


def said(text: str) -> list[Passage]:
    return [Passage("versus", None, f"<p>{text}</p>", 2, 3)]


def contradictions(text: str) -> list[str]:
    return [finding.sentence for finding in contradicted_money(said(text), [ROPES, NETS])]


def test_an_amount_that_a_figure_backs_is_fine() -> None:
    assert contradictions("Rope makers earn $66,400, net makers $48,100.") == []


def test_an_amount_near_a_figure_contradicts_it() -> None:
    assert contradictions("A rope maker earns $65,917.") == [
        "“$65,917” stands in the text, but the figure of Rope Maker is $66,400 a year "
        "(median pay, United States, May 2025)."
    ]


def test_an_amount_far_from_every_figure_is_backed_by_none() -> None:
    assert contradictions("A rope maker earns $90,000.") == ["“$90,000” stands in the text, but no figure backs it."]


def test_where_one_role_is_named_only_its_figures_are_near() -> None:
    [sentence] = contradictions("A rope maker earns $48,000.")
    assert sentence == "“$48,000” stands in the text, but no figure backs it."
    [sentence] = contradictions("It is $48,000.")
    assert "the figure of Net Maker is $48,100" in sentence


@pytest.mark.parametrize("text", ["about $66,000", "Nearly $66,000", "$66k", "$66 thousand", "just over $48,000"])
def test_a_rounded_amount_that_says_so_is_backed(text: str) -> None:
    assert contradictions(f"{text} a year.") == []


@pytest.mark.parametrize("text", ["$66,000", "about $67,000", "$65k", "about $66,300"])
def test_a_rounded_amount_that_does_not_say_so_or_is_another_is_not(text: str) -> None:
    [sentence] = contradictions(f"It pays {text} a year.")
    assert "the figure of Rope Maker is $66,400" in sentence


def test_people_are_not_dollars() -> None:
    counted = facts("Sail Maker", {"measure": "employment", "unit": "people", "amount": "5000"})
    [finding] = contradicted_money(said("It pays $5,000."), [counted])
    assert finding.sentence == "“$5,000” stands in the text, but no figure backs it."


def test_both_ends_of_a_range_back_an_amount_and_tables_are_read_too() -> None:
    ranged = facts("Sail Maker", {"amount": "40000", "amount_high": "52000"})
    cells = [Passage("versus", None, "<table><tr><td>$40,000</td><td>$52,000</td><td>$9</td></tr></table>", 2, 3)]
    assert [finding.sentence for finding in contradicted_money(cells, [ranged])] == [
        "“$9” stands in the text, but no figure backs it."
    ]


def reversals(text: str, a: Facts = ROPES, b: Facts = NETS) -> list[str]:
    return [finding.sentence for finding in reversed_claims(said(text), a, b)]


@pytest.mark.parametrize(
    "claim",
    [
        "Net makers earn more than rope makers.",
        "A net maker makes more than a rope maker.",
        "On average, net makers typically earn about 20 percent more than rope makers do.",
        "Rope makers are paid less than net makers.",
        "They differ; net makers earn $4,000 more a year than rope makers.",
        "The average rope maker usually makes slightly less than the average net maker.",
    ],
)
def test_a_plain_claim_the_wrong_way_round_is_found(claim: str) -> None:
    [sentence] = reversals(claim)
    assert sentence == (
        f"The figures say the reverse of “{claim}”: Rope Maker has $66,400 a year and Net Maker $48,100 a year "
        "(median pay, United States, May 2025)."
    )
    assert reversals(claim, NETS, ROPES) != []


@pytest.mark.parametrize(
    "claim",
    [
        "Rope makers earn more than net makers.",
        "Net makers are paid less than rope makers.",
        "Net makers do not earn more than rope makers.",
        "Net makers may earn more than rope makers.",
        "Some net makers earn more than rope makers.",
        "Senior net makers earn more than rope makers.",
        "In small towns, net makers earn more than rope makers.",
        "Net makers earn more than rope makers in small towns.",
        "If net makers earn more than rope makers, ask why.",
        "Few net makers earn more than rope makers.",
        "Net makers often earn more than rope makers.",
        "Net makers make more nets than rope makers.",
        "Net makers earn more than sail makers.",
        "Net makers earn more. Rope makers earn less.",
        "Net makers earn more than other net makers, and rope makers less.",
    ],
)
def test_a_right_claim_and_one_that_is_hedged_narrowed_or_of_something_else_are_not_found(claim: str) -> None:
    assert reversals(claim) == []


@pytest.mark.parametrize(
    "other",
    [
        {"amount": "48100", "period": "May 2024"},
        {"amount": "48100", "place": ""},
        {"amount": "48100", "measure": "pay"},
        {"amount": "48100", "unit": "month"},
        {"amount": "66400"},
        {"amount": "48100", "amount_high": "90000"},
    ],
)
def test_nothing_is_said_where_the_figures_are_not_comparable_or_the_same(other: dict[str, object]) -> None:
    assert reversals("Net makers earn more than rope makers.", b=facts("Net Maker", other)) == []


def test_nothing_is_said_where_median_and_average_disagree() -> None:
    a = facts("Rope Maker", {"amount": "66400"}, {"amount": "70000", "measure": "mean_pay"})
    b = facts("Net Maker", {"amount": "48100"}, {"amount": "90000", "measure": "mean_pay"})
    assert reversals("Net makers earn more than rope makers.", a, b) == []
