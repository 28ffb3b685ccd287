"""Whatever is asked, every answer is one that the API's description tells of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from pytest_django import DjangoDbBlocker
from schemathesis import GenerationMode

from articles.api.service import api
from articles.models import Comparison
from careers.models import Role
from publishing.export.reader import connections_left_open
from tests.builders import SOURCED, make_live
from tests.careers.builders import make_area, make_occupation, make_wage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

PATHS = list(api.get_openapi_schema()["paths"])
SOME = settings(max_examples=12, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
# What is there: hardly anything that is made up at random would be.
THERE = {"area": "united-states", "occupation": "11-9111"}
SLUGS = {"/api/v1/roles/{slug}": "lamp-keeper", "/api/v1/comparisons/{slug}": "lamp-keeper-vs-rope-maker"}


@pytest.fixture(scope="module")
def described(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
    """Give the description as the site serves it, with something of everything published."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_area()
        make_wage(marks={"annual_90": "top", "hourly_median": "suppressed"}, annual_median=66_000, employment=12_340)
        make_occupation(parent=make_occupation("11-0000", "Managers", level="major"))
        keeper = make_live(Role, title="Lamp Keeper", occupation_id="11-9111", fit="exact", figures=[SOURCED])
        maker = make_live(Role, title="Rope Maker", occupation_id="11-9111", fit="part")
        make_live(Comparison, role_a=keeper, role_b=maker)
        with connections_left_open():
            yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
        transaction.set_rollback(True)


def ask(operation: Any, **choices: Any) -> set[int]:
    """Ask for the operation in many ways, and return the statuses that were answered."""
    statuses = set()

    @SOME
    @given(case=operation.as_strategy(**choices).filter(names_two_roles))
    def answer(case: Any) -> None:
        # The client that asks says that it takes gzip, and does not.
        statuses.add(case.call_and_validate(headers={"Accept-Encoding": "identity"}).status_code)

    answer()
    return statuses


def names_two_roles(case: Any) -> bool:
    """Whether the request, if it names two roles, names two: what a description cannot say."""
    return "a" not in case.query or case.query["a"] != case.query.get("b")


@pytest.mark.parametrize("path", PATHS)
def test_what_may_be_asked_is_answered_as_described(described: Any, path: str) -> None:
    assert ask(described[path]["GET"]) <= {200, 400, 404}


@pytest.mark.parametrize("path", PATHS)
def test_what_may_not_be_asked_is_refused_as_described(described: Any, path: str) -> None:
    ask(described[path]["GET"], generation_mode=GenerationMode.NEGATIVE)


@pytest.mark.parametrize("path", PATHS)
def test_what_is_there_is_given_as_described(described: Any, path: str) -> None:
    named = THERE | {"slug": SLUGS.get(path, "")}
    parameters = {name: value for name, value in named.items() if f"{{{name}}}" in path}
    query = {"a": "lamp-keeper", "b": "rope-maker"} if path == "/api/v1/compare" else {}
    assert 200 in ask(described[path]["GET"], path_parameters=parameters or None, query=query)
