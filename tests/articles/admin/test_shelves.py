"""Categories, tags, and the pair of a comparison at the desk: what readers' addresses are made of stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from taggit.models import Tag

from articles.models import Comparison
from careers.models import Role
from tests.articles.admin.desk import FORM, page, save
from tests.articles.builders import act, form_in, sign_in
from tests.builders import make_category, make_comparison, make_draft, make_live, make_role, make_scheduled

pytestmark = pytest.mark.django_db


def change(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def rename(client: Client, row: Any, **changes: str) -> None:
    """Change fields of a category or tag in the form, and send a slug whether or not the form asks for one."""
    form = form_in(page(client, change(row)), f"form#{row._meta.model_name}_form")
    assert client.post(change(row), form | changes | {"slug": "changed"}).status_code == 302
    row.refresh_from_db()


@pytest.mark.parametrize("make", [make_live, make_scheduled])
def test_a_category_in_which_something_was_published_keeps_its_address(client: Client, make: Any) -> None:
    sign_in(client, "Editor")
    shelf = make_category("Harbour Work")
    make(Comparison, category=shelf)
    rename(client, shelf, title="Dock Work")
    assert (shelf.title, shelf.slug) == ("Dock Work", "harbour-work")


def test_a_category_that_readers_do_not_know_may_get_another_address(client: Client) -> None:
    sign_in(client, "Editor")
    shelf = make_category("Harbour Work")
    make_draft(Comparison, category=shelf)
    rename(client, shelf)
    assert shelf.slug == "changed"


@pytest.mark.parametrize("kind", [Role, Comparison])
def test_a_tag_that_was_published_keeps_its_address(client: Client, kind: Any) -> None:
    sign_in(client, "Editor")
    make_live(kind, tags=["Harbours"])
    tag = Tag.objects.get()
    rename(client, tag, name="Ports")
    assert (tag.name, tag.slug) == ("Ports", "harbours")


def test_a_tag_that_readers_do_not_know_may_get_another_address(client: Client) -> None:
    sign_in(client, "Editor")
    make_draft(Role, tags=["Harbours"])
    tag = Tag.objects.get()
    rename(client, tag)
    assert tag.slug == "changed"


def test_a_new_tag_or_category_gets_its_address_from_its_name(client: Client) -> None:
    sign_in(client, "Editor")
    for model in ("taggit_tag", "articles_category"):
        assert "prepopulated" in page(client, reverse(f"admin:{model}_add"))


def test_tags_are_not_merged_at_the_desk(client: Client) -> None:
    sign_in(client, "Editor")
    make_draft(Role, tags=["Harbours"])
    assert "Merge" not in page(client, "/admin/taggit/tag/")
    assert client.get("/admin/taggit/tag/merge-tags/").status_code in {302, 404}


def test_a_published_comparison_shows_its_roles_and_takes_no_others(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_live(Comparison)
    a, b = comparison.role_a_id, comparison.role_b_id
    form = form_in(page(client, act(comparison, "change")), FORM)
    assert not {"role_a", "role_b"} & set(form)
    save(client, comparison, role_a=b, role_b=a, title="Ropes or nets?")
    comparison.refresh_from_db()
    assert (comparison.role_a_id, comparison.role_b_id, comparison.title) == (a, b, "Ropes or nets?")


def test_a_draft_takes_other_roles(client: Client) -> None:
    sign_in(client, "Writer")
    comparison, other = make_comparison(), make_role()
    save(client, comparison, role_b=other.pk)
    comparison.refresh_from_db()
    assert comparison.role_b == other
