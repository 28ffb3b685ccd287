"""A reader chooses two roles and a place, keeps a comparison, and passes it on."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener

PAIR = "/compare/human-resources-manager-vs-scrum-master/"


def test_two_roles_are_chosen_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    first, second = (page.get_by_role("combobox", name=f"{which} role") for which in ("First", "Second"))
    first.press_sequentially("hr man")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(first.locator("xpath=..").get_by_role("status")).to_have_text("1 role")
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


def test_a_comparison_is_saved_in_the_browser_and_removed_again(page: Page) -> None:
    page.goto("/saved/")
    expect(page.get_by_text("Nothing is saved here.")).to_be_visible()
    page.goto(PAIR)
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("button", name="Saved")).to_have_attribute("aria-pressed", "true")
    page.goto("/saved/")
    saved = page.get_by_role("link", name="Human Resources Manager vs. Scrum Master")
    expect(saved).to_have_count(2)  # saved, and read lately
    page.get_by_role("button", name="Remove: Human Resources Manager vs. Scrum Master").press("Enter")
    expect(saved).to_have_count(1)
    expect(page.get_by_text("Nothing is saved here.")).to_be_visible()
    assert page.context.cookies() == []


def test_a_mistake_is_reported_from_the_page(page: Page) -> None:
    page.goto("/compare/practice-manager-vs-office-manager/")
    page.get_by_text("Report a mistake").press("Enter")
    page.get_by_label("What is wrong").fill("The board of certification has another name now.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/report/thanks/")
    assert page.context.cookies() == []
