"""How the API answers, whatever is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from careers.models import Role
from publishing.as_of import KEY
from tests.articles.builders import sign_in
from tests.builders import make_live

pytestmark = pytest.mark.django_db

ROLES = "/api/v1/roles"


def problem(response: Any, status: int) -> str:
    """Return what the answer says is wrong, once it is a problem of that status."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    said = response.json()
    assert said["status"] == status
    return str(said["detail"])


def test_pages_of_other_sites_may_ask_without_credentials(client: Client) -> None:
    response = client.get(ROLES, headers={"Origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response


def test_a_browser_that_asks_first_is_told_what_it_may_do(client: Client) -> None:
    response = client.options(ROLES, headers={"Access-Control-Request-Method": "GET"})
    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_an_answer_may_be_kept_for_a_minute_by_anyone(client: Client) -> None:
    response = client.get(ROLES)
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.has_header("Vary")


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    etag = client.get(ROLES)["ETag"]
    response = client.get(ROLES, headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    make_live(Role)
    assert client.get(ROLES, headers={"If-None-Match": etag}).status_code == 200


def test_head_is_told_what_get_is_told_but_for_the_body(client: Client) -> None:
    got, headed = client.get(ROLES), client.head(ROLES)
    assert headed.content == b""
    assert {name: headed[name] for name in ("ETag", "Content-Length", "Content-Type")} == {
        name: got[name] for name in ("ETag", "Content-Length", "Content-Type")
    }


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_whoever_would_write_is_told_that_this_is_for_reading(client: Client, method: str) -> None:
    response = getattr(client, method)(ROLES)
    assert "for reading" in problem(response, 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_csrf_has_no_say_in_it() -> None:
    assert Client(enforce_csrf_checks=True).post(ROLES).status_code == 405


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/rolls", "/api/v1/roles/", "/api/v1/a/b/c/d", "/api/v1/%0A"])
def test_an_address_with_nothing_there_says_where_to_look(client: Client, path: str) -> None:
    response = client.get(path)
    assert "/api/v1/openapi.json" in problem(response, 404)
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/roles/%00",
        "/api/v1/roles/a%00b",
        "/api/v1/wages/11-9111/%00",
        "/api/v1/roles?cursor=%00",
        "/api/v1/occupations?q=a%00",
        "/api/v1/compare?a=%00&b=x",
        "/api/v1/roles?%00=1",
        "/api/v1/nothing/%00",
    ],
)
def test_a_nul_character_is_refused(client: Client, path: str) -> None:
    assert "NUL" in problem(client.get(path), 400)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/api/v1/roles?size=0", "size: it is at least 1"),
        ("/api/v1/roles?size=101", "size: it is at most 100"),
        ("/api/v1/roles?size=many", "size: it is a whole number"),
        ("/api/v1/roles?cursor=b%20c", "cursor: it may hold letters"),
        ("/api/v1/roles/" + "a" * 201, "slug: it has more than 200 characters"),
        ("/api/v1/occupations?q=" + "a" * 121, "q: it has more than 120 characters"),
        ("/api/v1/occupations?level=tiny", "level: it is one of 'total'"),
        ("/api/v1/compare?a=x", "b: it is needed"),
        ("/api/v1/compare?a=x&b=x", "b: it names the same role as a"),
        ("/api/v1/roles?" + "a" * 2001, "more than 2000 characters"),
        ("/api/v1/roles?" + "&" * 1500, "too many parameters"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(client: Client, path: str, said: str) -> None:
    assert said in problem(client.get(path), 400)


def test_each_parameter_at_fault_is_named(client: Client) -> None:
    errors = client.get("/api/v1/compare?a=é").json()["errors"]
    assert [error["parameter"] for error in errors] == ["a", "b"]


def test_whoever_looks_at_another_moment_gets_that_for_themselves_alone(client: Client) -> None:
    make_live(Role, title="Lamp Keeper")
    sign_in(client, "Editor")
    session = client.session
    session[KEY] = (timezone.now() - timedelta(days=1)).isoformat()
    session.save()
    response = client.get(ROLES)
    assert response.json()["items"] == []
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert "public" not in response["Cache-Control"]
    assert [role["slug"] for role in Client().get(ROLES).json()["items"]] == ["lamp-keeper"]


def test_the_description_needs_nothing_from_elsewhere(client: Client) -> None:
    described = client.get("/api/v1/openapi.json")
    assert described.json()["openapi"].startswith("3.1")
    assert client.get("/api/v1/docs").status_code == 404
