from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from careers.models import Figure, Role, RoleEdition
from publishing.publish import publish
from tests.builders import SOURCED, make_live, make_role, make_user, revise

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", ["ash-vs-birch", "vs-birch", "ash-vs", "vs"])
def test_a_slug_does_not_look_like_that_of_a_comparison(slug: str) -> None:
    with pytest.raises(ValidationError, match="stands between the two roles"):
        make_role(slug=slug)


@pytest.mark.parametrize("slug", ["canvas-vsop", "vsm-analyst", "advs-manager"])
def test_a_slug_may_hold_those_letters_in_a_word(slug: str) -> None:
    assert make_role(slug=slug).working_path() == f"/roles/{slug}/"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"amount_high": "65917"}, "amount_high"),
        ({"amount_high": "1"}, "amount_high"),
        ({"unit": "people"}, "unit"),
        ({"measure": "employment"}, "unit"),
    ],
)
def test_a_figure_that_makes_no_sense_is_refused_beside_its_field(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Figure(role=make_role(), **SOURCED | fields).full_clean()
    assert list(caught.value.message_dict) == [field]


@pytest.mark.parametrize("fields", [{}, {"amount_high": "70000"}, {"measure": "employment", "unit": "people"}])
def test_a_figure_that_makes_sense_is_taken(fields: dict[str, Any]) -> None:
    Figure(role=make_role(), **SOURCED | fields).full_clean()


def test_an_edition_calls_the_role_as_it_was_published() -> None:
    role = make_live(Role, title="Notary Public", plural="notaries public", article="an")
    revise(role, plural="hushed notaries")
    name = RoleEdition.objects.get().name
    assert (name.with_article, name.plural) == ("an notary public", "notaries public")
    assert role.name.plural == "hushed notaries"


def test_lists_show_the_definition_that_was_published() -> None:
    role = make_live(Role, definition="One.")
    publish(revise(role, definition="Two."), by=make_user())
    assert RoleEdition.objects.live().get().definition == "Two."
