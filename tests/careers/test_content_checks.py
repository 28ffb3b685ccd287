from __future__ import annotations

from typing import Any

import pytest

from careers.content_checks import figure_amounts
from careers.models import Role
from publishing.checks import Level, findings
from publishing.content import snapshot
from tests.builders import SOURCED, make_role

pytestmark = pytest.mark.django_db

FULL = {name: f"<p>All about {name}.</p>" for name in ("summary", "duties", "requirements", "environment")}


def found(role: Role, field: str) -> list[tuple[Level, str]]:
    return [(finding.level, finding.sentence) for finding in findings(role) if finding.field == field]


def test_a_full_profile_has_nothing_to_find() -> None:
    assert findings(make_role(figures=[SOURCED], skills=["Tact"], **FULL)) == []


@pytest.mark.parametrize("field", ["definition", "summary", "education"])
def test_what_every_comparison_shows_must_be_there(field: str) -> None:
    missing: dict[str, Any] = {field: ""}
    [(level, _)] = found(make_role(**missing), field)
    assert level is Level.ERROR


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("duties", "Nothing is said about what they do."),
        ("requirements", "Nothing is said about what it takes."),
        ("environment", "Nothing is said about where they work."),
        ("skills", "No skills are listed: nothing can be shown as shared or apart."),
    ],
)
def test_what_is_missed_elsewhere_is_a_warning(field: str, sentence: str) -> None:
    assert found(make_role(), field) == [(Level.WARNING, sentence)]


@pytest.mark.parametrize("html", ["<p> </p><p></p>", "<p><br></p>", "<ul><li><p></p></li></ul>"])
def test_a_text_without_words_says_nothing(html: str) -> None:
    role = make_role()
    Role.objects.filter(pk=role.pk).update(summary=html, duties=html)
    role.refresh_from_db()
    assert [level for level, _ in found(role, "summary")] == [Level.ERROR]
    assert [level for level, _ in found(role, "duties")] == [Level.WARNING]


def test_a_figure_without_a_source_is_an_error_that_names_it() -> None:
    role = make_role(figures=[SOURCED, SOURCED | {"source": "", "amount": "70000"}])
    sentence = "Median pay (70000.00) has no source: say who published it, or remove the figure."
    assert found(role, "figures") == [(Level.ERROR, sentence)]


@pytest.mark.parametrize("field", ["period", "place"])
def test_a_figure_that_does_not_say_when_and_where_is_a_warning(field: str) -> None:
    [(level, sentence)] = found(make_role(figures=[SOURCED | {field: ""}]), "figures")
    assert level is Level.WARNING
    assert sentence.endswith("does not say when and where: it cannot be compared with any other.")


@pytest.mark.parametrize("field", list(FULL))
def test_money_in_the_prose_that_no_figure_backs_is_a_warning(field: str) -> None:
    fields: dict[str, Any] = FULL | {field: "<p>It pays $65,917, or even $90k.</p>"}
    role = make_role(figures=[SOURCED], **fields)
    assert found(role, field) == [(Level.WARNING, "“$90k” stands in the text, but no figure backs it.")]


def test_both_ends_of_a_range_back_an_amount() -> None:
    role = make_role(figures=[SOURCED | {"amount_high": "90000"}])
    assert figure_amounts(snapshot(role)) == {65917, 90000}
