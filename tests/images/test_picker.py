"""Choosing a picture in a form: what the field shows, and what is offered."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from articles.models import Comparison
from careers.models import Role
from images.picker import AT_ONCE, numbered
from images.renditions import thumbnail
from tests.articles.builders import act, form_in, row, sign_in
from tests.builders import make_draft, make_live, make_user
from tests.images.builders import make_image, plain

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

CHOICES = "/admin/images/image/choices/"


def soup(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def offered(client: Client, **query: str) -> list[str]:
    return [title.get_text() for title in soup(client.get(CHOICES, query)).select("label strong")]


def test_a_role_gets_its_picture_in_its_form(client: Client) -> None:
    sign_in(client, "Writer")
    role, image = make_draft(Role), make_image()
    sent = form_in(client.get(act(role, "change")).content.decode(), "#role_form")
    assert sent["image"] == ""
    assert client.post(act(role, "change"), sent | {"image": image.pk, "_continue": "1"}).status_code == 302
    assert role.revisions.first().content["image"] == image.pk
    shown = soup(client.get(act(role, "change"))).select_one(".field-image .picked__shown")
    small = thumbnail(image)
    assert shown
    assert small
    assert shown.get_text(" ", strip=True) == "Desk A desk with two chairs"
    assert [img["src"] for img in shown.select("img")] == [small.get_absolute_url()]


def test_a_section_gets_its_picture_and_loses_it(client: Client) -> None:
    sign_in(client, "Writer")
    comparison, image = make_draft(Comparison), make_image()
    address = act(comparison, "change")
    for value in (image.pk, None):
        sent = form_in(client.get(address).content.decode(), "#comparison_form")
        assert client.post(address, sent | {"sections-0-image": value or "", "_continue": "1"}).status_code == 302
        assert comparison.revisions.first().content["sections"][0]["image"] == value


def test_a_picture_alone_makes_a_new_section_that_asks_for_its_heading(client: Client) -> None:
    sign_in(client, "Writer")
    comparison, image = make_draft(Comparison), make_image()
    sent = form_in(client.get(act(comparison, "change")).content.decode(), "#comparison_form")
    new = row("sections", 1, heading="", body="", image=image.pk) | {"sections-TOTAL_FORMS": "2"}
    page = soup(client.post(act(comparison, "change"), sent | new | {"_continue": "1"}))
    assert "This field is required." in page.select_one("#sections-1").get_text()  # type: ignore[union-attr]


@pytest.mark.parametrize("number", ["999", "-1", "abc", "9" * 30])
def test_a_number_that_is_no_picture_is_refused_in_the_form(client: Client, number: str) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role)
    sent = form_in(client.get(act(role, "change")).content.decode(), "#role_form") | {"image": number}
    page = soup(client.post(act(role, "change"), sent | {"_continue": "1"}))
    assert page.select(".field-image .errorlist")
    role.refresh_from_db()
    assert role.image is None


def test_the_newest_pictures_are_offered_and_the_rest_found(client: Client) -> None:
    sign_in(client, "Writer")
    by = make_user()
    for number in range(AT_ONCE + 1):
        make_image(plain(number + 1, 1), title=f"Number {number}", by=by)
    assert offered(client) == [f"Number {number}" for number in range(AT_ONCE, 0, -1)]
    assert "search to find others" in soup(client.get(CHOICES)).get_text()
    assert offered(client, q="number 0") == [f"Number {number}" for number in (40, 30, 20, 10, 0)]


@pytest.mark.parametrize(("query", "found"), [("CHAIRS front", True), ("chairs window", False)])
def test_the_search_finds_all_words_in_title_or_alt(client: Client, query: str, found: bool) -> None:  # noqa: FBT001
    sign_in(client, "Writer")
    make_image(title="Front desk", alt="Two chairs")
    assert offered(client, q=query) == ["Front desk"] * found


def test_nothing_found_says_what_to_do(client: Client) -> None:
    sign_in(client, "Writer")
    assert "Try another word" in soup(client.get(CHOICES, {"q": "window"})).get_text()


def test_more_pictures_take_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, "Writer")
    make_image(plain(10, 10))
    with django_assert_max_num_queries(12) as few:
        offered(client)
    for width in range(11, 16):
        make_image(plain(width, 10))
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert len(offered(client)) == 6


def test_what_the_field_shows_can_be_fetched_by_number(client: Client) -> None:
    sign_in(client, "Writer")
    image = make_image(title="Front <desk>", alt="", decorative=True)
    page = soup(client.get(reverse("admin:images_image_chosen", args=[image.pk])))
    assert page.get_text(" ", strip=True) == "Front <desk> decorative"
    assert not soup(client.get(reverse("admin:images_image_chosen", args=[image.pk + 1]))).find("img")


@pytest.mark.parametrize("address", [CHOICES, "/admin/images/image/chosen/1/"])
def test_pictures_are_offered_to_those_who_may_see_the_library(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302
    client.force_login(make_user("writer"))
    assert client.get(address).status_code == 403


def test_the_list_of_roles_shows_their_pictures(client: Client) -> None:
    sign_in(client, "Writer")
    small = thumbnail(make_live(Role, image=make_image()).image)
    make_live(Role)
    assert small
    page = soup(client.get("/admin/careers/role/"))
    [img] = page.select(".field-picture img")
    assert (img["src"], img["alt"], img["width"], img["height"]) == (small.get_absolute_url(), "", "80", "60")


@given(st.one_of(st.none(), st.integers(), st.text(max_size=30)))
def test_whatever_somebody_typed_names_a_picture_or_none(number: object) -> None:
    assert numbered(number) is None
