"""What the desk's forms do with script."""

from __future__ import annotations

import re

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


def test_search_results_are_counted_and_shown_while_they_are_typed(editor_page: Page) -> None:
    desk = editor_page
    desk.goto("/admin/careers/role/1/change/")
    panel = desk.locator("fieldset.listing")
    panel.locator("summary").click()
    result, shared = panel.locator(".listing__card").all()
    title, description = (panel.get_by_label(f"{each} in search results:") for each in ("Title", "Description"))
    expect(panel.get_by_text("characters; about")).to_have_count(0)

    title.press_sequentially("Lamp")
    expect(panel.get_by_text("4 characters; about 60 are shown.")).to_be_visible()
    expect(result).to_contain_text("Lamp · Side by Side")
    title.fill("A lamp " * 9)
    expect(panel.get_by_text("62 characters; about 60 are shown.")).to_have_class(re.compile("listing__count--over"))
    expect(result.locator("p").first).to_have_text(re.compile("^.{1,59}…$"))
    expect(shared.locator("p").first).to_have_text("A lamp " * 8 + "A lamp")

    desk.get_by_label("Definition:").fill("Lights the way.")
    expect(result).to_contain_text("Lights the way.")
    description.fill("Said for searches.")
    expect(panel.get_by_text("18 characters; about 155 are shown.")).to_be_visible()
    expect(result).to_contain_text("Said for searches.")
    panel.get_by_label("Search engines may list it").uncheck()
    expect(result).to_contain_text("Search engines are asked not to list it.")


def test_a_comparison_that_is_published_is_shown_with_its_title_and_its_picture(editor_page: Page) -> None:
    desk = editor_page
    desk.goto("/admin/articles/comparison/?q=practice+office")
    desk.get_by_role("link", name=re.compile("Practice Manager vs. Office Manager")).click()
    panel = desk.locator("fieldset.listing")
    panel.locator("summary").click()
    result, shared = panel.locator(".listing__card").all()
    expect(result).to_contain_text("Practice Manager vs. Office Manager: What Are the Differenc…")
    shared.scroll_into_view_if_needed()
    expect(shared.get_by_role("img")).to_have_js_property("naturalWidth", 1200)
