"""Rich text is compared block by block, then word by word; what changed beside the words is said in sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.prosediff import LAID_OUT, Block, Blocks, Gap, compared, prose, texts
from publishing.richtext import sanitise
from publishing.textdiff import Budget, Op

WORDS = st.lists(
    st.sampled_from(["pay", "job", "care", "team", "plan", "the", "a", "of"]), min_size=1, max_size=12
).map(" ".join)
INLINE = st.builds("{0}{1}{2}".format, WORDS, st.sampled_from(["", " <strong>now</strong>", "<br>then"]), WORDS)
BLOCKS = (
    st.builds("<p>{0}</p>".format, INLINE)
    | st.builds("<h3>{0}</h3>".format, WORDS)
    | st.builds("<ul><li><p>{0}</p></li><li><p>{1}</p></li></ul>".format, INLINE, WORDS)
    | st.builds("<blockquote><p>{0}</p></blockquote>".format, INLINE)
    | st.builds("<table><tbody><tr><th>{0}</th><td>{1}</td></tr></tbody></table>".format, WORDS, INLINE)
)
PROSE = st.lists(BLOCKS, max_size=8).map("".join)


def differing(before: str, after: str, **titles: str) -> Blocks:
    return prose(before, after, budget=Budget(), titles={int(key[1:]): title for key, title in titles.items()})


def words(blocks: Blocks, *ops: Op) -> str:
    """Return the words of those pieces, a line for each block."""
    lines = [
        "".join(piece.text for piece in block.pieces if piece.op in ops) for block in blocks if isinstance(block, Block)
    ]
    return "\n".join(filter(None, lines))


def notes(before: str, after: str, **titles: str) -> list[str]:
    return [note for block in differing(before, after, **titles) if isinstance(block, Block) for note in block.notes]


def test_each_paragraph_heading_item_and_row_is_a_block_of_its_own() -> None:
    html = sanitise(
        "<h2>Pay</h2><p>One <b>sum</b><br>a year.</p><ul><li>Plans<ol><li>budgets</ol></ul>"
        "<table><tr><th>Role<th>Pay<tr><td>A<td><p>$1</p><p>&lt;2</p></table><blockquote><p>So.</p></blockquote><p></p>"
    )
    assert [(each.style, each.text) for each in texts(html, titles={})] == [
        ("heading 2", "Pay"),
        ("paragraph", "One sum ↵ a year."),
        ("bulleted item", "Plans"),
        ("numbered item at level 2", "budgets"),
        ("table row", "Role | Pay"),
        ("table row", "A | $1 <2"),
        ("quotation", "So."),
    ]


@given(PROSE)
def test_equal_prose_gives_nothing(html: str) -> None:
    assert differing(html, html) == ()


@given(PROSE, PROSE)
def test_prose_that_differs_gives_something(before: str, after: str) -> None:
    assert bool(differing(before, after)) == (before != after)


@given(PROSE, PROSE)
def test_the_blocks_hold_both_texts(before: str, after: str) -> None:
    old, new = texts(before, titles={}), texts(after, titles={})
    found = tuple(compared(old, new, budget=Budget()))
    assert words(found, Op.KEPT, Op.DELETED) == "\n".join(each.text for each in old)
    assert words(found, Op.KEPT, Op.INSERTED) == "\n".join(each.text for each in new)


@given(PROSE, PROSE)
def test_swapped_prose_swaps_insertions_and_deletions(before: str, after: str) -> None:
    there, back = differing(before, after), differing(after, before)
    assert words(there, Op.INSERTED) == words(back, Op.DELETED)
    assert words(there, Op.DELETED) == words(back, Op.INSERTED)


def test_long_unchanged_stretches_are_left_out_but_for_the_neighbours_of_a_change() -> None:
    paragraphs = [f"<p>Paragraph {number}.</p>" for number in range(1, 9)]
    after = [*paragraphs[:6], "<p>Paragraph 16.</p>", paragraphs[7]]
    first, before, changed, behind = differing("".join(paragraphs), "".join(after))
    assert first == Gap("5 paragraphs unchanged")
    assert isinstance(changed, Block)
    assert words((before, behind), Op.KEPT) == "Paragraph 6.\nParagraph 8."
    assert (words((changed,), Op.DELETED), words((changed,), Op.INSERTED)) == ("7", "16")


def test_a_single_unchanged_paragraph_between_two_changes_is_shown() -> None:
    before = "".join(f"<p>{word}</p>" for word in "ABCDE")
    assert not any(isinstance(block, Gap) for block in differing(before, before.replace("A", "F").replace("E", "G")))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("<p>Two long years</p>", "<p>Two <strong>long years</strong></p>", "“long years”: now bold."),
        ("<p><em>Two</em> years</p>", "<p>Two years</p>", "“Two”: no longer italic."),
        ("<p>—</p>", "<h3>—</h3>", "Now a heading 3; it was a paragraph."),
        ("<h3>Pay</h3>", "<h4>Pay</h4>", "Now a heading 4; it was a heading 3."),
        ("<p>Plans</p>", "<ul><li><p>Plans</p></li></ul>", "Now a bulleted item; it was a paragraph."),
        (
            '<p>See <a href="https://a.example/">this</a></p>',
            '<p>See <a href="doc:7#pay">this</a></p>',
            "“this”: no longer a link to https://a.example/, now a link to “Office Manager”#pay.",
        ),
        ('<p>See <a href="doc:8">this</a></p>', "<p>See this</p>", "“this”: no longer a link to doc:8."),
        (
            "<table><tbody><tr><td>Pay</td></tr></tbody></table>",
            "<table><tbody><tr><th>Pay</th></tr></tbody></table>",
            "“Pay”: now a heading cell.",
        ),
        ("<p>One</p><p></p>", "<p>One</p>", LAID_OUT),
    ],
)
def test_what_changed_beside_the_words_is_said_in_words(before: str, after: str, expected: str) -> None:
    assert notes(before, after, _7="Office Manager") == [expected]


def test_a_word_that_is_bold_in_part_is_one_word() -> None:
    [block] = differing("<p>manager</p>", "<p><strong>manag</strong>er</p>")
    assert isinstance(block, Block)
    assert [piece.op for piece in block.pieces] == [Op.KEPT]


def test_a_megabyte_of_short_paragraphs_and_one_of_one_paragraph_are_compared_too() -> None:
    long = "<p>" + "care plan " * 100_000 + "</p>"
    found = differing(long, "<p>Pay.</p>" * 90_000)
    assert {block.op for block in found if isinstance(block, Block)} == {Op.DELETED, Op.INSERTED}
