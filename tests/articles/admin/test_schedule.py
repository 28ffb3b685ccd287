"""What the desk says will happen, and what happened lately."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Comparison, ComparisonEdition, Page, PageEdition
from careers.models import Role, RoleEdition
from publishing.admin import schedule as desk
from publishing.models import Document, Edition
from publishing.publish import publish, schedule
from publishing.withdraw import withdraw
from tests.articles.admin.desk import page, told
from tests.articles.builders import Corpus, act, form_in, sign_in
from tests.builders import ahead, make_draft, make_live, make_scheduled, make_user, revise

pytestmark = pytest.mark.django_db

SCHEDULE = "/admin/schedule/"
DAY = timedelta(days=1)


def noon(days: int) -> datetime:
    return (timezone.now() + timedelta(days=days)).replace(hour=12, minute=0, second=0, microsecond=0)


def rows(html: str) -> list[Tag]:
    """Return the rows of all tables of what is coming."""
    tables = BeautifulSoup(html, "html.parser").select(".submissions")
    return [row for table in tables if "happened" not in str(table["aria-label"]) for row in table.select("tbody tr")]


def happened(html: str) -> list[str]:
    table = BeautifulSoup(html, "html.parser").select_one("[aria-label='What happened in the last 7 days']")
    return [words(row) for row in table.select("tbody tr")] if table else []


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def cancel(client: Client, row: Tag) -> Any:
    (button,) = row.select("button[name=act]")
    return client.post(SCHEDULE, {"act": button["value"]})


def test_every_kind_stands_in_the_order_of_time_grouped_by_day(client: Client) -> None:
    sign_in(client, "Editor")
    make_scheduled(Page, title="Late notes", at=noon(5))
    make_scheduled(Role, title="Rope Maker", at=noon(3))
    make_scheduled(Role, title="Net Maker", at=noon(3) + timedelta(hours=2))
    make_live(Page, title="Long ago")
    html = page(client, SCHEDULE)
    assert [words(row.select("td a")[0]) for row in rows(html)] == ["Rope Maker", "Net Maker", "Late notes"]
    headings = [words(heading) for heading in BeautifulSoup(html, "html.parser").select(".act-page h2")]
    assert headings == [f"{day:%A}, {day.day} {day:%B %Y}" for day in (noon(3), noon(5))] + [
        "What happened in the last 7 days"
    ]
    assert "Times are in the time zone UTC." in html


def test_it_says_what_readers_get_who_scheduled_it_and_until_when(client: Client) -> None:
    editor = sign_in(client, "Editor", username="Ada")
    notes = make_live(Page, title="Notes")
    revision = revise(notes, standfirst="Better.")
    schedule(revision, by=editor, at=noon(2))
    withdraw([notes], by=editor, at=noon(4), kind=Edition.Kind.NOTICE, reason="Outdated.")
    fresh = make_scheduled(Page, title="Fresh", at=noon(6))
    update, down, first = (words(row) for row in rows(page(client, SCHEDULE)))
    assert f"Update Notes (page): revision {revision.pk}, until " in update
    assert "Scheduled by Ada, " in update
    assert "Taken down Notes (page): with a notice." in down
    assert f"First publication Fresh (page): revision {fresh.revisions.get().pk}." in first


def test_it_leads_to_the_document_and_to_a_preview_of_that_very_revision(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_scheduled(Role, title="Rope Maker", definition="As scheduled.")
    revise(role, definition="Written since.")
    (row,) = rows(page(client, SCHEDULE))
    document, preview = (str(link["href"]) for link in row.select("td a"))
    assert document == act(role, "change")
    assert "As scheduled." in page(client, preview)


def test_what_is_cancelled_together_is_one_row_with_one_button(client: Client) -> None:
    editor = sign_in(client, "Editor")
    draft = make_draft(Role, title="Rope Maker")
    comparison = make_draft(Comparison, role_a=draft, role_b=make_live(Role, title="Net Maker"))
    schedule(comparison.revisions.first(), by=editor, at=noon(2), together=[draft.revisions.first()])
    (row,) = rows(page(client, SCHEDULE))
    assert "Together with it: First publication Rope Maker (role)" in words(row)
    cancel(client, row)
    (sentence,) = told(client)
    assert "“Rope Maker”" in sentence
    assert "vs. Net Maker" in sentence
    assert not RoleEdition.objects.coming().exists()
    assert not ComparisonEdition.objects.coming().exists()


def test_a_page_that_only_follows_a_role_to_its_new_address_says_so(client: Client) -> None:
    editor = sign_in(client, "Editor")
    comparison = make_live(
        Comparison, role_a=make_live(Role, title="Rope Maker"), role_b=make_live(Role, title="Weaver")
    )
    schedule(revise(comparison.role_a, slug="roper"), by=editor, at=noon(2))
    (row,) = rows(page(client, SCHEDULE))
    assert "Together with it: New address" in words(row)
    assert "/compare/roper-vs-weaver/" in words(row)


def test_a_cancelled_update_leaves_the_live_page(client: Client) -> None:
    editor = sign_in(client, "Editor")
    notes = make_live(Page, standfirst="As it is.")
    schedule(revise(notes, standfirst="As it would be."), by=editor, at=noon(2))
    (row,) = rows(page(client, SCHEDULE))
    assert cancel(client, row)["Location"] == SCHEDULE
    assert told(client) == [f"Cancelled: what was scheduled for “{notes.title}” does not happen."]
    assert PageEdition.objects.live(noon(3)).get().standfirst == "As it is."
    assert rows(page(client, SCHEDULE)) == []


def test_what_is_gone_from_the_schedule_or_never_was_on_it_is_not_cancelled(client: Client) -> None:
    sign_in(client, "Editor")
    make_scheduled(Page)
    (row,) = rows(page(client, SCHEDULE))
    cancel(client, row)
    for nonsense in (row.select("button[name=act]")[0]["value"], "", "x", "0" * 32):
        told(client)
        client.post(SCHEDULE, {"act": nonsense})
        assert told(client) == ["Nothing was cancelled: that has happened already, or was cancelled before."]


def test_what_others_need_is_not_cancelled_and_the_reason_is_told(client: Client) -> None:
    editor = sign_in(client, "Editor")
    role = make_scheduled(Role, title="Rope Maker", at=noon(2))
    comparison = make_draft(Comparison, role_a=role, role_b=make_live(Role))
    schedule(comparison.revisions.first(), by=editor, at=noon(3))
    first, _ = rows(page(client, SCHEDULE))
    cancel(client, first)
    (reason,) = told(client)
    assert "needs “Rope Maker”" in reason
    assert RoleEdition.objects.coming().filter(document=role).exists()


def test_the_site_at_that_moment_is_one_button_away(client: Client) -> None:
    sign_in(client, "Editor")
    make_scheduled(Page, title="Fresh", standfirst="News to come.", at=noon(2))
    html = page(client, SCHEDULE)
    sent = form_in(html, "form[action='/admin/as-of/']")
    response = client.post("/admin/as-of/", sent)
    assert response["Location"] == "/fresh/"
    assert "News to come." in page(client, "/fresh/")
    assert Client().get("/fresh/").status_code == 404


def test_a_writer_reads_the_schedule_and_cancels_nothing(client: Client) -> None:
    sign_in(client, "Writer")
    make_scheduled(Page, title="Fresh")
    edition = PageEdition.objects.coming().get()
    html = page(client, SCHEDULE)
    assert "Fresh" in html
    assert "Cancel" not in html
    assert client.post(SCHEDULE, {"act": edition.act}).status_code == 403
    assert PageEdition.objects.coming().exists()


def test_whoever_sees_no_documents_sees_no_schedule(client: Client) -> None:
    client.force_login(make_user("writer"))
    assert client.get(SCHEDULE).status_code == 403


def test_what_happened_in_the_last_days_stands_below_the_newest_first(client: Client) -> None:
    editor = sign_in(client, "Editor", username="Ada")
    notes, other = make_live(Page, title="Notes"), make_live(Page, title="Other")
    publish(revise(notes, standfirst="Better."), by=editor)
    withdraw([other], by=editor)
    make_scheduled(Page, title="Fresh")
    listed = happened(page(client, SCHEDULE))
    assert ["Taken down Other" in listed[0], "Update Notes" in listed[1]] == [True, True]
    assert len(listed) == 4
    assert not any("Fresh" in row for row in listed)
    assert "Ada Taken down Other" in listed[0]


def test_what_happened_earlier_is_left_to_the_history(client: Client) -> None:
    sign_in(client, "Editor")
    Corpus().add_roles(1)
    assert happened(page(client, SCHEDULE)) == []


def test_a_schedule_of_many_costs_what_one_of_few_does(client: Client) -> None:
    editor = sign_in(client, "Editor")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page(client, SCHEDULE)
        return len(captured)

    def add(number: int) -> None:
        for _ in range(number):
            for kind in (Role, Page):
                document: Document = make_scheduled(kind, at=noon(2))
                withdraw([document], by=editor, at=noon(4))

    add(1)
    few = queries()
    add(6)
    assert queries() == few


def test_long_lists_come_in_pages_and_never_part_an_act(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(client, "Editor")
    monkeypatch.setattr(desk, "PAGE_SIZE", 2)
    titles = ["Notes one", "Notes two", "Notes three"]
    for days, title in enumerate(titles, start=1):
        make_scheduled(Page, title=title, at=noon(days) + DAY)
    first, second = page(client, SCHEDULE), page(client, f"{SCHEDULE}?coming=2")
    assert [words(row.select("td a")[0]) for row in [*rows(first), *rows(second)]] == titles
    assert "Page 1 of 2" in first


def test_an_act_that_issued_many_names_some_and_counts_the_others(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = sign_in(client, "Editor")
    monkeypatch.setattr(desk, "NAMED", 2)
    role = make_live(Role, title="Rope Maker")
    for _ in range(3):
        make_live(Comparison, role_a=role)
    schedule(revise(role, slug="roper"), by=editor, at=ahead(days=2))
    (row,) = rows(page(client, SCHEDULE))
    assert words(row).count("New address") == 2
    assert "And 1 more." in words(row)
