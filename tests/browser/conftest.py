"""A real browser against the site as `script/run` serves it, on data of its own.

A test fails, whatever else it asserts, when a page that it opened broke the Content-Security-Policy, raised an
error, was answered with a 5xx, or asked another host for anything.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.browser.desk import signed_in
from tests.browser.serving import DESKTOP, PHONE, Site, chromium, served

TELL_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) => {
    const place = `${event.sourceFile}:${event.lineNumber}`;
    console.error(`Content-Security-Policy: ${event.effectiveDirective} blocked ${event.blockedURI} at ${place}`);
});"""

Opener = Callable[..., Page]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that `-m browser` finds them."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the demo with DEBUG off."""
    folder = tmp_path_factory.mktemp("site")
    if prepared := os.environ.get("PREPARED_SITE"):
        shutil.copytree(prepared, folder, dirs_exist_ok=True)
    with served(folder) as site:
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium, one for each module: Playwright keeps an event loop running, in which tests of other folders
    could not use the database.
    """
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Opener]:
    """Return a function that opens a page in a context of its own; its arguments are Playwright's context options.

    It combines what the fixtures below do alone: `open_page(**PHONE, color_scheme="dark")`. Addresses are relative
    to the site: `page.goto("/roles/")`.
    """
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def open_one(**options: Any) -> Page:
        context = browser.new_context(base_url=site.url, **DESKTOP | options)
        contexts.append(context)
        watch(context, site=site, faults=faults)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def watch(context: BrowserContext, *, site: Site, faults: list[str]) -> None:
    """Write down every fault of the context's pages in `faults`."""
    host = urlsplit(site.url).netloc

    def console(message: ConsoleMessage) -> None:
        # A page that is not found, or not allowed, can be what a test is about.
        is_4xx = "Failed to load resource: the server responded with a status of 4" in message.text
        if message.type == "error" and not is_4xx:
            faults.append(f"{message.page and message.page.url}: {message.text}")

    def request(sent: Request) -> None:
        address = urlsplit(sent.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != host:
            faults.append(f"A page asked another host: {sent.url}")

    def response(got: Response) -> None:
        if got.status >= 500:
            faults.append(f"{got.url} answered {got.status}")

    context.add_init_script(TELL_VIOLATIONS)
    context.on("console", console)
    context.on("weberror", lambda error: faults.append(f"{error.page and error.page.url}: {error.error}"))
    context.on("request", request)
    context.on("response", response)


@pytest.fixture
def page(open_page: Opener) -> Page:
    """Open a page of 1280 x 800 for a reader."""
    return open_page()


@pytest.fixture
def phone_page(open_page: Opener) -> Page:
    """Open a page on a phone of 360 x 740 with a touch screen."""
    return open_page(**PHONE)


@pytest.fixture
def dark_page(open_page: Opener) -> Page:
    """Open a page for a reader whose system is dark."""
    return open_page(color_scheme="dark")


@pytest.fixture
def editor_page(open_page: Opener) -> Page:
    """Open the desk as the editor."""
    return signed_in(open_page(), "editor")


@pytest.fixture
def writer_page(open_page: Opener) -> Page:
    """Open the desk as the writer."""
    return signed_in(open_page(), "writer")
