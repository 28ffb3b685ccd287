"""A writer starts a comparison from two roles without a mouse."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def test_two_roles_become_a_draft_by_keyboard(writer_page: Page) -> None:
    desk = writer_page
    desk.get_by_role("link", name="Start a comparison from two roles").press("Enter")
    for label, title in (("Role A", "Executive Assistant"), ("Role B", "Scrum Master")):
        desk.get_by_role("combobox", name=label).press("Enter")
        desk.keyboard.type(title)
        expect(desk.get_by_role("option")).to_have_text([title])
        desk.keyboard.press("Enter")
    desk.get_by_role("button", name="See what would be made").press("Enter")
    expect(desk.get_by_label("Title:")).to_have_value("Executive Assistant vs. Scrum Master: What Are the Differences?")
    desk.get_by_label("Salary").press("Space")
    desk.get_by_role("button", name="Make the draft").press("Enter")
    expect(desk.get_by_text("was made. Readers see nothing of it yet.")).to_be_visible()
    headings = [desk.locator(f"#id_sections-{number}-heading").input_value() for number in range(4)]
    assert headings == ["Job duties", "Job requirements", "Work environment", "Skills"]
    expect(desk.locator("#id_sections-4-heading")).to_have_count(0)
