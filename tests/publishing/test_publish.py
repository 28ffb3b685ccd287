"""Publishing and scheduling: who may, what is refused, and what readers see from which moment on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import F

from articles.models import Comparison, ComparisonEdition, Page
from careers.models import Role, RoleEdition
from publishing.cancel import cancel
from publishing.errors import Refused
from publishing.models import FOREVER, Document, User
from publishing.publish import publish, schedule
from publishing.signals import settled
from publishing.withdraw import withdraw
from tests.builders import (
    ahead,
    editions,
    make_category,
    make_comparison,
    make_draft,
    make_live,
    make_role,
    make_scheduled,
    make_user,
    make_withdrawn,
    revise,
)

pytestmark = pytest.mark.django_db

KINDS = [Role, Comparison, Page]
SECOND = timedelta(seconds=1)
BLINK = timedelta(microseconds=1)


# Who


def verbs(by: User) -> list[Callable[[], Any]]:
    """Return every act that changes what readers see, ready to be done by the person."""
    live, coming, draft = make_live(Role), make_scheduled(Role), make_draft(Role).revisions.first()
    return [
        lambda: publish(draft, by=by),
        lambda: schedule(draft, by=by, at=ahead(days=1)),
        lambda: withdraw([live], by=by),
        lambda: cancel(editions(coming).get(), by=by),
    ]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        pytest.param("writer", {}, id="a writer"),
        pytest.param("editor", {"is_active": False}, id="an editor whose account is closed"),
        pytest.param("writer", {"is_active": False, "is_superuser": True}, id="a superuser whose account is closed"),
    ],
)
def test_who_may_not_publish_changes_nothing_that_readers_see(kind: Any, fields: dict[str, Any]) -> None:
    acts = verbs(make_user(kind, **fields))
    before = list(RoleEdition.objects.values())
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert list(RoleEdition.objects.values()) == before


@pytest.mark.parametrize(("kind", "fields"), [("editor", {}), ("writer", {"is_superuser": True})])
def test_editors_and_superusers_do_every_act(kind: Any, fields: dict[str, Any]) -> None:
    for act in verbs(make_user(kind, **fields)):
        act()


def test_the_refusal_names_the_person() -> None:
    with pytest.raises(PermissionDenied, match="nika may not publish. An editor can."):
        publish(make_draft(Role).revisions.first(), by=make_user("writer", username="nika"))


# When


@pytest.mark.parametrize("kind", KINDS)
def test_readers_see_nothing_of_a_draft(kind: type[Document]) -> None:
    assert not editions(make_draft(kind)).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_published_page_is_live_now_and_until_further_notice(kind: type[Document]) -> None:
    edition = editions(make_live(kind)).live().get()
    assert edition.live_until == FOREVER


@pytest.mark.parametrize("kind", KINDS)
def test_a_scheduled_page_opens_to_the_second_with_nobody_awake(kind: type[Document]) -> None:
    at = ahead(days=2)
    coming = editions(make_scheduled(kind, at=at))
    assert not coming.live(at - BLINK).exists()
    assert coming.live(at).exists()


def test_a_schedule_changes_nothing_before_its_moment() -> None:
    role, at = make_live(Role), ahead(days=2)
    first = role.revisions.first()
    second = revise(role, definition="Something else.")
    schedule(second, by=make_user(), at=at)
    assert [editions(role).live(moment).get().revision for moment in (ahead(), at - BLINK, at, FOREVER - BLINK)] == [
        first,
        first,
        second,
        second,
    ]


def test_publishing_closes_what_was_live_at_that_moment() -> None:
    role = make_live(Role)
    before = editions(role).get()
    edition = publish(revise(role, definition="Something else."), by=make_user())
    before.refresh_from_db()
    assert before.live_until == edition.live_from


def test_publishing_now_keeps_what_is_scheduled() -> None:
    role = make_scheduled(Role, at=(at := ahead(days=2)))
    edition = publish(role.revisions.first(), by=make_user())
    assert edition.live_until == at
    assert editions(role).live(at).get().live_from == at


def test_scheduling_at_the_same_moment_again_replaces_what_was_scheduled() -> None:
    role, at = make_scheduled(Role, at=ahead(days=2)), None
    replaced = editions(role).get()
    at = replaced.live_from
    edition = schedule(revise(role, definition="Instead."), by=make_user(), at=at)
    assert list(editions(role).opened()) == [edition]
    assert list(editions(role).filter(live_until=F("live_from"))) == [replaced]


def test_a_moment_that_has_passed_is_refused() -> None:
    role = make_draft(Role)
    with pytest.raises(Refused, match="That moment has passed: choose one in the future, or publish now."):
        schedule(role.revisions.first(), by=make_user(), at=ahead(seconds=-1))


def test_an_older_revision_can_be_published() -> None:
    role = make_live(Role, definition="The first.")
    publish(revise(role, definition="The second."), by=make_user())
    publish(role.revisions.last(), by=make_user())
    assert editions(role).live().get().definition == "The first."
    role.refresh_from_db()
    assert role.definition == "The second."


def test_a_page_that_was_withdrawn_can_be_published_again() -> None:
    role = make_withdrawn(Role)
    first = editions(role).earliest("live_from").first_published_at
    edition = publish(role.revisions.first(), by=make_user())
    assert editions(role).live().get() == edition
    assert edition.first_published_at == first


# Dates


def test_an_update_that_is_not_significant_keeps_the_date_that_readers_see() -> None:
    role = make_live(Role)
    first = editions(role).get()
    small = publish(revise(role, definition="A comma."), by=make_user(), significant=False)
    assert (small.first_published_at, small.significant_at) == (first.live_from, first.live_from)
    assert small.reviewed_at == small.live_from
    large = publish(revise(role, definition="A chapter."), by=make_user())
    assert (large.first_published_at, large.significant_at) == (first.live_from, large.live_from)


def test_a_page_scheduled_earlier_than_its_first_becomes_the_first() -> None:
    role, late, early = make_draft(Role), ahead(days=5), ahead(days=2)
    revision = role.revisions.first()
    schedule(revision, by=make_user(), at=late)
    earlier = schedule(revision, by=make_user(), at=early)
    assert set(editions(role).opened().values_list("first_published_at", flat=True)) == {early}
    cancel(earlier, by=make_user())
    assert set(editions(role).opened().values_list("first_published_at", flat=True)) == {late}


# What


@pytest.mark.parametrize("kind", KINDS)
def test_an_edition_holds_what_the_revision_says_whatever_the_working_copy_says_now(kind: type[Document]) -> None:
    document = make_draft(kind, title="As it was")
    revision = document.revisions.get()
    revise(document, title="As it is now")
    edition = publish(revision, by=make_user())
    assert (edition.title, edition.content["title"]) == ("As it was", "As it was")


def test_tags_are_those_that_the_revision_has() -> None:
    role = make_draft(Role, tags=["Health", "Office"])
    revision = role.revisions.get()
    role.tags.set(["Secret"])
    edition = publish(revision, by=make_user())
    assert set(edition.tags.names()) == {"Health", "Office"}


def test_a_content_check_that_finds_an_error_stops_the_publication() -> None:
    role = make_draft(Role, title="Night Watch", definition="", summary="")
    with pytest.raises(Refused) as caught:
        publish(role.revisions.get(), by=make_user())
    assert caught.value.reasons == [
        "Night Watch: Write one sentence that says what the role is: lists and tables show it.",
        "Night Watch: Write what the role is: every comparison needs it.",
    ]
    assert not editions(role).exists()


def test_the_checks_read_the_revision_and_not_the_working_copy() -> None:
    role = make_draft(Role, summary="")
    incomplete = role.revisions.get()
    complete = revise(role, summary="<p>About it.</p>")
    with pytest.raises(Refused):
        publish(incomplete, by=make_user())
    publish(complete, by=make_user())


def test_a_path_that_belongs_to_another_page_is_refused() -> None:
    holder = make_live(Role, title="Holder", slug="wanted")
    revise(holder, slug="elsewhere")
    role = make_draft(Role, slug="wanted")
    with pytest.raises(Refused) as caught:
        publish(role.revisions.get(), by=make_user())
    assert caught.value.reasons == ["/roles/wanted/ belongs to “Holder”. Choose another slug, or change that one's."]


def test_a_path_may_be_taken_from_the_moment_on_when_it_is_left() -> None:
    holder = make_live(Role, slug="wanted")
    leaving = ahead(days=2)
    schedule(revise(holder, slug="elsewhere"), by=make_user(), at=leaving)
    role = make_draft(Role, slug="wanted")
    with pytest.raises(Refused, match="belongs to"):
        schedule(role.revisions.get(), by=make_user(), at=leaving - SECOND)
    schedule(role.revisions.get(), by=make_user(), at=leaving)
    assert RoleEdition.objects.live(leaving).get(slug="wanted").document == role


@contextmanager
def announced() -> Iterator[list[set[int]]]:
    """Collect the ids of the documents of each announcement."""
    heard: list[set[int]] = []

    def hear(documents: list[Any], **_: Any) -> None:
        heard.append({document.pk for document in documents})

    settled.connect(hear)
    try:
        yield heard
    finally:
        settled.disconnect(hear)


def test_one_act_is_announced_once_with_every_document_that_it_changed() -> None:
    role = make_draft(Role)
    comparison = make_draft(Comparison, role_a=role)
    with announced() as heard:
        publish(comparison.revisions.get(), by=make_user(), together=[role.revisions.get()])
    assert heard == [{role.pk, comparison.pk}]


def test_pages_that_follow_a_role_to_its_new_path_are_announced_with_it() -> None:
    comparison = make_live(Comparison)
    with announced() as heard:
        publish(revise(comparison.role_a, slug="moved"), by=make_user())
    assert heard == [{comparison.role_a_id, comparison.pk}]


def test_what_is_taken_down_and_what_is_cancelled_is_announced() -> None:
    role = make_live(Role)
    with announced() as heard:
        [edition] = withdraw([role], by=make_user(), at=ahead(days=1))
        cancel(edition, by=make_user())
    assert heard == [{role.pk}, {role.pk}]


# Together


def test_a_comparison_is_refused_while_a_role_of_it_is_not_live() -> None:
    role = make_draft(Role, title="Ash")
    comparison = make_draft(Comparison, role_a=role, role_b=make_live(Role, title="Birch"))
    with pytest.raises(Refused) as caught:
        publish(comparison.revisions.get(), by=make_user())
    assert caught.value.reasons == ["“Ash vs. Birch: What Are the Differences?” needs “Ash”, which would not be live."]
    assert not ComparisonEdition.objects.exists()


def test_a_comparison_goes_live_together_with_its_roles() -> None:
    roles = [make_draft(Role), make_draft(Role)]
    comparison = make_draft(Comparison, role_a=roles[0], role_b=roles[1])
    at = ahead(days=1)
    edition = schedule(
        comparison.revisions.get(), by=make_user(), at=at, together=[role.revisions.get() for role in roles]
    )
    assert RoleEdition.objects.live(at).count() == 2
    assert set(RoleEdition.objects.values_list("act", flat=True)) == {edition.act}


def test_nothing_goes_live_when_one_of_several_is_refused() -> None:
    role = make_draft(Role)
    comparison = make_draft(Comparison, role_a=role, intro="")
    with pytest.raises(Refused, match="Write an introduction"):
        publish(comparison.revisions.get(), by=make_user(), together=[role.revisions.get()])
    assert not editions(role).exists()


def test_a_comparison_may_be_scheduled_for_when_its_role_is_live_and_not_before() -> None:
    role = make_scheduled(Role, at=(opens := ahead(days=2)))
    revision = make_draft(Comparison, role_a=role).revisions.get()
    with pytest.raises(Refused, match="which would not be live"):
        schedule(revision, by=make_user(), at=opens - SECOND)
    schedule(revision, by=make_user(), at=opens)


def test_a_comparison_is_refused_when_its_role_will_be_taken_down() -> None:
    role = make_live(Role, title="Ash")
    withdraw([role], by=make_user(), at=ahead(days=2))
    comparison = make_draft(Comparison, role_a=role)
    with pytest.raises(Refused, match="needs “Ash”, which would not be live from .* on"):
        publish(comparison.revisions.get(), by=make_user())


def test_a_comparison_takes_its_title_and_path_from_the_roles_that_are_live_then() -> None:
    role = make_live(Role, title="Ash", slug="ash")
    revise(role, title="Draft Title", slug="draft-slug")
    comparison = make_comparison(role, make_live(Role, title="Birch"), category=make_category("Trees"))
    edition = publish(revise(comparison), by=make_user())
    assert edition.title == "Ash vs. Birch: What Are the Differences?"
    assert edition.get_absolute_url() == "/compare/ash-vs-birch/"


def test_a_draft_of_a_role_says_nothing_in_a_comparison() -> None:
    role = make_role("Ash")
    publish(revise(role), by=make_user())
    comparison = make_draft(Comparison, role_a=role)
    revise(role, title="Hush", plural="hushes")
    edition = publish(comparison.revisions.get(), by=make_user())
    assert "ush" not in edition.title + edition.standfirst + edition.slug


def test_what_somebody_scheduled_is_not_replaced_by_what_comes_along() -> None:
    role = make_scheduled(Role, title="Ash", at=ahead(days=1))
    at = editions(role).get().live_from
    draft = make_draft(Comparison, role_a=role).revisions.get()
    with pytest.raises(Refused, match="“Ash” is scheduled for that very moment already: leave it out here."):
        schedule(draft, by=make_user(), at=at, together=[role.revisions.get()])
    schedule(draft, by=make_user(), at=at)
    assert editions(role).count() == 1


def test_a_page_scheduled_again_for_the_same_moment_replaces_what_was_scheduled() -> None:
    role, at = make_draft(Role), ahead(days=1)
    schedule(revise(role, definition="First."), by=make_user(), at=at)
    schedule(revise(role, definition="Second."), by=make_user(), at=at)
    assert editions(role).live(at).get().content["definition"] == "Second."
