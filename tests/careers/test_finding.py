"""Roles by what people call them."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.finding import LONGEST, by_words, corrected, find_roles, named_in, spelled, the_role
from careers.models import OnetOccupation, Release, Role, RoleEdition, RoleTitle
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


WORDS = ["a", "ab", "abc", "abd", "b", "ba", "bab", "c3", "я", "яб", "漢字", "𝟙"]
"""Words that begin like one another, and letters from all over Unicode."""


@pytest.fixture
def _many_names() -> None:
    """Eleven live roles and one that ended, each with a name of its own, others, and many of its occupation, of which
    some are several roles'."""
    drawn = Random(7)  # noqa: S311
    roles = [make_live(Role, title=f"Role {number}") for number in range(11)] + [make_withdrawn(Role, title="Gone")]
    RoleTitle.objects.all().delete()
    for edition in RoleEdition.objects.filter(document__in=roles).pages():
        names = dict.fromkeys(" ".join(drawn.choices(WORDS, k=drawn.choice([1, 2, 2, 3, 4]))) for _ in range(25))
        for number, name in enumerate(names):
            RoleTitle.objects.bulk_create(by_words(edition, name, RoleTitle.Kind(min(number, 2))))


def ranked_in_python(typed: str) -> list[tuple[int, str]]:
    """Return the roles that `find_roles` promises, and by what name, from all names."""
    ranks = [
        (0 if key == typed else 1 if key.startswith(typed) else 2, kind, len(key), key, edition)
        for edition, kind, key in RoleTitle.objects.values_list("edition", "kind", "key").distinct()
        if typed and all(f" {word}" in f" {key}" for word in typed.split())
    ]
    best = {rank[-1]: rank for rank in sorted(ranks, reverse=True)}
    live = set(RoleEdition.objects.live().values_list("pk", flat=True))
    return [(edition, key if kind else "") for _, kind, _, key, edition in sorted(best.values()) if edition in live]


BEGUN = st.sampled_from(WORDS).flatmap(lambda word: st.integers(1, len(word)).map(lambda end: word[:end]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(words=st.lists(BEGUN, max_size=3), size=st.integers(1, 14))
@pytest.mark.usefixtures("_many_names")
def test_what_is_found_is_what_ranking_all_names_finds(words: list[str], size: int) -> None:
    typed = " ".join(words)
    expected = ranked_in_python(spelled(typed))
    offered = find_roles(typed, at=timezone.now(), size=size)
    assert [(role.pk, called) for role, called in offered] == expected[:size]


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
    names = RoleTitle.objects.values_list("kind", "key", "word")
    assert sorted(names) == [(0, "lamp keeper", "keeper"), (0, "lamp keeper", "lamp"), (1, "light", "light")]


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


def test_a_role_with_two_names_of_one_spelling_or_with_a_word_twice_is_one_role() -> None:
    make_live(Role, title="Lamp Lamp Keeper", also_called=["Keeper of lamps"])
    assert meant("lamp lamp keeper") == meant("keeper of lamps") == "Lamp Lamp Keeper"
    assert found("lamp") == named("keeper", "of", "lamps", "lamp", "lamp", "keeper") == ["Lamp Lamp Keeper"]


def test_of_words_as_near_the_one_in_more_names_is_meant() -> None:
    for title in ("Cook", "Book Cook", "Book Keeper", "Book Binder"):
        make_live(Role, title=title)
    assert corrected(["sook"], at=timezone.now()) == ["book"]
