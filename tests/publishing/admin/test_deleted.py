"""What the desk offers, and does, of a document that was deleted."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from articles.models import Page
from careers.models import Role
from publishing.errors import Refused
from publishing.models import Comment, Document
from publishing.put_away import bring_back, put_away
from publishing.reviews import comment, submit
from publishing.shared import link
from tests.articles.admin.desk import page, told
from tests.articles.builders import act, form_in, sign_in
from tests.builders import make_draft, make_user

pytestmark = pytest.mark.django_db


def test_the_form_offers_the_way_back_and_nothing_that_would_be_refused(client: Client) -> None:
    person = sign_in(client, "Editor")
    role = make_draft(Role)
    comment(role, by=person, text="Is this so?")
    put_away(role, by=person)
    html = BeautifulSoup(page(client, act(role, "change")), "html.parser")
    offered = {str(each["href"]) for each in html.select(".panel a.button")}
    asked = {str(each["action"]) for each in html.select(".panel form")}
    assert offered == {act(role, "preview"), act(role, "history")}
    assert asked == {act(role, "bring_back")}


def test_nobody_comments_on_it(client: Client) -> None:
    person = sign_in(client, "Editor")
    role = make_draft(Role)
    put_away(role, by=person)
    role.refresh_from_db()
    with pytest.raises(Refused, match="This was deleted: bring it back before you comment on it."):
        comment(role, by=person, text="Is this so?")
    assert not Comment.objects.exists()


def test_a_submission_of_it_is_not_offered_to_be_taken_back_until_it_is_there_again(client: Client) -> None:
    writer = sign_in(client, "Writer")
    role = make_draft(Role)
    submit(role.revisions.get(), by=writer)
    put_away(role, by=writer)
    assert act(role, "take_back") not in page(client, "/admin/my-submissions/")
    bring_back(role, by=writer)
    assert act(role, "take_back") in page(client, "/admin/my-submissions/")


def test_a_link_to_its_draft_shows_nothing_until_it_is_there_again(client: Client) -> None:
    editor = make_user("editor")
    draft = make_draft(Page)
    address = link(draft.revisions.get(), by=editor)
    put_away(draft, by=editor)
    assert client.get(address).status_code == 404
    bring_back(draft, by=editor)
    assert client.get(address).status_code == 200


def test_its_tags_are_not_changed_from_the_list(client: Client) -> None:
    person = sign_in(client, "Writer")
    role = make_draft(Role, title="Ash", tags=["Craft"])
    put_away(role, by=person)
    chosen = {"action": "bulk_add_tags", "index": 0, "_selected_action": [role.pk]}
    address = "/admin/careers/role/?deleted=yes"
    sent = form_in(client.post(address, chosen).content.decode(), "form.act") | chosen | {"tags": "Wood"}
    client.post(address, sent)
    assert told(client) == ["Not done (1):<br>“Ash”: “Ash” was deleted: bring it back first."]
    assert list(Document.objects.get(pk=role.pk).working_copy.tags.names()) == ["Craft"]  # type: ignore[attr-defined]


def test_the_filter_says_what_is_listed_whatever_is_searched_for(client: Client) -> None:
    sign_in(client, "Writer")
    html = BeautifulSoup(page(client, "/admin/careers/role/?q=deleted"), "html.parser")
    assert "Not deleted" in [each.get_text(strip=True) for each in html.select("#changelist-filter a")]
