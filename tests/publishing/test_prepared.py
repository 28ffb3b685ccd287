"""A prepared query finds what the query finds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connections
from django.db.models import QuerySet
from django.db.models.functions import Length, Trunc
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.models import Role, RoleEdition
from publishing import prepared
from publishing.prepared import Prepared
from tests.builders import ahead, make_live, make_scheduled, make_withdrawn

pytestmark = pytest.mark.django_db


def live(ids: tuple[int, ...], at: datetime, title: str | None = None) -> QuerySet[RoleEdition]:
    found = RoleEdition.objects.live(at).filter(document__in=ids).select_related("revision").order_by("pk")
    return found if title is None else found.filter(title=title)


@pytest.fixture
def roles() -> list[Role]:
    """Return roles that are live, come tomorrow, and are gone."""
    return [*(make_live(Role) for _ in range(2)), make_scheduled(Role, at=ahead(days=1)), make_withdrawn(Role)]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.sets(st.integers(0, 4)), day=st.integers(-2, 2), title=st.none() | st.integers(0, 3))
def test_it_finds_the_same_rows_whatever_the_values(
    roles: list[Role], chosen: set[int], day: int, title: int | None
) -> None:
    query = Prepared(live)
    ids = tuple(roles[n].pk if n < len(roles) else 987_654 for n in chosen)
    values: dict[str, Any] = {"ids": ids, "at": timezone.now() + timedelta(days=day)}
    values["title"] = None if title is None else roles[title].title
    for _ in range(2):  # as it is built, and as it is known
        assert query(**values) == list(live(**values))


def test_what_it_finds_is_whole(roles: list[Role], django_assert_num_queries: Any) -> None:
    query = Prepared(live)
    query(ids=(roles[0].pk,), at=timezone.now())
    with django_assert_num_queries(1):
        [edition] = query(ids=(roles[1].pk,), at=timezone.now())
        assert edition.revision.content["title"] == edition.title == roles[1].title


@pytest.mark.parametrize(
    "shape",
    [
        lambda found: found.annotate(opens=Trunc("live_from", "day"), size=Length("title")).select_related("issued_by"),
        lambda found: found.only("title", "document", "significant_at", "revision__content"),
        lambda found: found.values_list("title", "revision__content", "live_until", "act"),
        lambda found: found.values_list("title").order_by("-live_until", "pk").distinct(),
    ],
    ids=["annotated", "columns", "tuples", "distinct"],
)
def test_it_gives_what_the_queryset_gives(
    roles: list[Role], shape: Callable[[QuerySet[Any]], QuerySet[Any]], django_assert_num_queries: Any
) -> None:
    values: dict[str, Any] = {"ids": tuple(role.pk for role in roles), "at": timezone.now()}
    query = Prepared(lambda ids, at: shape(live(ids, at)))
    query(**values)
    with django_assert_num_queries(2):
        found, expected = query(**values), [*shape(live(**values))]
        assert len(found) == 2
        assert [held(each) for each in found] == [held(each) for each in expected]


def held(row: Any) -> Any:
    """Return what a row holds without asking the database, and what it is related to."""
    if isinstance(row, tuple):
        return row
    related = {name: held(each) for name, each in row._state.fields_cache.items()}
    return type(row), {name: value for name, value in vars(row).items() if name != "_state"}, related


def test_the_query_is_built_once_for_each_form() -> None:
    built: list[Any] = []

    def build(ids: tuple[int, ...], at: datetime) -> QuerySet[RoleEdition]:
        built.append(ids)
        return live(ids, at)

    query = Prepared(build)
    for ids in ((1, 2), (3, 4), (5,), (6,)):
        query(ids=ids, at=timezone.now())
    first = len(built)
    query(ids=(8, 9), at=timezone.now())
    assert len(built) == first
    assert len(query.forms) == 2


def test_a_query_of_too_many_forms_is_built_each_time(roles: list[Role], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST_FORMS", 1)
    query = Prepared(live)
    for number in range(1, 4):
        ids = tuple(role.pk for role in roles[:number])
        assert query(ids=ids, at=timezone.now()) == list(live(ids, timezone.now()))
    assert len(query.forms) == 1


@pytest.mark.parametrize(
    "build",
    [
        lambda at: RoleEdition.objects.filter(live_from__date=at.date()),
        lambda at: RoleEdition.objects.filter(live_from__lte=at + timedelta(days=1)),
        lambda at: RoleEdition.objects.all(),
        lambda at: RoleEdition.objects.live(at).filter(title=f"{at.year}"),
    ],
)
def test_a_query_that_makes_something_else_of_a_value_is_refused(build: Any) -> None:
    with pytest.raises(TypeError, match="otherwise than as the values of conditions"):
        Prepared(build)(at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_by_its_own_connection() -> None:
    role = make_live(Role)
    query = Prepared(live)
    query(ids=(role.pk,), at=timezone.now())
    found: list[Any] = []

    def ask() -> None:
        with CaptureQueriesContext(connections["default"]) as captured:
            found.extend(query(ids=(role.pk,), at=timezone.now()))
        found.append(len(captured))
        connections.close_all()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [role.editions.get(), 1]
