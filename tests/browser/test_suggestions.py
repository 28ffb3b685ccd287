"""A writer takes over what O*NET says of an occupation without a mouse."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.desk import press, rich_text
from tests.browser.serving import Site
from tests.careers.onet.builders import tables, write

MAKE = "from tests.careers.onet.builders import *; make_occupation('99-1011', 'Keepers')"


def test_suggestions_are_added_by_keyboard_and_saved_with_the_form(
    site: Site, writer_page: Page, tmp_path: Path
) -> None:
    site.manage("shell", "--no-imports", "--command", MAKE)
    site.manage("import_onet", str(write(tmp_path, tables())))
    desk = writer_page
    desk.goto("/admin/careers/role/add/")
    desk.get_by_label("Title:").fill("Lampkeeper")
    duties = rich_text(desk, "id_duties")
    panel = desk.get_by_role("region", name="Suggestions from the O*NET Database")
    expect(panel).to_contain_text("Choose an occupation")

    desk.get_by_role("combobox", name="Occupation").press("Enter")
    desk.keyboard.type("beacon keeper")
    expect(desk.locator(".select2-results__option")).to_have_text(["Keepers (99-1011)"])
    desk.keyboard.press("Enter")
    desk.get_by_label("How well it fits:").select_option("exact")
    expect(panel).to_contain_text("Lamp Keepers (99-1011.00)")

    panel.locator("summary", has_text="Duties").press("Enter")
    for sentence in ("Trim the wick before dusk.", "Write down the weather."):
        panel.get_by_role("button", name=f"Add: {sentence}").press("Enter")
        expect(panel.get_by_role("status")).to_have_text(f"Added to “What they do”: {sentence}")
        expect(panel.get_by_role("button", name=f"Added: {sentence}")).to_be_focused()
    expect(duties.locator("li")).to_have_text(["Trim the wick before dusk.", "Write down the weather."])
    expect(duties.locator("> p")).to_have_count(1)
    expect(duties.locator("> p")).to_contain_text("This page includes information from the O*NET 29.3 Database")

    for group, item in (("Skills", "Watching"), ("Also called", "Beacon Keeper"), ("Education", "Bachelor's degree")):
        panel.locator("summary", has_text=group).press("Enter")
        panel.get_by_role("button", name=f"Add: {item}").press("Space")
    expect(desk.get_by_label("Skills:")).to_have_value("Watching")
    expect(desk.get_by_label("Also called:")).to_have_value("Beacon Keeper")
    expect(desk.get_by_label("Typical education:")).to_have_value("bachelor")
    panel.get_by_role("button", name="Added: Watching").press("Enter")
    expect(desk.get_by_label("Skills:")).to_have_value("Watching")

    desk.get_by_label("Skills:").fill("")
    panel.get_by_role("button", name=": Watching").focus()
    expect(panel.get_by_role("button", name="Add: Watching")).to_be_focused()
    press(desk, "Save draft")
    expect(rich_text(desk, "id_duties").locator("li")).to_have_count(2)
    expect(desk.get_by_label("Also called:")).to_have_value("Beacon Keeper")
    expect(desk.get_by_label("Skills:")).to_have_value("")
