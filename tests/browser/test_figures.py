"""A writer quotes a figure without a mouse, and readers get its amount."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.desk import press, preview, rich_text, toolbar
from tests.browser.serving import Site

TITLE = "Practice Manager vs. Office Manager"


def test_a_figure_is_quoted_by_keyboard_and_its_amount_is_shown(site: Site, writer_page: Page) -> None:
    desk = writer_page
    desk.goto("/admin/articles/comparison/?q=office+manager")
    desk.get_by_role("link", name=TITLE).first.click()
    intro = rich_text(desk, "id_intro")
    intro.press("Control+End")
    desk.keyboard.type(" The first earn ")
    button = toolbar(desk, "id_intro").get_by_role("button", name="Insert a figure")
    button.press("Enter")
    dialog = desk.get_by_role("dialog", name="Insert a figure")
    offered = dialog.get_by_role("button", name="median pay of practice managers: $")
    expect(offered).to_contain_text("Median pay, United States, May 2025")
    desk.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(intro).to_be_focused()

    button.press("Enter")
    offered.press("Enter")
    desk.keyboard.type(" at the median.")
    expect(intro).to_contain_text("The first earn $")
    press(desk, "Save draft")
    quoted = rich_text(desk, "id_intro").locator(".quoted-figure")
    expect(quoted).to_have_text("$123,860 a year")
    stored = desk.locator("#id_intro").input_value()
    assert 'earn <a href="figure:a/median_pay">median pay of practice managers</a> at the median.' in stored

    shown = preview(desk).locator(".intro")
    expect(shown).to_contain_text("The first earn $123,860 a year at the median.")
    link = shown.get_by_role("link", name="$123,860 a year")
    expect(link).to_have_attribute("title", re.compile("United States, May 2025.*who include practice managers"))
