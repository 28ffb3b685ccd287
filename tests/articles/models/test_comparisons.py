"""A comparison is of two different roles, there is one for a pair, and what nobody wrote is made from the names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.models import Comparison, ComparisonEdition, ComparisonEditionTag
from careers.models import Role, RoleEdition
from publishing.cancel import cancel
from publishing.errors import Refused
from publishing.publish import publish
from tests.articles.builders import DAY_ONE
from tests.builders import (
    ahead,
    make_comparison,
    make_draft,
    make_live,
    make_role,
    make_scheduled,
    make_user,
    make_withdrawn,
    revise,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@contextmanager
def refused_by_the_database() -> Iterator[None]:
    with pytest.raises(IntegrityError), transaction.atomic():
        yield


def test_a_role_is_not_compared_with_itself() -> None:
    role = make_role()
    with pytest.raises(ValidationError, match="Choose two different roles"):
        Comparison(role_a=role, role_b=role).full_clean(exclude=["document_ptr"])
    with refused_by_the_database():
        Comparison.objects.create(role_a=role, role_b=role)


def test_there_is_one_comparison_for_a_pair_whatever_the_order() -> None:
    a, b = make_role("Rope Maker"), make_role("Net Maker")
    Comparison.objects.create(role_a=a, role_b=b)
    for pair in ((a, b), (b, a)):
        with pytest.raises(ValidationError, match=r"already: “Rope Maker vs\. Net Maker: What Are the Differences\?”"):
            Comparison(role_a=pair[0], role_b=pair[1]).full_clean(exclude=["document_ptr"])
        with refused_by_the_database():
            Comparison.objects.create(role_a=pair[0], role_b=pair[1])


def test_a_comparison_is_not_in_its_own_way() -> None:
    comparison = make_comparison()
    comparison.title = "Another title"
    comparison.full_clean(exclude=["document_ptr"])


@pytest.mark.parametrize("make", [make_live, make_scheduled, make_withdrawn])
def test_a_comparison_that_was_published_keeps_its_roles_and_their_order(make: Any) -> None:
    comparison = make(Comparison)
    a, b = comparison.role_a, comparison.role_b
    for pair in ((b, a), (a, make_role()), (make_role(), b)):
        with pytest.raises(ValidationError, match="was published.*write another comparison"):
            revise(comparison, role_a=pair[0], role_b=pair[1])
    revise(comparison, role_a=a, role_b=b, title="Another title")


def test_a_comparison_that_no_reader_has_seen_may_change_its_roles() -> None:
    comparison = make_scheduled(Comparison)
    cancel(ComparisonEdition.objects.get(), by=make_user())
    revise(comparison, role_a=comparison.role_b, role_b=comparison.role_a)
    revise(make_draft(Comparison), role_a=make_role())


def test_a_draft_that_strayed_from_what_was_published_finds_back() -> None:
    comparison = make_live(Comparison)
    b = comparison.role_b
    Comparison.objects.filter(pk=comparison.pk).update(role_b=make_role())  # as drafts from before the rule are
    comparison.refresh_from_db()
    revise(comparison, role_b=b)


def test_title_and_standfirst_are_made_from_the_names_unless_somebody_wrote_them() -> None:
    roles = (make_live(Role, title="Head of Data"), make_live(Role, title="HR Manager"))
    comparison = make_live(Comparison, role_a=roles[0], role_b=roles[1])
    edition = ComparisonEdition.objects.live().get()
    assert edition.title == str(comparison) == "Head of Data vs. HR Manager: What Are the Differences?"
    assert edition.standfirst == (
        "What heads of data and HR managers do, what each job asks for and pays, and how to tell which one suits you."
    )
    publish(revise(comparison, title="Data or people?", standfirst="Two offices."), by=make_user())
    edition = ComparisonEdition.objects.live().get()
    assert (edition.title, edition.standfirst) == ("Data or people?", "Two offices.")


def test_the_address_is_made_from_the_slugs_that_readers_know() -> None:
    roles = (make_live(Role, title="Rope Maker"), make_live(Role, title="Net Maker"))
    revise(roles[0], slug="cord-maker")
    comparison = make_live(Comparison, role_a=roles[0], role_b=roles[1])
    assert ComparisonEdition.objects.live().get().slug == "rope-maker-vs-net-maker"
    assert comparison.working_slug == "cord-maker-vs-net-maker"


def test_a_comparison_is_refused_while_readers_cannot_see_its_roles() -> None:
    comparison = make_draft(
        Comparison, role_a=make_draft(Role, title="Rope Maker"), role_b=make_live(Role, title="Net Maker")
    )
    needs = "“Rope Maker vs. Net Maker: What Are the Differences?” needs “Rope Maker”"
    with pytest.raises(Refused, match=re.escape(needs)):
        publish(comparison.revisions.first(), by=make_user())
    assert not ComparisonEdition.objects.exists()


def test_a_comparison_and_its_roles_are_published_in_one_act() -> None:
    roles = [make_draft(Role), make_draft(Role)]
    comparison = make_draft(Comparison, role_a=roles[0], role_b=roles[1])
    together = [role.revisions.first() for role in roles]
    edition = publish(comparison.revisions.first(), by=make_user(), together=together, at=ahead(days=2))
    roles_then = RoleEdition.objects.live(edition.live_from)
    assert {role.document_id for role in roles_then} == {role.pk for role in roles}
    assert {role.act for role in roles_then} == {edition.act}


def test_if_one_of_them_cannot_be_published_none_is() -> None:
    good, incomplete = make_draft(Role), make_draft(Role, definition="")
    comparison = make_draft(Comparison, role_a=good, role_b=incomplete)
    together = [good.revisions.first(), incomplete.revisions.first()]
    with pytest.raises(Refused, match="Write one sentence that says what the role is"):
        publish(comparison.revisions.first(), by=make_user(), together=together)
    assert not RoleEdition.objects.exists()
    assert not ComparisonEdition.objects.exists()


def test_the_tags_of_an_edition_know_its_moments() -> None:
    comparison = make_live(Comparison, tags=["Ports"])
    first = ComparisonEdition.objects.live().get()
    later = publish(revise(comparison, standfirst="Two offices."), by=make_user(), at=ahead(days=2))
    moments = {tag.content_object_id: (tag.first_published_at, tag.significant_at) for tag in tags_of_editions()}
    assert moments == {each.pk: (each.first_published_at, each.significant_at) for each in (first, later)}
    assert first.significant_at < later.significant_at


def test_the_tags_of_older_editions_learn_their_moments_from_the_migration() -> None:
    make_live(Comparison, tags=["Ports"])
    known = [(tag.first_published_at, tag.significant_at) for tag in tags_of_editions()]
    tags_of_editions().update(first_published_at=DAY_ONE, significant_at=DAY_ONE)
    import_module("articles.migrations.0008_topics_in_order").copy_moments(apps, None)
    assert [(tag.first_published_at, tag.significant_at) for tag in tags_of_editions()] == known


def tags_of_editions() -> Any:
    """Return the tags that editions of comparisons were published with."""
    return ComparisonEditionTag.objects.order_by("pk")
