"""Two texts are told apart word by word, the same in both directions, and within a budget whatever they are."""

from __future__ import annotations

from typing import ClassVar

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publishing.textdiff import Budget, Op, Piece, aligned, matches, pieces, tokens

TEXTS = st.text(max_size=60) | st.text("ab c,.1’-\n", max_size=60)
WORDS = st.lists(st.sampled_from(["pay", "job", "care", "team", "plan", "the", "a", "of"]), max_size=30)
SENTENCES = WORDS.map(" ".join)


class Counted(str):
    """A word that counts how often any word is compared or looked up."""

    calls: ClassVar[int] = 0

    def __eq__(self, other: object) -> bool:
        Counted.calls += 1
        return str.__eq__(self, other)

    def __hash__(self) -> int:
        Counted.calls += 1
        return str.__hash__(self)


def shown(before: str, after: str) -> str:
    signs = {Op.KEPT: "{}", Op.DELETED: "[-{}-]", Op.INSERTED: "[+{}+]"}
    return "".join(signs[piece.op].format(piece.text) for piece in pieces(before, after, budget=Budget()))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("They plan care.", "They plan good care.", "They plan [+good +]care."),
        ("It pays $65,917 a year.", "It pays $67,100 a year.", "It pays [-$65,917-][+$67,100+] a year."),
        ("They plan care", "They plan care, daily", "They plan care[+, daily+]"),
        ("A manager's long day", "A manager’s long day", "A [-manager's-][+manager’s+] long day"),
        ("Salary", "What it pays", "[-Salary-][+What it pays+]"),
        ("", "New", "[+New+]"),
        ("Same", "Same", "Same"),
    ],
)
def test_words_are_shown_as_an_editor_would_mark_them(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


@given(TEXTS | SENTENCES)
def test_tokens_lose_nothing(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(TEXTS | SENTENCES, TEXTS | SENTENCES)
@example("a b a", "b a b")
def test_what_was_kept_and_inserted_is_the_text_after_and_kept_and_deleted_the_text_before(old: str, new: str) -> None:
    found = pieces(old, new, budget=Budget())
    assert "".join(piece.text for piece in found if piece.op is not Op.DELETED) == new
    assert "".join(piece.text for piece in found if piece.op is not Op.INSERTED) == old


@given(TEXTS | SENTENCES, TEXTS | SENTENCES)
def test_swapped_texts_swap_insertions_and_deletions(old: str, new: str) -> None:
    swapped = {Op.KEPT: Op.KEPT, Op.INSERTED: Op.DELETED, Op.DELETED: Op.INSERTED}
    there, back = pieces(old, new, budget=Budget()), pieces(new, old, budget=Budget())
    assert {(swapped[piece.op], piece.text) for piece in back} == {(piece.op, piece.text) for piece in there}


@given(st.lists(SENTENCES, max_size=8), st.lists(SENTENCES, max_size=8))
def test_alignment_names_every_text_of_both_sides_once_in_order(old: list[str], new: list[str]) -> None:
    pairs = aligned(old, new, budget=Budget())
    assert [i for i, _ in pairs if i is not None] == list(range(len(old)))
    assert [j for _, j in pairs if j is not None] == list(range(len(new)))


@given(st.lists(SENTENCES, max_size=8), st.lists(SENTENCES, max_size=8))
def test_alignment_is_the_same_in_both_directions(old: list[str], new: list[str]) -> None:
    there, back = aligned(old, new, budget=Budget()), aligned(new, old, budget=Budget())
    assert set(there) == {(i, j) for j, i in back}


def test_an_edited_text_is_found_beside_a_new_one() -> None:
    pairs = aligned(["They plan the care of a team."], ["Pay.", "They plan the work of a team."], budget=Budget())
    assert pairs == [(None, 0), (0, 1)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["care"] * 50_000 + ["x"], ["plan"] + ["care"] * 50_000 + ["y"]),
        (
            [word for n in range(25_000) for word in (f"same{n}", f"old{n}")],
            [word for n in range(25_000) for word in (f"new{n}", f"same{n}")],
        ),
    ],
)
def test_hostile_texts_cost_no_more_than_reading_them_a_few_times(before: list[str], after: list[str]) -> None:
    old: list[str] = [Counted(word) for word in before]
    new: list[str] = [Counted(word) for word in after]
    Counted.calls = 0
    matches(old, new, budget=Budget())
    assert Counted.calls <= 5 * (len(old) + len(new))


def test_a_megabyte_that_has_nothing_in_common_is_replaced_as_a_whole() -> None:
    old, new = "old " * 250_000, "new " * 250_000
    assert pieces(old, new, budget=Budget()) == (Piece(Op.DELETED, old), Piece(Op.INSERTED, new))


@given(st.lists(SENTENCES, max_size=6), st.lists(SENTENCES, max_size=6), st.integers(0, 2000))
def test_a_budget_is_never_overdrawn(old: list[str], new: list[str], steps: int) -> None:
    budget = Budget(steps)
    aligned(old, new, budget=budget)
    pieces(" ".join(old), " ".join(new), budget=budget)
    assert 0 <= budget.steps <= steps
