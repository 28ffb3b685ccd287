"""Pictures at the desk, by keyboard and in the window that adds one."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.desk import press
from tests.images.builders import encoded, gradient


def file(width: int) -> Any:
    return {"name": "lamp.png", "mimeType": "image/png", "buffer": encoded(gradient(width, 300))}


def describe(page: Page, title: str) -> None:
    """Fill the form of a new picture, 300 pixels high and as wide as its title is long, times a hundred."""
    page.get_by_label("File:").set_input_files(file(100 * len(title)))
    page.get_by_label("Title:").fill(title)
    page.get_by_label("Alt text:").fill(f"What {title} shows")


def test_the_focal_point_follows_keys_clicks_and_numbers(editor_page: Page) -> None:
    desk = editor_page
    desk.goto("/admin/images/image/add/")
    describe(desk, "Lantern")
    mark = desk.get_by_role("slider", name="Focal point")
    expect(mark).to_have_attribute("aria-valuetext", "50% from the left, 50% from the top")
    mark.press("ArrowRight")
    mark.press("Shift+ArrowUp")
    expect(mark).to_have_attribute("aria-valuetext", "51% from the left, 40% from the top")
    desk.locator(".focal__picture img").click(position={"x": 0, "y": 0})
    expect(desk.get_by_label("Focus, across:")).to_have_value("0")
    desk.get_by_label("Focus, across:").fill("0.9")
    expect(mark).to_have_attribute("aria-valuetext", "90% from the left, 0% from the top")
    press(desk, "Save and continue editing")
    expect(desk.get_by_label("Focus, across:")).to_have_value("0.9")
    expect(mark).to_have_attribute("aria-valuetext", "90% from the left, 0% from the top")


def test_a_picture_is_added_from_a_form_chosen_by_keyboard_and_removed(editor_page: Page) -> None:
    desk = editor_page
    desk.goto("/admin/images/image/add/")
    describe(desk, "Lighthouse")
    press(desk, "Save")
    desk.goto("/admin/careers/role/1/change/")
    shown = desk.locator(".field-image .picked__shown")
    with desk.expect_popup() as opened:
        desk.locator("#add_id_image").click()
    describe(opened.value, "Workbench")
    opened.value.get_by_role("button", name="Save", exact=True).click()
    expect(shown).to_contain_text("What Workbench shows")

    choose = desk.get_by_role("button", name="Choose a picture… (Image)")
    choose.press("Enter")
    dialog = desk.get_by_role("dialog", name="Choose a picture")
    dialog.get_by_label("Search titles and alt texts").press_sequentially("lighthouse shows")
    expect(dialog.get_by_role("radio")).to_have_count(1)
    desk.keyboard.press("Enter")
    desk.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(shown).to_contain_text("What Lighthouse shows")
    expect(choose).to_be_focused()
    press(desk, "Save draft")
    expect(shown).to_contain_text("What Lighthouse shows")

    desk.get_by_role("button", name="Remove the picture").click()
    expect(shown).to_be_empty()
    press(desk, "Save draft")
    expect(desk.get_by_role("button", name="Remove the picture")).to_be_hidden()
    expect(shown).not_to_contain_text("Lighthouse")
