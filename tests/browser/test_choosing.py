"""A reader chooses two roles and a place."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener

PAIR = "/compare/human-resources-manager-vs-scrum-master/"


def test_two_roles_are_chosen_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    first, second = (page.get_by_role("combobox", name=f"{which} role") for which in ("First", "Second"))
    first.press_sequentially("hr man")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("status").first).to_have_text("1 role")
    first.press("ArrowDown")
    expect(page.get_by_role("option", name="Human Resources Manager")).to_have_attribute("aria-selected", "true")
    first.press("Enter")
    expect(first).to_have_value("Human Resources Manager")
    expect(first).to_have_attribute("aria-expanded", "false")
    first.press("Tab")
    second.press_sequentially("scrum")
    expect(page.get_by_role("option")).to_have_count(1)
    second.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    second.press_sequentially(" master")
    second.press("Enter")
    page.wait_for_url(f"**{PAIR}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Human Resources Manager vs. Scrum Master")


def test_a_place_is_chosen_and_stays_in_the_address(page: Page) -> None:
    page.goto(PAIR)
    page.get_by_label("Pay in").select_option("California")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(f"**{PAIR}?area=california#pay-chart")
    expect(page.get_by_role("region", name="At a glance")).to_contain_text("California, May 2025")


def test_without_scripts_the_form_asks_which_role_is_meant(open_page: Opener) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/compare/")
    page.get_by_label("First role").fill("human")
    page.get_by_label("Second role").fill("scrum master")
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("link", name="Human Resources Manager", exact=True).first.click()
    page.wait_for_url(f"**{PAIR}")
