"""Two contents of a document are compared as an editor reads them."""

from __future__ import annotations

from copy import deepcopy
from html import escape
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from articles.models import Comparison, Page
from careers.models import Role
from publishing.content import snapshot
from publishing.diff import Change, RowChange, compare
from publishing.models import Document, Revision
from publishing.prosediff import Block
from publishing.revisions import record
from publishing.richtext import plain
from publishing.textdiff import Op
from tests.builders import SOURCED, make_category, make_comparison, make_draft, make_page, make_role, make_user, revise

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def told(changes: list[Change]) -> dict[str, list[str]]:
    """Return for each label the words, deleted ones as -words- and inserted ones as +words+."""
    signs = {Op.KEPT: "{}", Op.DELETED: "-{}-", Op.INSERTED: "+{}+"}
    return {
        change.label: [
            "".join(signs[piece.op].format(piece.text) for piece in block.pieces)
            for block in change.blocks
            if isinstance(block, Block)
        ]
        for change in changes
    }


def rows(changes: list[Change]) -> list[RowChange]:
    [change] = changes
    return list(change.rows)


def test_equal_contents_give_nothing() -> None:
    content = snapshot(make_comparison())
    assert compare(Comparison, content, deepcopy(content)) == []


def test_a_field_goes_by_its_name_and_shows_its_words() -> None:
    page = make_page("About", standfirst="Who writes this.")
    before = snapshot(page)
    revise(page, standfirst="Who writes all of this.", body="<p>Notes of ours.</p>")
    assert told(compare(Page, before, snapshot(page))) == {
        "Standfirst": ["Who writes +all of +this."],
        "Text": ["Notes+ of ours+."],
    }


def test_choices_switches_and_relations_are_shown_as_the_form_shows_them() -> None:
    old, new = make_category("Job Search"), make_category("Pay")
    role, other = make_role("Ash", education="bachelor"), make_comparison(category=old)
    before_role, before = snapshot(role), snapshot(other)
    revise(role, education="master", is_indexable=False)
    revise(other, category=new, author=make_user(username="jo"))
    assert told(compare(Role, before_role, snapshot(role))) == {
        "Typical education": ["-Bachelor's degree-+Master's degree+"],
        "Search engines may list it": ["-yes-+no+"],
    }
    assert told(compare(Comparison, before, snapshot(other))) == {
        "Category": ["-Job Search-+Pay+"],
        "Author": ["+jo+"],
    }


def test_what_is_no_longer_there_is_said_to_be_gone() -> None:
    content = snapshot(make_comparison(category=make_category("Pay")))
    assert told(compare(Comparison, content | {"category": 404}, content)) == {
        "Category": ["-no longer there (number 404)-+Pay+"]
    }


def test_two_of_the_same_title_are_told_apart_by_number() -> None:
    a, b = make_comparison(title="Which one?"), make_comparison(title="Which one?")
    content = snapshot(make_comparison())
    old, new = (content | {"pins": [{"id": 1, "target": each.pk}]} for each in (a, b))
    [row] = rows(compare(Comparison, old, new))
    assert told(list(row.changes)) == {"Target": [f"-Which one? ({a.pk})-+Which one? ({b.pk})+"]}


def test_lists_are_compared_line_by_line_and_tags_as_a_set() -> None:
    before = snapshot(make_role("Ash", skills=["Planning", "Budgets", "Hiring"], tags=["care", "desk"]))
    after = before | {"skills": ["Planning", "Budgets of a team", "Hiring", "Law"], "tags": ["care", "desk work"]}
    assert told(compare(Role, before, after)) == {
        "Skills": ["Planning", "-Budgets-", "+Budgets of a team+", "Hiring", "+Law+"],
        "Tags": ["-desk-", "+desk work+"],
    }


def test_rows_are_added_removed_moved_and_changed() -> None:
    comparison = make_comparison()
    for position, heading in enumerate(["Skills", "Salary", "Outlook", "Hours"], 1):
        comparison.sections.create(position=position, heading=heading, body=f"<p>About {heading}.</p>")
    before = snapshot(comparison)
    duties, skills, salary, outlook, hours = before["sections"]
    after = before | {
        "sections": [
            hours,
            duties,
            skills | {"heading": "Skills and tools"},
            outlook,
            {"id": None, "heading": "Travel", "body": "<p>Seldom.</p>", "image": None},
        ]
    }
    found = rows(compare(Comparison, before, after))
    assert [(row.title, row.was, row.now, row.is_moved, told(list(row.changes))) for row in found] == [
        ("Hours", 5, 1, True, {}),
        ("Skills and tools", 2, 3, False, {"Heading": ["Skills+ and tools+"]}),
        ("Salary", 3, None, False, {"Body": ["-About Salary.-"]}),
        ("Travel", None, 5, False, {"Body": ["+Seldom.+"]}),
    ]


def test_rows_that_were_imported_anew_are_the_same_rows() -> None:
    before = snapshot(make_role("Ash", figures=[SOURCED, SOURCED | {"measure": "mean_pay"}]))
    figures = [row | {"id": row["id"] + 100} for row in before["figures"]]
    assert compare(Role, before, before | {"figures": figures}) == []


def test_a_figure_shows_its_values_and_a_number_written_otherwise_is_the_same() -> None:
    before = snapshot(make_role("Ash", figures=[SOURCED]))
    [figure] = before["figures"]
    assert compare(Role, before, before | {"figures": [figure | {"amount": "65917"}]}) == []
    changed = figure | {"amount": "67100.00", "as_of": "2026-04-01", "unit": "month"}
    [row] = rows(compare(Role, before, before | {"figures": [changed]}))
    assert (row.title, told(list(row.changes))) == (
        "Median pay",
        {
            "Amount": ["-65,917.00-+67,100.00+"],
            "Unit": ["-US dollars a year-+US dollars a month+"],
            "As of": ["+1 April 2026+"],
        },
    )


def test_a_link_to_a_document_goes_by_its_title() -> None:
    role, page = make_role("Ash"), make_page(body="<p>See this.</p>")
    [change] = compare(Page, snapshot(page), snapshot(page) | {"body": f'<p>See <a href="doc:{role.pk}">this</a>.</p>'})
    [block] = change.blocks
    assert isinstance(block, Block)
    assert block.notes == ("“this”: now a link to “Ash”.",)


def test_titles_cost_one_query_for_each_related_model(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    comparison, others = make_comparison(), [make_comparison() for _ in range(6)]
    before = snapshot(comparison)
    pins = [{"id": number, "target": other.pk} for number, other in enumerate(others)]
    with django_assert_num_queries(3):  # roles, categories, comparisons
        found = rows(compare(Comparison, before, before | {"pins": pins}))
    assert [row.title for row in found] == [str(other) for other in others]


PROSE = st.lists(st.sampled_from(["<p>Plans care.</p>", "<p>Plans the care.</p>", "<h3>Pay</h3>"]), max_size=5)
SECTIONS = st.lists(
    st.builds(
        lambda pk, heading, body: {"id": pk, "heading": heading, "body": "".join(body), "image": None},
        st.integers(1, 6) | st.none(),
        st.sampled_from(["Pay", "Skills", "Hours"]),
        PROSE,
    ),
    max_size=6,
    unique_by=lambda row: row["id"] or object(),
)
CONTENTS = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["", "A or B?", "A or C?"]),
        "choose_a": st.lists(st.sampled_from(["like people", "like plans"]), unique=True),
        "intro": PROSE.map("".join),
        "sections": SECTIONS,
        "tags": st.sets(st.sampled_from(["care", "desk"])).map(sorted),
    }
)


def words(changes: tuple[Change, ...] | list[Change], op: Op) -> list[str]:
    own = [
        piece.text
        for change in changes
        for block in change.blocks
        if isinstance(block, Block)
        for piece in block.pieces
        if piece.op is op
    ]
    return sorted(own + [text for change in changes for row in change.rows for text in words(row.changes, op)])


@given(CONTENTS, CONTENTS)
def test_swapped_contents_swap_what_was_inserted_and_deleted(old: dict[str, Any], new: dict[str, Any]) -> None:
    blank = dict.fromkeys(Comparison.content_fields) | {name: [] for name in Comparison.content_rows}
    there, back = (compare(Comparison, blank | a, blank | b) for a, b in ((old, new), (new, old)))
    assert [change.name for change in there] == [change.name for change in back]
    assert words(there, Op.INSERTED) == words(back, Op.DELETED)
    assert words(there, Op.DELETED) == words(back, Op.INSERTED)


def realistic() -> tuple[Comparison, Revision, Revision]:
    """Return a comparison with the two revisions between which an editor worked on it."""
    roles = make_role("Practice Manager"), make_role("Office Manager")
    intro = [
        "<p>Practice managers and office managers both keep a workplace running.</p>",
        *(f"<p>Paragraph {number} stays as it is.</p>" for number in range(5)),
        "<h3>Where they differ</h3><p>A practice manager answers for patients’ records and pays $65,917 for it.</p>",
        "<ul><li><p>Plans rotas</p></li><li><p>Signs leases</p></li></ul>",
    ]
    comparison = make_comparison(*roles, intro="".join(intro), choose_a=["like clinics"], tags=["care", "office"])
    for position, heading in enumerate(["Skills", "Salary", "Outlook"], 1):
        comparison.sections.create(position=position, heading=heading, body=f"<p>{heading} of both.</p>")
    before = record(comparison, by=make_user())
    intro[0] = (
        "<p>Practice managers and office managers <strong>both</strong> keep a <em>busy</em> workplace going.</p>"
    )
    intro[6] = (
        "<h4>Where they differ</h4><p>A practice manager answers for <script>alert(1)</script>patients’ safety.</p>"
    )
    intro[7] = (
        "<ul><li><p>Plans rotas &amp; &lt;b&gt;leave&lt;/b&gt;</p></li></ul>"
        "<table><tbody><tr><td>A</td><td>B</td></tr></tbody></table>"
    )
    comparison.sections.filter(heading="Salary").delete()
    comparison.sections.filter(heading="Outlook").update(position=0)
    comparison.sections.filter(heading="Job duties").update(position=1)
    comparison.sections.create(position=9, heading="Hours", body="<p>Both work by day.</p>")
    comparison.tags.set(["care", "clinics"])
    after = revise(
        comparison, intro="".join(intro), choose_a=["like clinics", "like patients"], category=make_category("Work")
    )
    return comparison, before, after


def page_of(document: Document, before: Revision, after: Revision) -> str:
    """Return the page on which an editor compares both."""
    request = RequestFactory().get("/")
    request.user = make_user()
    changes = compare(type(document), before.content, after.content)
    context: dict[str, Any] = {"title": "Compare", "opts": document._meta, "original": document, "changes": changes}
    return render_to_string(
        "admin/publishing/compare.html",
        context | {"before": before, "after": after, "revisions": [after, before]},
        request,
    )


def test_the_page_shows_the_changes_as_text() -> None:
    comparison, before, after = realistic()
    html = page_of(comparison, before, after)
    text = plain(html.replace("<ins>", " <ins>").replace("<del>", " <del>"))
    assert "deleted: running; inserted: going; ." in text
    assert "Now a heading 4; it was a heading 3." in text
    assert "… 3 paragraphs unchanged …" in text
    assert "Moved Outlook It was number 4 and is now number 1." in text
    assert "Removed Salary" in text
    assert "Added Hours" in text
    assert escape("<b>leave</b>") in html
    assert "<b>leave" not in html


def test_contents_that_are_equal_are_said_to_be() -> None:
    page = make_draft(Page)
    revision = page.revisions.get()
    context = {"opts": page._meta, "original": page, "revisions": [revision], "before": revision, "after": revision}
    request = RequestFactory().get("/")
    request.user = make_user()
    assert "Both hold the same." in render_to_string(
        "admin/publishing/compare.html", context | {"changes": []}, request
    )
