"""How people sign in: with a passkey that Chromium plays, and on pages that everybody can use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watch
from tests.browser.desk import press
from tests.browser.serving import PHONE, Site
from tests.browser.test_accessibility import violations

PASSWORD = "seven grey herons by the weir"
MAKE = "from publishing.models import User; User.objects.create_superuser({name!r}, password={password!r})"
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """Open a page on a phone, at localhost: passkeys belong to names, and 127.0.0.1 is none."""
    here = replace(site, url=site.url.replace("127.0.0.1", "localhost"))
    faults: list[str] = []
    with browser.new_context(base_url=here.url, **PHONE) as context:
        watch(context, site=here, faults=faults)
        yield context.new_page()
    assert not faults, "\n".join(faults)


def sign_in(page: Page, name: str) -> None:
    """Send the form of the page “Sign in”."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Log in")


def check(page: Page) -> None:
    """Hold that the page is accessible, and no wider than the phone."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]


def test_a_passkey_is_set_up_and_signs_in(phone: Page, site: Site) -> None:
    site.manage("shell", "--no-imports", "--command", MAKE.format(name="ada", password=PASSWORD))
    keys = phone.context.new_cdp_session(phone)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    sign_in(phone, "ada")
    phone.get_by_role("link", name="Your account").click()
    check(phone)
    phone.get_by_role("link", name="Add a passkey or key").click()
    phone.get_by_label("Password").fill(PASSWORD)
    check(phone)
    press(phone, "Confirm")
    check(phone)
    press(phone, "Add")
    expect(phone.get_by_role("heading", name="Recovery codes")).to_be_visible()
    check(phone)
    phone.goto("/admin/account/")
    check(phone)
    for page in ("Password", "Sessions", "Second factor"):
        phone.get_by_role("link", name=page).click()
        check(phone)
    phone.get_by_role("link", name="Set up an app").click()
    check(phone)

    press(phone, "Log out")
    sign_in(phone, "ada")
    expect(phone.get_by_role("heading", name="Second factor")).to_be_visible()
    check(phone)
    press(phone, "Use a passkey or security key")
    phone.wait_for_url("**/admin/")


def test_a_passkey_that_is_not_at_hand_is_told_of(phone: Page, site: Site) -> None:
    site.manage("shell", "--no-imports", "--command", MAKE.format(name="grace", password=PASSWORD))
    phone.add_init_script("navigator.credentials.create = () => Promise.reject(new Error('not at hand'))")
    sign_in(phone, "grace")
    phone.goto("/admin/account/webauthn/add/")
    phone.get_by_label("Password").fill(PASSWORD)
    press(phone, "Confirm")
    press(phone, "Add")
    expect(phone.get_by_role("alert")).to_contain_text("The key did not answer.")
    check(phone)
