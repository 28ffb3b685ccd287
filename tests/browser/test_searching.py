"""A reader searches: with the keyboard alone, and without scripts."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.serving import PHONE


def test_a_page_is_found_while_typing_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/about/")
    field = page.get_by_role("search").get_by_role("combobox", name="Search this site")
    field.press_sequentially("practise man")
    options = page.get_by_role("listbox", name="Search this site").get_by_role("option")
    expect(options.first).to_contain_text("Practice Manager")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("search").get_by_role("status")).to_have_text(f"{options.count()} pages")
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    field.press("Escape")
    expect(options).to_have_count(0)
    field.press_sequentially("ager")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/roles/practice-manager/")


def test_enter_alone_leads_to_the_results(page: Page) -> None:
    page.goto("/")
    field = page.get_by_role("combobox", name="Search this site")
    field.fill("practice manager or office manager")
    field.press("Enter")
    page.wait_for_url("**/search/?q=practice+manager+or+office+manager")
    lead = page.get_by_role("main").get_by_role("heading", level=2).first
    expect(lead).to_contain_text("Practice Manager vs. Office Manager")


def test_without_scripts_the_form_leads_to_the_results_and_these_can_be_narrowed(open_page: Opener) -> None:
    page = open_page(java_script_enabled=False, **PHONE)
    page.goto("/roles/")
    page.get_by_role("searchbox", name="Search this site").fill("hr manager")
    page.get_by_role("button", name="Search").click()
    page.get_by_text("Narrow down").click()
    page.get_by_label("Show").select_option("Role")
    page.get_by_role("button", name="Show these").click()
    page.get_by_role("link", name="Human Resources Manager", exact=True).click()
    page.wait_for_url("**/roles/human-resources-manager/")
