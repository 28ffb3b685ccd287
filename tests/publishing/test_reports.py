"""Readers report mistakes, and the desk settles what they report."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from articles.models import Comparison, Page
from careers.models import Role
from publishing.errors import Refused
from publishing.models import AuditEntry, Report
from publishing.reports import settle
from tests.articles.builders import sign_in
from tests.builders import make_draft, make_live, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

HERE = {"Origin": "http://testserver"}


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def send(client: Client, path: str = "/about/", text: str = "The date is wrong.", **more: Any) -> Any:
    return client.post("/report/", {"path": path, "text": text} | more, headers=HERE)


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
def test_a_report_is_kept_with_the_page_that_it_is_about_and_nothing_of_the_reader(client: Client, kind: Any) -> None:
    document = make_live(kind)
    response = send(client, document.working_path(), text="  The median is wrong.  ")
    assert (response.status_code, response["Location"]) == (302, "/report/thanks/")
    report = Report.objects.get()
    assert (report.document_id, report.path, report.text) == (
        document.pk,
        document.working_path(),
        "The median is wrong.",
    )
    assert not response.cookies
    assert "Your report is on the editors" in client.get("/report/thanks/").content.decode()


def test_the_form_is_on_the_page(client: Client) -> None:
    page = client.get(make_live(Page).working_path()).content.decode()
    assert "Report a mistake" in page
    assert 'action="/report/"' in page


def test_a_page_that_nobody_published_is_known_by_its_path_alone(client: Client) -> None:
    send(client, make_draft(Page).working_path())
    assert Report.objects.get().document is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": " "}, "Write what is wrong"),
        ({"text": "x" * 2001}, "at most 2000 characters; yours has 2001"),
        ({"path": "https://elsewhere.example/"}, "Write the address of the page"),
        ({"path": "//elsewhere.example/"}, "Write the address of the page"),
        ({"text": "nul\0"}, "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_sentence(client: Client, fields: dict[str, str], said: str) -> None:
    response = client.post("/report/", {"path": "/about/", "text": "Wrong."} | fields, headers=HERE)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_no_other_site_reports_in_a_readers_name(client: Client, headers: dict[str, str]) -> None:
    response = client.post("/report/", {"path": "/about/", "text": "Wrong."}, headers=headers)
    assert response.status_code == 403
    assert not Report.objects.exists()


def test_a_browser_that_sends_no_origin_says_that_it_is_here(client: Client) -> None:
    client.post("/report/", {"path": "/about/", "text": "Wrong."}, headers={"Sec-Fetch-Site": "same-origin"})
    assert Report.objects.exists()


def test_a_machine_that_fills_in_everything_is_thanked_and_nothing_is_kept(client: Client) -> None:
    assert send(client, website="https://spam.example")["Location"] == "/report/thanks/"
    assert not Report.objects.exists()


def test_too_many_from_one_place_are_turned_away_and_others_are_not(client: Client) -> None:
    for _ in range(5):
        assert send(client).status_code == 302
    response = send(client)
    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert "Nothing was kept of what you sent last. Try again in 60 minutes." in response.content.decode()
    assert Report.objects.count() == 5
    elsewhere = client.post("/report/", {"path": "/about/", "text": "Wrong."}, headers=HERE, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


def test_the_desk_settles_a_report_and_says_what_came_of_it(client: Client) -> None:
    page = make_live(Page, title="Figures")
    send(client, page.working_path(), text="The date is wrong.")
    writer = sign_in(client, "Writer")
    assert "The date is wrong." in client.get("/admin/").content.decode()
    shown = client.get("/admin/reports/").content.decode()
    assert "The date is wrong." in shown
    assert page.edit_path in shown
    client.post("/admin/reports/", {"report": Report.objects.get().pk, "outcome": "Corrected."})
    report = Report.objects.get()
    assert (report.settled_by, report.outcome) == (writer, "Corrected.")
    entry = AuditEntry.objects.get(act=AuditEntry.Act.SETTLE)
    assert (entry.who, entry.about) == (writer.username, "Figures")
    assert "Corrected." in client.get("/admin/reports/").content.decode()
    assert not Report.objects.waiting()


def test_a_report_is_settled_once() -> None:
    report = Report.objects.create(path="/about/", text="Wrong.")
    settle(report, by=make_user(), outcome="Corrected.")
    with pytest.raises(Refused, match="Somebody else has settled this report"):
        settle(report, by=make_user(), outcome="No mistake.")
    assert Report.objects.get().outcome == "Corrected."
    assert AuditEntry.objects.get(act=AuditEntry.Act.SETTLE).detail == "/about/: Corrected."


def test_reports_are_for_the_desk_alone(client: Client) -> None:
    assert client.get("/admin/reports/").status_code == 302
    assert client.post("/admin/reports/", {"report": 1}).status_code == 302
