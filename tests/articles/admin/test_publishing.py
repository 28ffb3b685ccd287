"""How an editor publishes, schedules and cancels from the forms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from articles.models import Comparison, ComparisonEdition, Page, PageEdition
from careers.models import Role, RoleEdition
from publishing.models import Document
from publishing.withdraw import withdraw
from tests.articles.admin.desk import ACT_FORM, FORM, page, told
from tests.articles.builders import act, form_in, sign_in
from tests.builders import SOURCED, ahead, make_draft, make_live, make_scheduled, make_user, revise

pytestmark = pytest.mark.django_db


def publish(client: Client, document: Document, **answers: Any) -> Any:
    """Fill in the page that asks when to publish, and what with, and press the button."""
    address = act(document, "publish")
    sent = form_in(page(client, address), ACT_FORM) | answers
    return client.post(address, {name: value for name, value in sent.items() if value is not None})


def newest(*documents: Document) -> list[int]:
    """Return the documents' newest revisions, as the form names what is published together."""
    return [document.revisions.latest("pk").pk for document in documents]


def test_an_editor_publishes_what_the_page_showed_whoever_saves_meanwhile(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_draft(Role, title="Rope Maker", definition="Read by the editor.")
    sent = form_in(page(client, act(role, "publish")), ACT_FORM)
    revise(role, definition="Saved by somebody else since.")
    client.post(act(role, "publish"), sent)
    assert RoleEdition.objects.live().get().definition == "Read by the editor."


def test_an_edition_that_is_no_number_is_not_cancelled(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_live(Role)
    for nonsense in ("", "x", "²", "9" * 40):
        assert client.post(act(role, "cancel"), {"edition": nonsense}).status_code == 302
    assert RoleEdition.objects.live().exists()


def test_an_editor_publishes_from_the_form(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_draft(Role, title="Rope Maker")
    publish(client, role)
    assert told(client) == ['Published: <a href="/roles/rope-maker/">/roles/rope-maker/</a>']
    assert "Rope Maker" in page(Client(), "/roles/rope-maker/")


def test_publish_asks_with_the_roles_that_readers_cannot_see_ticked(client: Client) -> None:
    sign_in(client, "Editor")
    draft, live = make_draft(Role, title="Rope Maker"), make_live(Role, title="Net Maker")
    comparison = make_draft(Comparison, role_a=draft, role_b=live)
    publish(client, comparison)
    edition = ComparisonEdition.objects.live().get()
    assert told(client)[0].startswith("Published: ")
    assert RoleEdition.objects.live().get(document=draft).act == edition.act
    assert RoleEdition.objects.filter(document=live).count() == 1


def test_without_them_it_is_refused_with_the_reason(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_draft(Comparison, role_a=make_draft(Role, title="Rope Maker"))
    response = publish(client, comparison, together=None)
    (reason,) = response.context["form"].non_field_errors()
    assert "needs “Rope Maker”" in reason
    assert not ComparisonEdition.objects.exists()


def test_two_roles_and_their_comparison_are_all_published_or_none(client: Client) -> None:
    sign_in(client, "Editor")
    good, bad = make_draft(Role, title="Rope Maker"), make_draft(Role, title="Net Maker", definition="")
    comparison = make_draft(Comparison, role_a=good, role_b=bad)
    asked = page(client, act(comparison, "publish"))
    assert "Write one sentence that says what the role is" in asked
    response = publish(client, comparison, together=newest(good, bad))
    assert response.context["form"].non_field_errors()
    assert not RoleEdition.objects.exists()
    revise(bad, definition="Knots nets.")
    publish(client, comparison, together=newest(good, bad))
    acts = {
        *RoleEdition.objects.values_list("act", flat=True),
        *ComparisonEdition.objects.values_list("act", flat=True),
    }
    assert (RoleEdition.objects.live().count(), len(acts)) == (2, 1)


def test_a_figure_without_a_source_stops_publishing_until_it_has_one(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_draft(Role, figures=[SOURCED | {"source": ""}])
    assert "Median pay (65917.00) has no source" in page(client, act(role, "publish"))
    response = publish(client, role)
    assert "has no source" in " ".join(response.context["form"].non_field_errors())
    role.figures.update(source="Guild of Rope Makers")
    revise(role)
    publish(client, role)
    assert RoleEdition.objects.live().filter(document=role).exists()


def test_an_editor_schedules_from_the_form_and_cancels(client: Client) -> None:
    sign_in(client, "Editor")
    notes = make_live(Page, standfirst="As it was.")
    revise(notes, standfirst="As it will be.")
    moment = (timezone.now() + timedelta(days=3)).replace(microsecond=0)
    publish(client, notes, when="at", at_0=f"{moment:%Y-%m-%d}", at_1=f"{moment:%H:%M:%S}")
    assert told(client)[0].startswith("Scheduled: readers see it from ")
    assert PageEdition.objects.live(moment).get().standfirst == "As it will be."
    assert PageEdition.objects.live().get().standfirst == "As it was."
    form = form_in(page(client, act(notes, "change")), f'form[action="{act(notes, "cancel")}"]')
    client.post(act(notes, "cancel"), form)
    assert told(client) == ["Cancelled: what was scheduled does not happen."]
    assert PageEdition.objects.live(moment).get().standfirst == "As it was."


def test_the_page_says_what_is_scheduled_and_would_replace_what_is_published_now(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_scheduled(Role, title="Rope Maker", at=ahead(days=3))
    first = role.revisions.get()
    revise(role, definition="Newer.")
    said = sentences(page(client, act(role, "publish")), ".coming li")
    moment = date_format(localtime(RoleEdition.objects.get().live_from), "DATETIME_FORMAT")
    assert said == [f"{moment}: “Rope Maker” goes live, as revision {first.pk}."]


def test_the_page_says_what_is_scheduled_for_what_goes_along(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_draft(Comparison, role_a=make_scheduled(Role, title="Rope Maker", at=ahead(days=3)))
    (said,) = sentences(page(client, act(comparison, "publish")), ".coming li")
    assert "“Rope Maker” goes live" in said


def test_the_page_says_that_what_is_published_now_is_taken_down_later(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_live(Role, title="Rope Maker")
    withdraw([role], by=make_user(), at=ahead(days=3))
    (said,) = sentences(page(client, act(role, "publish")), ".coming li")
    assert "“Rope Maker” goes down as gone" in said


def test_where_nothing_is_scheduled_the_page_says_nothing_of_it(client: Client) -> None:
    sign_in(client, "Editor")
    assert not sentences(page(client, act(make_live(Role), "publish")), ".coming")


def sentences(html: str, selector: str) -> list[str]:
    return [" ".join(each.get_text().split()) for each in BeautifulSoup(html, "html.parser").select(selector)]


def test_a_moment_that_has_passed_is_refused(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_draft(Role)
    response = publish(client, role, when="at", at_0="2020-01-01", at_1="00:00:00")
    assert response.context["form"].errors["at"] == [
        "That moment has passed: enter one in the future, or choose “Now”."
    ]
    response = publish(client, role, when="at", at_0="", at_1="")
    assert response.context["form"].errors["at"] == ["Enter the date and the time."]
    assert not RoleEdition.objects.exists()


def test_an_edition_of_another_document_is_not_cancelled_here(client: Client) -> None:
    sign_in(client, "Editor")
    mine, other = make_scheduled(Role), make_scheduled(Role)
    edition = RoleEdition.objects.get(document=other)
    client.post(act(mine, "cancel"), {"edition": edition.pk})
    assert told(client) == ["That edition does not belong to this document."]
    assert RoleEdition.objects.coming().count() == 2


def test_save_and_publish_leads_to_the_page_that_asks(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_draft(Comparison)
    address = act(comparison, "change")
    sent = form_in(page(client, address), FORM) | {"title": "Ropes or nets?", "_publish": "1"}
    response = client.post(address, sent, follow=True)
    assert response.redirect_chain == [(act(comparison, "publish"), 302)]
    assert Comparison.objects.get().title == "Ropes or nets?"
    assert not ComparisonEdition.objects.exists()
