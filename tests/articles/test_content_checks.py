"""What the checks of comparisons and pages tell an editor."""

from __future__ import annotations

from typing import Any

import pytest

from articles.models import STANDARD_SECTIONS, Comparison
from careers.models import Role
from publishing.checks import Level, findings
from publishing.models import Document
from tests.builders import SOURCED, make_comparison, make_live, make_page, make_role
from tests.images.builders import make_image

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def sentences(document: Document, level: Level) -> list[str]:
    return [finding.sentence for finding in findings(document) if finding.level is level]


ENOUGH = (
    "A rope maker twists ropes of hemp and of nylon; a net maker knots nets, and both sell what they make to the ships "
    "that need it every year."
)


def comparison(**fields: Any) -> Comparison:
    """Return a finished comparison of a rope maker, with a sourced figure, and a net maker."""
    a, b = make_role("Rope Maker", figures=[SOURCED]), make_role("Net Maker")
    made = make_comparison(a, b, **{"choose_a": ["like ropes"], "choose_b": ["like nets"]} | fields)
    made.sections.all().delete()
    for place, heading in enumerate(STANDARD_SECTIONS):
        made.sections.create(heading=heading, body=f"<p>{ENOUGH} {heading}.</p>", position=place)
    return made


def found_by(check: str, document: Document) -> list[str]:
    return [finding.sentence for finding in findings(document) if finding.check == check]


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
    backed = comparison(intro="<p>Rope makers earn $65,917.</p>", versus="<p>Or $80k?</p>")
    backed.sections.create(heading="Salary", body="<p>Or even $90,000.</p>")
    assert sentences(backed, Level.WARNING) == [
        "“$80k” stands in the text, but no figure backs it.",
        "“$90,000” stands in the text, but no figure backs it.",
    ]


def test_a_page_says_something() -> None:
    assert sentences(make_page(body=""), Level.ERROR) == ["Write the page's text."]
    assert findings(make_page()) == []


def test_a_section_of_a_few_words_is_told_so() -> None:
    made = comparison()
    made.sections.create(heading="Tools", body="<p>Both use knives.</p>")
    assert sentences(made, Level.INFO) == ["The section “Tools” has 3 words: it hardly says anything."]


def test_a_standard_section_that_is_missing_is_found() -> None:
    made = comparison()
    made.sections.filter(heading="Salary").delete()
    assert sentences(made, Level.WARNING) == ["There is no section “Salary”: readers find it in the other comparisons."]


@pytest.mark.parametrize("heading", ["Pay", "What they earn: salaries", "SALARY"])
def test_a_standard_section_under_another_heading_is_not_missing(heading: str) -> None:
    made = comparison()
    made.sections.filter(heading="Salary").update(heading=heading)
    assert found_by("standard_sections_are_there", made) == []


def test_a_title_of_its_own_names_both_roles() -> None:
    assert found_by("both_roles_are_named", comparison(title="Ropes or Nets? Rope makers and their like")) == [
        "The title never names “Net Maker”, as the role is called."
    ]


@pytest.mark.parametrize("title", ["", "Rope Maker vs. Net Maker", "Should I become a net maker, as rope makers say?"])
def test_a_title_that_names_both_or_was_not_written_is_fine(title: str) -> None:
    assert found_by("both_roles_are_named", comparison(title=title)) == []


def test_a_text_that_never_names_a_role_is_found_once_the_role_has_another_name() -> None:
    made = comparison()
    assert found_by("both_roles_are_named", made) == []
    Role.objects.filter(title="Net Maker").update(title="Netting Specialist")
    assert found_by("both_roles_are_named", Comparison.objects.get()) == [
        "The text never names “Netting Specialist”, as the role is called."
    ]


def test_the_last_word_of_a_name_will_do_in_the_text_if_only_one_role_has_it() -> None:
    text = f"<p>The specialist mends nets. {'He mends them by day and by night. ' * 8}</p>"
    a, b = make_role("Rope Maker"), make_role("Netting Specialist")
    never_named = "The text never names “Rope Maker”, as the role is called."
    assert found_by("both_roles_are_named", make_comparison(a, b, intro=text)) == [never_named]
    c = make_role("Sailing Specialist")
    assert len(found_by("both_roles_are_named", make_comparison(b, c, intro=text))) == 2


def test_a_role_that_is_called_by_another_of_its_names_is_found() -> None:
    made = comparison(versus="<p>Cord twisters work outdoors.</p>")
    Role.objects.filter(title="Rope Maker").update(also_called=["Cord twisters", "Roper"])
    assert found_by("roles_are_called_alike", made) == [
        "The text says “Cord twisters” where the role is called “rope maker”."
    ]


@pytest.mark.parametrize(
    "text",
    ["Rope makers, also called cord twisters, work outdoors.", "A roper works outdoors.", "Net makers work outdoors."],
)
def test_a_sentence_that_tells_of_other_names_and_a_name_of_one_word_are_fine(text: str) -> None:
    made = comparison(versus=f"<p>{text}</p>")
    Role.objects.filter(title="Rope Maker").update(also_called=["Cord twisters", "Roper", "Net Maker"])
    assert found_by("roles_are_called_alike", made) == []


def test_an_amount_near_the_figure_that_readers_see_contradicts_it() -> None:
    a, b = make_live(Role, title="Rope Maker", figures=[SOURCED]), make_live(Role, title="Net Maker")
    made = make_comparison(a, b, versus="<p>A rope maker earns $66,400.</p>")
    assert found_by("money_in_prose_is_backed", made) == [
        "“$66,400” stands in the text, but the figure of Rope Maker is $65,917 a year "
        "(median pay, United States, May 2025)."
    ]


def test_a_sentence_that_has_the_pay_the_wrong_way_round_is_found_and_the_right_one_is_not() -> None:
    a = make_role("Rope Maker", figures=[SOURCED])
    b = make_role("Net Maker", figures=[SOURCED | {"amount": "50000"}])
    made = make_comparison(a, b, versus="<p>Net makers earn more than rope makers.</p>")
    assert len(found_by("the_higher_pay_is_the_higher", made)) == 1
    Comparison.objects.update(versus="<p>Rope makers earn more than net makers.</p>")
    assert found_by("the_higher_pay_is_the_higher", Comparison.objects.get()) == []


def test_of_a_title_that_was_made_from_the_names_only_the_names_need_fit_search_results() -> None:
    long, longer = make_role("Rope Maker " + "x" * 14), make_role("Net Maker " + "x" * 15)
    assert found_by("comparison_fits_search_results", make_comparison(long, longer, standfirst="Short.")) == []
    longest = make_role("Sail Maker " + "x" * 30)
    [sentence] = found_by("comparison_fits_search_results", make_comparison(long, longest, standfirst="Short."))
    assert "about 60 characters of a title" in sentence


def test_a_picture_of_a_section_says_what_it_shows() -> None:
    made = comparison()
    section = made.sections.all()[0]
    section.image = make_image(title="Rope walk", alt="rope.jpg")
    section.save()
    [finding] = [each for each in findings(made) if each.check == "pictures_are_described"]
    assert (finding.field, finding.row, finding.level) == ("sections", section.pk, Level.WARNING)
