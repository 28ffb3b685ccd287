"""What a load balancer is told: it asks by address and by plain HTTP, and knows no name of the site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import DjangoAssertNumQueries, Settings

from config.health import Health
from publishing.export.reader import connections_left_open
from publishing.page_cache import PageCache
from tests.answers import Answer


@pytest.fixture(autouse=True)
def _one_connection(settings: Settings) -> Iterator[None]:
    settings.SECURE_SSL_REDIRECT = True
    with connections_left_open():
        yield


def ask(path: str, **environ: str) -> Answer:
    site = Health(PageCache(get_wsgi_application()))
    return Answer(site, path, **{"HTTP_HOST": "10.0.0.11:8000"} | environ)


def test_who_is_alive_says_so_without_a_question_to_the_database() -> None:
    answer = ask("/healthz")
    assert (answer.status, answer.text, answer.headers["Cache-Control"]) == (200, "ok\n", "no-store")


@pytest.mark.django_db
def test_who_is_ready_has_a_database_with_every_migration() -> None:
    assert (ask("/readyz").status, ask("/readyz").text) == (200, "ok\n")


@pytest.mark.django_db
def test_a_migration_that_is_missing_is_said() -> None:
    [newest] = MigrationLoader(connection).graph.leaf_nodes("publishing")
    MigrationRecorder(connection).record_unapplied(*newest)
    answer = ask("/readyz")
    assert answer.status == 503
    assert answer.text == "Migrations are not applied: run `manage.py migrate`.\n"


@pytest.mark.django_db
def test_once_they_are_applied_only_the_connection_is_tried(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    site = Health(get_wsgi_application())
    assert Answer(site, "/readyz").status == 200
    with django_assert_num_queries(1):
        assert Answer(site, "/readyz").status == 200


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_said_and_nothing_of_it() -> None:
    def fail(*args: Any) -> None:
        raise DatabaseError("could not connect as site with password 1234")

    with connection.execute_wrapper(fail):
        answer = ask("/readyz")
    assert (answer.status, answer.text) == (503, "The database does not answer.\n")


def test_while_the_site_is_worked_on_its_page_that_says_so_is_given(settings: Settings) -> None:
    settings.MAINTENANCE = True
    assert ask("/readyz").status == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_the_head_alone_is_given_to_who_asks_for_it(path: str, settings: Settings) -> None:
    settings.MAINTENANCE = True
    assert (ask(path, REQUEST_METHOD="HEAD").status, ask(path, REQUEST_METHOD="HEAD").sent) == (200, b"")


@pytest.mark.parametrize("path", ["/healthz/", "/readyz/more"])
def test_no_other_address_is_answered_so(path: str, db: None) -> None:
    assert ask(path).status == 400  # the host is none of the site's
