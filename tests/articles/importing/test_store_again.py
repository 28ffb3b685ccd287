"""What is there already when an article comes in: nothing that an editor wrote is overwritten."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import Comparison
from careers.models import Role
from publishing.revisions import restore
from tests.builders import make_comparison, make_role, make_user, revise

from .stored import DUTIES, article, put, rows

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def test_a_role_that_is_there_is_never_overwritten() -> None:
    role = make_role("Rope Maker", summary="<p>Twists nylon these days.</p>")
    before = Role.objects.values().get(pk=role.pk)
    stored = put(article())
    assert Role.objects.values().get(pk=role.pk) == before
    assert not role.figures.exists()
    assert not role.revisions.exists()
    comparison = Comparison.objects.get()
    assert comparison.summary_a == "<p>A rope maker twists hemp.</p>"
    said = " ".join(stored.sentences)
    assert "The role Rope Maker was there already: what the article says of it became the article's own." in said
    assert "Line 12: not added to the role Rope Maker, which was there: “Rope makers earn $52,000" in said


def test_what_says_the_same_as_the_role_is_not_said_twice() -> None:
    role = make_role("Rope Maker", summary="<p>A rope maker twists hemp.</p>")
    role.figures.create(measure="mean_pay", amount=52000, unit="year")
    stored = put(article())
    assert Comparison.objects.get().summary_a == ""
    assert not [sentence for sentence in stored.sentences if "Rope Maker" in sentence]


@pytest.mark.parametrize("title", ["rope maker", "ROPE MAKER"])
def test_a_role_is_found_however_it_is_capitalised(title: str) -> None:
    role = make_role(title)
    put(article())
    assert Comparison.objects.get().role_a == role


def test_the_same_file_again_changes_nothing() -> None:
    put(article(wishes=("Weaver vs. Rope Maker",)))
    before = rows()
    stored = put(article(wishes=("Weaver vs. Rope Maker",)))
    assert (stored.outcome, stored.sentences) == ("unchanged", [])
    assert rows() == before


def test_a_changed_file_brings_an_unedited_draft_up_to_date() -> None:
    put(article())
    changed = article(intro="<p>Both work with twine.</p>", sections=(DUTIES,), tags=("Nets",), sources=())
    stored = put(changed, text="as it is now")
    comparison = Comparison.objects.get()
    assert (stored.outcome, comparison.intro) == ("updated", "<p>Both work with twine.</p>")
    assert [section.heading for section in comparison.sections.all()] == ["Job Duties"]
    assert (list(comparison.tags.names()), comparison.sources.count()) == (["Nets"], 0)
    assert comparison.revisions.count() == 2
    assert Role.objects.get(slug="rope-maker").revisions.count() == 1


def test_what_a_changed_file_says_anew_of_a_role_becomes_the_articles_own() -> None:
    put(article())
    put(article(summary_a="<p>A rope maker twists nylon.</p>"), text="as it is now")
    assert Comparison.objects.get().summary_a == "<p>A rope maker twists nylon.</p>"
    assert Role.objects.get(slug="rope-maker").summary == "<p>A rope maker twists hemp.</p>"


def edited(comparison: Comparison) -> None:
    revise(comparison, standfirst="Edited.")


def edited_and_turned_back(comparison: Comparison) -> None:
    first = comparison.revisions.latest("pk")
    edited(comparison)
    restore(first, by=make_user("writer"))


@pytest.mark.parametrize("edit", [edited, edited_and_turned_back])
def test_a_draft_that_somebody_edited_is_left_alone(edit: Any) -> None:
    put(article())
    edit(Comparison.objects.get())
    before = rows()
    stored = put(article(intro="<p>Other.</p>"), text="as it is now")
    assert stored.outcome == "left alone"
    assert stored.sentences == ["The draft was written or edited here; the file changes nothing."]
    assert rows() == before


def test_a_draft_that_was_written_here_is_left_alone_in_either_order() -> None:
    make_comparison(make_role("Net Maker"), make_role("Rope Maker"))
    before = rows()
    assert put(article()).outcome == "left alone"
    assert rows() == before


def test_another_file_over_the_same_roles_is_left_alone_and_the_first_one_named() -> None:
    put(article())
    before = rows()
    stored = put(article(role_a="Net Maker", role_b="Rope Maker"), file="nets.txt", text="another")
    assert stored.outcome == "left alone"
    assert stored.sentences == ["The draft of these two roles was imported from ropes.txt."]
    assert rows() == before


def test_a_draft_that_was_deleted_is_left_alone_and_said_to_be_deleted() -> None:
    put(article())
    Comparison.objects.update(put_away_at=timezone.now())
    before = rows()
    stored = put(article(intro="<p>Other.</p>"), text="as it is now")
    assert (stored.outcome, stored.sentences) == (
        "left alone",
        ["The draft of these two roles was deleted: bring it back first."],
    )
    assert rows() == before


def test_an_article_about_a_role_that_was_deleted_is_refused_with_its_name() -> None:
    make_role("Rope Maker", put_away_at=timezone.now())
    before = rows()
    with pytest.raises(ValidationError, match="“Rope Maker” was deleted: bring it back first, or name another role."):
        put(article())
    assert rows() == before


def test_a_role_that_is_at_hand_goes_before_a_deleted_one_that_is_called_alike() -> None:
    make_role("ROPE MAKER", slug="rope-maker-2", put_away_at=timezone.now())
    role = make_role("Rope maker")
    put(article())
    assert Comparison.objects.get().role_a == role
