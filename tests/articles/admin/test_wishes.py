"""“What to write next”: the comparisons that articles wish for and nobody has written."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.admin_wishes import PAGE_SIZE, SHOWN, wanted, wished
from articles.models import ChosenPair, Comparison, Wish
from careers.models import Role
from tests.articles.admin.desk import page
from tests.articles.builders import sign_in
from tests.builders import make_draft, make_live, make_role, make_user

pytestmark = pytest.mark.django_db

URL = "/admin/articles/wish/"
TITLE = "Lamp Keeper vs. Oil Taster: What Are the Differences?"


def wish(comparison: Comparison, title: str = TITLE) -> None:
    """Let the article wish for another."""
    Wish.objects.create(comparison=comparison, title=title)


def test_titles_are_grouped_whatever_their_case_and_the_most_wished_for_come_first() -> None:
    one, other = make_draft(Comparison), make_draft(Comparison)
    wish(one, "Baker vs. Miller")
    wish(one, TITLE)
    wish(other, TITLE.upper())
    found = wished().entries
    assert [(entry.title.lower(), entry.count) for entry in found] == [(TITLE.lower(), 2), ("baker vs. miller", 1)]
    assert found[0].wishers == [one, other]


def test_the_link_starts_the_comparison_of_both_roles(client: Client) -> None:
    sign_in(client, "Writer")
    make_role("Oil Taster")
    wish(make_draft(Comparison))
    shown = BeautifulSoup(page(client, URL), "html.parser")
    assert shown.find("a", string="Write the role Lamp Keeper", href="/admin/careers/role/add/?title=Lamp%20Keeper")
    assert "Both roles have to be there first." in shown.get_text()
    make_role("Lamp Keeper")
    link = next(a for a in BeautifulSoup(page(client, URL), "html.parser").find_all("a") if "Start it" in a.get_text())
    assert "Its address: /compare/lamp-keeper-vs-oil-taster/" in page(client, str(link["href"]))


def test_one_that_was_written_all_the_same_is_named(client: Client) -> None:
    sign_in(client, "Writer")
    written = make_draft(Comparison, role_a=make_role("Oil Taster"), role_b=make_role("Lamp Keeper"))
    wish(make_draft(Comparison))
    shown = BeautifulSoup(page(client, URL), "html.parser").get_text()
    assert f"Written: {written}" in " ".join(shown.split())
    assert "Start it" not in shown


def test_what_articles_wish_for_that_were_put_away_does_not_count() -> None:
    wish(make_draft(Comparison, put_away_at=timezone.now()))
    assert wished().entries == []


def test_a_deleted_role_is_missing_and_a_deleted_comparison_is_not_written() -> None:
    oil, lamp = make_role("Oil Taster"), make_role("Lamp Keeper")
    make_draft(Comparison, role_a=oil, role_b=lamp, put_away_at=timezone.now())
    wish(make_draft(Comparison))
    [entry] = wished().entries
    assert entry.written is None
    assert entry.start
    Role.objects.filter(pk=lamp.pk).update(put_away_at=timezone.now())
    [entry] = wished().entries
    assert entry.roles == [("Lamp Keeper", None), ("Oil Taster", oil)]
    assert not entry.start


@pytest.mark.parametrize("title", ["Nurses", "Nurse vs. Doctor vs. Dentist: What Are the Differences?"])
def test_a_title_that_names_no_two_roles_is_listed_with_that(client: Client, title: str) -> None:
    sign_in(client, "Writer")
    wish(make_draft(Comparison), title)
    assert "The title names no two roles." in page(client, URL)


def test_the_list_is_paged_and_costs_the_same_whatever_its_length(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, "Writer")
    wishers = [make_draft(Comparison) for _ in range(SHOWN + 2)]
    for comparison in wishers:
        wish(comparison)
    Wish.objects.bulk_create(Wish(comparison=wishers[0], title=f"Baker {n} vs. Miller {n}") for n in range(PAGE_SIZE))
    with django_assert_max_num_queries(6):
        first = wished().entries
    assert (len(first), first[0].count, len(first[0].wishers)) == (PAGE_SIZE, SHOWN + 2, SHOWN)
    assert len(wished(2).entries) == 1
    assert "Page 1 of 2" in page(client, URL)


def test_it_is_a_list_to_read(client: Client) -> None:
    sign_in(client, "Editor")
    wish(make_draft(Comparison))
    assert client.get(f"{URL}add/").status_code == 403
    assert client.post(URL, {"action": "delete_selected", "_selected_action": "1"}).status_code == 200
    assert Wish.objects.count() == 1
    client.force_login(make_user("writer"))
    assert client.get(URL).status_code == 403


def test_the_list_of_comparisons_leads_there(client: Client) -> None:
    sign_in(client, "Writer")
    assert f'href="{URL}"' in page(client, "/admin/articles/comparison/")
    assert "Nothing is wished for" in page(client, URL)


def test_pairs_that_readers_choose_come_most_chosen_first_until_somebody_writes_of_them(client: Client) -> None:
    lamp, oil, rope = (make_live(Role, title=title) for title in ("Lamp Keeper", "Oil Taster", "Rope Maker"))
    for times, other in ((1, oil), (2, rope)):
        for _ in range(times):
            Client().get("/compare/", {"a": lamp.slug, "b": other.slug})
    sign_in(client, "Writer")
    shown = BeautifulSoup(page(client, URL), "html.parser").select("[aria-label='What readers compare'] tbody tr")
    assert [" ".join(row.get_text(" ").split())[:35] for row in shown] == [
        "Lamp Keeper vs. Rope Maker 2 times ",
        "Lamp Keeper vs. Oil Taster 1 time W",
    ]
    make_draft(Comparison, role_a=rope, role_b=lamp)
    assert [(each.a, each.b) for each in wanted(today=timezone.localdate())] == [(lamp, oil)]


@pytest.mark.parametrize(("today", "counted"), [(date(2026, 11, 30), 1), (date(2026, 12, 1), 0)])
def test_choices_are_counted_for_twelve_months(today: date, counted: int) -> None:
    lamp, oil = make_live(Role), make_live(Role)
    ChosenPair.objects.create(first=lamp, second=oil, month=date(2025, 12, 1), times=3)
    assert len(wanted(today=today)) == counted
