from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import ProtectedError

from articles.models import Comparison, Page
from careers.models import Role, RoleEdition
from publishing.cancel import cancel
from publishing.models import FOREVER, Document
from publishing.publish import schedule
from tests.builders import ahead, make_live, make_scheduled, make_user, make_withdrawn, revise

pytestmark = pytest.mark.django_db


def test_only_pages_are_live() -> None:
    page, notice, gone = make_live(Role), make_withdrawn(Role, reason="Wrong."), make_withdrawn(Role)
    assert [edition.document for edition in RoleEdition.objects.live()] == [page]
    assert {edition.document for edition in RoleEdition.objects.at()} == {page, notice, gone}


def test_a_window_holds_its_beginning_and_not_its_end() -> None:
    role, end = make_live(Role), ahead(days=1)
    schedule(revise(role, definition="Later."), by=make_user(), at=end)
    first, second = RoleEdition.objects.order_by("live_from")
    assert RoleEdition.objects.live(first.live_from).get() == first
    assert RoleEdition.objects.live(end - timedelta(microseconds=1)).get() == first
    assert RoleEdition.objects.live(end).get() == second


def test_what_comes_is_listed_soonest_first_without_what_was_cancelled() -> None:
    late, soon, cancelled = (make_scheduled(Role, at=ahead(days=days)) for days in (3, 1, 2))
    cancel(RoleEdition.objects.get(document=cancelled), by=make_user())
    assert [edition.document for edition in RoleEdition.objects.coming()] == [soon, late]


def test_what_opened_lately_was_published_then_or_scheduled_for_then() -> None:
    published, scheduled, later = make_live(Role), make_scheduled(Role, at=ahead(seconds=60)), make_scheduled(Role)
    opened = RoleEdition.objects.opened_between(ahead(days=-1), later.editions.get().live_from)
    assert {edition.document for edition in opened} == {published, scheduled}
    assert list(RoleEdition.objects.opened_between(ahead(seconds=90), ahead(seconds=120))) == []


def test_what_is_unfinished_is_current_or_coming() -> None:
    role, at = make_live(Role), ahead(days=1)
    schedule(revise(role, definition="Later."), by=make_user(), at=at)
    assert [edition.live_from >= at for edition in RoleEdition.objects.unfinished()] == [False, True]
    assert [edition.live_from for edition in RoleEdition.objects.unfinished(at)] == [at]
    assert len(RoleEdition.objects.unfinished_or_ended_at(at)) == 2


def test_editions_are_told_apart_by_when_they_open() -> None:
    role, at = make_live(Role), ahead(days=1)
    schedule(revise(role, definition="Later."), by=make_user(), at=at)
    assert [edition.live_from for edition in RoleEdition.objects.opening(at)] == [at]
    assert [edition.live_from < at for edition in RoleEdition.objects.before(at)] == [True]
    assert [edition.live_from for edition in RoleEdition.objects.before(FOREVER)][0] == at


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
def test_what_was_published_stays_on_record(kind: type[Document]) -> None:
    edition = make_live(kind).editions.get()
    with pytest.raises(ProtectedError, match="Editions are kept. Withdraw the document instead."):
        edition.delete()
    with pytest.raises(ProtectedError, match="Editions are kept. Withdraw the document instead."):
        kind.edition_model.objects.all().delete()


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
def test_a_document_that_was_live_is_not_deleted(kind: type[Document]) -> None:
    with pytest.raises(ProtectedError):
        make_live(kind).delete()


@pytest.mark.parametrize(
    ("kind", "path"), [(Role, "/roles/{slug}/"), (Comparison, "/compare/{slug}/"), (Page, "/{slug}/")]
)
def test_an_edition_knows_its_path(kind: type[Document], path: str) -> None:
    edition = make_live(kind).editions.get()
    assert edition.get_absolute_url() == path.format(slug=edition.slug)
    assert edition.document_model() is kind
