"""Pictures on the pages that readers get: what they see, and that the library does not change it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from articles.models import Comparison
from careers.models import Role
from images.library import uses
from images.models import Image
from images.renditions import recut, thumbnail
from publishing.publish import publish
from publishing.revisions import record
from tests.articles.builders import act, sign_in
from tests.builders import editions, make_comparison, make_draft, make_live, make_scheduled, make_user, revise
from tests.images.builders import gradient, make_image, plain

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def shown(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def figures(client: Client, path: str) -> list[Tag]:
    return shown(client, path).select("main figure")


def illustrated(**sections: Image | None) -> Comparison:
    """Return a live comparison whose sections have the pictures."""
    comparison = make_comparison()
    comparison.sections.all().delete()
    for heading, image in sections.items():
        comparison.sections.create(heading=heading, body=f"<p>About {heading}.</p>", image=image)
    publish(record(comparison, by=make_user()), by=make_user())
    return comparison


def rewrite(image: Image) -> None:
    """Change all that can be changed of a picture."""
    image.alt, image.credit, image.focus_x = "Another text", "Somebody else", 0.9
    image.save()
    recut(image)


def test_a_role_page_shows_its_picture_in_three_by_two(client: Client) -> None:
    role = make_live(Role, image=make_image(gradient(800, 300), alt="A lamp", credit="Own work"))
    [figure] = figures(client, role.working_path())
    img = figure.find("img")
    assert isinstance(img, Tag)
    assert (img["alt"], img["width"], img["height"], img["loading"]) == ("A lamp", "450", "300", "eager")
    assert figure.get_text(strip=True) == "Own work"


def test_a_comparison_shows_the_picture_of_a_section_under_its_heading(client: Client) -> None:
    one, two = make_image(plain(9, 9), alt="One"), make_image(plain(8, 8), alt="Two")
    comparison = illustrated(duties=None, tools=one, pay=two)
    page = shown(client, comparison.working_path())
    assert page.select_one("#duties figure") is None
    for anchor, alt, loading in (("tools", "One", "eager"), ("pay", "Two", "lazy")):
        figure = page.select_one(f"#{anchor} > h3 + figure")
        assert figure
        assert [(img["alt"], img["loading"]) for img in figure.select("img")] == [(alt, loading)]


def test_pictures_cost_a_page_no_query(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    comparison = illustrated(tools=make_image(plain(9, 9)), pay=make_image(plain(8, 8)))
    with django_assert_max_num_queries(5):
        assert len(figures(client, comparison.working_path())) == 2
    role = make_live(Role, image=make_image())
    with django_assert_max_num_queries(5):
        assert len(figures(client, role.working_path())) == 1


def test_a_section_that_only_shows_a_picture_is_shown(client: Client) -> None:
    comparison = illustrated(duties=None, tools=make_image())
    comparison.sections.filter(heading="tools").update(body="")
    publish(record(comparison, by=make_user()), by=make_user())
    assert shown(client, comparison.working_path()).select("#tools > h3 + figure")


def test_the_library_changes_no_live_page_until_it_is_published_again(client: Client) -> None:
    image = make_image(gradient(800, 300))
    pages = [make_live(Role, image=image), illustrated(tools=image)]
    before = [figures(client, each.working_path()) for each in pages]
    rewrite(image)
    assert [figures(client, each.working_path()) for each in pages] == before
    for page in pages:
        publish(page.revisions.first(), by=make_user())
    for page in pages:
        [figure] = figures(client, page.working_path())
        assert [img["alt"] for img in figure.select("img")] == ["Another text"]
        assert figure.get_text(strip=True) == "Somebody else"


def test_a_scheduled_page_keeps_the_picture_that_was_scheduled() -> None:
    image = make_image(gradient(800, 300), alt="A lamp")
    role = make_scheduled(Role, image=image)
    rewrite(image)
    publish(revise(role, definition="It keeps lamps."), by=make_user())
    [now, coming] = editions(role).opened().order_by("live_from")
    assert [one.pictures[str(image.pk)]["alt"] for one in (now, coming)] == ["Another text", "A lamp"]


def test_a_page_that_only_moves_keeps_the_picture_that_it_was_published_with(client: Client) -> None:
    image = make_image(gradient(800, 300))
    comparison = illustrated(tools=image)
    before = figures(client, comparison.working_path())
    rewrite(image)
    publish(revise(comparison.role_a, slug="another-address"), by=make_user())
    comparison.refresh_from_db()
    assert "another-address" in comparison.working_path()
    assert figures(client, comparison.working_path()) == before


def test_a_preview_shows_the_picture_as_the_library_has_it(client: Client) -> None:
    image = make_image(gradient(800, 300))
    role = make_live(Role, image=image)
    rewrite(image)
    sign_in(client, "Editor")
    [figure] = figures(client, act(role, "preview"))
    assert [img["alt"] for img in figure.select("img")] == ["Another text"]


def test_content_from_before_there_were_pictures_is_published_and_read(client: Client) -> None:
    comparison = make_draft(Comparison)
    content = comparison.revisions.get().content
    old = {name: value for name, value in content.items() if name not in Comparison.listing_fields}
    old["sections"] = [{k: v for k, v in row.items() if k != "image"} for row in content["sections"]]
    revision = comparison.revisions.create(content=old, schema=1, digest="old", author=make_user())
    publish(revision, by=make_user())
    assert figures(client, comparison.working_path()) == []


def test_uses_name_a_comparison_once_however_many_sections_show_the_picture() -> None:
    image = make_image()
    comparison = illustrated(tools=image, pay=image)
    assert [(use.title, use.where) for use in uses(image)] == [(str(comparison), "in the draft, on the live page")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(places=st.lists(st.integers(0, 3), min_size=1, max_size=5))
def test_the_first_picture_alone_is_loaded_eagerly(places: list[int]) -> None:
    from articles.reading import _sections

    kept = {
        str(n): {"alt": "", "credit": "", "width": 1, "height": 1, "avif": [], "webp": [["a.webp", 1]]}
        for n in (1, 2, 3)
    }
    rows = [{"heading": "Tools", "body": "<p>Text.</p>", "image": place or None} for place in places]
    parts = _sections(rows, {}, {}, kept)
    assert [part.picture is not None for part in parts] == [bool(place) for place in places]
    loading = [part.picture.loading for part in parts if part.picture]
    assert loading == ["eager", *["lazy"] * (len(loading) - 1)][: len(loading)]


LIST = "/admin/articles/comparison/"


def test_the_list_of_comparisons_shows_the_first_picture_of_each_in_one_size(client: Client) -> None:
    sign_in(client, "Writer")
    first = make_image(plain(9, 9), alt="One")
    illustrated(duties=None, tools=first, pay=make_image(plain(8, 8)))
    make_draft(Comparison)
    [img] = shown(client, LIST).select(".field-picture img")
    small = thumbnail(first)
    assert small
    assert (img["src"], img["alt"], img["width"], img["height"]) == (small.get_absolute_url(), "", "80", "60")


def test_pictures_in_the_list_take_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, "Writer")
    illustrated(tools=make_image(plain(9, 9)))
    with django_assert_max_num_queries(20) as few:
        shown(client, LIST)
    for side in range(10, 14):
        illustrated(tools=make_image(plain(side, side)), pay=make_image(plain(side, 9)))
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert len(shown(client, LIST).select(".field-picture img")) == 5


def test_more_users_of_a_picture_take_no_more_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    image = make_image()
    illustrated(tools=image)
    with django_assert_max_num_queries(10) as few:
        uses(image)
    for _ in range(3):
        illustrated(tools=image)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert len(uses(image)) == 4
