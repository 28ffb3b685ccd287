from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from articles.models import Comparison, Page
from careers.models import Role
from publishing.models import Document
from publishing.publish import publish
from publishing.revisions import record, restore
from tests.builders import SOURCED, make_draft, make_live, make_role, make_user, revise

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
def test_a_save_that_changed_nothing_leaves_no_revision(kind: type[Document]) -> None:
    document = make_draft(kind)
    first = document.revisions.get()
    assert revise(kind.objects.get(pk=document.pk)) == first
    assert record(document, by=make_user("writer"), note="Again") == first
    assert document.revisions.get().note == ""


def test_every_change_leaves_a_revision_with_its_author() -> None:
    role, nika = make_draft(Role), make_user("writer", username="nika")
    revision = revise(role, by=nika, definition="Otherwise.")
    assert list(role.revisions.all()) == [revision, role.revisions.last()]
    assert (revision.author, revision.content["definition"]) == (nika, "Otherwise.")


def test_a_change_of_a_row_or_a_tag_is_a_change() -> None:
    role = make_draft(Role, figures=[SOURCED])
    role.figures.update(place="Ohio")
    record(role, by=make_user())
    role.tags.add("Air")
    record(role, by=make_user())
    assert role.revisions.count() == 3


def test_what_was_changed_back_is_a_revision_too() -> None:
    role = make_draft(Role, definition="One.")
    for definition in ("Two.", "One."):
        revise(role, definition=definition)
    digests = [revision.digest for revision in role.revisions.all()]
    assert digests[0] == digests[2] != digests[1]


def test_restoring_brings_back_fields_rows_with_their_ids_and_tags() -> None:
    role = make_role("Ash", figures=[SOURCED, SOURCED | {"amount": "7"}], tags=["Air", "Zeal"])
    old = record(role, by=make_user())
    role.figures.first().delete()  # type: ignore[union-attr]
    role.figures.create(**SOURCED, position=5)
    role.tags.set(["Fire"])
    revise(role, title="Alder", slug="alder")
    restored = restore(old, by=make_user("writer"))
    assert restored.content == old.content
    assert restored.digest == old.digest
    role = Role.objects.get(pk=role.pk)
    assert (role.title, role.slug) == ("Ash", "ash")
    assert [figure.pk for figure in role.figures.all()] == [row["id"] for row in old.content["figures"]]
    assert set(role.tags.names()) == {"Air", "Zeal"}


def test_restoring_says_where_the_content_is_from() -> None:
    role, nika = make_draft(Role), make_user("writer", username="nika")
    old = role.revisions.get()
    revise(role, definition="Otherwise.")
    restored = restore(old, by=nika)
    assert (restored.note, restored.author) == (f"Restored from revision {old.pk}", nika)


def test_restoring_what_stands_already_changes_nothing() -> None:
    role = make_draft(Role)
    assert restore(role.revisions.get(), by=make_user()) == role.revisions.get()


def test_restoring_changes_nothing_that_readers_see() -> None:
    role = make_live(Role, definition="One.")
    old = role.revisions.get()
    publish(revise(role, definition="Two."), by=make_user())
    restore(old, by=make_user())
    assert role.editions.live().get().definition == "Two."


def test_a_revision_that_cannot_stand_any_more_changes_nothing() -> None:
    role = make_draft(Role, slug="wanted", definition="One.")
    old = role.revisions.get()
    revise(role, slug="elsewhere", definition="Two.")
    make_role(slug="wanted")
    with pytest.raises(ValidationError):
        restore(old, by=make_user())
    role = Role.objects.get(pk=role.pk)
    assert (role.slug, role.definition) == ("elsewhere", "Two.")
    assert role.revisions.count() == 2


def test_a_pair_that_got_another_comparison_is_not_restored() -> None:
    comparison = make_draft(Comparison)
    old, (a, b) = comparison.revisions.get(), (comparison.role_a, comparison.role_b)
    revise(comparison, role_b=make_live(Role))
    make_draft(Comparison, role_a=b, role_b=a)
    with pytest.raises(ValidationError, match="There is a comparison of these two roles already"):
        restore(old, by=make_user())
