"""How somebody of the desk deletes something and brings it back."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from articles.models import Comparison, Page
from careers.models import Role
from publishing.models import Document, Revision
from tests.articles.admin.desk import ACT_FORM, ADD, FORM, page
from tests.articles.builders import act, form_in, sign_in
from tests.builders import make_draft, make_live, make_role, make_scheduled, make_withdrawn, revise

pytestmark = pytest.mark.django_db

LISTS = {Role: "/admin/careers/role/", Comparison: "/admin/articles/comparison/", Page: "/admin/articles/page/"}


def delete(client: Client, document: Document, **answers: Any) -> Any:
    address = act(document, "put_away")
    return client.post(address, form_in(page(client, address), ACT_FORM) | answers)


def listed(client: Client, kind: type[Document], query: str = "") -> list[int]:
    return [row.pk for row in client.get(LISTS[kind] + query).context["cl"].result_list]


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
def test_what_was_deleted_leaves_the_list_and_comes_back_whole(client: Client, kind: type[Document]) -> None:
    sign_in(client, "Editor")
    document = make_draft(kind)
    before = list(Revision.objects.filter(document=document).values())
    delete(client, document)
    assert f"Deleted: “{document}”. It can be brought back" in page(client, LISTS[kind])
    assert document.pk not in listed(client, kind)
    assert listed(client, kind, "?deleted=yes") == [document.pk]
    assert "Bring back" in page(client, act(document, "change"))
    client.post(act(document, "bring_back"))
    assert document.pk in listed(client, kind)
    assert listed(client, kind, "?deleted=yes") == []
    assert list(Revision.objects.filter(document=document).values()) == before
    assert "Save draft" in page(client, act(document, "change"))


@pytest.mark.parametrize("kind", [Role, Comparison])
def test_what_readers_see_or_will_see_is_not_deleted(client: Client, kind: type[Document]) -> None:
    sign_in(client, "Editor")
    live, coming = make_live(kind), make_scheduled(kind)
    assert "take it down first" in page(client, act(live, "put_away"))
    assert "cancel that first" in page(client, act(coming, "put_away"))
    for document in (live, coming):
        client.post(act(document, "put_away"), {"delete": "1", "confirmed": "on"})
        assert Document.objects.get(pk=document.pk).put_away_at is None


def test_a_role_that_live_pages_show_is_refused_with_their_list(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_live(Comparison)
    assert f"show it: “{comparison}”." in page(client, act(comparison.role_a, "put_away"))


def test_a_page_that_was_taken_down_can_be_deleted_and_keeps_its_notice(client: Client) -> None:
    sign_in(client, "Editor")
    document = make_withdrawn(Page, slug="old", reason="Outdated.")
    delete(client, document)
    assert Document.objects.get(pk=document.pk).put_away_at
    assert "Outdated." in page(Client(), "/old/")


def test_deleting_what_drafts_use_names_them_and_asks(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison, role_a=make_draft(Role), role_b=make_draft(Role))
    assert str(comparison) in page(client, act(comparison.role_a, "put_away"))
    refused = delete(client, comparison.role_a)
    assert refused.context["form"].errors["confirmed"] == ["This field is required."]
    delete(client, comparison.role_a, confirmed="on")
    assert Document.objects.get(pk=comparison.role_a.pk).put_away_at


def test_what_was_deleted_is_in_no_autocomplete_and_no_search(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role, title="Weaver")
    address = reverse("admin:autocomplete")
    asked = {"app_label": "articles", "model_name": "comparison", "field_name": "role_a", "term": "Weav"}
    assert len(client.get(address, asked).json()["results"]) == 1
    delete(client, role)
    assert client.get(address, asked).json()["results"] == []


@pytest.mark.parametrize("kind", [Role, Comparison])
def test_what_was_deleted_is_neither_changed_nor_published(client: Client, kind: type[Document]) -> None:
    sign_in(client, "Editor")
    document = make_draft(kind)
    sent = form_in(page(client, act(document, "change")), f"form#{kind._meta.model_name}_form")
    asked = form_in(page(client, act(document, "publish")), ACT_FORM)
    delete(client, document)
    assert client.post(act(document, "change"), sent | {"_continue": "1"}).status_code == 403
    refused = client.post(act(document, "publish"), asked)
    assert refused.context["form"].non_field_errors() == [f"“{document}” was deleted: bring it back first."]
    assert not document.edition_model.objects.exists() or not document.edition_model.objects.filter(
        document=document.pk
    )


def test_a_deleted_role_does_not_go_along_with_a_comparison(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_draft(Comparison, role_a=make_draft(Role, title="Weaver"))
    delete(client, comparison.role_a, confirmed="on")
    asked = form_in(page(client, act(comparison, "publish")), ACT_FORM)
    refused = client.post(act(comparison, "publish"), asked)
    assert refused.context["form"].non_field_errors() == ["“Weaver” was deleted: bring it back first."]


def test_the_title_of_a_deleted_role_stays_taken_and_says_how_it_comes_back(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role, title="Weaver")
    delete(client, role)
    add = "/admin/careers/role/add/"
    sent = form_in(page(client, add), "form#role_form") | {"title": "Weaver", "slug": "weaver-2"}
    refused = client.post(add, sent | {"_continue": "1"})
    (link,) = BeautifulSoup(refused.content, "html.parser").select(".errorlist a")
    assert link["href"] == act(role, "change")
    assert link.parent is not None
    assert link.parent.get_text() == "“Weaver” was deleted: bring it back."


def test_the_pair_of_a_deleted_comparison_stays_taken_and_says_how_it_comes_back(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    delete(client, comparison)
    sent = form_in(page(client, ADD), FORM)
    sent |= {"role_a": str(comparison.role_b_id), "role_b": str(comparison.role_a_id)}
    refused = client.post(ADD, sent | {"_continue": "1"})
    (link,) = BeautifulSoup(refused.content, "html.parser").select(".errorlist a")
    assert link["href"] == act(comparison, "change")


def test_a_name_that_something_at_hand_holds_says_nothing_of_deleting(client: Client) -> None:
    sign_in(client, "Writer")
    make_draft(Role, title="Weaver")
    add = "/admin/careers/role/add/"
    refused = client.post(add, form_in(page(client, add), "form#role_form") | {"title": "Weaver", "slug": "x"})
    assert "deleted" not in " ".join(refused.context["adminform"].form.non_field_errors())


def test_who_may_not_write_deletes_nothing(client: Client) -> None:
    sign_in(client, "Writer").groups.clear()
    role = make_draft(Role)
    assert client.post(act(role, "put_away")).status_code == 403
    assert client.post(act(role, "bring_back")).status_code == 403
    assert Document.objects.get(pk=role.pk).put_away_at is None


def test_bringing_back_takes_a_button(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role)
    delete(client, role)
    client.get(act(role, "bring_back"))
    assert Document.objects.get(pk=role.pk).put_away_at


def test_a_role_saved_by_other_means_can_be_deleted_too(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_role()
    delete(client, role)
    assert Document.objects.get(pk=role.pk).put_away_at
    revise(role, definition="Still here.")
