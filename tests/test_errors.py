"""What people get where there is no page for them: each error says what it is, and the gravest need nothing that may be
broken."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.views.csrf import csrf_failure
from django.views.defaults import permission_denied, server_error
from pytest_django import Settings

from articles.models import Comparison
from careers.models import Role
from publishing.maintenance import RETRY_SECONDS
from tests.builders import make_category, make_live, make_withdrawn

NOINDEX = '<meta name="robots" content="noindex">'


def text_of(response: Any) -> str:
    text: str = response.content.decode()
    assert NOINDEX in text
    assert "site.css" in text
    return text


def asked() -> HttpRequest:
    return RequestFactory().get("/somewhere/")


# Without the mark `django_db` a query fails the test.


def test_a_fault_of_the_site_is_told_without_the_database() -> None:
    answer = server_error(asked())
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "Something went wrong on our side" in text_of(answer)


def test_a_request_for_another_host_is_told_that_it_cannot_be_read() -> None:
    answer = Client().get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "This request could not be read" in text_of(answer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("response", "says"),
    [
        (lambda: permission_denied(asked(), PermissionDenied()), "This is not open to you"),
        (lambda: csrf_failure(asked()), "This form is out of date"),
    ],
)
def test_who_is_turned_away_is_told_why_and_where_to_go_on(response: Any, says: str) -> None:
    answer = response()
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert says in text_of(answer)


# ---- taken down -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(("reason", "status"), [("", 410), ("Outdated.", 200)])
def test_in_place_of_a_comparison_stands_what_is_near_it(client: Client, reason: str, status: int) -> None:
    shelf, role = make_category("Harbour Work"), make_live(Role, title="Rope Maker")
    make_live(Comparison, role_a=role, category=shelf, title="Ropes or Sails?")
    gone = make_withdrawn(Comparison, role_a=role, category=shelf, reason=reason)
    response = client.get(gone.working_path())
    assert response.status_code == status
    page = text_of(response)
    for near in ("Ropes or Sails?", "Everything in Harbour Work", 'href="/roles/rope-maker/"', 'name="a"'):
        assert near in page


@pytest.mark.django_db
def test_in_place_of_a_role_stand_those_like_it(client: Client) -> None:
    make_live(Role, title="Sail Maker", tags=["Harbours"])
    gone = make_withdrawn(Role, tags=["Harbours"])
    assert "Sail Maker" in text_of(client.get(gone.working_path()))


# ---- maintenance ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/compare/", "/roles/nobody/", "/admin/", "/media/x.webp", "/nothing/"])
def test_during_maintenance_everyone_is_told_so_without_the_database(settings: Settings, path: str) -> None:
    settings.MAINTENANCE = True
    for response in (Client().get(path), Client().post(path)):
        assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert response["Retry-After"] == str(RETRY_SECONDS)
        assert "no-store" in response["Cache-Control"]
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert "We are working on the site" in text_of(response)


@pytest.mark.django_db
def test_without_maintenance_the_site_answers(client: Client) -> None:
    assert client.get("/").status_code == HTTPStatus.OK


@pytest.mark.django_db  # closing the answer asks whether the connection is still good
def test_static_files_are_served_during_maintenance(settings: Settings, tmp_path: Any) -> None:
    (tmp_path / "site.css").write_text("html { color: black; }")
    settings.STATIC_ROOT, settings.MAINTENANCE = tmp_path, True
    response = Client().get("/static/site.css")
    assert response.status_code == HTTPStatus.OK
    response.close()
