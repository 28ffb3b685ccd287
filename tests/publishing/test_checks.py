from __future__ import annotations

import pytest

from careers.models import Role
from publishing.checks import Finding, Level, errors, findings
from publishing.content import snapshot
from tests.builders import make_role

pytestmark = pytest.mark.django_db


def test_findings_come_gravest_first() -> None:
    role = make_role(summary="<p>Earns $1,000.</p>", definition="")
    levels = [finding.level for finding in findings(role)]
    assert levels == sorted(levels, key=list(Level).index)
    assert {Level.ERROR, Level.WARNING} <= set(levels)


def test_only_errors_stop_a_publication() -> None:
    role = make_role(skills=[], definition="")
    assert errors(role, snapshot(role)) == ["Write one sentence that says what the role is: lists and tables show it."]


def test_the_working_copy_is_checked_unless_other_content_is_given() -> None:
    role = make_role(definition="")
    complete = snapshot(role) | {"definition": "Keeps things."}
    missing = Finding(
        Level.ERROR, "Write one sentence that says what the role is: lists and tables show it.", "definition"
    )
    assert missing in findings(role)
    assert missing not in findings(role, complete)


def test_checks_of_one_kind_say_nothing_about_another() -> None:
    from publishing.models import Document

    assert findings(Document(), {}) == []
    assert findings(Role(), snapshot(make_role())) != []
