"""Submitting, deciding, commenting: the verbs, whoever calls them and from wherever."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import Comparison
from careers.models import Role
from publishing.cancel import cancel
from publishing.errors import Refused
from publishing.models import Submission, User
from publishing.publish import publish, schedule
from publishing.reviews import approve, ask_for_changes, submit, take_back
from publishing.withdraw import withdraw
from tests.builders import ahead, make_draft, make_live, make_user, revise
from tests.publishing.test_concurrency import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

Outcome = Submission.Outcome


@pytest.fixture
def writer(db: None) -> User:
    return make_writer()


@pytest.fixture
def editor(db: None) -> User:
    return make_user("editor")


def make_writer() -> User:
    writer = make_user("writer")
    writer.groups.add(Group.objects.get(name="Writer"))
    return writer


def submitted(document: Any, *, by: User, note: str = "") -> Submission:
    return submit(document.revisions.first(), by=by, note=note)


def outcome_of(submission: Submission) -> str:
    return Submission.objects.get(pk=submission.pk).outcome


# ---- submit ---------------------------------------------------------------------------------------------------------


def test_a_submission_waits_with_its_revision_and_its_note(writer: User) -> None:
    role = make_draft(Role)
    submission = submitted(role, by=writer, note="  Is the range right?  ")
    assert submission.is_waiting
    assert submission.revision == role.revisions.first()
    assert (submission.submitted_by, submission.note) == (writer, "Is the range right?")


def test_saving_after_submission_changes_nothing_of_what_was_submitted(writer: User) -> None:
    role = make_draft(Role, definition="As submitted.")
    submitted(role, by=writer)
    revise(role, definition="Later.")
    submission: Any = Submission.objects.told().get()
    assert submission.revision.content["definition"] == "As submitted."
    assert submission.has_changed_since
    revise(role, definition="As submitted.")
    submission = Submission.objects.told().get()
    assert not submission.has_changed_since


def test_submitting_again_replaces_what_waits(writer: User) -> None:
    role = make_draft(Role)
    first = submitted(role, by=writer)
    revise(role, definition="Better.")
    second = submitted(role, by=writer)
    assert outcome_of(first) == Outcome.REPLACED
    assert list(Submission.objects.of(role).waiting()) == [second]


def test_submissions_of_other_documents_go_on_waiting(writer: User) -> None:
    first = submitted(make_draft(Role), by=writer)
    submitted(make_draft(Role), by=writer)
    assert outcome_of(first) == Outcome.WAITING


def test_the_oldest_waits_first(writer: User) -> None:
    submissions = [submitted(make_draft(Role), by=writer) for _ in range(3)]
    assert list(Submission.objects.waiting()) == submissions


def test_an_error_refuses_a_submission_with_its_sentence(writer: User) -> None:
    role = make_draft(Role, figures=[{"measure": "median_pay", "amount": "1", "unit": "year"}])
    with pytest.raises(Refused, match="source"):
        submitted(role, by=writer)
    assert not Submission.objects.exists()


def test_a_refused_submission_leaves_the_earlier_one_waiting(writer: User) -> None:
    role = make_draft(Role)
    earlier = submitted(role, by=writer)
    with pytest.raises(Refused):
        submit(revise(role, definition=""), by=writer)
    assert outcome_of(earlier) == Outcome.WAITING


def test_what_readers_see_already_is_not_submitted(writer: User) -> None:
    with pytest.raises(Refused, match="nothing to review"):
        submitted(make_live(Role), by=writer)


def test_what_was_put_away_is_not_submitted(writer: User) -> None:
    role = make_draft(Role)
    Role.objects.filter(pk=role.pk).update(put_away_at=timezone.now())
    with pytest.raises(Refused, match="was deleted"):
        submitted(role, by=writer)


def test_nobody_submits_who_does_not_work_on_such_documents() -> None:
    with pytest.raises(PermissionDenied):
        submitted(make_draft(Role), by=make_user("writer"))


# ---- take back ------------------------------------------------------------------------------------------------------


def test_a_writer_takes_a_submission_back(writer: User) -> None:
    submission = submitted(make_draft(Role), by=writer)
    take_back(submission, by=writer)
    assert outcome_of(submission) == Outcome.TAKEN_BACK


@pytest.mark.parametrize("who", [make_writer, make_user])
def test_nobody_takes_back_what_somebody_else_submitted(writer: User, who: Any) -> None:
    submission = submitted(make_draft(Role), by=writer)
    with pytest.raises(PermissionDenied):
        take_back(submission, by=who())
    assert outcome_of(submission) == Outcome.WAITING


def test_what_was_decided_on_is_not_taken_back(writer: User, editor: User) -> None:
    submission = submitted(make_draft(Role), by=writer)
    approve(submission, by=editor)
    with pytest.raises(Refused, match=f"{editor} approved this on"):
        take_back(submission, by=writer)


# ---- decide ---------------------------------------------------------------------------------------------------------


def test_an_approval_says_who_and_when_and_publishes_nothing(writer: User, editor: User) -> None:
    role = make_draft(Role)
    submission = submitted(role, by=writer)
    approve(submission, by=editor, reply="Well done.")
    kept = Submission.objects.get()
    assert (kept.outcome, kept.decided_by, kept.reply) == (Outcome.APPROVED, editor, "Well done.")
    assert kept.decided_at
    assert not role.editions.exists()


def test_changes_are_asked_for_with_a_reason(writer: User, editor: User) -> None:
    submission = submitted(make_draft(Role), by=writer)
    with pytest.raises(Refused, match="Write what should change"):
        ask_for_changes(submission, by=editor, reply=" ")
    assert outcome_of(submission) == Outcome.WAITING
    ask_for_changes(submission, by=editor, reply="Say where the figure is from.")
    assert Submission.objects.get().reply == "Say where the figure is from."
    assert outcome_of(submission) == Outcome.CHANGES


def test_writers_decide_on_nothing_not_on_their_own_either(writer: User) -> None:
    submission = submitted(make_draft(Role), by=writer)
    for person in (writer, make_writer()):
        with pytest.raises(PermissionDenied):
            approve(submission, by=person)
        with pytest.raises(PermissionDenied):
            ask_for_changes(submission, by=person, reply="No.")
    assert outcome_of(submission) == Outcome.WAITING


def test_an_editor_who_left_decides_on_nothing(writer: User) -> None:
    submission = submitted(make_draft(Role), by=writer)
    with pytest.raises(PermissionDenied):
        approve(submission, by=make_user("editor", is_active=False))


def test_who_may_publish_may_approve_their_own(editor: User) -> None:
    submission = submitted(make_draft(Role), by=editor)
    approve(submission, by=editor)
    assert outcome_of(submission) == Outcome.APPROVED


def test_what_was_replaced_meanwhile_is_not_approved(writer: User, editor: User) -> None:
    role = make_draft(Role)
    read = submitted(role, by=writer)
    revise(role, definition="Not what the editor read.")
    submitted(role, by=writer)
    with pytest.raises(Refused, match=f"{writer} submitted the draft again"):
        approve(Submission.objects.get(pk=read.pk), by=editor)
    assert Submission.objects.of(role).waiting().exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_one_of_two_editors_who_decide_at_once_is_told_who_came_first(attempt: int) -> None:
    first, second = make_user("editor"), make_user("editor")
    submission = submitted(make_draft(Role), by=make_user("editor"))
    outcomes = at_once(
        lambda: approve(Submission.objects.get(pk=submission.pk), by=first),
        lambda: ask_for_changes(Submission.objects.get(pk=submission.pk), by=second, reply="Not yet."),
    )
    [refused] = [outcome for outcome in outcomes if outcome is not None]
    assert isinstance(refused, Refused)
    kept = Submission.objects.get()
    assert str(refused).startswith(f"{kept.decided_by} ")
    assert (kept.outcome, kept.decided_by) in {(Outcome.APPROVED, first), (Outcome.CHANGES, second)}


@pytest.mark.django_db(transaction=True)
def test_two_who_submit_at_once_leave_one_that_waits() -> None:
    role, people = make_draft(Role), [make_user("editor") for _ in range(3)]
    revision = role.revisions.first()
    outcomes = at_once(*(lambda by=by: submit(revision, by=by) for by in people))
    assert all(isinstance(outcome, Submission) for outcome in outcomes)
    assert Submission.objects.of(role).waiting().count() == 1


# ---- publish closes it ----------------------------------------------------------------------------------------------


def test_publishing_what_was_submitted_closes_it(writer: User, editor: User) -> None:
    role = make_draft(Role)
    submission = submitted(role, by=writer)
    publish(submission.revision, by=editor)
    kept = Submission.objects.get()
    assert (kept.outcome, kept.decided_by) == (Outcome.PUBLISHED, editor)
    assert kept.decided_at


def test_publishing_a_newer_revision_closes_it_too(writer: User, editor: User) -> None:
    role = make_draft(Role)
    submission = submitted(role, by=writer)
    publish(revise(role, definition="Better."), by=editor)
    assert outcome_of(submission) == Outcome.PUBLISHED


def test_publishing_an_older_revision_leaves_it_waiting(writer: User, editor: User) -> None:
    role = make_draft(Role)
    older = role.revisions.first()
    submission = submit(revise(role, definition="Better."), by=writer)
    publish(older, by=editor)
    assert outcome_of(submission) == Outcome.WAITING


def test_scheduling_closes_it_and_cancelling_opens_it_again(writer: User, editor: User) -> None:
    submission = submitted(make_draft(Role), by=writer)
    edition = schedule(submission.revision, by=editor, at=ahead(days=1))
    assert outcome_of(submission) == Outcome.PUBLISHED
    cancel(edition, by=editor)
    kept = Submission.objects.waiting().get()
    assert (kept.pk, kept.decided_by, kept.decided_at) == (submission.pk, None, None)


def test_what_was_approved_is_approved_again_when_its_publication_is_cancelled(writer: User, editor: User) -> None:
    submission = submitted(make_draft(Role), by=writer)
    cancel(schedule(submission.revision, by=editor, at=ahead(days=1)), by=editor)
    submission.refresh_from_db()
    approve(submission, by=editor)
    cancel(schedule(submission.revision, by=make_user("editor"), at=ahead(days=2)), by=editor)
    kept = Submission.objects.approved().get()
    assert (kept.decided_by, kept.decided_at) == (editor, submission.decided_at)


def test_what_was_issued_anew_before_it_is_cancelled_waits_again_all_the_same(writer: User, editor: User) -> None:
    role = make_draft(Role)
    earlier = role.revisions.get()
    submission = submit(revise(role, definition="Better."), by=writer)
    edition = schedule(submission.revision, by=editor, at=ahead(days=1))
    publish(earlier, by=editor)
    cancel(edition, by=editor)
    assert outcome_of(submission) == Outcome.WAITING


def test_a_newer_submission_takes_the_place_of_one_whose_publication_is_cancelled(writer: User, editor: User) -> None:
    role = make_draft(Role)
    submission = submitted(role, by=writer)
    edition = schedule(submission.revision, by=editor, at=ahead(days=1))
    newer = submit(revise(role, definition="Better."), by=writer)
    cancel(edition, by=editor)
    assert [outcome_of(each) for each in (submission, newer)] == [Outcome.REPLACED, Outcome.WAITING]


def test_what_is_scheduled_a_second_time_stays_closed_when_one_is_cancelled(writer: User, editor: User) -> None:
    submission = submitted(make_draft(Role), by=writer)
    edition = schedule(submission.revision, by=editor, at=ahead(days=1))
    schedule(submission.revision, by=editor, at=ahead(days=2))
    cancel(edition, by=editor)
    assert outcome_of(submission) == Outcome.PUBLISHED


def test_what_readers_saw_stays_closed_when_something_later_is_cancelled(writer: User, editor: User) -> None:
    role = make_draft(Role)
    submission = submitted(role, by=writer)
    publish(submission.revision, by=editor)
    cancel(schedule(revise(role, definition="Later."), by=editor, at=ahead(days=1)), by=editor)
    assert outcome_of(submission) == Outcome.PUBLISHED


def test_what_a_withdrawal_calls_off_waits_again(writer: User, editor: User) -> None:
    role = make_live(Role)
    submission = submit(revise(role, definition="Better."), by=writer)
    schedule(submission.revision, by=editor, at=ahead(days=1))
    withdraw([role], by=editor)
    assert outcome_of(submission) == Outcome.WAITING


def test_what_an_earlier_revision_replaces_on_the_schedule_waits_again(writer: User, editor: User) -> None:
    role, at = make_draft(Role), ahead(days=1)
    earlier = role.revisions.get()
    submission = submit(revise(role, definition="Better."), by=writer)
    schedule(submission.revision, by=editor, at=at)
    schedule(earlier, by=editor, at=at)
    assert outcome_of(submission) == Outcome.WAITING


def test_what_is_published_along_is_closed_as_well(writer: User, editor: User) -> None:
    role = make_draft(Role)
    comparison = make_draft(Comparison, role_a=role)
    submissions = [submitted(each, by=writer) for each in (role, comparison)]
    publish(comparison.revisions.first(), by=editor, together=[role.revisions.first()])
    assert [outcome_of(each) for each in submissions] == [Outcome.PUBLISHED] * 2


def test_a_publication_that_is_refused_closes_nothing(writer: User, editor: User) -> None:
    comparison = make_draft(Comparison, role_a=make_draft(Role))
    submission = submitted(comparison, by=writer)
    with pytest.raises(Refused):
        publish(comparison.revisions.first(), by=editor)
    assert outcome_of(submission) == Outcome.WAITING


def test_who_approved_it_stays_on_record_once_it_is_published(writer: User, editor: User) -> None:
    submission = submitted(make_draft(Role), by=writer)
    approve(submission, by=editor)
    publish(submission.revision, by=make_user("editor"))
    kept = Submission.objects.get()
    assert (kept.outcome, kept.decided_by) == (Outcome.PUBLISHED, editor)


def test_what_changes_were_asked_for_stays_so_when_it_is_published(writer: User, editor: User) -> None:
    submission = submitted(make_draft(Role), by=writer)
    ask_for_changes(submission, by=editor, reply="Shorter.")
    publish(submission.revision, by=editor)
    assert outcome_of(submission) == Outcome.CHANGES
