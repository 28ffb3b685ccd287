"""What editors and writers do to several documents of a list at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Comparison, ComparisonEdition, Page, PageEdition
from careers.models import Role, RoleEdition
from publishing.models import Document, Edition, Redirect, Submission
from tests.articles.admin.desk import ACT_FORM, page
from tests.articles.builders import sign_in
from tests.builders import SOURCED, make_category, make_draft, make_live, revise

pytestmark = pytest.mark.django_db

SOON = {"at_0": f"{timezone.now() + timedelta(days=3):%Y-%m-%d}", "at_1": "12:00:00"}


def changelist(kind: type[Document]) -> str:
    return reverse(f"admin:{kind._meta.app_label}_{kind._meta.model_name}_changelist")


def choose(client: Client, name: str, documents: Sequence[Document]) -> Any:
    """Tick the documents in their list, choose the action, and press “Go”."""
    sent = {"action": name, "index": 0, "_selected_action": [document.pk for document in documents]}
    return client.post(changelist(type(documents[0])), sent)


def asked(client: Client, name: str, documents: Sequence[Document]) -> BeautifulSoup:
    """Return the page that asks."""
    response = choose(client, name, documents)
    assert response.status_code == 200, said(response)
    return BeautifulSoup(response.content, "html.parser")


def filled_in(html: BeautifulSoup) -> dict[str, Any]:
    """Return what a browser would send of the form as it stands, with every value of a name that comes twice."""
    form = html.select_one(ACT_FORM)
    assert form is not None
    sent: dict[str, Any] = {}
    for control in form.select("input[name], textarea[name]"):
        if control.get("type") not in {"checkbox", "radio"} or control.has_attr("checked"):
            sent.setdefault(str(control["name"]), []).append(control.get("value", ""))
    return sent


def do(client: Client, name: str, documents: Sequence[Document], **answers: Any) -> Any:
    """Choose the action, fill in the page that asks, and press its button."""
    sent = filled_in(asked(client, name, documents)) | answers
    return client.post(changelist(type(documents[0])), sent)


def said(response: Any) -> list[str]:
    """Return what the editor is told, as text; a line for each document."""
    found = [str(message).replace("<br>", "\n") for message in get_messages(response.wsgi_request)]
    return [BeautifulSoup(text, "html.parser").get_text() for text in found]


def offered(client: Client, kind: type[Document]) -> list[str]:
    html = BeautifulSoup(page(client, changelist(kind)), "html.parser")
    return [str(option["value"]) for option in html.select("select[name=action] option") if option["value"]]


COMMON = ["bulk_publish", "bulk_schedule", "bulk_take_down", "bulk_submit"]
TAGS = ["bulk_add_tags", "bulk_remove_tags"]


@pytest.mark.parametrize(
    ("kind", "names"), [(Role, COMMON + TAGS), (Comparison, [*COMMON, *TAGS, "bulk_move"]), (Page, COMMON)]
)
def test_each_list_offers_what_its_documents_allow_and_never_deletes(
    client: Client, kind: type[Document], names: list[str]
) -> None:
    sign_in(client, "Editor")
    make_draft(kind)
    assert offered(client, kind) == names


def test_a_writer_is_offered_what_readers_do_not_see(client: Client) -> None:
    sign_in(client, "Writer")
    make_draft(Comparison)
    assert offered(client, Comparison) == ["bulk_submit", *TAGS, "bulk_move"]


@pytest.mark.parametrize("name", ["bulk_publish", "bulk_schedule", "bulk_take_down"])
def test_a_writer_publishes_and_takes_down_nothing_by_hand_made_requests(client: Client, name: str) -> None:
    sign_in(client, "Writer")
    draft, live = make_draft(Role), make_live(Role)
    answers = {"answered": 1, "when": "now", "instead": "gone", "significant": "on", **SOON}
    shown = [document.revisions.get().pk for document in (draft, live)]
    sent = {"action": name, "index": 0, "_selected_action": [draft.pk, live.pk], "shown": shown, **answers}
    response = client.post(changelist(Role), sent)
    assert said(response) == ["No action selected."]
    assert RoleEdition.objects.get() == RoleEdition.objects.live().get(document=live)


def test_the_page_says_what_how_many_and_what_stops_which(client: Client) -> None:
    sign_in(client, "Editor")
    good = make_draft(Role, title="Rope Maker")
    bad = make_draft(Role, title="Net Maker", figures=[SOURCED | {"source": ""}])
    html = asked(client, "bulk_publish", [good, bad])
    assert "Publish now: 2 roles" in html.get_text()
    second, first = sorted(row.th.get_text(" ", strip=True) for row in html.select("tbody tr") if row.th)
    assert first == "Rope Maker"
    assert "Median pay (65917.00) has no source" in second
    assert not RoleEdition.objects.exists()


def test_what_can_be_is_published_and_the_rest_is_refused_by_name(client: Client) -> None:
    sign_in(client, "Editor")
    good, bad, other = (
        make_draft(Role, title="Rope Maker"),
        make_draft(Role, title="Net Maker", definition=""),
        make_draft(Role, title="Weaver"),
    )
    done, refused = said(do(client, "bulk_publish", [good, bad, other]))
    assert done == "Published (2):\n“Rope Maker”\n“Weaver”"
    assert refused.startswith("Not done (1):\n“Net Maker”: Write one sentence that says what the role is")
    assert set(RoleEdition.objects.live().values_list("title", flat=True)) == {"Rope Maker", "Weaver"}
    assert RoleEdition.objects.values("act").distinct().count() == 2


def test_whoever_is_unticked_is_left_alone(client: Client) -> None:
    sign_in(client, "Editor")
    first, second = make_draft(Page, title="First"), make_draft(Page, title="Second")
    do(client, "bulk_publish", [first, second], _selected_action=[first.pk])
    assert PageEdition.objects.get().title == "First"


def test_with_everything_unticked_nothing_happens(client: Client) -> None:
    sign_in(client, "Editor")
    notes = make_draft(Page)
    response = do(client, "bulk_publish", [notes], _selected_action=[])
    assert "No items have been changed" in said(response)[0]
    assert not PageEdition.objects.exists()


def test_what_somebody_saves_meanwhile_is_not_published_unseen(client: Client) -> None:
    sign_in(client, "Editor")
    notes = make_draft(Page, title="Notes")
    sent = filled_in(asked(client, "bulk_publish", [notes]))
    revise(notes, standfirst="Saved since.")
    (refused,) = said(client.post(changelist(Page), sent))
    assert refused == "Not done (1):\n“Notes”: “Notes” was saved since you were asked: look at it, then do this again."
    assert not PageEdition.objects.exists()


def test_a_document_without_a_revision_is_refused(client: Client) -> None:
    sign_in(client, "Editor")
    Page.objects.create(title="Notes", slug="notes")
    (refused,) = said(do(client, "bulk_publish", [Page.objects.get()]))
    assert "Nothing of “Notes” was saved here yet" in refused


def test_roles_that_readers_cannot_see_are_published_with_the_first_comparison_that_needs_them(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_draft(Role, title="Rope Maker")
    first = make_draft(Comparison, title="Ropes or nets?", role_a=role)
    second = make_draft(Comparison, title="Ropes or cloth?", role_a=role)
    (done,) = said(do(client, "bulk_publish", [first, second]))
    assert sorted(done.split("\n")[1:]) == ["“Ropes or cloth?”, with “Rope Maker”", "“Ropes or nets?”"] or sorted(
        done.split("\n")[1:]
    ) == ["“Ropes or cloth?”", "“Ropes or nets?”, with “Rope Maker”"]
    assert RoleEdition.objects.filter(document=role).count() == 1
    assert ComparisonEdition.objects.live().count() == 2


def test_a_role_that_cannot_be_published_stops_only_the_comparisons_that_need_it(client: Client) -> None:
    sign_in(client, "Editor")
    bad = make_draft(Role, title="Net Maker", definition="")
    stopped = make_draft(Comparison, title="Ropes or nets?", role_a=bad)
    free = make_draft(Comparison, title="Ropes or cloth?")
    html = asked(client, "bulk_publish", [stopped, free])
    assert "Net Maker: Write one sentence that says what the role is" in " ".join(html.get_text(" ").split()).replace(
        " :", ":"
    )
    done, refused = said(do(client, "bulk_publish", [stopped, free]))
    assert done == "Published (1):\n“Ropes or cloth?”"
    assert "“Ropes or nets?”: Net Maker: Write one sentence" in refused


def test_without_the_roles_their_comparisons_are_refused(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_draft(Comparison, role_a=make_draft(Role, title="Rope Maker"))
    (refused,) = said(do(client, "bulk_publish", [comparison], together=[]))
    assert "needs “Rope Maker”, which would not be live" in refused
    assert not ComparisonEdition.objects.exists()


def test_several_are_scheduled_for_one_moment_with_the_role_that_they_share(client: Client) -> None:
    sign_in(client, "Editor")
    role = make_draft(Role, title="Rope Maker")
    both = [make_draft(Comparison, role_a=role), make_draft(Comparison, role_a=role)]
    (done,) = said(do(client, "bulk_schedule", both, **SOON))
    assert done.startswith("Scheduled (2):\n")
    assert done.count(", 12:00 (UTC) on") == 2
    assert ComparisonEdition.objects.coming().count() == 2
    assert RoleEdition.objects.coming().filter(document=role).count() == 1
    assert not ComparisonEdition.objects.live().exists()


def test_a_moment_that_has_passed_is_asked_for_again(client: Client) -> None:
    sign_in(client, "Editor")
    notes = make_draft(Page)
    response = do(client, "bulk_schedule", [notes], at_0="2020-01-01", at_1="00:00:00")
    assert response.context["form"].errors["at"] == ["That moment has passed: enter one in the future."]
    assert not PageEdition.objects.exists()


def test_live_pages_are_taken_down_for_one_reason_and_drafts_are_refused(client: Client) -> None:
    sign_in(client, "Editor")
    live, draft = make_live(Page, title="Old notes"), make_draft(Page, title="New notes")
    response = do(client, "bulk_take_down", [live, draft], instead="notice")
    assert response.context["form"].errors["reason"] == ["Write the reason: the notice shows it to readers."]
    done, refused = said(do(client, "bulk_take_down", [live, draft], instead="notice", reason="Superseded."))
    assert done == "Taken down (1):\n“Old notes”"
    assert refused == "Not done (1):\n“New notes”: “New notes” is not live then, so there is nothing to take down."
    assert "Superseded." in page(Client(), "/old-notes/")


def test_pages_are_taken_down_at_a_moment_to_come_in_favour_of_another(client: Client) -> None:
    sign_in(client, "Editor")
    pages = [make_live(Page, title="One"), make_live(Page, title="Two")]
    make_live(Page, title="Both")
    answers = {"when": "at", **SOON, "instead": "redirect", "redirect_to": "/both/"}
    (done,) = said(do(client, "bulk_take_down", pages, **answers))
    assert done.count(", 12:00 (UTC) on") == 2
    assert PageEdition.objects.coming().filter(kind=Edition.Kind.GONE).count() == 2
    assert Redirect.objects.count() == 2


def test_roles_go_down_with_the_comparisons_that_need_them_only_where_these_are_ticked(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_live(Comparison, title="Ropes or nets?")
    roles = [comparison.role_a, comparison.role_b, make_live(Role, title="Weaver")]
    done, refused = said(do(client, "bulk_take_down", roles, instead="gone"))
    assert done == "Taken down (1):\n“Weaver”"
    assert refused.count("needs “") == 2
    (done,) = said(do(client, "bulk_take_down", roles[:2], instead="gone", together=[comparison.pk]))
    assert done.count("with “Ropes or nets?”") == 1
    assert not ComparisonEdition.objects.live().exists()
    assert not RoleEdition.objects.live().exists()


def test_a_writer_submits_several_with_one_note(client: Client) -> None:
    sign_in(client, "Writer")
    good, live = make_draft(Role, title="Net Maker"), make_live(Role, title="Weaver")
    done, refused = said(do(client, "bulk_submit", [good, live], note="Both are about nets."))
    assert done == "Submitted for review (1):\n“Net Maker”"
    assert refused == "Not done (1):\n“Weaver”: Readers see just this already: there is nothing to review."
    assert Submission.objects.get().note == "Both are about nets."


def test_tags_are_added_and_removed_and_each_change_is_a_revision_by_the_person(client: Client) -> None:
    writer = sign_in(client, "Writer")
    role, other = make_draft(Role, title="Rope Maker", tags=["Ropes"]), make_draft(Role, title="Weaver")
    done, refused = said(do(client, "bulk_add_tags", [role, other], tags="ropes"))
    assert done == "Tagged (1):\n“Weaver”"
    assert refused == "Not done (1):\n“Rope Maker”: It has them already."
    revision = other.revisions.first()
    assert (revision.author, revision.content["tags"]) == (writer, ["Ropes"])
    assert role.revisions.count() == 1
    done, refused = said(do(client, "bulk_remove_tags", [role, make_draft(Role, title="Diver")], tags="ROPES, cloth"))
    assert done == "Tags removed (1):\n“Rope Maker”"
    assert refused == "Not done (1):\n“Diver”: It has none of them."
    assert not role.tags.exists()


def test_comparisons_move_to_another_category_and_readers_see_no_change(client: Client) -> None:
    writer = sign_in(client, "Writer")
    shelf = make_category("Job Search")
    moved, stays = make_live(Comparison, title="Ropes or nets?"), make_draft(Comparison, title="Cloth?", category=shelf)
    done, refused = said(do(client, "bulk_move", [moved, stays], category=shelf.pk))
    assert done == "Moved (1):\n“Ropes or nets?” to “Job Search”"
    assert refused == "Not done (1):\n“Cloth?”: It stands in “Job Search” already."
    assert Comparison.objects.get(pk=moved.pk).category == shelf
    assert (moved.revisions.first().author, moved.revisions.first().content["category"]) == (writer, shelf.pk)
    assert ComparisonEdition.objects.live().get().category != shelf


def test_a_copy_that_somebody_saved_meanwhile_is_not_changed(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role, title="Rope Maker")
    sent = filled_in(asked(client, "bulk_add_tags", [role])) | {"tags": "nets"}
    revise(role, definition="Saved since.")
    (refused,) = said(client.post(changelist(Role), sent))
    assert "was saved since you were asked" in refused
    assert not role.tags.exists()


def test_at_most_two_hundred_are_done_at_a_time(client: Client) -> None:
    sign_in(client, "Editor")
    pages = [Page(title=f"Notes {n}", slug=f"notes-{n}") for n in range(201)]
    for each in pages:
        each.save()
    assert said(choose(client, "bulk_publish", pages)) == [
        "Nothing was done: at most 200 documents at a time. Choose fewer."
    ]
    assert asked(client, "bulk_publish", pages[:200]).select("tbody tr")[199:]


def test_the_page_that_asks_about_thirty_costs_what_it_costs_for_a_few(client: Client) -> None:
    sign_in(client, "Editor")
    few = [make_draft(Comparison, role_a=make_draft(Role)) for _ in range(2)]
    many = [*few, *(make_draft(Comparison, role_a=make_draft(Role)) for _ in range(28))]

    def queries(name: str, documents: Sequence[Document]) -> int:
        with CaptureQueriesContext(connection) as captured:
            asked(client, name, documents)
        return len(captured)

    for name in ("bulk_publish", "bulk_take_down", "bulk_move"):
        assert queries(name, many) == queries(name, few), name
