"""What an editor does with the library in the admin."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from careers.models import Role
from images.models import Image
from images.pictures import frozen
from images.renditions import thumbnail
from publishing.publish import publish
from tests.articles.builders import sign_in
from tests.builders import make_draft, make_live, make_user, revise
from tests.images.builders import encoded, gradient, make_image, plain, uploaded
from tests.publishing.test_concurrency import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

LIST = "/admin/images/image/"
ADD = "/admin/images/image/add/"


@pytest.fixture
def editor(client: Client) -> Client:
    """Give the browser of a person who may do everything."""
    client.force_login(make_user(username="edith", is_superuser=True))
    return client


def change_page(image: Image) -> str:
    return reverse("admin:images_image_change", args=[image.pk])


def delete_page(image: Image) -> str:
    return reverse("admin:images_image_delete", args=[image.pk])


def texts(**fields: Any) -> dict[str, Any]:
    return {"title": "Desk", "alt": "A desk", "focus_x": "0.5", "focus_y": "0.5", "credit": ""} | fields


def test_an_editor_adds_a_picture(editor: Client) -> None:
    file = uploaded(encoded(plain(800, 600)), "IMG_0001.png")
    response = editor.post(ADD, texts(file=file, credit="Own work", focus_x="0.25"))
    assert response.status_code == 302
    image = Image.objects.get()
    assert (image.title, image.alt, image.credit, image.focus_x) == ("Desk", "A desk", "Own work", 0.25)
    assert (image.width, image.height, image.uploaded_by.username) == (800, 600, "edith")
    assert image.file.name == f"originals/{image.sha256}.png"
    assert frozen(image)["avif"]
    assert thumbnail(image)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"file": uploaded(b"<svg/>", "logo.svg")}, "“logo.svg” is not a picture in JPEG, PNG"),
        ({"file": uploaded(encoded(plain()), "a.jpg")}, "“a.jpg” is really a .png file"),
        ({"file": uploaded(encoded(plain())), "alt": ""}, "Say here what the picture tells"),
        ({"file": uploaded(encoded(plain())), "focus_x": "nan"}, "Enter a number."),
        ({"file": uploaded(encoded(plain())), "focus_x": "2"}, "less than or equal to 1.0"),
        ({"file": ""}, "This field is required."),
    ],
    ids=["svg", "renamed", "no alt", "no number", "focus outside", "no file"],
)
def test_a_refused_picture_is_explained_and_not_kept(
    editor: Client, media_root: Path, fields: dict[str, Any], sentence: str
) -> None:
    if fields["file"]:
        fields["file"].seek(0)
    response = editor.post(ADD, texts(**fields))
    assert response.status_code == 200
    assert response.content.decode().count(sentence) == 1
    assert not Image.objects.exists()
    assert not list(media_root.rglob("*.*"))


def test_a_picture_that_is_both_described_and_decorative_is_refused(editor: Client) -> None:
    response = editor.post(ADD, texts(file=uploaded(encoded(plain())), decorative="on"))
    assert "A decorative picture has no alt text: empty this, or untick “decorative”." in response.content.decode()
    assert not Image.objects.exists()


def test_a_duplicate_is_refused_with_a_link_to_the_picture_that_is_there(editor: Client) -> None:
    image = make_image(title="Front <desk>")
    page = BeautifulSoup(editor.post(ADD, texts(file=uploaded(encoded(plain()), "<b>.png"))).content, "html.parser")
    refusal = page.select_one(".errorlist li")
    assert refusal
    assert refusal.get_text() == ("“<b>.png” is in the library already, as “Front <desk>”. Use that picture instead.")
    assert [link["href"] for link in refusal.select("a")] == [change_page(image)]
    assert Image.objects.count() == 1


def test_the_file_of_a_picture_is_fixed_and_its_texts_are_not(editor: Client) -> None:
    image = make_image()
    page = editor.get(change_page(image)).content.decode()
    assert 'type="file"' not in page
    assert "originals/" not in page
    other = uploaded(encoded(gradient(9, 9)))
    assert editor.post(change_page(image), texts(title="Two chairs", file=other)).status_code == 302
    changed = Image.objects.get()
    assert (changed.title, changed.sha256, changed.file.name) == ("Two chairs", image.sha256, image.file.name)
    assert changed.uploaded_by == image.uploaded_by


def test_moving_the_focal_point_moves_the_thumbnail(editor: Client) -> None:
    image = make_image(gradient(800, 300))
    before = thumbnail(image)
    assert editor.post(change_page(image), texts(focus_x="1")).status_code == 302
    after = thumbnail(image)
    assert before
    assert after
    assert before.get_absolute_url() != after.get_absolute_url()


def test_changing_a_text_makes_no_file_anew(editor: Client) -> None:
    image = make_image(gradient(800, 300))
    before = list(image.renditions.values())
    editor.post(change_page(image), texts(title="Another title"))
    assert list(image.renditions.values()) == before


def test_the_list_shows_each_picture_with_what_it_is(editor: Client) -> None:
    by = make_user(username="ana")
    image = make_image(gradient(1200, 900), title="Front desk", alt="A desk", by=by)
    make_image(plain(), title="Line", alt="", decorative=True)
    page = editor.get(LIST).content.decode()
    small = thumbnail(image)
    assert small
    assert f'<img src="{small.get_absolute_url()}" width="160" height="120" alt=""' in page
    for text in ("Front desk", "1,200 × 900 px", "A desk", "Line", "decorative", "ana"):
        assert text in page


def test_a_picture_without_renditions_does_not_break_the_list(editor: Client) -> None:
    make_image(title="Bare").renditions.all().delete()
    assert "Bare" in editor.get(LIST).content.decode()


@pytest.mark.parametrize(("query", "found"), [("front", True), ("chairs", True), ("window", False)])
def test_pictures_are_found_by_title_and_alt(editor: Client, query: str, found: bool) -> None:  # noqa: FBT001
    make_image(title="Front desk", alt="Two chairs")
    assert ("Front desk" in editor.get(LIST, {"q": query}).content.decode()) is found


def test_a_longer_list_takes_no_more_queries(
    editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_image(plain(10, 10))
    with django_assert_max_num_queries(12) as few:
        editor.get(LIST)
    for width in range(11, 16):
        make_image(plain(width, 10))
    with django_assert_max_num_queries(len(few.captured_queries)):
        editor.get(LIST)


def test_a_picture_that_no_page_shows_is_removed_with_its_files(
    editor: Client, media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    image = make_image()
    assert "No page shows “Desk” or has shown it." in editor.get(delete_page(image)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(delete_page(image), {"post": "yes"}).status_code == 302
    assert not Image.objects.exists()
    assert not list(media_root.rglob("*.*"))


def test_a_picture_in_a_draft_is_not_removed_and_the_page_says_which_draft(editor: Client) -> None:
    image = make_image()
    role = make_draft(Role, title="Lamp Keeper", image=image)
    for response in (editor.get(delete_page(image)), editor.post(delete_page(image), {"post": "yes"})):
        page = BeautifulSoup(response.content, "html.parser")
        link = page.find("a", string="Lamp Keeper")
        assert isinstance(link, Tag)
        assert link["href"] == role.edit_path
        assert "“Desk” stays in the library: these pages show it or have shown it" in page.get_text()
    assert Image.objects.exists()


def test_a_picture_that_was_ever_published_is_not_removed(editor: Client) -> None:
    image = make_image()
    role = make_live(Role, image=image)
    publish(revise(role, image=None), by=make_user())
    assert editor.post(delete_page(image), {"post": "yes"}).status_code == 200
    assert Image.objects.exists()


def test_many_pictures_are_not_removed_at_once(editor: Client) -> None:
    make_image()
    assert "delete_selected" not in editor.get(LIST).content.decode()


@pytest.mark.parametrize(("group", "status"), [("Writer", 403), ("Editor", 200)])
def test_editors_remove_pictures_and_writers_do_not(client: Client, group: Any, status: int) -> None:
    image = make_image()
    sign_in(client, group)
    assert client.get(delete_page(image)).status_code == status
    assert client.get(change_page(image)).status_code == 200


def test_the_form_of_a_picture_says_where_it_is_used(editor: Client) -> None:
    image = make_image()
    assert "Nowhere yet" in editor.get(change_page(image)).content.decode()
    role = make_live(Role, title="Lamp Keeper", image=image)
    used = BeautifulSoup(editor.get(change_page(image)).content, "html.parser").select_one(".used")
    assert used
    assert used.get_text() == "Lamp Keeper: in the draft, on the live page"
    assert [link["href"] for link in used.select("a")] == [role.edit_path]


def test_the_pages_hold_no_inline_style_or_script_of_ours(editor: Client) -> None:
    image = make_image()
    for address in (LIST, ADD, change_page(image)):
        page = editor.get(address).content.decode()
        assert not re.search(
            r"<script(?![^>]* src=)(?![^>]*type=\"application/json\")[^>]*>|\sstyle=|\son[a-z]+=", page
        )


@pytest.mark.parametrize("address", [LIST, ADD])
def test_a_stranger_is_sent_to_the_login(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302


def test_a_person_without_the_permission_adds_nothing(client: Client) -> None:
    client.force_login(make_user("writer"))
    assert client.post(ADD, texts(file=uploaded(encoded(plain())))).status_code == 403
    assert not Image.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_browsers_that_save_the_same_picture_at_once_one_gets_the_sentence(media_root: Path) -> None:
    person = make_user(username="edith", is_superuser=True)

    def save() -> Any:
        browser = Client()
        browser.force_login(person)
        return browser.post(ADD, texts(file=uploaded(encoded(gradient(900, 700)))))

    first, second = sorted(at_once(save, save), key=lambda response: response.status_code)
    assert (first.status_code, second.status_code) == (200, 302)
    assert "is in the library already, as" in first.content.decode()
    image = Image.objects.get()
    assert [file.name for file in (media_root / "originals").iterdir()] == [f"{image.sha256}.png"]
