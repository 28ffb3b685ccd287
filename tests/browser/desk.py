"""What a person does at the desk, in a browser."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.serving import PASSWORDS

ARTICLE = """\
# Executive Assistant vs. Practice Manager: What Are the Differences?

Category: Job Search

An executive assistant keeps one person's day in order. A practice manager keeps a whole medical practice in order.

## What is a Practice Manager?

A practice manager runs the business of a medical practice, so that the doctors can see patients. According to the
US Bureau of Labor Statistics, medical and health services managers had a median pay of $123,980 a year in May 2025.

## Executive Assistant vs. Practice Manager

The two share a gift for order, and hardly anything else.

### Job duties

An executive assistant plans travel, guards a calendar and prepares meetings. A practice manager hires staff, watches
over billing and keeps the practice within the rules.

### Work environment

An executive assistant works where the executive works. A practice manager works on site, a few steps from the patients.

Previous: Practice Manager vs. Office Manager

Next: Executive Assistant vs. Receptionist
"""


def signed_in(page: Page, username: str) -> Page:
    """Return the page once this account has signed in on it and sees the desk."""
    page.goto("/admin/login/?next=/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORDS[username])
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page


def rich_text(page: Page, field: str) -> Locator:
    """Return the editing area of the field with this id: found by the label that a screen reader would read."""
    area = page.locator(f"[contenteditable][aria-labelledby=label_{field}]")
    area.wait_for()
    return area


def toolbar(page: Page, field: str) -> Locator:
    """Return the field's buttons."""
    return page.locator(".prose-editor").filter(has=page.locator(f"#{field}"))


def write_richly(page: Page, field: str, *, link: str) -> None:
    """Type a heading, a paragraph with a bold word, a list, and a link to `link`."""
    area, buttons = rich_text(page, field), toolbar(page, field)
    area.click()
    page.keyboard.type("A heading")
    buttons.locator(".prose-menubar__selected").first.click()
    buttons.get_by_role("button", name="Heading 3").click()
    area.press("Control+End")
    area.press("Enter")
    page.keyboard.type("Hello ")
    page.keyboard.press("Control+b")
    page.keyboard.type("bold")
    page.keyboard.press("Control+b")
    page.keyboard.type(" plain, and 2 < 3 & more.")
    area.press("Enter")
    page.keyboard.type("- one")
    area.press("Enter")
    page.keyboard.type("two")
    area.press("Enter")
    area.press("Enter")
    page.keyboard.type("linked")
    page.keyboard.press("Shift+Home")
    buttons.get_by_role("button", name="insert link").click()
    dialog = page.locator("dialog.prose-editor-dialog")
    dialog.get_by_label("URL").fill(link)
    dialog.get_by_role("button", name="Update").click()
    expect(dialog).to_have_count(0)
    expect(area.locator("a")).to_have_text("linked")


def choose(page: Page, field: str, text: str) -> None:
    """Choose in the autocomplete of the field with this id."""
    page.locator(f"#{field} + .select2 .select2-selection").click()
    page.locator(".select2-search__field").fill(text)
    page.locator(".select2-results__option", has_text=text).first.click()


def write_role(page: Page, title: str) -> None:
    """Fill the form of a new role with what it needs to be published."""
    page.goto("/admin/careers/role/add/")
    page.get_by_label("Title:").fill(title)
    page.get_by_label("Definition:").fill(f"A {title.lower()} keeps things in order.")
    page.get_by_label("Typical education:").select_option("bachelor")
    write_richly(page, "id_summary", link="/roles/office-manager/")


def press(page: Page, name: str) -> None:
    """Press the button that is called this."""
    page.get_by_role("button", name=name, exact=True).click()


def preview(page: Page) -> FrameLocator:
    """Press “Preview”, and return the page that is shown beside the form."""
    press(page, "Preview")
    return page.frame_locator("iframe[name=preview-pane]")


def read_article(page: Page, address: str) -> None:
    """Paste `ARTICLE` on the page at this address, and have it read."""
    page.goto(address)
    page.get_by_label("Paste the article").fill(ARTICLE)
    press(page, "Read the article")
