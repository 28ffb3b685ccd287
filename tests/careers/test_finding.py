"""Roles by what people call them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from careers.finding import LONGEST, corrected, find_roles, named_in, spelled, the_role
from careers.models import OnetOccupation, Release, Role, RoleTitle
from careers.models.occupations import ONET
from careers.signals import facts_changed
from publishing.publish import publish
from tests.builders import ahead, make_draft, make_live, make_scheduled, make_user, make_withdrawn, revise
from tests.careers.builders import make_occupation

pytestmark = pytest.mark.django_db


def found(text: str, **options: Any) -> list[str]:
    return [role.title for role, _ in find_roles(text, at=timezone.now(), **options)]


def meant(text: str) -> str | None:
    role = the_role(text, at=timezone.now())
    return role.title if role else None


@given(st.text(max_size=300))
def test_a_name_is_spelled_one_way(text: str) -> None:
    once = spelled(text)
    assert spelled(once) == once
    assert spelled(f"  {text.upper()} ") == spelled(text.upper())
    assert len(once) <= LONGEST
    assert "\0" not in once


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lamp keeper", ["Lamp Keeper", "Wick and Lamp Keeper"]),
        ("LAMP", ["Lamp Keeper", "Wick and Lamp Keeper"]),
        ("wick", ["Wick and Lamp Keeper"]),
        ("keep", ["Lamp Keeper", "Wick and Lamp Keeper"]),
        ("lamp k", ["Lamp Keeper", "Wick and Lamp Keeper"]),
        ("light", ["Lamp Keeper"]),
        ("lumiere", ["Lamp Keeper"]),
        ("wal keeper", ["Wick and Lamp Keeper"]),
        ("eeper", []),
        ("", []),
        ("%", []),
        ("\0", []),
    ],
)
def test_every_word_typed_begins_a_word_of_a_name(typed: str, expected: list[str]) -> None:
    make_live(Role, title="Wick and Lamp Keeper")
    make_live(Role, title="Lamp Keeper", also_called=["Light watch", "Gardien de lumière"])
    assert found(typed) == expected


def test_the_very_name_comes_first_and_a_title_before_another_name() -> None:
    make_live(Role, title="Harbor Lamp Keeper")
    make_live(Role, title="Rope Maker", also_called=["Lamp"])
    make_live(Role, title="Lamp Keeper")
    assert found("lamp") == ["Rope Maker", "Lamp Keeper", "Harbor Lamp Keeper"]
    assert found("lamp", size=1) == ["Rope Maker"]


def test_only_what_is_live_is_found() -> None:
    make_draft(Role, title="Lamp Drafter")
    make_withdrawn(Role, title="Lamp Breaker")
    make_scheduled(Role, title="Lamp Bearer")
    assert found("lamp") == []
    assert [role.title for role, _ in find_roles("lamp", at=ahead(days=2))] == ["Lamp Bearer"]


def test_a_new_title_is_found_and_the_old_one_not() -> None:
    role = make_live(Role, title="Lamp Keeper")
    publish(revise(role, title="Torch Keeper"), by=make_user())
    assert (found("torch"), found("lamp")) == (["Torch Keeper"], [])


def test_names_are_kept_once_for_each_page() -> None:
    make_live(Role, title="Lamp Keeper", also_called=["lamp keeper", "Light", "LIGHT"])
    assert sorted(RoleTitle.objects.values_list("kind", "key")) == [(0, "lamp keeper"), (1, "light")]


def test_a_role_is_meant_by_its_slug_its_title_its_initials_or_a_name_of_its_own() -> None:
    make_live(Role, title="Human Resources Manager", slug="hr-lead", also_called=["People manager", "Boss"])
    make_live(Role, title="Rope Maker", also_called=["Boss"])
    for text in ("hr-lead", "human resources MANAGER", "HR manager", "people manager"):
        assert meant(text) == "Human Resources Manager"
    for text in ("Boss", "human", "", "\0"):
        assert meant(text) is None


def test_what_is_found_is_told_to_the_form(client: Client) -> None:
    make_live(Role, title="Lamp Keeper", definition="Keeps lamps.", also_called=["Wick trimmer"])
    offer = {"title": "Lamp Keeper", "about": "Keeps lamps."}
    assert client.get("/roles/found.json", {"q": "lam"}).json() == {"offers": [offer], "said": "1 role"}
    also = offer | {"about": "Also called wick trimmer. Keeps lamps."}
    assert client.get("/roles/found.json", {"q": "wick"}).json() == {"offers": [also], "said": "1 role"}
    assert client.get("/roles/found.json").json() == {"offers": [], "said": "0 roles"}


def test_what_people_in_the_occupation_are_called_is_offered_and_never_taken_for_the_role() -> None:
    role = make_live(Role, title="Lamp Keeper", occupation=make_occupation(), fit="part")
    assert found("wick") == []
    release = Release.objects.create(
        source=ONET, period="29.3", reference=date(2025, 5, 1), published_on=date(2025, 5, 1)
    )
    content = {"alternate_titles": ["Wick Trimmer", "LAMP keeper"]}
    OnetOccupation.objects.create(release=release, code="11-9111.00", title="Keepers", content=content)
    facts_changed.send(sender=Release, release=release)
    assert [tuple(each) for each in find_roles("wick", at=timezone.now())] == [(role.editions.get(), "wick trimmer")]
    assert meant("wick trimmer") is None
    assert meant("lamp keeper") == "Lamp Keeper"


def named(*words: str) -> list[str]:
    return [role.title for role in named_in(words, at=timezone.now())]


def test_names_in_a_text_are_found_in_its_order_the_longest_first() -> None:
    make_live(Role, title="Keeper")
    make_live(Role, title="Lamp Keeper", also_called=["Light"])
    make_scheduled(Role, title="Rope Maker")
    assert named("a", "keeper", "or", "a", "lamp", "keeper", "or", "rope", "maker") == ["Keeper", "Lamp Keeper"]
    assert named("light", "keeper", "light") == ["Lamp Keeper", "Keeper"]
    assert named("lamp") == named() == []


def test_of_roles_that_share_a_name_the_one_whose_title_it_is_counts() -> None:
    make_live(Role, title="Lamp Keeper", also_called=["Keeper"])
    make_live(Role, title="Keeper")
    assert named("keeper") == ["Keeper"]


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("lamp kepeer", "lamp keeper"),
        ("lamb keeper", "lamp keeper"),
        ("lamp keepr", "lamp keeper"),
        ("lam kee", "lam kee"),
        ("lmp keeper", "lmp keeper"),
        ("lump xeepor", "lamp keeper"),
        ("lamp zookeeping", "lamp zookeeping"),
        ("", ""),
    ],
)
def test_slips_in_the_words_of_names_are_mended(typed: str, right: str) -> None:
    make_live(Role, title="Lamp Keeper")
    make_draft(Role, title="Lamb Shearer")
    assert corrected(typed.split(), at=timezone.now()) == right.split()


def test_of_words_as_near_the_one_in_more_names_is_meant() -> None:
    for title in ("Cook", "Book Cook", "Book Keeper", "Book Binder"):
        make_live(Role, title=title)
    assert corrected(["sook"], at=timezone.now()) == ["book"]
