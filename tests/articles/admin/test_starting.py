"""A comparison is started from two roles: choose them, see what would be made, make the draft."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.admin_starting import start_url
from articles.models import STANDARD_SECTIONS, Comparison
from careers.models import Role
from tests.articles.admin.desk import page, told
from tests.articles.builders import act, form_in, sign_in
from tests.builders import make_category, make_draft, make_role, make_user

pytestmark = pytest.mark.django_db

URL = "/admin/articles/comparison/start/"
FORM = "form[method=post]:has([name=title])"


def both() -> tuple[Role, Role]:
    return make_role("Lamp Keeper", duties="<p>You trim wicks.</p>"), make_role("Oil Taster")


def read(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def sent(client: Client, a: Role, b: Role, **changes: Any) -> dict[str, Any]:
    """Return what the browser sends of the second step."""
    form = form_in(page(client, start_url(a, b)), FORM)
    return form | {"sections": list(STANDARD_SECTIONS)} | changes


def test_a_writer_makes_the_draft_and_comes_to_its_form(client: Client) -> None:
    writer = sign_in(client, "Writer")
    a, b = both()
    shown = read(page(client, start_url(a, b)))
    assert "Its address: /compare/lamp-keeper-vs-oil-taster/" in shown
    assert "Introduction To be written" in shown
    assert "Job duties Taken over 5 words, from the profile of Lamp Keeper . Nothing is said of it in" in shown
    assert not Comparison.objects.exists()
    response = client.post(start_url(a, b), sent(client, a, b))
    made = Comparison.objects.get()
    assert response["Location"] == act(made, "change")
    assert (made.role_a, made.role_b, made.author, made.title) == (a, b, writer, "")
    assert made.revisions.get().author == writer
    assert told(client) == [
        "The draft “Lamp Keeper vs. Oil Taster: What Are the Differences?” was made. Readers see nothing of it yet."
    ]


def test_title_and_category_are_corrected_and_sections_left_out(client: Client) -> None:
    sign_in(client, "Writer")
    a, b = both()
    shelf = make_category()
    changes = {"title": "Lamp Keeper or Oil Taster?", "category": shelf.pk, "sections": ["Salary", "Job duties"]}
    client.post(start_url(a, b), sent(client, a, b, **changes))
    made = Comparison.objects.get()
    assert (made.title, made.category) == ("Lamp Keeper or Oil Taster?", shelf)
    assert [section.heading for section in made.sections.all()] == ["Job duties", "Salary"]


@pytest.mark.parametrize("changes", [{"title": "x" * 201}, {"category": "9999"}, {"sections": ["Gossip"]}])
def test_what_cannot_stand_makes_nothing_and_is_marked(client: Client, changes: dict[str, Any]) -> None:
    sign_in(client, "Writer")
    a, b = both()
    response = client.post(start_url(a, b), sent(client, a, b, **changes))
    assert 'class="errorlist' in response.content.decode()
    assert not Comparison.objects.exists()


def test_the_roles_can_change_places(client: Client) -> None:
    sign_in(client, "Writer")
    a, b = both()
    shown = BeautifulSoup(page(client, start_url(a, b)), "html.parser")
    assert shown.find("a", string="Turn it into “Oil Taster vs. Lamp Keeper”", href=start_url(b, a))


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_pair_that_has_a_comparison_is_led_to_it(client: Client, is_turned: bool) -> None:  # noqa: FBT001
    sign_in(client, "Writer")
    a, b = both()
    standing = make_draft(Comparison, role_a=a, role_b=b)
    address = start_url(b, a) if is_turned else start_url(a, b)
    html = page(client, address)
    assert BeautifulSoup(html, "html.parser").find("a", string=str(standing), href=act(standing, "change"))
    assert "There is a comparison of these two roles already:" in html
    client.post(address, {"title": "Another"})
    assert Comparison.objects.get() == standing


def test_a_deleted_comparison_of_the_pair_is_said_to_be_deleted(client: Client) -> None:
    sign_in(client, "Writer")
    a, b = both()
    make_draft(Comparison, role_a=a, role_b=b, put_away_at=timezone.now())
    assert "which was deleted. Open it to bring it back:" in page(client, start_url(a, b))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?role_a=&role_b=", "This field is required."),
        ("?role_a=x&role_b=99999999999999999999", "This field is required."),
        ("?role_a=4711&role_b=4712", "Select a valid choice."),
        ("?role_a={a}&role_b={a}", "Choose two different roles: a role is not compared with itself."),
        ("?role_a={a}&role_b={gone}", "Select a valid choice."),
    ],
)
def test_a_choice_that_is_no_pair_is_told_why(client: Client, query: str, sentence: str) -> None:
    sign_in(client, "Writer")
    a, gone = make_role(), make_role(put_away_at=timezone.now())
    html = page(client, URL + query.format(a=a.pk, gone=gone.pk))
    assert sentence in html
    assert "Make the draft" not in html


@pytest.mark.parametrize("query", ["?role_a=x", "?role_b=99999999999999999999"])
def test_an_address_that_names_no_role_begins_with_an_empty_choice(client: Client, query: str) -> None:
    sign_in(client, "Writer")
    assert not BeautifulSoup(page(client, URL + query), "html.parser").select("option[selected][value]:not([value=''])")


def test_it_is_begun_on_the_desk_in_the_list_and_beside_a_role(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role)
    for address in ("/admin/", "/admin/articles/comparison/"):
        assert f'href="{URL}"' in page(client, address)
    html = page(client, act(role, "change"))
    assert BeautifulSoup(html, "html.parser").find("a", string="Compare with…", href=start_url(role))
    chosen = BeautifulSoup(page(client, start_url(role)), "html.parser").select("#id_role_a option[selected]")
    assert [option.get_text() for option in chosen] == [str(role)]


def test_whoever_may_not_add_comparisons_is_neither_offered_it_nor_let_in(client: Client) -> None:
    reader = make_user("writer")
    for codename in ("view_comparison", "view_role"):
        reader.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(reader)
    role = make_draft(Role)
    for address in ("/admin/", "/admin/articles/comparison/", act(role, "change")):
        assert URL not in page(client, address)
    assert client.get(URL).status_code == 403
    assert client.post(start_url(*both()), {"title": ""}).status_code == 403
    assert not Comparison.objects.exists()


def test_what_a_profile_says_is_shown_as_text_and_never_as_a_script(client: Client) -> None:
    sign_in(client, "Writer")
    a, b = both()
    Role.objects.filter(pk=a.pk).update(duties="<p>You trim.</p><script>alert(1)</script>", title="<b>Keeper</b>")
    html = page(client, start_url(a, b))
    assert "<script>alert(1)" not in html
    assert "<b>Keeper</b>" not in html


def test_the_second_step_costs_the_same_however_much_the_profiles_say(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, "Writer")
    linked = "".join(f'<p><a href="doc:{make_draft(Role).pk}">There</a></p>' for _ in range(8))
    a, b = make_role(duties=linked), make_role(requirements=linked)
    with django_assert_max_num_queries(16):
        page(client, start_url(a, b))
