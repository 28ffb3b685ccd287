from typing import Any

import pytest

from careers.models import Role
from publishing.slices import ids_of
from tests.builders import make_role

pytestmark = pytest.mark.django_db


def test_slices_with_their_own_order_and_limit_are_one_query(django_assert_num_queries: Any) -> None:
    roles = [make_role(f"Role {letter}") for letter in "abcdef"]
    by_title = Role.objects.order_by("title")
    with django_assert_num_queries(1):
        found = set(
            Role.objects.filter(pk__in=ids_of(by_title[:2], by_title.reverse()[:1], by_title.filter(title="Role c")))
        )
    assert found == {roles[0], roles[1], roles[2], roles[5]}


def test_what_is_in_several_slices_is_found_once() -> None:
    role = make_role()
    assert list(Role.objects.filter(pk__in=ids_of(Role.objects.all(), Role.objects.all()[:1]))) == [role]


def test_a_slice_that_can_hold_nothing_adds_nothing() -> None:
    role = make_role()
    nothing = [Role.objects.none(), Role.objects.filter(pk__in=[])]
    assert list(Role.objects.filter(pk__in=ids_of(*nothing, Role.objects.all()))) == [role]
    assert not Role.objects.filter(pk__in=ids_of(*nothing)).exists()


def test_values_stay_parameters() -> None:
    role = make_role("100% 'quoted'")
    assert Role.objects.get(pk__in=ids_of(Role.objects.filter(title="100% 'quoted'"))) == role
