"""Comments on a document and on its sections, whether a verb or a page takes them."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import Comparison
from careers.models import Role
from publishing.errors import Refused
from publishing.reviews import comment, reopen, resolve
from tests.articles.builders import act, form_in
from tests.builders import make_draft, make_user
from tests.publishing.reviewers import Person

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@pytest.fixture
def writer(db: None) -> Person:
    return Person("Writer")


@pytest.fixture
def editor(db: None) -> Person:
    return Person("Editor")


def test_a_comment_on_a_section_keeps_what_the_section_was_called(writer: Person) -> None:
    comparison = make_draft(Comparison)
    section = comparison.sections.get()
    remark = comment(comparison, by=writer.user, text=" Too short. ", rows="sections", row_id=section.pk)
    section.delete()
    remark.refresh_from_db()
    assert (remark.text, remark.about) == ("Too short.", "Job duties")


@pytest.mark.parametrize(("rows", "row_id"), [("sections", 0), ("sections", None), ("editions", 1), ("nonsense", 1)])
def test_what_is_no_row_of_the_document_gets_no_comment(writer: Person, rows: str, row_id: int | None) -> None:
    with pytest.raises(Refused, match="not there any more"):
        comment(make_draft(Comparison), by=writer.user, text="Hm.", rows=rows, row_id=row_id)


def test_a_section_of_another_document_gets_no_comment_here(writer: Person) -> None:
    other = make_draft(Comparison).sections.get()
    with pytest.raises(Refused):
        comment(make_draft(Comparison), by=writer.user, text="Hm.", rows="sections", row_id=other.pk)


def test_an_empty_comment_is_refused(writer: Person) -> None:
    with pytest.raises(Refused, match="empty"):
        comment(make_draft(Role), by=writer.user, text=" \n")


def test_a_comment_is_resolved_and_reopened(writer: Person, editor: Person) -> None:
    remark = comment(make_draft(Role), by=writer.user, text="Hm.")
    resolve(remark, by=editor.user)
    remark.refresh_from_db()
    assert (remark.resolved_by, bool(remark.resolved_at)) == (editor.user, True)
    reopen(remark, by=writer.user)
    remark.refresh_from_db()
    assert (remark.resolved_by, remark.resolved_at) == (None, None)


def test_who_resolved_a_comment_first_stays_on_record(writer: Person, editor: Person) -> None:
    remark = comment(make_draft(Role), by=writer.user, text="Hm.")
    resolve(remark, by=editor.user)
    resolve(remark, by=writer.user)
    remark.refresh_from_db()
    assert remark.resolved_by == editor.user


def test_nobody_comments_who_does_not_work_on_such_documents(writer: Person) -> None:
    stranger = make_user("writer")
    role = make_draft(Role)
    remark = comment(role, by=writer.user, text="Hm.")
    with pytest.raises(PermissionDenied):
        comment(role, by=stranger, text="Hm.")
    for verb in (resolve, reopen):
        with pytest.raises(PermissionDenied):
            verb(remark, by=stranger)


# ---- at the desk -----------------------------------------------------------------------------------------------------


def test_an_editor_comments_on_a_section_and_the_writer_finds_it_there(writer: Person, editor: Person) -> None:
    comparison = make_draft(Comparison)
    section = comparison.sections.get()
    link = f"{act(comparison, 'comments')}?rows=sections&row_id={section.pk}"
    page = BeautifulSoup(editor.sees(act(comparison, "change")), "html.parser")
    assert link in [each.get("href") for each in page.select(".row-comments a")]
    assert "Comment on “Job duties”" in editor.text(link)
    answer = editor.sends(link, text="Too <b>short</b>.")
    assert answer.url == f"{act(comparison, 'comments')}#comments"
    form = BeautifulSoup(writer.sees(act(comparison, "change")), "html.parser")
    [below] = form.select(f"#comments-sections-{section.pk}")
    assert "Too <b>short</b>." in below.get_text()
    assert "on “Job duties”" in form.select_one("#comments").get_text()  # type: ignore[union-attr]


def test_a_comment_stays_readable_when_its_section_is_renamed_and_when_it_is_removed(editor: Person) -> None:
    comparison = make_draft(Comparison)
    section = comparison.sections.get()
    comment(comparison, by=editor.user, text="Too short.", rows="sections", row_id=section.pk)
    section.heading = "Daily work"
    section.save()
    assert "on “Job duties” (now “Daily work”)" in editor.text(act(comparison, "comments"))
    section.delete()
    assert "on “Job duties” (removed since)" in editor.text(act(comparison, "comments"))


def test_a_section_that_is_removed_while_somebody_comments_is_said_and_the_text_is_kept(editor: Person) -> None:
    comparison = make_draft(Comparison)
    section = comparison.sections.get()
    link = f"{act(comparison, 'comments')}?rows=sections&row_id={section.pk}"
    shown = form_in(editor.sees(link), "form.act")
    section.delete()
    answer = editor.browser.post(link, shown | {"text": "Too short."})
    assert "not there any more" in answer.content.decode()
    assert "Too short." in answer.content.decode()


def test_a_comment_from_the_panel_leads_back_to_the_form(writer: Person) -> None:
    role = make_draft(Role)
    form = form_in(writer.sees(act(role, "change")), f".panel form[action='{act(role, 'comments')}']")
    answer: Any = writer.browser.post(act(role, "comments"), form | {"text": "Hm."})
    assert answer.url == f"{act(role, 'change')}#comments"
    assert "Hm." in writer.text(act(role, "change"))


def test_comments_are_resolved_and_reopened_with_who_and_when(writer: Person, editor: Person) -> None:
    role = make_draft(Role)
    remark = comment(role, by=editor.user, text="Hm.")
    writer.browser.post(act(role, "resolve"), {"resolve": remark.pk})
    assert f"Resolved by {writer.user}, {timezone.now():%-d %B %Y}" in editor.text(act(role, "change"))
    editor.browser.post(act(role, "resolve"), {"reopen": remark.pk})
    assert "Resolved by" not in editor.text(act(role, "change"))


def test_a_comment_on_another_document_is_not_resolved_here(editor: Person) -> None:
    remark = comment(make_draft(Role), by=editor.user, text="Hm.")
    for number in (remark.pk, "nonsense"):
        editor.browser.post(act(make_draft(Role), "resolve"), {"resolve": number})
    remark.refresh_from_db()
    assert remark.resolved_at is None


def test_an_address_that_names_no_row_comments_on_the_whole(editor: Person) -> None:
    comparison = make_draft(Comparison)
    for query in ("rows=sections&row_id=0", "rows=editions&row_id=1", "rows=sections&row_id=x", "row_id=9"):
        assert "Comment on the whole" in editor.text(f"{act(comparison, 'comments')}?{query}")
