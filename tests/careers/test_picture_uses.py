"""Which roles show a picture of the library, and how."""

from __future__ import annotations

import pytest

from careers.models import Role
from images.library import uses
from images.models import Image
from publishing.publish import publish
from tests.builders import ahead, make_draft, make_live, make_scheduled, make_user, revise
from tests.images.builders import make_image, plain

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def where(image: Image) -> list[tuple[str, str]]:
    return [(use.title, use.where) for use in uses(image)]


def test_nothing_shows_a_new_picture() -> None:
    make_live(Role, image=make_image(plain(9, 9)))
    assert where(make_image()) == []


def test_a_draft_and_a_live_page_show_it() -> None:
    image = make_image()
    make_draft(Role, title="Ash", image=image)
    make_live(Role, title="Birch", image=image)
    assert where(image) == [("Ash", "in the draft"), ("Birch", "in the draft, on the live page")]


def test_a_page_shows_it_after_the_draft_let_go_of_it() -> None:
    image = make_image()
    role = make_live(Role, title="Ash", image=image)
    revise(role, image=None)
    assert where(image) == [("Ash", "on the live page")]
    publish(role.revisions.first(), by=make_user())
    assert where(image) == [("Ash", "on an earlier page")]


def test_a_coming_page_is_named_by_its_day() -> None:
    image = make_image()
    moment = ahead(days=3)
    make_scheduled(Role, title="Ash", image=image, at=moment)
    assert where(image) == [("Ash", f"in the draft, on the page of {moment.day} {moment:%B %Y}")]


@pytest.mark.parametrize("change", [{"alt": "Another text"}, {"credit": "Somebody"}])
def test_a_page_that_says_something_else_than_the_library_is_marked(change: dict[str, str]) -> None:
    image = make_image()
    role = make_live(Role, title="Ash", image=image)
    Image.objects.update(**change)
    image.refresh_from_db()
    assert where(image) == [("Ash", "in the draft, on the live page (with its earlier text)")]
    publish(role.revisions.first(), by=make_user())
    [(_, places)] = where(image)
    assert set(places.split(", ")) == {"in the draft", "on the live page", "on an earlier page"}
