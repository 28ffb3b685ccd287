"""No page breaks a rule of WCAG 2.2 AA, or one of axe's best practices, in the light or in the dark."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, StorageState

from tests.browser.conftest import Opener, Site, signed_in

ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# A page differs in nothing else when it is dark.
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
READERS = {
    "/": 200,
    "/categories/job-search/": 200,
    "/compare/": 200,
    "/compare/practice-manager-vs-office-manager/": 200,
    "/roles/": 200,
    "/roles/office-manager/": 200,
    "/topics/": 200,
    "/topics/administration/": 200,
    "/about/": 200,
    "/taken-down/": 200,
    "/nothing/": 404,
    "/gone/": 410,
}


DESK = ["index", "publish", "login", "list", "role", "comparison", "new comparison"]
# Makes what the demo has none of, and tells where things are.
PREPARATION = """
import json
from django.urls import reverse
from articles.models import Comparison, Page
from careers.models import Role
from tests.articles.builders import act
from tests.builders import make_withdrawn

make_withdrawn(Page, slug="taken-down", reason="The figures were out of date.")
make_withdrawn(Page, slug="gone")
role, comparison = Role.objects.get(slug="office-manager"), Comparison.objects.first()
print(json.dumps({
    "login": reverse("admin:login"),
    "index": reverse("admin:index"),
    "list": reverse("admin:articles_comparison_changelist"),
    "role": act(role, "change"),
    "comparison": act(comparison, "change"),
    "new comparison": reverse("admin:articles_comparison_add"),
    "publish": act(comparison, "publish"),
}))
"""


@pytest.fixture(scope="module")
def addresses(site: Site) -> dict[str, str]:
    """Put a notice and a page that is gone on the site, and give the addresses of the desk's pages by name."""
    told: dict[str, str] = json.loads(site.manage("shell", "--no-imports", "--command", PREPARATION))
    return told


@pytest.fixture(scope="module")
def session(browser: Browser, site: Site) -> StorageState:
    """Give the cookies of the editor, signed in once for all tests."""
    with browser.new_context(base_url=site.url) as context:
        signed_in(context.new_page(), "editor")
        return context.storage_state()


def violations(page: Page) -> list[str]:
    """Return what is wrong with the page as it is in the light and in the dark: rule and selectors."""
    page.evaluate(AXE_SCRIPT)
    return [*_broken(page, ALL_RULES, scheme="light"), *_broken(page, COLOUR_RULES, scheme="dark")]


def _broken(page: Page, rules: dict[str, Any], *, scheme: Literal["light", "dark"]) -> list[str]:
    page.emulate_media(color_scheme=scheme)
    page.evaluate("Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    # Not preload: it copies stylesheets into the page, which the Content-Security-Policy refuses.
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
    results = page.evaluate("(options) => axe.run(options)", options)
    return [
        f"{scheme}: {each['help']}: {', '.join(str(node['target']) for node in each['nodes'])}"
        for each in results["violations"]
    ]


@pytest.mark.parametrize(("path", "status"), READERS.items())
@pytest.mark.usefixtures("addresses")
def test_a_page_for_readers_is_accessible(page: Page, path: str, status: int) -> None:
    response = page.goto(path)
    assert response
    assert response.status == status
    assert violations(page) == []


@pytest.mark.parametrize("name", DESK)
def test_a_page_of_the_desk_is_accessible(
    open_page: Opener, addresses: dict[str, str], session: StorageState, name: str
) -> None:
    page = open_page(storage_state=None if name == "login" else session)
    page.goto(addresses[name])
    assert page.url.endswith(addresses[name])
    assert violations(page) == []


def test_a_page_that_breaks_a_rule_is_found_out(page: Page) -> None:
    page.goto("/about/")
    page.evaluate("document.querySelector('main').append(new Image())")
    assert violations(page) == ["light: Images must have alternative text: ['img']"]
