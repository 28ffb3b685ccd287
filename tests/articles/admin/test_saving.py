"""What a save keeps."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from articles.models import Comparison
from careers.models import Role
from tests.articles.admin.desk import FORM, page, save
from tests.articles.builders import act, form_in, row, sign_in
from tests.builders import make_comparison, make_draft, make_role, revise

pytestmark = pytest.mark.django_db


def test_a_save_that_changed_nothing_leaves_no_revision(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison, tags=["Ropes"])
    comparison.pins.create(target=make_comparison())
    newest = revise(comparison)
    save(client, comparison)
    assert comparison.revisions.first() == newest


CHANGES: dict[str, dict[str, Any]] = {
    "a field": {"title": "Ropes or nets?"},
    "rich text": {"intro": "<p>Ropes or nets?</p>"},
    "a list": {"choose_a": "like ropes\nown a ropewalk"},
    "tags": {"tags": "Ropes, Nets"},
    "a section's text": {"sections-0-body": "<p>They twist and knot.</p>"},
    "a new section": {"sections-TOTAL_FORMS": "2"} | row("sections", 1, heading="Tools", body="<p>A fid.</p>"),
    "a section removed": {"sections-0-DELETE": "on"},
    "a source": {"sources-TOTAL_FORMS": "1"} | row("sources", 0, title="Guild of Rope Makers"),
    "a wish": {"wishes-TOTAL_FORMS": "1"} | row("wishes", 0, title="Rope Maker vs. Weaver"),
}


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_a_save_that_changed_something_leaves_one_revision_by_whoever_saved(
    client: Client, changes: dict[str, Any]
) -> None:
    writer = sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    before = comparison.revisions.get()
    save(client, comparison, **changes)
    after, earlier = comparison.revisions.all()
    assert earlier == before
    assert after.author == writer
    assert after.content != before.content


@pytest.mark.parametrize("prefix", ["pins", "exclusions"])
def test_pins_and_exclusions_are_part_of_what_is_saved(client: Client, prefix: str) -> None:
    sign_in(client, "Writer")
    comparison, target = make_draft(Comparison), make_comparison()
    save(client, comparison, **{f"{prefix}-TOTAL_FORMS": "1"}, **row(prefix, 0, target=target.pk))
    assert [row_["target"] for row_ in comparison.revisions.first().content[prefix]] == [target.pk]
    assert comparison.revisions.count() == 2


def test_sections_are_kept_in_the_order_of_the_form(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    comparison.sections.create(heading="Tools", body="<p>A fid.</p>", position=1)
    revise(comparison)
    save(client, comparison, **{"sections-0-position": "1", "sections-1-position": "0"})
    newest = comparison.revisions.first()
    assert [section["heading"] for section in newest.content["sections"]] == ["Tools", "Job duties"]


def test_rich_text_is_stored_clean_whatever_the_browser_sent(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    dirty = (
        '<p onclick="steal()" style="color:red">Ropes<script>alert(1)</script> <a href="javascript:alert(1)">hold</a>'
        '<img src=x onerror=alert(1)></p><iframe src="https://example.org"></iframe><h1>Loud</h1>'
    )
    save(client, comparison, intro=dirty, **{"sections-0-body": dirty})
    newest = comparison.revisions.first()
    stored = [Comparison.objects.get().intro, comparison.sections.get().body]
    stored += [newest.content["intro"], newest.content["sections"][0]["body"]]
    for html in stored:
        assert "Ropes" in html
        for danger in ("script", "onclick", "onerror", "style", "iframe", "<img", "<h1"):
            assert danger not in html


def test_links_are_stored_by_identity_and_shown_as_addresses(client: Client) -> None:
    sign_in(client, "Writer")
    comparison, role = make_draft(Comparison), make_role("Weaver", slug="weaver")
    save(client, comparison, intro='<p>Or a <a href="/roles/weaver/">weaver</a>.</p>')
    assert f'href="doc:{role.pk}"' in Comparison.objects.get().intro
    role.slug = "loom-weaver"
    role.save()
    assert '"/roles/loom-weaver/"' in form_in(page(client, act(comparison, "change")), FORM)["intro"]


def test_a_form_with_an_error_changes_nothing_and_loses_nothing_that_was_typed(client: Client) -> None:
    sign_in(client, "Writer")
    comparison, other = make_draft(Comparison), make_draft(Comparison)
    sent = form_in(page(client, act(comparison, "change")), FORM)
    sent |= {"role_a": other.role_b_id, "role_b": other.role_a_id, "title": "Typed", "intro": "<p>Typed too.</p>"}
    response = client.post(act(comparison, "change"), sent)
    assert f"There is a comparison of these two roles already: “{other}”." in " ".join(
        response.context["adminform"].form.non_field_errors()
    )
    shown = form_in(response.content.decode(), FORM)
    assert (shown["title"], shown["intro"]) == ("Typed", "<p>Typed too.</p>")
    assert comparison.revisions.count() == 1


def test_a_form_that_is_out_of_date_is_turned_away_with_the_way_back(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    response = strict.post(act(role, "change"), {"title": "Typed"})
    assert response.status_code == 403
    assert "403_csrf.html" in [used.name for used in response.templates]
    assert "What you typed is still in the form" in response.content.decode()
    assert role.revisions.count() == 1
