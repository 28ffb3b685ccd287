"""What a writer and an editor do at the desk, from the forms that the admin gives them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import STANDARD_SECTIONS, Comparison, ComparisonEdition, Page, PageEdition
from careers.models import Role, RoleEdition
from publishing.models import Document, Revision
from tests.articles.builders import act, form_in, row, sign_in
from tests.builders import (
    SOURCED,
    make_category,
    make_comparison,
    make_draft,
    make_live,
    make_page,
    make_role,
    make_scheduled,
    make_withdrawn,
    revise,
)

pytestmark = pytest.mark.django_db

FORM = "form#comparison_form"
ACT_FORM = "form.act"
ADD = "/admin/articles/comparison/add/"


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def save(client: Client, comparison: Comparison, **changes: Any) -> Any:
    """Change some fields in the form as the browser has it, and press “Save draft”."""
    address = act(comparison, "change")
    sent = form_in(page(client, address), FORM) | changes | {"_continue": "1"}
    response = client.post(address, sent)
    assert response.status_code == 302, form_errors(response)
    return response


def form_errors(response: Any) -> str:
    form = response.context["adminform"].form
    return f"{form.errors} {[formset.errors for formset in response.context['inline_admin_formsets']]}"


def told(client: Client) -> list[str]:
    """Return what the desk tells the person on the next page."""
    return [str(message) for message in client.get("/admin/").context["messages"]]


# ---- who may do what ------------------------------------------------------------------------------------------------


def test_a_writer_saves_and_is_offered_no_publishing(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_live(Comparison)
    save(client, comparison, title="A better title")
    assert Comparison.objects.get().title == "A better title"
    form = page(client, act(comparison, "change"))
    assert "Save draft" in form
    history = page(client, act(comparison, "history"))
    for offer in ("publish", "withdraw"):
        assert act(comparison, offer) not in form + history
    assert 'name="_publish"' not in form
    assert "Cancel what is scheduled" not in form


def test_an_editor_is_offered_all(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_live(Comparison)
    form = page(client, act(comparison, "change"))
    for offer in ("preview", "publish", "withdraw", "history"):
        assert act(comparison, offer) in form
    assert 'name="_publish"' in form


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
def test_a_writer_decides_nothing_that_readers_see(client: Client, kind: type[Document]) -> None:
    sign_in(client, "Writer")
    live, scheduled = make_live(kind), make_scheduled(kind)
    edition = kind.edition_model.objects.get(document=scheduled)
    before = list(kind.edition_model.objects.order_by("pk").values())
    for name, document, sent in (
        ("publish", live, {"when": "now"}),
        ("withdraw", live, {"when": "now", "instead": "gone"}),
        ("cancel", scheduled, {"edition": edition.pk}),
    ):
        assert client.post(act(document, name), sent).status_code == 403
    assert client.get(act(live, "publish")).status_code == 403
    assert client.get(act(live, "withdraw")).status_code == 403
    assert list(kind.edition_model.objects.order_by("pk").values()) == before


def test_a_writer_does_not_change_the_sites_own_pages(client: Client) -> None:
    sign_in(client, "Writer")
    notes = make_draft(Page)
    first = notes.revisions.get()
    revise(notes, title="Changed")
    assert client.post(act(notes, "change"), {"title": "Mine"}).status_code == 403
    assert client.post(act(notes, "restore"), {"revision": first.pk}).status_code == 403
    assert Page.objects.get().title == "Changed"


def test_nothing_is_deleted_at_the_desk(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_draft(Comparison)
    assert client.post(act(comparison, "delete"), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in page(client, "/admin/articles/comparison/")


@pytest.mark.parametrize("name", ["cancel", "restore"])
def test_a_link_alone_does_nothing(client: Client, name: str) -> None:
    sign_in(client, "Editor")
    assert client.get(act(make_draft(Role), name)).status_code == 403


# ---- saving ---------------------------------------------------------------------------------------------------------


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


# ---- a new comparison -----------------------------------------------------------------------------------------------


def new_comparison(client: Client, **fields: Any) -> Any:
    """Fill in the form for a new comparison and press “Save draft”."""
    sent = form_in(page(client, ADD), FORM) | fields | {"_continue": "1"}
    return client.post(ADD, sent)


def test_a_new_comparison_starts_with_the_standard_sections_and_its_author(client: Client) -> None:
    writer = sign_in(client, "Writer")
    a, b = make_role(), make_role()
    assert new_comparison(client, role_a=a.pk, role_b=b.pk).status_code == 302
    comparison = Comparison.objects.get()
    assert tuple(comparison.sections.values_list("heading", flat=True)) == STANDARD_SECTIONS
    assert comparison.author == writer
    assert [section["heading"] for section in comparison.revisions.get().content["sections"]] == [*STANDARD_SECTIONS]


def test_a_standard_section_that_is_not_wanted_is_left_out(client: Client) -> None:
    sign_in(client, "Writer")
    new_comparison(client, role_a=make_role().pk, role_b=make_role().pk, **{"sections-1-heading": ""})
    assert Comparison.objects.get().sections.count() == len(STANDARD_SECTIONS) - 1


def test_a_comparison_that_is_there_gets_no_sections_that_were_not_asked_for(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    save(client, comparison)
    assert [section.heading for section in comparison.sections.all()] == ["Job duties"]


@pytest.mark.parametrize("turn", [False, True])
def test_a_pair_that_has_a_comparison_gets_no_second_one(client: Client, turn: bool) -> None:  # noqa: FBT001
    sign_in(client, "Writer")
    pair = make_comparison()
    roles = (
        {"role_a": pair.role_b_id, "role_b": pair.role_a_id}
        if turn
        else {
            "role_a": pair.role_a_id,
            "role_b": pair.role_b_id,
        }
    )
    response = new_comparison(client, **roles)
    assert "There is a comparison of these two roles already" in response.content.decode()
    assert Comparison.objects.count() == 1


def test_a_role_is_not_compared_with_itself(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_role()
    response = new_comparison(client, role_a=role.pk, role_b=role.pk)
    assert "Choose two different roles" in response.content.decode()
    assert not Comparison.objects.exists()


def test_an_article_that_others_have_wished_for_is_pinned_there(client: Client) -> None:
    sign_in(client, "Writer")
    a, b = make_role("Rope Maker"), make_role("Weaver")
    wisher = make_comparison()
    wisher.wishes.create(title="Weaver vs. Rope Maker: What Are the Differences?")
    new_comparison(client, role_a=a.pk, role_b=b.pk)
    made = Comparison.of_pair(a.pk, b.pk)
    assert [pin.target for pin in wisher.pins.all()] == [made]
    assert not wisher.wishes.exists()
    assert f"Pinned on “{wisher}”, which had named it." in told(client)


# ---- preview --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "template", "changes"),
    [
        (Role, "careers/role.html", {"definition": "Twists what was saved."}),
        (Comparison, "articles/comparison.html", {"standfirst": "Twists what was saved."}),
        (Page, "articles/page.html", {"standfirst": "Twists what was saved."}),
    ],
)
def test_preview_is_the_readers_page_of_the_saved_draft(
    client: Client, kind: type[Document], template: str, changes: dict[str, Any]
) -> None:
    sign_in(client, "Writer")
    document = make_live(kind)
    revise(document, **changes)
    response = client.get(act(document, "preview"))
    assert template in [used.name for used in response.templates]
    assert "Twists what was saved." in response.content.decode()
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["X-Robots-Tag"] == "noindex"
    assert "Twists what was saved." not in page(Client(), document.working_path())


def test_preview_shows_roles_that_readers_cannot_see_yet(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role, title="Rope Maker", summary="<p>Twists hemp.</p>")
    comparison = make_draft(Comparison, role_a=role)
    assert "Twists hemp." in page(client, act(comparison, "preview"))


def test_an_earlier_revision_can_be_previewed(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison, standfirst="As it was.")
    first = comparison.revisions.get()
    revise(comparison, standfirst="As it is.")
    assert "As it was." in page(client, f"{act(comparison, 'preview')}?revision={first.pk}")
    assert "As it is." in page(client, act(comparison, "preview"))


def test_preview_is_for_staff_alone(client: Client, django_user_model: Any) -> None:
    comparison = make_draft(Comparison)
    assert client.get(act(comparison, "preview")).status_code == 302
    client.force_login(django_user_model.objects.create(username="reader"))
    assert client.get(act(comparison, "preview")).status_code == 302
    client.force_login(django_user_model.objects.create(username="guest", is_staff=True))
    assert client.get(act(comparison, "preview")).status_code == 403


def test_save_and_preview_saves_and_leads_to_the_preview(client: Client) -> None:
    sign_in(client, "Writer")
    comparison = make_draft(Comparison)
    address = act(comparison, "change")
    sent = form_in(page(client, address), FORM) | {"title": "Ropes or nets?", "_preview": "1"}
    response = client.post(address, sent, follow=True)
    assert response.redirect_chain == [(act(comparison, "preview"), 302)]
    assert "Ropes or nets?" in response.content.decode()


# ---- publishing -----------------------------------------------------------------------------------------------------


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


def test_a_role_is_taken_down_together_with_the_comparisons_that_need_it(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_live(Comparison)
    role = comparison.role_a
    answers = {"when": "now", "instead": "gone"}
    refused = client.post(act(role, "withdraw"), answers)
    assert "needs" in " ".join(refused.context["form"].non_field_errors())
    client.post(act(role, "withdraw"), answers | {"together": comparison.pk})
    assert not ComparisonEdition.objects.live().exists()
    assert not RoleEdition.objects.live().filter(document=role).exists()


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
    response = client.post(act(comparison, "publish"), {"when": "now", "together": newest(good, bad)})
    assert response.context["form"].non_field_errors()
    assert not RoleEdition.objects.exists()
    revise(bad, definition="Knots nets.")
    client.post(act(comparison, "publish"), {"when": "now", "together": newest(good, bad)})
    acts = {
        *RoleEdition.objects.values_list("act", flat=True),
        *ComparisonEdition.objects.values_list("act", flat=True),
    }
    assert (RoleEdition.objects.live().count(), len(acts)) == (2, 1)


def test_a_figure_without_a_source_stops_publishing_until_it_has_one(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_draft(Role, figures=[SOURCED | {"source": ""}])
    assert "Median pay (65917.00) has no source" in page(client, act(role, "publish"))
    response = client.post(act(role, "publish"), {"when": "now"})
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
    assert told(client) == ["Cancelled: what is live stays live."]
    assert PageEdition.objects.live(moment).get().standfirst == "As it was."


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


# ---- taking down ----------------------------------------------------------------------------------------------------


def withdraw(client: Client, document: Document, **answers: Any) -> Any:
    """Fill in the page that asks what readers find instead, and press the button."""
    address = act(document, "withdraw")
    return client.post(address, form_in(page(client, address), ACT_FORM) | answers)


def test_an_editor_takes_a_page_down_with_a_notice(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_live(Comparison)
    address = ComparisonEdition.objects.get().get_absolute_url()
    response = withdraw(client, comparison, instead="notice")
    assert response.context["form"].errors["reason"] == ["Write the reason: the notice shows it to readers."]
    withdraw(client, comparison, instead="notice", reason="Both jobs have changed.")
    assert "Both jobs have changed." in page(Client(), address)


def test_an_editor_leads_readers_to_another_page(client: Client) -> None:
    sign_in(client, "Editor")
    old, new = make_live(Role, title="Rope Maker"), make_live(Role, title="Cord Maker")
    response = withdraw(client, old, instead="redirect")
    assert response.context["form"].errors["redirect_to"] == ["Choose the page that readers are led to."]
    withdraw(client, old, instead="redirect", redirect_to=new.pk)
    response = Client().get("/roles/rope-maker/")
    assert (response.status_code, response["Location"]) == (301, "/roles/cord-maker/")


def test_a_role_that_a_live_comparison_needs_is_not_taken_down(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_live(Comparison)
    response = withdraw(client, comparison.role_a, instead="gone")
    (reason,) = response.context["form"].non_field_errors()
    assert f"needs “{comparison.role_a}”" in reason
    assert RoleEdition.objects.live().filter(document=comparison.role_a).exists()


# ---- history --------------------------------------------------------------------------------------------------------


def test_history_lists_every_revision_and_every_edition(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_withdrawn(Comparison, reason="Outdated.")
    revise(comparison, title="Ropes or nets?")
    Revision.objects.filter(document=comparison).update(note="Noted by hand")
    history = page(client, act(comparison, "history"))
    for revision in comparison.revisions.all():
        assert f"<td>{revision.pk}</td>" in history
    assert history.count("Noted by hand") == 2
    assert history.count(f"<td>{comparison.working_path()}</td>") == 2
    assert "Notice: the page was taken down, with the reason" in history


@pytest.mark.parametrize("group", ["Writer", "Editor"])
def test_a_revision_is_restored_to_the_draft_and_readers_see_no_change(client: Client, group: Any) -> None:
    person = sign_in(client, group)
    comparison = make_live(Comparison, title="As it was", tags=["Ropes"])
    first = comparison.revisions.get()
    comparison.sections.all().delete()
    comparison.tags.clear()
    revise(comparison, title="As it is")
    form = form_in(page(client, act(comparison, "history")), f'form[action="{act(comparison, "restore")}"]')
    assert form["revision"] == str(first.pk)
    client.post(act(comparison, "restore"), form)
    newest = comparison.revisions.first()
    assert newest.content == first.content
    assert (newest.author, newest.note) == (person, f"Restored from revision {first.pk}")
    assert Comparison.objects.get().title == "As it was"
    assert ComparisonEdition.objects.count() == 1


def test_a_revision_of_another_document_is_not_restored_here(client: Client) -> None:
    sign_in(client, "Editor")
    mine, other = make_draft(Role), make_draft(Role)
    client.post(act(mine, "restore"), {"revision": other.revisions.get().pk})
    assert told(client) == ["That revision does not belong to this document."]


# ---- the panel ------------------------------------------------------------------------------------------------------


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


def test_the_lists_open_for_writers_and_editors(client: Client) -> None:
    make_draft(Comparison)
    make_page()
    groups: tuple[Literal["Writer", "Editor"], ...] = ("Writer", "Editor")
    for group in groups:
        sign_in(client, group)
        for name in ("articles/comparison", "articles/page", "articles/category", "careers/role"):
            page(client, f"/admin/{name}/")
        assert client.get("/admin/articles/comparison/?q=keeper").status_code == 200
