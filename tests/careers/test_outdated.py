"""Figures of older releases at the desk: which they are, that one still holds, and that a newer release is there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers.models import Figure, Release, Role
from careers.models.occupations import OEWS
from careers.outdated import confirm_unchanged, outdated
from publishing.checks import findings
from publishing.errors import Refused
from publishing.models import CheckResult
from publishing.put_away import put_away
from tests.articles.builders import every_row, form_in, sign_in
from tests.builders import SOURCED, make_draft, make_live, make_user, revise

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

QUEUE = reverse("admin:careers_role_outdated")
ADD = reverse("admin:careers_release_add")
SALARIES = "Salaries Weekly"


def stated(period: str, as_of: date | None = None, **fields: Any) -> dict[str, Any]:
    return SOURCED | {"source": SALARIES, "period": period, "as_of": as_of} | fields


def register(source: str = SALARIES, year: int = 2026, **fields: Any) -> Release:
    values = {"period": f"January {year}", "published_on": date(year, 2, 3)} | fields
    return Release.objects.create(source=source, reference=date(year, 1, 1), **values)


def listed() -> list[str]:
    figures = Figure.objects.in_bulk([each.figure for each in outdated()])
    return [figures[each.figure].period for each in outdated()]


def queue(client: Client) -> BeautifulSoup:
    response = client.get(QUEUE)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


# Which


def test_figures_of_older_releases_are_listed_the_oldest_first() -> None:
    for period in ("June 2024", "2023", "January 2026", "March 2026", ""):
        make_draft(Role, figures=[stated(period)])
    make_live(Role, figures=[stated("", date(2025, 3, 1)), stated("2020", source="Another")])
    assert listed() == []
    register()
    assert listed() == ["2023", "June 2024", ""]


def test_a_release_that_only_a_figure_cites_is_one_too() -> None:
    make_draft(Role, figures=[stated("2023"), stated("January 2026", date(2026, 2, 3))])
    assert listed() == ["2023"]


def test_a_figure_that_is_newer_than_what_was_registered_counts() -> None:
    register(year=2024)
    make_draft(Role, figures=[stated("2023"), stated("January 2025", date(2025, 2, 3))])
    [only] = outdated()
    assert only.newest.period == "January 2025"


def test_a_release_that_is_not_current_yet_makes_nothing_older() -> None:
    make_draft(Role, figures=[stated("2023")])
    register(current_from=timezone.now() + timedelta(days=1))
    assert listed() == []


def test_figures_of_deleted_roles_are_not_listed() -> None:
    register()
    put_away(make_draft(Role, figures=[stated("2023")]), by=make_user())
    assert listed() == []


def test_many_sources_are_asked_in_parts() -> None:
    rows = [stated("2023", source=f"Source {n}") for n in range(600)]
    role = make_draft(Role)
    Figure.objects.bulk_create(Figure(role=role, **row) for row in rows)
    register("Source 599")
    assert listed() == ["2023"]


# Confirmed


@pytest.fixture
def role() -> Role:
    """Return a live role with a figure of an older release."""
    register()
    return make_live(Role, title="Lampkeeper", figures=[stated("January 2025", date(2025, 2, 3))])  # type: ignore[no-any-return]


@pytest.mark.parametrize("group", ["Writer", "Editor"])
def test_a_figure_is_confirmed_in_the_draft_and_readers_see_no_change(client: Client, role: Role, group: Any) -> None:
    user = sign_in(client, group)
    response = client.post(QUEUE, form_in(str(queue(client)), "td form"), follow=True)
    note = "confirmed unchanged against January 2026, Salaries Weekly"
    assert note in response.content.decode()
    figure = role.figures.get()
    assert (figure.period, figure.as_of) == ("January 2026", date(2026, 2, 3))
    assert figure.amount == 65917
    newest = role.revisions.first()
    assert newest and (newest.note, newest.author) == (note, user)
    assert role.editions.get().content["figures"][0]["period"] == "January 2025"
    assert queue(client).select("td form") == []
    assert "No figure is of an older release" in queue(client).get_text()


def test_somebody_who_may_only_look_sees_no_button_and_confirms_nothing(client: Client, role: Role) -> None:
    reader = make_user("writer")
    reader.user_permissions.add(Permission.objects.get(codename="view_role"))
    client.force_login(reader)
    assert "Lampkeeper" in queue(client).get_text()
    assert queue(client).select("td form") == []
    before = every_row()
    assert client.post(QUEUE, {"figure": role.figures.get().pk, "seen": ""}).status_code == 403
    assert every_row() == before


def test_whoever_has_nothing_to_do_with_roles_sees_no_queue(client: Client) -> None:
    client.force_login(make_user("writer"))
    assert client.get(QUEUE).status_code == 403


def test_what_changed_since_it_was_shown_is_not_confirmed(client: Client, role: Role) -> None:
    sign_in(client, "Writer")
    form = form_in(str(queue(client)), "td form")
    role.figures.update(amount=70_000)
    response = client.post(QUEUE, form, follow=True)
    assert "has changed since you looked" in response.content.decode()
    assert role.figures.get().period == "January 2025"


def test_what_somebody_else_confirmed_is_not_confirmed_again(client: Client, role: Role) -> None:
    sign_in(client, "Writer")
    form = form_in(str(queue(client)), "td form")
    client.post(QUEUE, form)
    number = role.revisions.count()
    assert "not of an older release any more" in client.post(QUEUE, form, follow=True).content.decode()
    assert role.revisions.count() == number


@pytest.mark.parametrize("figure", ["", "x", "999999999999999999", "\0"])
def test_a_figure_that_there_is_not_is_not_found(client: Client, figure: str) -> None:
    sign_in(client, "Writer")
    assert client.post(QUEUE, {"figure": figure}).status_code == 404


def test_a_figure_of_a_deleted_role_is_not_confirmed(client: Client, role: Role) -> None:
    sign_in(client, "Writer")
    form = form_in(str(queue(client)), "td form")
    draft = make_draft(Role, figures=[stated("January 2025")])
    put_away(draft, by=make_user())
    response = client.post(QUEUE, form | {"figure": draft.figures.get().pk})
    assert response.status_code == 403
    assert draft.figures.get().period == "January 2025"


def test_a_figure_that_was_deleted_meanwhile_is_not_confirmed(role: Role) -> None:
    figure = role.figures.get()
    role.figures.all().delete()
    with pytest.raises(Refused, match="was deleted meanwhile"):
        confirm_unchanged(figure, seen="", by=make_user())


def test_the_desk_leads_to_the_queue_and_the_queue_to_the_form(client: Client, role: Role) -> None:
    sign_in(client, "Writer")
    assert QUEUE in client.get("/admin/").content.decode()
    link = queue(client).select_one("tbody th a")
    assert link
    path, _, place = str(link["href"]).partition("#")
    assert path == role.edit_path
    assert BeautifulSoup(client.get(path).content, "html.parser").find(id=place), "the form has no such place"


# Registered


def release(**fields: Any) -> dict[str, Any]:
    values = {"source": SALARIES, "period": "January 2026", "reference": "2026-01-15", "published_on": "2026-02-03"}
    return values | {"url": "https://salaries.example/"} | fields


def test_an_editor_registers_a_release_and_older_figures_are_found(client: Client) -> None:
    sign_in(client, "Editor")
    old = make_draft(Role, figures=[stated("2024")])
    make_draft(Role, figures=[stated("2024", source=OEWS)])
    offered = BeautifulSoup(client.get(ADD).content, "html.parser").select("#id_source option")
    assert [str(option["value"]) for option in offered] == [SALARIES]
    before = CheckResult.objects.get(document=old.pk).warnings
    assert client.post(ADD, release()).status_code == 302
    registered = Release.objects.get()
    assert (registered.reference, registered.period) == (date(2026, 1, 1), "January 2026")
    assert listed() == ["2024"]
    assert "Register a release" in queue(client).get_text()
    assert CheckResult.objects.get(document=old.pk).warnings == before + 1
    stale = [each.sentence for each in findings(old) if each.check == "figures_are_of_the_newest_release"]
    assert stale == ["Median pay (65917.00) is of 2024, and Salaries Weekly has published newer figures: January 2026."]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"source": OEWS}, "Select a valid choice"),
        ({"source": "Unheard Of"}, "Select a valid choice"),
        ({"period": "2026"}, "The period “2026” ends in another month: write a day of 2026-12."),
        ({"published_on": ""}, "This field is required"),
    ],
)
def test_a_release_that_would_hide_or_confuse_something_is_refused(
    client: Client, fields: dict[str, str], error: str
) -> None:
    sign_in(client, "Editor")
    make_draft(Role, figures=[stated("2024"), stated("2024", source=OEWS)])
    assert error in client.post(ADD, release(**fields)).content.decode()
    assert not Release.objects.exists()


def test_a_release_is_registered_once(client: Client) -> None:
    sign_in(client, "Editor")
    make_draft(Role, figures=[stated("2024")])
    client.post(ADD, release())
    assert client.post(ADD, release()).status_code == 200
    assert Release.objects.count() == 1


def test_a_writer_registers_none(client: Client) -> None:
    sign_in(client, "Writer")
    make_draft(Role, figures=[stated("2024")])
    assert client.post(ADD, release()).status_code == 403
    revise(Role.objects.get(), definition="Another.")
    assert "Register a release" not in queue(client).get_text()
