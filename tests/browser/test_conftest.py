from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import watch
from tests.browser.serving import Site

POLICY = {"Content-Security-Policy": "default-src 'self'"}


@pytest.fixture
def faults() -> list[str]:
    return []


@pytest.fixture
def context(browser: Browser, site: Site, faults: list[str]) -> Iterator[BrowserContext]:
    """Give a watched context of which a test may expect faults."""
    context = browser.new_context(base_url=site.url)
    watch(context, site=site, faults=faults)
    yield context
    context.close()


def serve(context: BrowserContext, *, body: str, status: int = 200) -> Page:
    """Open a page that is answered in this way instead of by the site."""
    context.route(
        "**/page", lambda route: route.fulfill(status=status, headers=POLICY, content_type="text/html", body=body)
    )
    page = context.new_page()
    page.goto("/page")
    return page


def test_a_sound_page_has_no_fault(context: BrowserContext, faults: list[str]) -> None:
    serve(context, body="<p>Nothing to see</p>")
    assert faults == []


def test_a_page_that_is_missing_is_no_fault(context: BrowserContext, faults: list[str]) -> None:
    page = context.new_page()
    answer = page.goto("/no/such/page/")
    assert answer
    assert answer.status == 404
    assert faults == []


def test_an_inline_script_is_a_fault(context: BrowserContext, faults: list[str]) -> None:
    serve(context, body="<script>1</script>")
    assert any("Content-Security-Policy: script-src-elem blocked inline" in fault for fault in faults)


def test_an_error_in_a_script_is_a_fault(context: BrowserContext, faults: list[str]) -> None:
    page = serve(context, body="<p>Nothing to see</p>")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('odd') })")
    assert any("odd" in fault for fault in faults)


def test_a_server_error_is_a_fault(context: BrowserContext, faults: list[str]) -> None:
    page = serve(context, body="<p>Broken</p>", status=500)
    assert f"{page.url} answered 500" in faults


def test_a_request_to_another_host_is_a_fault(context: BrowserContext, faults: list[str]) -> None:
    serve(context, body='<a href="http://example.test/">Away</a>').get_by_role("link").click()
    assert "A page asked another host: http://example.test/" in faults


def test_both_accounts_can_sign_in(editor_page: Page, writer_page: Page) -> None:
    assert editor_page.get_by_role("button", name="Log out").is_visible()
    assert writer_page.get_by_role("button", name="Log out").is_visible()


def test_the_site_is_served_with_debug_off(page: Page) -> None:
    answer = page.goto("/no/such/page/")
    assert answer
    assert "DEBUG = True" not in answer.text()


def test_a_phone_and_a_dark_system_are_what_pages_see(phone_page: Page, dark_page: Page) -> None:
    assert phone_page.goto("/")
    assert phone_page.evaluate("innerWidth") == 360
    assert dark_page.goto("/")
    assert dark_page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
