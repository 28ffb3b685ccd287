"""Publishers who meet: real threads, each with its own connection, that all begin at one moment."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from articles.models import Comparison, ComparisonEdition
from careers.models import Closeness, Role, RoleEdition
from publishing import windows
from publishing.cancel import cancel
from publishing.errors import Refused
from publishing.models import Edition
from publishing.publish import publish, schedule
from publishing.withdraw import withdraw
from tests.builders import ahead, make_draft, make_live, make_role, make_user, revise

pytestmark = pytest.mark.django_db(transaction=True)

Act = Callable[[], Any]


def at_once(*acts: Act) -> list[Any]:
    """Do the acts at one moment, each in a thread; return what each returned, or the error that it raised."""
    barrier = Barrier(len(acts))
    outcomes: list[Any] = [None] * len(acts)

    def run(place: int, act: Act) -> None:
        barrier.wait()
        try:
            outcomes[place] = act()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def assert_disjoint(editions: Any) -> None:
    windows = list(editions.opened().order_by("live_from").values_list("live_from", "live_until"))
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(windows))


def test_one_of_many_who_publish_a_document_at_once_is_last() -> None:
    role, editor = make_draft(Role), make_user("editor")
    revisions = [revise(role, definition=f"Version {number}.") for number in range(6)]
    outcomes = at_once(*(lambda revision=revision: publish(revision, by=editor) for revision in revisions))
    assert all(isinstance(outcome, RoleEdition) for outcome in outcomes)
    assert_disjoint(RoleEdition.objects.all())
    assert RoleEdition.objects.opened().count() == 6
    assert RoleEdition.objects.live().count() == 1


def test_those_who_publish_schedule_and_cancel_at_once_leave_one_timeline() -> None:
    role, editor = make_live(Role), make_user("editor")
    revision = revise(role, definition="Later.")
    coming = schedule(revision, by=editor, at=ahead(days=2))
    outcomes = at_once(
        lambda: publish(revision, by=editor),
        lambda: schedule(revision, by=editor, at=ahead(days=1)),
        lambda: cancel(coming, by=editor),
        lambda: publish(revision, by=editor),
    )
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert_disjoint(RoleEdition.objects.all())
    assert RoleEdition.objects.live().count() == 1
    assert RoleEdition.objects.coming().count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_one_of_two_documents_gets_a_slug(attempt: int) -> None:
    editor = make_user("editor")
    first, second = make_role(slug="wanted"), make_role()
    drafts = [revise(first)]
    revise(first, slug="given-up")
    drafts.append(revise(second, slug="wanted"))
    outcomes = at_once(*(lambda draft=draft: publish(draft, by=editor) for draft in drafts))
    assert {type(outcome) for outcome in outcomes} == {RoleEdition, Refused}
    assert RoleEdition.objects.get().slug == "wanted"


@pytest.mark.parametrize("attempt", range(3))
def test_no_comparison_goes_live_while_its_role_is_withdrawn(attempt: int) -> None:
    editor, comparison = make_user("editor"), make_draft(Comparison)
    outcomes = at_once(
        lambda: publish(comparison.revisions.first(), by=editor),
        lambda: withdraw([comparison.role_a], by=editor),
    )
    assert [type(outcome) for outcome in outcomes] in ([ComparisonEdition, Refused], [Refused, list])
    comparisons, roles = ComparisonEdition.objects.live().count(), RoleEdition.objects.live().count()
    assert (comparisons, roles) in {(1, 2), (0, 1)}


def test_a_role_and_its_comparison_are_withdrawn_and_published_without_waiting_for_each_other() -> None:
    """The comparison is older than one of its roles: whoever locked by id alone would lock in another order."""
    editor, comparison = make_user("editor"), make_draft(Comparison)
    newer = make_live(Role)
    revision = revise(comparison, role_b=newer)
    publish(revision, by=editor)
    outcomes = at_once(
        lambda: publish(revision, by=editor),
        lambda: withdraw([newer, comparison], by=editor, kind=Edition.Kind.GONE),
        lambda: publish(revision, by=editor),
    )
    assert all(isinstance(outcome, ComparisonEdition | list | Refused) for outcome in outcomes)
    live = ComparisonEdition.objects.live().first()
    assert live is None or RoleEdition.objects.live().filter(document__in=[live.role_a_id, live.role_b_id]).count() == 2


def test_a_slug_that_changes_while_a_comparison_is_published_is_the_slug_of_both() -> None:
    editor, comparison = make_user("editor"), make_draft(Comparison)
    moved = revise(comparison.role_a, slug="moved")
    outcomes = at_once(
        lambda: publish(comparison.revisions.first(), by=editor),
        lambda: publish(moved, by=editor),
    )
    assert [type(outcome) for outcome in outcomes] == [ComparisonEdition, RoleEdition]
    assert ComparisonEdition.objects.live().get().slug == f"moved-vs-{comparison.role_b.slug}"


@pytest.mark.parametrize("attempt", range(3))
def test_roles_that_are_close_are_published_at_once(attempt: int) -> None:
    editor = make_user("editor")
    roles = [make_live(Role, skills=["Scheduling"]) for _ in range(4)]
    outcomes = at_once(*(lambda role=role: publish(role.revisions.first(), by=editor) for role in roles))
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert Closeness.objects.count() == 4 * 3


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_of_two_who_wait_for_each_other_one_is_asked_to_try_again() -> None:
    both, one = make_draft(Role), make_draft(Role)
    barrier = Barrier(2)

    @transaction.atomic
    def hold(first: Role, second: Role) -> str:
        windows.lock([first.pk])
        barrier.wait()
        windows.lock([second.pk])
        return "held"

    outcomes = at_once(lambda: hold(both, one), lambda: hold(one, both))
    (refused,) = (outcome for outcome in outcomes if outcome != "held")
    assert isinstance(refused, Refused)
    assert "Try again" in refused.reasons[0]


@pytest.mark.parametrize("attempt", range(5))
def test_two_pages_that_are_led_to_each_other_at_once_do_not_wait_for_each_other(attempt: int) -> None:
    editor, a, b = make_user("editor"), make_live(Role), make_live(Role)
    outcomes = at_once(
        lambda: withdraw([a], by=editor, redirect_to=b),
        lambda: withdraw([b], by=editor, redirect_to=a),
    )
    assert [type(outcome) for outcome in outcomes] == [list, list]


def impatiently(act: Act) -> Any:
    """Do the act on a connection that gives up soon when another holds what it needs."""
    patience = "PRAGMA busy_timeout = 100" if connection.vendor == "sqlite" else "SET lock_timeout = '100ms'"
    with connection.cursor() as cursor:
        cursor.execute(patience)
    return act()


def test_nothing_that_a_page_needs_for_longer_is_withdrawn_meanwhile() -> None:
    """Cancelling its withdrawal makes the comparison need its roles for longer than it did."""
    editor, comparison, later = make_user("editor"), make_live(Comparison), ahead(days=2)
    [leaving] = withdraw([comparison], by=editor, at=later)
    with transaction.atomic():
        cancel(leaving, by=editor)
        [outcome] = at_once(lambda: impatiently(lambda: withdraw([comparison.role_a], by=editor, at=later)))
        assert isinstance(outcome, OperationalError)
    with pytest.raises(Refused, match="which would not be live"):
        withdraw([comparison.role_a], by=editor, at=later)
