"""The words of editions follow what the press issues."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Comparison, ComparisonWords, Page, PageWords, RoleWords
from articles.search.index import KINDS, MOST, PARTS, joined
from careers.models import Role
from publishing.cancel import cancel
from publishing.models import Edition
from publishing.publish import publish, schedule
from publishing.withdraw import withdraw
from tests.articles.builders import Corpus, Entry
from tests.articles.search.builders import titles
from tests.builders import ahead, make_draft, make_live, make_user, revise

pytestmark = pytest.mark.django_db


def indexed() -> dict[str, set[int]]:
    """Return the ids of the editions whose words are kept, by kind."""
    tables: dict[str, Any] = {"role": RoleWords, "comparison": ComparisonWords, "page": PageWords}
    return {kind: set(table.objects.values_list("pk", flat=True)) for kind, table in tables.items()}


def unfinished(kind: type[Role | Comparison | Page]) -> set[int]:
    return set(kind.edition_model.objects.unfinished().pages().values_list("pk", flat=True))


def test_the_words_of_what_is_live_or_coming_are_kept_and_no_others() -> None:
    by = make_user()
    comparison = make_live(Comparison)
    publish(revise(comparison, standfirst="Another line."), by=by)
    schedule(revise(comparison, standfirst="A later line."), by=by, at=ahead(days=1))
    page = make_live(Page)
    make_draft(Role)
    assert indexed() == {"role": unfinished(Role), "comparison": unfinished(Comparison), "page": unfinished(Page)}
    assert len(indexed()["comparison"]) == 2

    cancel(Comparison.edition_model.objects.coming().get(), by=by)
    withdraw([page], by=by, kind=Edition.Kind.NOTICE, reason="Outdated.")
    assert indexed() == {"role": unfinished(Role), "comparison": unfinished(Comparison), "page": set()}


def test_what_came_past_the_press_is_indexed_by_the_command_and_again_by_the_next(
    capsys: pytest.CaptureFixture[str],
) -> None:
    corpus = Corpus()
    corpus.add_shelves(1)
    corpus.add_roles(3)
    corpus.add([Entry(0, 1, content={"intro": "<p>A zyzzyva.</p>"}), Entry(1, 2, window="past")])
    assert titles("zyzzyva") == []
    call_command("index_search")
    assert titles("zyzzyva") == ["Keeper 000 vs. Keeper 001"]
    before = indexed()
    call_command("index_search")
    assert indexed() == before
    call_command("index_search", "--anew")
    assert indexed() == before
    told = capsys.readouterr().out.splitlines()
    assert told == [
        *("roles: 3 read", "comparisons: 1 read", "pages: 0 read"),
        *("roles: 0 read", "comparisons: 0 read", "pages: 0 read"),
        *("roles: 3 read", "comparisons: 1 read", "pages: 0 read"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_read_of_a_content_is_in_it(kind: type[Role | Comparison | Page]) -> None:
    assert set(PARTS[kind._meta.model_name or ""]) <= {*kind.content_fields, *kind.content_rows, "tags"}


@given(st.text(max_size=200), st.lists(st.text(max_size=40), max_size=5))
def test_the_words_of_any_text_are_told_apart_by_blanks(title: str, tags: list[str]) -> None:
    edition = Role.edition_model(title=title, definition="")
    words = joined(edition, {"tags": tags}, kind="role").split(" ")
    assert all(word.replace("_", "a").isalnum() for word in words if word)
    assert len(words) == len(set(words)) <= MOST


def test_a_text_of_ten_thousand_different_words_is_kept() -> None:
    prose = " ".join(f"word{n}" for n in range(10_000))
    make_live(Page, title="Long", body=f"<p>zyzzyva {prose}</p>")
    assert titles("zyzzyva word17") == ["Long"]


def test_a_word_is_looked_up_in_an_index_of_words() -> None:
    live = Comparison.edition_model.objects.live().filter(found_by__words__has_all=["keeper"])
    rows = live.order_by("-found_by__edition_id")[:10]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_indexscan = off")
        words = Comparison.edition_model._meta.get_field("found_by").related_model
        alone = words._base_manager.filter(
            words__has_all=["keeper"]
        )  # joined, an empty table is read by its other index
        assert "Bitmap Index Scan on articles_comparisonwords_words" in alone.explain()
        return
    plan = rows.explain()
    assert plan.splitlines()[0].split("SCAN ")[1].startswith("articles_comparisonwords VIRTUAL TABLE INDEX")
    assert "TEMP B-TREE" not in plan, "the rows are read in their order, until there are enough"
