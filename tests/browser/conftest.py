"""A real browser against the site as `script/run` serves it, on data of its own.

A test fails, whatever else it asserts, when a page that it opened broke the Content-Security-Policy, raised an
error, was answered with a 5xx, or asked another host for anything.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)

ROOT = Path(__file__).parents[2]
PASSWORDS = {"editor": "editor of the browser tests", "writer": "writer of the browser tests"}
START_SECONDS = 180
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
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


@dataclass(frozen=True)
class Site:
    """The served site: where it is, and the environment that leads `manage.py` to its data."""

    url: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run `manage.py` on the site's data; return what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the demo with `script/run`, with DEBUG off and accounts whose passwords are known; end it afterwards."""
    folder = tmp_path_factory.mktemp("site")
    port = free_port()
    environment = os.environ | {
        "PORT": str(port),
        "PLAIN_HTTP_DEMO": "true",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "EDITOR_PASSWORD": PASSWORDS["editor"],
        "WRITER_PASSWORD": PASSWORDS["writer"],
    }
    served = Site(f"http://127.0.0.1:{port}", environment)
    log = folder / "log"
    with (
        log.open("w") as sink,
        subprocess.Popen([ROOT / "script/run"], env=environment, stdout=sink, stderr=subprocess.STDOUT) as process,
    ):
        try:
            wait_until_ready(served.url, process=process, log=log)
            yield served
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port that nothing listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port: int = listener.getsockname()[1]
        return port


def wait_until_ready(url: str, *, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return once the home page answers; fail with the log if the server ended or took too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(url, timeout=10).close()  # noqa: S310
            return
        except HTTPError as error:
            pytest.fail(f"The home page answered {error.code}. The server wrote:\n{log.read_text()}")
        except (URLError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"The site did not start. It wrote:\n{log.read_text()}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium: the system's, or else the one that Playwright installed.

    One for each module: Playwright keeps an event loop running, in which tests of other folders could not use
    the database.
    """
    names = ("chromium", "chromium-browser", "google-chrome")
    executable = next(filter(None, map(shutil.which, names)), None)
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=[*QUIET, *as_root])
        yield browser
        browser.close()


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


def signed_in(page: Page, username: str) -> Page:
    """Return the page once this account has signed in on it and sees the desk."""
    page.goto("/admin/login/?next=/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORDS[username])
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page
