"""A draft put together from two profiles: what is taken over, what the page reads by itself, what is left to write."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.assemble import From, assemble, make
from articles.models import STANDARD_SECTIONS, Comparison, Page, Wish
from careers.models import Role
from publishing.checks import Level, findings
from publishing.errors import Refused
from publishing.richtext import plain
from tests.builders import SOURCED, make_category, make_comparison, make_draft, make_role, make_user, revise

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def keeper(**fields: Any) -> Role:
    return make_role("Lamp Keeper", **{"duties": "<p>You trim <strong>wicks</strong>.</p>"} | fields)


def taster(**fields: Any) -> Role:
    return make_role("Oil Taster", **{"duties": "<p>You taste oil.</p>"} | fields)


def test_a_section_begins_with_what_both_profiles_say_word_for_word_under_their_names() -> None:
    made = make(assemble(keeper(), taster()), by=make_user("writer")).comparison
    duties = made.sections.get(heading="Job duties")
    assert duties.body == (
        "<h4>Lamp keepers</h4><p>You trim <strong>wicks</strong>.</p><h4>Oil tasters</h4><p>You taste oil.</p>"
    )


def test_a_part_of_which_one_profile_says_nothing_has_the_others_text_and_says_whose_is_missing() -> None:
    a, b = keeper(), taster(duties="<p> </p>")
    duties = assemble(a, b).sections[0]
    assert (duties.profiles, duties.silent) == ((a,), (b,))
    assert "tasters" not in duties.body


def test_nothing_is_written_that_no_profile_says() -> None:
    a, b = keeper(requirements="<p>Steady hands.</p>"), taster()
    made = make(assemble(a, b), by=make_user("writer")).comparison
    assert [section.heading for section in made.sections.all()] == list(STANDARD_SECTIONS)
    said = [plain(section.body) for section in made.sections.all()]
    assert said == [
        "Lamp keepers You trim wicks. Oil tasters You taste oil.",
        "Lamp keepers Steady hands.",
        "",
        "",
        "",
    ]
    assert (made.title, made.intro, made.versus, made.choose_a, made.choose_b) == ("", "", "", [], [])


def test_what_the_page_reads_from_the_profiles_is_not_copied() -> None:
    facts = {"skills": ["Wick trimming"], "certifications": ["Keeper, the Guild"], "figures": [SOURCED]}
    a, b = keeper(**facts), taster(summary="")
    assembly = assemble(a, b)
    origins = {part.heading: part.origin for part in assembly.reading}
    assert origins["What is a lamp keeper?"] is From.READ
    assert origins["What is an oil taster?"] is From.NOBODY
    assert origins["Skills, shared and apart"] is From.READ
    made = make(assembly, by=make_user("writer")).comparison
    assert (made.summary_a, made.summary_b) == ("", "")
    text = str(made.revisions.get().content)
    for fact in ("Wick trimming", "the Guild", "65917", "About Lamp Keeper", a.definition):
        assert fact not in text


def test_headings_in_a_profile_stand_no_higher_than_the_names_of_the_roles() -> None:
    body = assemble(keeper(duties="<h3>By night</h3><p>You watch.</p>"), taster()).sections[0].body
    assert "<h4>By night</h4>" in body
    assert "h3" not in body


def test_the_category_in_which_most_comparisons_of_these_roles_stand_is_suggested() -> None:
    a, b = keeper(), taster()
    assert assemble(a, b).category is None
    often, once = make_category("Oil"), make_category("Lamps")
    make_comparison(a, make_role(), category=once)
    make_comparison(make_role(), b, category=often)
    make_comparison(b, make_role(), category=often)
    make_comparison(a, make_role(), category=once, put_away_at=timezone.now())
    make_comparison(category=once)
    assert assemble(a, b).category == often


def test_the_draft_has_one_revision_by_whoever_started_it_and_carries_what_was_changed() -> None:
    writer, shelf = make_user("writer"), make_category()
    assembly = assemble(keeper(), taster())
    changed = dataclasses.replace(assembly, title="Lamp or oil?", category=shelf, sections=assembly.sections[:1])
    made = make(changed, by=writer).comparison
    revision = made.revisions.get()
    assert (revision.author, revision.note) == (writer, "Assembled from the profiles of Lamp Keeper and Oil Taster")
    assert (made.title, made.category, made.author) == ("Lamp or oil?", shelf, writer)
    assert [section["heading"] for section in revision.content["sections"]] == ["Job duties"]


def test_articles_that_wished_for_it_pin_it() -> None:
    wisher = make_draft(Comparison)
    Wish.objects.create(comparison=wisher, title="Oil Taster vs. Lamp Keeper")
    made = make(assemble(keeper(), taster()), by=make_user("writer"))
    assert made.pinned_on == [wisher]
    assert wisher.pins.get().target == made.comparison


def test_a_pair_that_has_a_comparison_gets_no_second_one_and_nothing_is_stored() -> None:
    a, b = keeper(), taster()
    standing = make_draft(Comparison, role_a=b, role_b=a)
    with pytest.raises(ValidationError, match="There is a comparison of these two roles already"):
        make(assemble(a, b), by=make_user("writer"))
    assert Comparison.objects.get() == standing


def test_a_deleted_role_is_brought_back_first() -> None:
    a, b = keeper(), taster(put_away_at=timezone.now())
    with pytest.raises(Refused, match="“Oil Taster” was deleted: bring it back first"):
        make(assemble(a, b), by=make_user("writer"))
    assert not Comparison.objects.exists()


def test_what_is_taken_over_is_an_info_until_it_is_rewritten_and_the_profile_is_not_to_blame() -> None:
    long = "You trim every wick of the tower before dusk, and write down what the night's oil came to."
    a, b = keeper(duties=f"<p>{long}</p>"), taster()
    revise(a)
    made = make(assemble(a, b), by=make_user("writer")).comparison
    found = [each for each in findings(made) if each.check == "paragraphs_are_its_own"]
    assert [(each.level, each.sentence) for each in found] == [
        (Level.INFO, "This paragraph is taken over from “Lamp Keeper”: “You trim every wick of the tower before …”")
    ]
    assert not [each for each in findings(a) if each.check == "paragraphs_are_its_own"]
    make_draft(Page, body=f"<p>{long}</p>")
    levels = {each.level for each in findings(made) if each.check == "paragraphs_are_its_own"}
    assert levels == {Level.WARNING}
