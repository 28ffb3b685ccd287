"""What the panel beside the form says."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Comparison, Page
from publishing.models import Edition
from publishing.withdraw import withdraw
from tests.articles.admin.desk import page
from tests.articles.builders import act, sign_in
from tests.builders import (
    ahead,
    make_category,
    make_draft,
    make_live,
    make_scheduled,
    make_user,
    make_withdrawn,
    revise,
)

pytestmark = pytest.mark.django_db


def test_the_panel_says_what_readers_see(client: Client) -> None:
    sign_in(client, "Editor")
    live = make_live(Page)
    assert "The draft is what readers see." in page(client, act(live, "change"))
    revise(live, standfirst="Changed.")
    assert "The draft differs from the live page." in page(client, act(live, "change"))
    assert "Not on the site." in page(client, act(make_draft(Page), "change"))
    assert "Outdated." in page(client, act(make_withdrawn(Page, reason="Outdated."), "change"))


def test_the_panel_shows_what_the_checks_found(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison, intro="", category=make_category())
    assert "Write an introduction." in page(client, act(comparison, "change"))


def test_the_panel_says_what_is_scheduled(client: Client) -> None:
    editor = make_user("editor")
    sign_in(client, "Editor")
    coming, going, led, target = make_scheduled(Page), make_live(Page), make_live(Page), make_live(Page, title="Help")
    withdraw([going], by=editor, kind=Edition.Kind.NOTICE, reason="Outdated.", at=ahead(days=2))
    withdraw([led], by=editor, redirect_to=target, at=ahead(days=2))
    assert "goes live, as revision" in page(client, act(coming, "change"))
    assert "goes down with a notice." in page(client, act(going, "change"))
    assert "goes down leading to “Help”." in page(client, act(led, "change"))


def test_the_panel_says_how_a_page_was_taken_down(client: Client) -> None:
    editor = make_user("editor")
    sign_in(client, "Editor")
    led, target = make_live(Page), make_live(Page, title="Help")
    withdraw([led], by=editor, redirect_to=target)
    for document, how in (
        (make_withdrawn(Page, reason="Outdated."), "with a notice"),
        (make_withdrawn(Page), "as gone"),
        (led, "leading to “Help”"),
    ):
        assert f"Taken down</strong> {how}." in page(client, act(document, "change"))
