"""False alarms are set aside until the text that they are about changes."""

from __future__ import annotations

import pytest

from careers.models import Role
from publishing.checks import Finding, dismiss, errors, findings, standing, undismiss
from publishing.content import snapshot
from publishing.errors import Refused
from publishing.models import CheckResult, Dismissal
from tests.builders import make_comparison, make_draft, make_role, make_user, revise

pytestmark = pytest.mark.django_db

ALARM = "“$1,000” stands in the text, but no figure backs it."


def alarm(role: Role) -> Finding:
    [finding] = [each for each in findings(role) if each.sentence == ALARM]
    return finding


def test_what_is_set_aside_says_why_and_by_whom_and_comes_last() -> None:
    role, by = make_role(duties="<p>A budget of $1,000.</p>"), make_user("writer")
    dismiss(role, alarm(role).key, reason=" It is a budget. ", by=by)
    found = findings(role)
    assert [each.sentence for each in found if each.dismissed] == [ALARM]
    assert found[-1].dismissed
    assert (found[-1].dismissed.reason, found[-1].dismissed.by) == ("It is a budget.", by)
    assert ALARM not in [each.sentence for each in standing(found)]


def test_it_stays_so_when_another_field_changes_and_stands_again_when_its_own_does() -> None:
    role = make_role(duties="<p>A budget of $1,000.</p>")
    dismiss(role, alarm(role).key, reason="A budget.", by=make_user())
    revise(role, definition="Keeps other things.")
    assert alarm(role).dismissed
    revise(role, duties="<p>A salary of $1,000.</p>")
    assert not alarm(role).dismissed


def test_a_finding_about_a_section_stays_so_when_another_section_changes() -> None:
    comparison = make_comparison()
    section = comparison.sections.create(heading="Money", body="<p>A budget of $1,000.</p>")
    [found] = [each for each in findings(comparison) if each.sentence == ALARM]
    dismiss(comparison, found.key, reason="A budget.", by=make_user())
    comparison.sections.exclude(pk=section.pk).update(body="<p>Both do other things.</p>")
    [found] = [each for each in findings(comparison) if each.sentence == ALARM]
    assert found.dismissed
    comparison.sections.filter(pk=section.pk).update(heading="Pay")
    [found] = [each for each in findings(comparison) if each.sentence == ALARM]
    assert not found.dismissed


def test_an_error_cannot_be_set_aside() -> None:
    role = make_role(definition="")
    [error] = [each for each in findings(role) if each.level == "error"]
    with pytest.raises(Refused, match="An error is mended"):
        dismiss(role, error.key, reason="So what?", by=make_user())
    Dismissal.objects.create(document=role, key=error.key, sentence=error.sentence, reason="Forced.", by=make_user())
    assert errors(role, snapshot(role)) == [error.sentence]
    assert findings(role)[0].dismissed is None


@pytest.mark.parametrize(("reason", "sentence"), [(" ", "Say why"), ("x" * 201, "up to 200 characters")])
def test_a_reason_is_asked_for(reason: str, sentence: str) -> None:
    role = make_role(duties="<p>A budget of $1,000.</p>")
    with pytest.raises(Refused, match=sentence):
        dismiss(role, alarm(role).key, reason=reason, by=make_user())
    assert not Dismissal.objects.exists()


def test_what_is_not_found_any_more_cannot_be_set_aside() -> None:
    role = make_role(duties="<p>A budget of $1,000.</p>")
    key = alarm(role).key
    revise(role, duties="<p>No budget.</p>")
    with pytest.raises(Refused, match="do not find that any more"):
        dismiss(role, key, reason="A budget.", by=make_user())


def test_to_set_aside_twice_keeps_the_last_reason() -> None:
    role = make_role(duties="<p>A budget of $1,000.</p>")
    for reason in ("A budget.", "A budget, not pay."):
        dismiss(role, alarm(role).key, reason=reason, by=make_user())
    assert [each.reason for each in Dismissal.objects.all()] == ["A budget, not pay."]


def test_it_can_be_brought_back_and_the_lists_follow() -> None:
    role = make_draft(Role, duties="<p>A budget of $1,000.</p>")
    before = CheckResult.objects.get(document=role).warnings
    key = alarm(role).key
    dismiss(role, key, reason="A budget.", by=make_user())
    assert CheckResult.objects.get(document=role).warnings == before - 1
    undismiss(role, key)
    assert not alarm(role).dismissed
    assert CheckResult.objects.get(document=role).warnings == before
