"""Nobody overwrites anybody, and nothing that was typed is lost."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from articles.models import Comparison
from careers.models import Role
from publishing.models import OpenForm, User
from tests.articles.admin.desk import FORM, page, save
from tests.articles.builders import act, form_in, row, sign_in
from tests.builders import make_draft, make_user, revise

pytestmark = pytest.mark.django_db


def opened(client: Client, comparison: Comparison) -> dict[str, Any]:
    """Open the form as a browser does, and return its fields."""
    return form_in(page(client, act(comparison, "change")), FORM)


def send(client: Client, comparison: Comparison, form: dict[str, Any], **changes: Any) -> Any:
    return client.post(act(comparison, "change"), form | changes | {"_continue": "1"})


def keep(client: Client, address: str, form: dict[str, Any]) -> Any:
    """Keep the form as the script does while somebody types."""
    typed = json.dumps([[name, str(value)] for name, value in form.items()])
    return client.post(address, {"typed": typed, "_base": form.get("_base", "")})


def field(html: str, name: str) -> str:
    """Return what the field holds in the page."""
    control = BeautifulSoup(html, "html.parser").select_one(f'[name="{name}"]')
    assert control is not None, name
    return control.get_text().strip() if control.name == "textarea" else str(control.get("value", ""))


def is_offered(html: str) -> bool:
    """Whether the page offers what was typed before."""
    offer = BeautifulSoup(html, "html.parser").select_one("[data-offer]")
    return offer is not None and not offer.has_attr("hidden")


# Stale saves


def test_a_save_over_what_somebody_else_saved_is_refused_and_nothing_typed_is_lost(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    form = opened(client, comparison)
    theirs = revise(comparison, title="Theirs", by=make_user("editor", username="maria"))
    changes = {"title": "Mine", "sections-TOTAL_FORMS": "2"} | row("sections", 1, heading="Tools", body="<p>A fid.</p>")
    response = send(client, comparison, form, **changes)
    shown = response.content.decode()
    assert response.status_code == 200
    assert "maria saved this on" in shown
    assert (field(shown, "title"), field(shown, "sections-1-heading")) == ("Mine", "Tools")
    assert comparison.revisions.first() == theirs


def test_both_versions_are_shown_beside_each_other(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    form = opened(client, comparison)
    revise(comparison, standfirst="Words of hers.")
    shown = send(client, comparison, form, standfirst="Words of mine.").content.decode()
    stale = BeautifulSoup(shown, "html.parser").select_one("section.stale")
    assert stale is not None
    deleted, inserted = ([each.get_text() for each in stale.select(tag)] for tag in ("del", "ins"))
    assert any("hers" in text for text in deleted)
    assert any("mine" in text for text in inserted)


def test_a_save_after_both_were_seen_goes_through(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    form = opened(client, comparison)
    revise(comparison, title="Theirs")
    again = form_in(send(client, comparison, form, title="Mine").content.decode(), FORM)
    assert send(client, comparison, again).status_code == 302
    comparison.refresh_from_db()
    assert comparison.title == "Mine"


def test_a_form_with_an_error_is_still_stale_when_it_is_sent_again(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    form = opened(client, comparison)
    wrong = form_in(send(client, comparison, form, role_b="").content.decode(), FORM)
    revise(comparison, title="Theirs")
    response = send(client, comparison, wrong | {"role_b": form["role_b"]}, title="Mine")
    assert "after you opened it" in response.content.decode()


def test_a_form_without_its_beginning_is_refused_rather_than_saved_over(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    form = opened(client, comparison)
    assert send(client, comparison, form, _base="").status_code == 200
    assert comparison.revisions.count() == 1


def test_a_section_that_somebody_removed_comes_back_when_it_is_saved_over(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    comparison.sections.create(heading="Skills", body="<p>Knots.</p>", position=1)
    revise(comparison)
    form = opened(client, comparison)
    comparison.sections.get(heading="Job duties").delete()
    revise(comparison)
    again = form_in(send(client, comparison, form).content.decode(), FORM)
    response = send(client, comparison, again)
    assert response.status_code == 302
    assert list(comparison.sections.values_list("heading", flat=True)) == ["Job duties", "Skills"]


def test_a_save_of_ones_own_does_not_make_the_form_stale(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    save(client, comparison, title="One")
    save(client, comparison, title="Two")
    assert comparison.revisions.count() == 3


# What is kept


@pytest.mark.parametrize("where", ["new", "standing"])
def test_what_was_typed_is_kept_and_offered_back(client: Client, where: str) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    base = "/admin/articles/comparison/add/" if where == "new" else act(comparison, "change")
    form = form_in(page(client, base), FORM)
    form |= {"title": "Half a thought", "tags": "Hemp", "sections-0-body": "<p>Half a section.</p>"}
    assert keep(client, base.replace("change/", "keep/").replace("add/", "add/keep/"), form).status_code == 200
    assert is_offered(page(client, base))
    taken_up = page(client, f"{base}?kept")
    assert "it is not saved yet" in taken_up
    assert (field(taken_up, "title"), field(taken_up, "tags")) == ("Half a thought", "Hemp")
    assert "Half a section." in taken_up
    comparison.refresh_from_db()
    assert comparison.title == ""
    assert Comparison.objects.count() == 1


def test_what_was_kept_is_saved_like_everything_else(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    keep(client, act(comparison, "keep"), opened(client, comparison) | {"title": "Half a thought"})
    form = form_in(page(client, f"{act(comparison, 'change')}?kept"), FORM)
    assert send(client, comparison, form).status_code == 302
    comparison.refresh_from_db()
    assert comparison.title == "Half a thought"
    assert not is_offered(page(client, act(comparison, "change")))


def test_what_was_kept_is_stale_when_somebody_saved_since(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    keep(client, act(comparison, "keep"), opened(client, comparison) | {"title": "Half a thought"})
    revise(comparison, title="Theirs")
    form = form_in(page(client, f"{act(comparison, 'change')}?kept"), FORM)
    assert "after you opened it" in send(client, comparison, form).content.decode()


def test_what_was_kept_is_no_revision_and_one_row_for_each_person(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    form = opened(client, comparison)
    for number in range(5):
        keep(client, act(comparison, "keep"), form | {"title": f"Thought {number}"})
    assert OpenForm.objects.count() == 1
    assert comparison.revisions.count() == 1


def test_nobody_is_offered_what_somebody_else_typed(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    keep(client, act(comparison, "keep"), opened(client, comparison) | {"title": "Half a thought"})
    other = Client()
    sign_in(other, "Writer", username="other")
    assert not is_offered(page(other, act(comparison, "change")))
    assert "Half a thought" not in page(other, f"{act(comparison, 'change')}?kept")


def test_what_was_kept_can_be_given_up(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    keep(client, act(comparison, "keep"), opened(client, comparison))
    client.post(act(comparison, "keep"), {"discard": "1"})
    assert not is_offered(page(client, act(comparison, "change")))


@pytest.mark.parametrize("typed", ["", "x", "{}", '["a"]', '[["a", 1]]', '[["a","b","c"]]', "[" * 100_000])
def test_what_is_no_form_is_not_kept(client: Client, typed: str) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    assert client.post(act(comparison, "keep"), {"typed": typed}).status_code == 400
    assert not OpenForm.objects.filter(typed__isnull=False).exists()


def test_a_form_too_large_to_be_kept_is_said(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    typed = json.dumps([["intro", "x" * 2_000_001]])
    assert client.post(act(comparison, "keep"), {"typed": typed}).status_code == 400


def test_forms_are_kept_for_those_who_may_change_them(client: Client, django_user_model: Any) -> None:
    comparison = make_draft(Comparison)
    assert client.post(act(comparison, "keep"), {}).status_code == 302
    client.force_login(django_user_model.objects.create(username="guest", is_staff=True))
    assert client.post(act(comparison, "keep"), {}).status_code == 403
    assert client.post("/admin/articles/comparison/add/keep/", {}).status_code == 403
    assert not OpenForm.objects.exists()


# Who else


def test_the_form_says_who_else_has_it_open(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    maria = Client()
    sign_in(maria, "Editor", username="maria")
    maria.post(act(comparison, "keep"), {})
    assert client.post(act(comparison, "keep"), {}).json()["others"] == ["maria"]
    OpenForm.objects.filter(user__username="maria").update(seen_at=timezone.now() - timedelta(minutes=2))
    assert client.post(act(comparison, "keep"), {}).json()["others"] == []


def test_an_open_form_learns_of_a_newer_version(client: Client) -> None:
    writer = sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    newest = revise(comparison, title="Newer", by=User.objects.create(username="maria"))
    assert client.post(act(comparison, "keep"), {}).json()["newest"] == {"id": newest.pk, "by": "maria"}
    assert writer.pk


def test_a_new_document_has_nobody_else(client: Client) -> None:
    sign_in(client, "Writer")
    assert client.post("/admin/careers/role/add/keep/", {}).json() == {"others": [], "newest": None}
    assert not Role.objects.exists()
