"""What a writer and an editor do with each other's work, from the pages that the desk gives them."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from articles.models import Comparison, Page
from careers.models import Role
from publishing.models import Comment, Submission
from publishing.reviews import approve, ask_for_changes, comment, resolve, submit
from tests.articles.builders import act, form_in
from tests.builders import make_draft, make_live, make_user, revise
from tests.publishing.reviewers import Person, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

Outcome = Submission.Outcome
QUEUE, MINE = "/admin/queue/", "/admin/my-submissions/"


@pytest.fixture
def writer(db: None) -> Person:
    return Person("Writer")


@pytest.fixture
def editor(db: None) -> Person:
    return Person("Editor")


# ---- the whole way --------------------------------------------------------------------------------------------------


def test_from_the_draft_to_changes_asked_for_to_approval(writer: Person, editor: Person) -> None:
    comparison = make_draft(Comparison)
    assert act(comparison, "submit") in writer.sees(act(comparison, "change"))
    writer.sends(act(comparison, "submit"), note="Is the range right?")
    assert writer.told() == ["Submitted for review: the editors find it in their queue."]

    queue = editor.text(QUEUE)
    for word in (str(comparison), "Comparison", writer.user.username, "0 minutes", "Is the range right?"):
        assert word in queue
    answer = editor.sends(act(comparison, "decide"), reply="Say where it is from.", changes="1")
    assert answer.url == QUEUE
    assert str(comparison) not in editor.text(QUEUE).replace(f"Changes asked for: “{comparison}”", "")

    for page in (act(comparison, "change"), MINE):
        said = writer.text(page)
        assert "Changes asked for" in said
        assert "Say where it is from." in said
        assert editor.user.username in said

    revise(comparison, intro="<p>Better.</p>", by=writer.user)
    writer.sends(act(comparison, "submit"))
    editor.sends(act(comparison, "decide"), approve="1")
    assert "Approved, and not published yet" in editor.text(QUEUE)
    assert "Approved" in writer.text(MINE)

    editor.sends(act(comparison, "publish"))
    assert "Nothing waits" in editor.text(QUEUE)
    assert "Published" in writer.text(MINE)
    assert [each.outcome for each in Submission.objects.order_by("pk")] == [Outcome.CHANGES, Outcome.PUBLISHED]


def test_save_and_submit_leads_to_the_page_that_asks(writer: Person) -> None:
    page = make_draft(Role)
    sent = form_in(writer.sees(act(page, "change")), "form#role_form") | {"_submit": "1", "definition": "Better."}
    answer: Any = writer.browser.post(act(page, "change"), sent)
    assert answer.url == act(page, "submit")
    assert Role.objects.get().definition == "Better."


# ---- submit ---------------------------------------------------------------------------------------------------------


def test_what_is_submitted_is_what_the_page_showed_whoever_saves_meanwhile(writer: Person) -> None:
    role = make_draft(Role)
    shown = form_in(writer.sees(act(role, "submit")), "form.act")
    revise(role, definition="Meanwhile.")
    writer.browser.post(act(role, "submit"), shown)
    assert str(Submission.objects.get().revision_id) == shown["revision"]


def test_errors_stop_a_submission_and_are_said(writer: Person) -> None:
    role = make_draft(Role, figures=[{"measure": "median_pay", "amount": "1", "unit": "year"}])
    page = writer.sees(act(role, "submit"))
    assert "Errors must be mended before this can be submitted." in page
    assert BeautifulSoup(page, "html.parser").select_one("form.act button[disabled]")
    answer = writer.sends(act(role, "submit"), note="Please.")
    assert answer.status_code == 200
    assert "source" in str(answer.context["form"].non_field_errors())
    assert "Please." in answer.content.decode()
    assert not Submission.objects.exists()


def test_the_page_says_what_a_new_submission_replaces(writer: Person, editor: Person) -> None:
    role = make_draft(Role)
    waiting(role, writer)
    assert f"takes the place of what {writer.user} submitted" in editor.text(act(role, "submit"))


def test_the_panel_and_the_queue_say_that_the_draft_has_changed_since(writer: Person, editor: Person) -> None:
    role = make_draft(Role)
    waiting(role, writer)
    for person, page in ((editor, QUEUE), (editor, act(role, "decide")), (writer, act(role, "change")), (writer, MINE)):
        assert "The draft has changed since" not in person.text(page)
    revise(role, definition="Better.")
    for person, page in ((editor, QUEUE), (editor, act(role, "decide")), (writer, act(role, "change")), (writer, MINE)):
        assert "The draft has changed since" in person.text(page)


def test_a_writer_takes_back_from_the_panel(writer: Person) -> None:
    role = make_draft(Role)
    waiting(role, writer)
    form = form_in(writer.sees(act(role, "change")), f"form[action='{act(role, 'take_back')}']")
    writer.browser.post(act(role, "take_back"), form)
    assert writer.told() == ["Taken back: it no longer waits for review."]
    assert Submission.objects.get().outcome == Outcome.TAKEN_BACK


def test_what_was_approved_meanwhile_is_not_taken_back_and_the_writer_hears_who_did(
    writer: Person, editor: Person
) -> None:
    role = make_draft(Role)
    submission = waiting(role, writer)
    form = form_in(writer.sees(MINE), f"form[action='{act(role, 'take_back')}']")
    approve(submission, by=editor.user)
    writer.browser.post(act(role, "take_back"), form)
    [sentence] = writer.told()
    assert sentence.startswith(f"{editor.user} approved this on")


# ---- decide ---------------------------------------------------------------------------------------------------------


def test_the_page_of_a_decision_shows_what_it_takes_to_decide(writer: Person, editor: Person) -> None:
    role = make_live(Role)
    revise(role, definition="Better.")
    submission = waiting(role, writer, note="Only the definition.")
    page = editor.sees(act(role, "decide"))
    assert "Only the definition." in page
    assert f"{act(role, 'preview')}?revision={submission.revision_id}" in page
    assert f"{act(role, 'publish')}?revision={submission.revision_id}" in page
    assert role.working_path() in page
    compare = f"{act(role, 'compare')}?before={role.editions.get().revision_id}&amp;after={submission.revision_id}"
    assert compare in page
    assert "Better." in editor.text(compare.replace("&amp;", "&"))


def test_the_second_editor_is_told_who_decided(writer: Person, editor: Person) -> None:
    second, role = Person("Editor"), make_draft(Role)
    waiting(role, writer)
    shown = form_in(second.sees(act(role, "decide")), "form.act")
    editor.sends(act(role, "decide"), approve="1")
    answer = second.browser.post(act(role, "decide"), shown | {"reply": "Not yet.", "changes": "1"})
    assert f"{editor.user} approved this on" in answer.content.decode()
    assert Submission.objects.get().outcome == Outcome.APPROVED


def test_what_was_submitted_again_meanwhile_is_not_approved_unread(writer: Person, editor: Person) -> None:
    role = make_draft(Role)
    waiting(role, writer)
    shown = form_in(editor.sees(act(role, "decide")), "form.act")
    revise(role, definition="Not what the editor read.")
    waiting(role, writer)
    answer = editor.browser.post(act(role, "decide"), shown | {"reply": "Fine.", "approve": "1"})
    assert "submitted the draft again" in answer.content.decode()
    assert "Fine." in answer.content.decode()
    assert Submission.objects.of(role).waiting().exists()


def test_asking_for_changes_without_a_reason_is_refused(writer: Person, editor: Person) -> None:
    role = make_draft(Role)
    waiting(role, writer)
    answer = editor.sends(act(role, "decide"), changes="1")
    assert "Write what should change" in answer.content.decode()
    assert Submission.objects.get().outcome == Outcome.WAITING


def test_a_document_of_which_nothing_waits_says_so(editor: Person) -> None:
    assert "waits for review" in editor.text(act(make_draft(Role), "decide"))


# ---- who may --------------------------------------------------------------------------------------------------------


def test_a_writer_finds_no_decision_and_makes_none(writer: Person) -> None:
    role = make_draft(Role)
    submission = waiting(role, writer)
    assert act(role, "decide") not in writer.sees(act(role, "change"))
    assert QUEUE not in writer.sees("/admin/")
    assert writer.browser.get(QUEUE).status_code == 403
    for choice in ("approve", "changes"):
        sent = {"submission": submission.pk, "reply": "Fine.", choice: "1"}
        assert writer.browser.post(act(role, "decide"), sent).status_code == 403
    assert Submission.objects.get().outcome == Outcome.WAITING


def test_a_writer_takes_back_nothing_of_others(writer: Person) -> None:
    role = make_draft(Role)
    submission = waiting(role, writer)
    for other in (Person("Writer"), Person("Editor")):
        assert act(role, "take_back") not in other.sees(act(role, "change"))
        answer = other.browser.post(act(role, "take_back"), {"submission": submission.pk})
        assert answer.status_code == 403
    assert Submission.objects.get().outcome == Outcome.WAITING


def test_who_may_only_look_submits_and_comments_nothing(client: Client) -> None:
    role = make_draft(Role)
    reader = make_user("writer")
    reader.user_permissions.add(Permission.objects.get(codename="view_role"))
    client.force_login(reader)
    remark = comment(role, by=make_user("editor"), text="Hm.")
    assert client.post(act(role, "submit"), {"revision": role.revisions.get().pk}).status_code == 403
    assert client.post(act(role, "comments"), {"text": "Hm."}).status_code == 403
    assert client.post(act(role, "resolve"), {"resolve": remark.pk}).status_code == 403
    page = client.get(act(role, "comments")).content.decode()
    assert "Hm." in page
    assert 'name="text"' not in page
    assert (Submission.objects.count(), Comment.objects.count()) == (0, 1)


@pytest.mark.parametrize("name", ["submit", "decide", "take_back", "comments", "resolve"])
def test_strangers_are_asked_to_sign_in(client: Client, name: str) -> None:
    role = make_draft(Role)
    for response in (client.get(act(role, name)), client.post(act(role, name), {"text": "Hm.", "approve": "1"})):
        assert (response.status_code, response.url.split("?")[0]) == (302, "/admin/login/")  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["take_back", "resolve"])
def test_looking_at_the_address_of_a_button_does_nothing(editor: Person, name: str) -> None:
    assert editor.browser.get(act(make_draft(Role), name)).status_code == 405


def test_a_submission_of_another_document_is_not_decided_on_here(writer: Person, editor: Person) -> None:
    role, other = make_draft(Role), make_draft(Role)
    submission = waiting(other, writer)
    for number in (submission.pk, "nonsense", ""):
        editor.browser.post(act(role, "decide"), {"submission": number, "approve": "1"})
        writer.browser.post(act(role, "take_back"), {"submission": number})
    assert Submission.objects.get().outcome == Outcome.WAITING


# ---- the lists ------------------------------------------------------------------------------------------------------


def test_the_oldest_stands_first_in_the_queue(writer: Person, editor: Person) -> None:
    for title in ("Ash", "Birch", "Cedar"):
        waiting(make_draft(Role, title=title), writer)
    queue = editor.text(QUEUE)
    assert queue.index("Ash") < queue.index("Birch") < queue.index("Cedar")


def test_what_was_put_away_stands_in_no_queue_and_breaks_no_list(writer: Person, editor: Person) -> None:
    role = make_draft(Role, title="Ash")
    waiting(role, writer)
    Role.objects.filter(pk=role.pk).update(put_away_at=timezone.now())
    assert "Ash" not in editor.text(QUEUE)
    assert "Deleted." in writer.text(MINE)
    assert "Ash" in editor.text(act(role, "decide"))


def test_what_was_deleted_breaks_no_list(writer: Person, editor: Person) -> None:
    page, role = make_draft(Page, title="Ash"), make_draft(Role, title="Birch")
    revision = page.revisions.first()
    submit(revision, by=editor.user)
    waiting(role, writer)
    Submission.objects.filter(revision=revision).delete()
    page.revisions.all().delete()
    page.delete()
    assert "Birch" in editor.text(QUEUE)
    assert "Ash" not in editor.text(MINE)


def test_the_queue_costs_as_many_queries_for_many_as_for_few(
    writer: Person, editor: Person, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        waiting(make_draft(Comparison), writer)
        waiting(make_draft(Role), writer)
    with django_assert_max_num_queries(14):
        editor.sees(QUEUE)


def test_a_writer_sees_only_their_own_submissions(writer: Person) -> None:
    other = Person("Writer")
    waiting(make_draft(Role, title="Ash"), other)
    assert "You have submitted nothing yet" in writer.text(MINE)
    assert "Ash" in other.text(MINE)


def test_readers_are_told_nothing_of_reviews(client: Client, writer: Person, editor: Person) -> None:
    role = make_live(Role)
    resolve(comment(role, by=editor.user, text="veiled-comment"), by=editor.user)
    comment(role, by=editor.user, text="veiled-comment")
    revise(role, definition="Better.")
    ask_for_changes(waiting(role, writer, note="veiled-note"), by=editor.user, reply="veiled-reply")
    assert "veiled" not in client.get(role.working_path()).content.decode()
