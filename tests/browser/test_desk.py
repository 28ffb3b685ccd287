"""What the desk does in a browser while somebody writes: it keeps, warns, offers back, and shows the page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.desk import press, preview, rich_text, signed_in

ROLE = "/admin/careers/role/1/change/"
KEPT = "Kept at"


def test_what_was_typed_is_offered_back_when_the_browser_dies(editor_page: Page, open_page: Opener) -> None:
    desk = editor_page
    desk.goto("/admin/articles/comparison/")
    desk.locator("#result_list tbody a").first.click()
    form = desk.url
    rich_text(desk, "id_sections-0-body").click()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" Half a thought.")
    desk.get_by_label("Tags:").fill("Half a tag")
    expect(desk.get_by_text(KEPT)).to_be_visible()
    desk.close()

    again = signed_in(open_page(), "editor")
    again.goto(form)
    again.get_by_role("link", name="Take it up").click()
    expect(rich_text(again, "id_sections-0-body")).to_contain_text("Half a thought.")
    expect(again.get_by_label("Tags:")).to_have_value("Half a tag")
    press(again, "Save draft")
    expect(again.get_by_text("was changed successfully")).to_be_visible()
    expect(again.get_by_role("link", name="Take it up")).to_be_hidden()


def test_a_form_with_something_unsaved_warns_before_it_is_left(editor_page: Page) -> None:
    desk = editor_page
    desk.goto(ROLE)
    desk.get_by_label("Definition:").fill("Not saved.")
    desk.get_by_label("Definition:").press("End")
    with desk.expect_event("dialog") as asked:
        desk.evaluate("setTimeout(() => { location.href = '/admin/' })")
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    expect(desk.get_by_label("Definition:")).to_have_value("Not saved.")


def test_the_page_is_shown_beside_the_form_as_it_stands(editor_page: Page) -> None:
    desk = editor_page
    desk.goto(ROLE)
    desk.get_by_label("Definition:").fill("Seen in the preview alone.")
    expect(preview(desk).get_by_text("Seen in the preview alone.")).to_be_visible()
    press(desk, "Phone")
    assert desk.locator("iframe[name=preview-pane]").evaluate("frame => frame.clientWidth") == 390
    press(desk, "Close")
    expect(desk.locator("aside.preview")).to_be_hidden()
    desk.reload()
    expect(desk.get_by_label("Definition:")).not_to_have_value("Seen in the preview alone.")
