from __future__ import annotations

from typing import Any

import pytest

from careers.content_checks import anchors
from careers.models import Role
from images.models import Image
from publishing.checks import Level, findings
from publishing.content import snapshot
from tests.builders import SOURCED, make_role
from tests.images.builders import make_image

pytestmark = pytest.mark.django_db

ENOUGH = (
    "They make ropes of hemp and of nylon, test them, coil them, and sell them to ships that need them every year. "
)
FULL = {name: f"<p>All about {name}. {ENOUGH}</p>" for name in ("summary", "duties", "requirements", "environment")}


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
    fields: dict[str, Any] = FULL | {field: f"<p>It pays $65,917, or even $90k. {ENOUGH}</p>"}
    role = make_role(figures=[SOURCED], **fields)
    assert found(role, field) == [(Level.WARNING, "“$90k” stands in the text, but no figure backs it.")]


def test_a_part_of_a_few_words_is_told_so() -> None:
    fields: dict[str, Any] = FULL | {"duties": "<p>They make ropes.</p>"}
    assert found(make_role(**fields), "duties") == [(Level.INFO, "This part has 3 words: it hardly says anything.")]


def pictured(**fields: Any) -> list[tuple[Level, str]]:
    """Return what is found about the picture of a role."""
    image = make_image(**{"title": "Rope walk"} | fields)
    return found(make_role(image=image), "image")


def test_a_picture_that_says_what_it_shows_is_fine() -> None:
    assert pictured(alt="Three people coil a rope in a long hall") == []


def test_a_picture_whose_alt_text_is_a_file_name_or_its_title_is_found() -> None:
    sentence = "The alt text of the picture “Rope walk” does not say what it shows: “{}”."
    assert pictured(alt="IMG_1234.JPG") == [(Level.WARNING, sentence.format("IMG_1234.JPG"))]
    Image.objects.update(alt="Rope")
    assert found(make_role(image=Image.objects.get()), "image") == [(Level.WARNING, sentence.format("Rope"))]


def test_a_decorative_picture_is_asked_about() -> None:
    [(level, sentence)] = pictured(alt="", decorative=True)
    assert level is Level.INFO
    assert "is marked decorative" in sentence


def test_a_picture_that_is_not_in_the_library_any_more_stops_a_publication() -> None:
    role = make_role()
    content = snapshot(role) | {"image": 999}
    [finding] = [each for each in findings(role, content) if each.field == "image"]
    assert finding.level is Level.ERROR


def test_links_lead_to_the_parts_that_are_written() -> None:
    assert anchors(snapshot(make_role(duties="<p>Much.</p>"))) == {"summary", "duties", "comparisons"}
    assert "skills" in anchors(snapshot(make_role(skills=["Tact"])))
