"""What the desk's forms do with script."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.desk import press, rich_text


def test_taking_down_asks_only_for_what_the_choice_needs(editor_page: Page) -> None:
    desk = editor_page
    desk.goto("/admin/careers/role/1/withdraw/")
    reason, target = desk.get_by_role("textbox", name="Reason, for readers"), desk.get_by_label("Lead readers to")
    expect(reason).to_be_hidden()
    expect(target).to_be_hidden()
    desk.get_by_label("Another page").check()
    expect(target).to_be_visible()
    target.fill("nobody")
    desk.get_by_label("A notice").check()
    expect(reason).to_be_visible()
    expect(target).to_be_hidden()
    expect(target).to_be_disabled()


def test_what_was_typed_is_there_after_going_back(editor_page: Page) -> None:
    desk = editor_page
    desk.goto("/admin/careers/role/add/")
    desk.get_by_label("Title:").fill("Ledger Clerk")
    rich_text(desk, "id_summary").click()
    desk.keyboard.type("Files what is to be kept.")
    desk.context.clear_cookies(name="csrftoken")
    press(desk, "Save draft")
    expect(desk.get_by_role("heading", level=1)).to_have_text("This form is out of date")
    desk.go_back()
    expect(desk.get_by_label("Title:")).to_have_value("Ledger Clerk")
    expect(rich_text(desk, "id_summary")).to_have_text("Files what is to be kept.")
