"""A page that is still right is vouched for without a change."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import Comparison, Page
from careers.models import Role
from publishing.errors import Refused
from publishing.models import Document
from publishing.publish import schedule
from publishing.review import still_right
from tests.builders import ahead, make_draft, make_live, make_user, make_withdrawn, revise

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def live(document: Document) -> Any:
    return document.kind.edition_model.objects.live().get(document=document.pk)


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
def test_only_the_reviewed_date_moves(kind: type[Document]) -> None:
    document = make_live(kind)
    before, asked_at = live(document), timezone.now()
    after = still_right(document, by=make_user())
    assert after == live(document) != before
    assert after.reviewed_at >= asked_at > before.reviewed_at
    assert (after.first_published_at, after.significant_at) == (before.first_published_at, before.significant_at)
    assert (after.revision, after.slug, after.title) == (before.revision, before.slug, before.title)
    assert not after.is_significant


def test_a_newer_draft_stays_a_draft() -> None:
    role = make_live(Role, definition="Keeps ropes.")
    newer = revise(role, definition="Keeps nets.")
    edition = still_right(role, by=make_user())
    assert edition.definition == "Keeps ropes."
    assert role.revisions.first() == newer
    role.refresh_from_db()
    assert role.definition == "Keeps nets."


def test_what_is_scheduled_stays_scheduled() -> None:
    role, at = make_live(Role), ahead(days=2)
    coming = schedule(revise(role, definition="Keeps nets."), by=make_user(), at=at)
    edition = still_right(role, by=make_user())
    assert edition.live_until == at
    assert role.editions.live(at).get().revision == coming.revision


def test_whoever_may_not_publish_may_not_vouch() -> None:
    role = make_live(Role)
    with pytest.raises(PermissionDenied):
        still_right(role, by=make_user("writer"))
    assert role.editions.count() == 1


@pytest.mark.parametrize("make", [make_draft, make_withdrawn])
def test_what_readers_do_not_see_cannot_be_vouched_for(make: Any) -> None:
    with pytest.raises(Refused, match="there is no page to vouch for"):
        still_right(make(Role), by=make_user())


def test_the_identity_of_a_document_will_do() -> None:
    role = make_live(Role)
    assert still_right(Document.objects.get(pk=role.pk), by=make_user()).document_id == role.pk
