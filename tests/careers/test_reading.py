from __future__ import annotations

from typing import Any

import pytest

from careers.models import Role
from careers.reading import RoleProfile, paths_of, profiles, role_page
from publishing.publish import schedule
from publishing.withdraw import withdraw
from tests.builders import SOURCED, ahead, make_draft, make_live, make_role, make_user, revise

pytestmark = pytest.mark.django_db


def test_a_role_page_has_the_parts_that_say_something_in_their_order() -> None:
    role = make_live(Role, title="HR Manager", environment="<p>Offices.</p>", duties="<p>Hiring.</p>")
    parts = role_page(role.editions.get(), at=ahead())["parts"]
    assert [(part.anchor, part.heading) for part in parts] == [
        ("summary", "What is an HR manager?"),
        ("duties", "What HR managers do"),
        ("environment", "Where HR managers work"),
    ]


def test_links_on_a_role_page_lead_to_what_is_live_at_that_moment() -> None:
    ash = make_live(Role, slug="ash")
    role = make_live(Role, summary='<p>See <a href="/roles/ash/">ash</a>.</p>')
    withdraw([ash], by=make_user(), at=(later := ahead(days=1)))
    edition = role.editions.get()
    bodies = [role_page(edition, at=at)["parts"][0].body for at in (ahead(), later)]
    assert 'href="/roles/ash/"' in bodies[0]
    assert bodies[1] == "<p>See ash.</p>"


def test_profiles_are_those_of_the_moment_in_one_query(django_assert_num_queries: Any) -> None:
    role, draft = make_live(Role, definition="One."), make_draft(Role)
    schedule(revise(role, definition="Two."), by=make_user(), at=(later := ahead(days=1)))
    with django_assert_num_queries(1):
        now = profiles([role.pk, draft.pk], at=ahead())
    assert set(now) == {role.pk}
    definitions = [profiles([role.pk], at=at)[role.pk].content["definition"] for at in (ahead(), later)]
    assert definitions == ["One.", "Two."]


def test_a_preview_shows_drafts_of_roles_that_are_not_live() -> None:
    live, draft = make_live(Role, definition="Live."), make_draft(Role, definition="Draft.")
    revise(live, definition="Hushed.")
    found = profiles([live.pk, draft.pk], at=ahead(), drafts=[live.pk, draft.pk])
    assert [found[role.pk].content["definition"] for role in (live, draft)] == ["Live.", "Draft."]


def test_a_preview_shows_a_role_that_left_no_revision_and_writes_none() -> None:
    role = make_role(definition="Draft.", figures=[SOURCED])
    profile = profiles([role.pk], at=ahead(), drafts=[role.pk])[role.pk]
    assert profile.content["definition"] == "Draft."
    assert [figure.text for figure in profile.figures] == ["$65,917 a year"]
    assert not role.revisions.exists()


def test_a_profile_says_what_its_content_holds() -> None:
    role = make_live(Role, figures=[SOURCED], education="master", summary='<p><a href="doc:7">x</a></p>')
    profile = RoleProfile(role.editions.get())
    assert profile.education == "Master's degree"
    assert [figure.text for figure in profile.figures] == ["$65,917 a year"]
    assert profile.linked_in("summary", "duties") == {7}


def test_paths_are_those_of_the_editions() -> None:
    role = make_live(Role, slug="ash")
    assert paths_of(role.editions.all()) == {role.pk: "/roles/ash/"}
