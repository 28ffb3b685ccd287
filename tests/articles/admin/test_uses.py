"""What an editor is told of where something is used, and of what a change does, before it is done."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin import site
from django.test import Client, RequestFactory
from django.urls import reverse
from taggit.models import Tag

from articles.models import Comparison, ComparisonEdition, Page
from careers.models import Role
from publishing.admin.uses import PAGE_SIZE, UsedAdmin
from tests.articles.admin.desk import ACT_FORM, page
from tests.articles.builders import Corpus, Entry, act, form_in, sign_in
from tests.builders import make_category, make_draft, make_live, make_scheduled, make_user

pytestmark = pytest.mark.django_db


def words(html: str, selector: str = "#content") -> str:
    found = BeautifulSoup(html, "html.parser").select_one(selector)
    assert found is not None
    return re.sub(r"\s+", " ", found.get_text(" "))


def rows(html: str) -> list[str]:
    return [
        re.sub(r"\s+", " ", row.get_text(" ")).strip() for row in BeautifulSoup(html, "html.parser").select("tbody tr")
    ]


def make_pair() -> Comparison:
    a, b = make_live(Role, title="Weaver"), make_live(Role, title="Potter")
    comparison: Comparison = make_live(Comparison, role_a=a, role_b=b)
    return comparison


def save(client: Client, role: Role, **changes: Any) -> None:
    address = act(role, "change")
    sent = form_in(page(client, address), "form#role_form") | changes | {"_continue": "1"}
    assert client.post(address, sent).status_code == 302


def publish(client: Client, document: Any, **answers: Any) -> Any:
    address = act(document, "publish")
    response = client.post(address, form_in(page(client, address), ACT_FORM) | answers)
    assert response.status_code == 302, response.context["form"].errors
    return response


def test_the_page_names_every_use_of_a_role_with_its_state(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_pair()
    role = comparison.role_a
    make_scheduled(Comparison, role_a=role, title="Coming")
    make_draft(Comparison, role_b=role, title="Begun")
    make_live(Page, title="Help", body='<p><a href="/roles/weaver/">Weavers</a></p>')
    told = rows(page(client, act(role, "uses")))
    assert f"{comparison} Comparison compares it Live Draft" in told
    assert "Coming Comparison compares it Scheduled Draft" in told
    assert "Begun Comparison compares it Draft" in told
    assert "Help Page links to it Live Draft" in told
    assert len(told) == 4


def test_a_long_list_of_uses_is_told_in_pages(client: Client) -> None:
    sign_in(client, "Writer")
    corpus = Corpus()
    corpus.add_roles(PAGE_SIZE + 3)
    corpus.add_shelves(1)
    corpus.add([Entry(0, other) for other in range(1, PAGE_SIZE + 3)])
    address = act(corpus.roles[0], "uses")
    first = page(client, address)
    assert len(rows(first)) == PAGE_SIZE
    assert f"is used by {PAGE_SIZE + 2} documents" in words(first)
    assert len(rows(page(client, f"{address}?page=2"))) == 2


def test_a_comparison_that_nothing_uses_says_so(client: Client) -> None:
    sign_in(client, "Writer")
    assert "Nothing uses" in words(page(client, act(make_draft(Comparison), "uses")))


def test_the_form_of_a_role_says_on_which_pages_a_change_is_seen(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_pair()
    make_draft(Comparison, role_a=comparison.role_a)
    told = words(page(client, act(comparison.role_a, "change")), ".shown-on")
    assert "Shown on 1 published page" in told
    assert str(comparison) in told
    assert "once you publish it" in told
    assert "Shown on no other published page" in words(page(client, act(comparison, "change")), ".shown-on")


def test_a_shelf_says_what_stands_on_it(client: Client) -> None:
    sign_in(client, "Editor")
    shelf = make_category("Crafts")
    comparison = make_live(Comparison, category=shelf)
    address = reverse("admin:articles_category_change", args=[shelf.pk])
    assert "as soon as you save it" in words(page(client, address), ".shown-on")
    uses = page(client, reverse("admin:articles_category_uses", args=[shelf.pk]))
    assert rows(uses) == [f"{comparison} Comparison stands on it Live Draft"]
    assert client.get(reverse("admin:articles_category_uses", args=[987654])).status_code == 302


def test_a_tag_says_what_carries_it(rf: RequestFactory) -> None:
    role = make_live(Role, tags=["Cloth"])
    request = rf.get("/")
    request.user = make_user(is_superuser=True)
    tag = Tag.objects.get(name="Cloth")
    html = UsedAdmin(Tag, site)._uses(request, tag.pk).content.decode()
    assert rows(html) == [f"{role} Role carries it Live Draft"]


def test_before_a_new_slug_is_published_the_addresses_that_change_are_listed(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_pair().role_a
    save(client, role, slug="cloth-maker")
    told = words(page(client, act(role, "publish")))
    assert "/roles/weaver/ will lead to /roles/cloth-maker/" in told
    assert "/compare/weaver-vs-potter/ will lead to /compare/cloth-maker-vs-potter/" in told
    assert client.get("/compare/weaver-vs-potter/").status_code == 200
    publish(client, role)
    assert client.get("/compare/weaver-vs-potter/")["Location"] == "/compare/cloth-maker-vs-potter/"


def test_an_editor_publishes_the_older_revision_and_the_addresses_lead_back(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_pair().role_a
    older = role.revisions.get()
    save(client, role, slug="cloth-maker", title="Cloth Maker")
    assert "publish the revision before this one" in words(page(client, act(role, "publish")))
    publish(client, role)
    assert f"?revision={older.pk}" in page(client, act(role, "history"))
    again = f"{act(role, 'publish')}?revision={older.pk}"
    asked = page(client, again)
    assert "/compare/cloth-maker-vs-potter/ will lead to /compare/weaver-vs-potter/" in words(asked)
    client.post(again, form_in(asked, ACT_FORM))
    assert client.get("/compare/weaver-vs-potter/").status_code == 200
    assert client.get("/compare/cloth-maker-vs-potter/")["Location"] == "/compare/weaver-vs-potter/"
    assert client.get("/roles/cloth-maker/")["Location"] == "/roles/weaver/"


@pytest.mark.parametrize("ticked", [True, False])
def test_titles_made_from_a_name_follow_it_if_the_editor_says_so(client: Client, *, ticked: bool) -> None:
    sign_in(client, "Editor")
    comparison = make_pair()
    save(client, comparison.role_a, title="Cloth Maker")
    old, new = (f"{name} vs. Potter: What Are the Differences?" for name in ("Weaver", "Cloth Maker"))
    asked = words(page(client, act(comparison.role_a, "publish")))
    assert f"“{old}” becomes “{new}”" in asked
    assert "“Weaver” becomes" not in asked
    publish(client, comparison.role_a, **({"titles": "on"} if ticked else {}))
    assert ComparisonEdition.objects.live().get().title == (new if ticked else old)


def test_titles_are_not_offered_where_no_name_changed(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_pair()
    save(client, comparison.role_a, definition="Weaves cloth.")
    asked = page(client, act(comparison.role_a, "publish"))
    assert "becomes" not in words(asked)
    assert BeautifulSoup(asked, "html.parser").select_one("[name=titles]") is None
