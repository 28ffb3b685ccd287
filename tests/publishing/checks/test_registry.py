"""How checks are run, and what a finding carries."""

from __future__ import annotations

import hashlib
import json

import pytest

from careers.models import Role
from publishing.checks import Finding, Level, errors, findings
from publishing.checks.registry import MOST
from publishing.content import snapshot
from publishing.models import Document
from tests.builders import make_comparison, make_role

pytestmark = pytest.mark.django_db

NO_DEFINITION = "Write one sentence that says what the role is: lists and tables show it."


def test_findings_come_gravest_first() -> None:
    role = make_role(summary="<p>Earns $1,000.</p>", definition="")
    levels = [finding.level for finding in findings(role)]
    assert levels == sorted(levels, key=list(Level).index)
    assert {Level.ERROR, Level.WARNING, Level.INFO} == set(levels)


def test_only_errors_stop_a_publication() -> None:
    role = make_role(skills=[], definition="")
    assert errors(role, snapshot(role)) == [NO_DEFINITION]


def test_the_working_copy_is_checked_unless_other_content_is_given() -> None:
    role = make_role(definition="")
    complete = snapshot(role) | {"definition": "Keeps things."}
    missing = Finding(Level.ERROR, NO_DEFINITION, "definition")
    assert missing in findings(role)
    assert missing not in findings(role, complete)


def test_checks_of_one_kind_say_nothing_about_another() -> None:
    assert findings(Document(), {}) == []
    assert findings(Role(), snapshot(make_role())) != []


def test_a_finding_says_which_check_it_is_from_and_what_people_call_its_field() -> None:
    comparison = make_comparison(intro="")
    comparison.sections.all().delete()
    section = comparison.sections.create(heading="Tools")
    found = {(each.check, each.field): each for each in findings(comparison)}
    assert found["is_complete", "intro"].label == "Introduction"
    assert found["sections_are_filled", "sections"].label == "Sections: Tools"
    assert found["sections_are_filled", "sections"].row == section.pk
    assert found["standard_sections_are_there", "sections"].label == "Sections"


def test_what_is_found_twice_in_one_text_is_said_once() -> None:
    role = make_role(summary="<p>Earns $1,000. Or $1,000.</p>")
    assert [finding.sentence for finding in findings(role)].count(
        "“$1,000” stands in the text, but no figure backs it."
    ) == 1


def test_the_key_holds_while_the_text_does_and_changes_with_it() -> None:
    def key_of(html: str) -> str:
        [finding] = [each for each in findings(make_role(duties=html)) if "$1,000" in each.sentence]
        return finding.key

    assert key_of("<p>Earns $1,000.</p>") == key_of("<p>Earns $1,000.</p>")
    assert key_of("<p>Earns $1,000.</p>") != key_of("<p>Earns $1,000 a week.</p>")


def test_a_finding_is_known_by_its_check_its_field_its_sentence_and_the_text_that_it_is_about() -> None:
    comparison = make_comparison()
    content = snapshot(comparison) | {"intro": '<p>“It” pays $1,234.</p><p><a href="/nothing/">é</a></p>'}
    whole = [found for found in findings(comparison, content) if found.row is None]
    assert {"intro"} < {found.field for found in whole}
    for found in whole:
        about = [found.check, found.field, found.sentence, content.get(found.field)]
        assert found.key == hashlib.sha256(json.dumps(about, sort_keys=True, default=str).encode()).hexdigest()


def test_of_one_check_no_more_is_told_than_anybody_reads() -> None:
    role = make_role()
    duties = "".join(f"<p>It pays ${number}.</p>" for number in range(1_000, 1_000 + 2 * MOST))
    told = findings(role, snapshot(role) | {"duties": duties})
    assert sum("no figure backs it" in finding.sentence for finding in told) == MOST
