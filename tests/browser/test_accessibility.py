"""No page breaks a rule of WCAG 2.2 AA, or one of axe's best practices, in the light or in the dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import watch
from tests.browser.desk import press, preview, read_article, rich_text, signed_in
from tests.browser.serving import DESKTOP, Site, staged

ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# A page differs in nothing else when it is dark.
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
READERS = {
    "/": 200,
    "/categories/job-search/": 200,
    "/compare/": 200,
    "/compare/?a=manager&b=wizard": 200,
    "/compare/human-resources-manager-vs-scrum-master/?area=ohio": 200,
    "/compare/practice-manager-vs-office-manager/": 200,
    "/roles/": 200,
    "/search/?q=practice+manager+or+office+manager": 200,
    "/search/?q=practise+manger&kind=role": 200,
    "/search/?q=zyzzyva": 200,
    "/roles/office-manager/": 200,
    "/topics/": 200,
    "/topics/administration/": 200,
    "/about/": 200,
    "/taken-down/": 200,
    "/nothing/": 404,
    "/gone/": 410,
}


DESK = [
    *("index", "search", "queue", "my submissions", "schedule", "another moment"),
    *("comparisons", "new comparison", "comparison", "import", "wishes", "contradicted"),
    *("role", "rename", "decide", "compare", "history", "uses", "put away", "merge", "import roles", "outdated"),
    *("pictures", "picture", "redirects", "new redirect", "users"),
]
BY = {"my submissions": "writer", "users": "admin"}
"""Who opens a page that is another one, or closed, for the editor."""

Addresses = dict[str, str]
Reach = Callable[[Page, Addresses], None]


def read(page: Page, at: Addresses) -> None:
    read_article(page, at["import"])
    rich_text(page, "id_parts-0-body")


def read_with_an_error(page: Page, at: Addresses) -> None:
    read(page, at)
    page.get_by_label("Role B").fill("Executive Assistant")
    press(page, "Check again")
    rich_text(page, "id_parts-0-body")


def bulk(page: Page, at: Addresses) -> None:
    page.goto(at["roles"])
    page.locator("#action-toggle").check()
    page.get_by_label("Action:").select_option(label="Schedule…")
    press(page, "Go")


def merge(page: Page, at: Addresses) -> None:
    page.goto(at["merge"])
    page.get_by_label("Merge into").fill("Office Manager")
    press(page, "See what would happen")


def picker(page: Page, at: Addresses) -> None:
    page.goto(at["role"])
    press(page, "Choose a picture… (Image)")
    page.get_by_role("radio", name="Lamp").check()


def beside(page: Page, at: Addresses) -> None:
    page.goto(at["role"])
    rich_text(page, "id_summary")
    expect(preview(page).get_by_role("heading", level=1)).to_be_visible()


@pytest.fixture(scope="module")
def addresses(site: Site) -> Addresses:
    """Bring the demo into the states of the stage, and give the addresses of the desk's pages by name."""
    return staged(site)


@dataclass
class Desks:
    """Browsers in which the accounts of the desk are signed in, once for all tests: that saves most of the time."""

    browser: Browser
    site: Site
    contexts: dict[str, BrowserContext] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def open_page(self, username: str) -> Page:
        """Open a page for the account."""
        if username not in self.contexts:
            context = self.browser.new_context(base_url=self.site.url, **DESKTOP)
            watch(context, site=self.site, faults=self.faults)
            signed_in(context.new_page(), username)
            self.contexts[username] = context
        return self.contexts[username].new_page()


@pytest.fixture(scope="module")
def all_desks(browser: Browser, site: Site) -> Iterator[Desks]:
    """Give the browsers of the accounts, and close them in the end."""
    desks = Desks(browser, site)
    yield desks
    for context in desks.contexts.values():
        context.close()


@pytest.fixture
def desks(all_desks: Desks) -> Iterator[Desks]:
    """Give the browsers of the accounts; fail if one of their pages had a fault meanwhile."""
    all_desks.faults.clear()
    yield all_desks
    assert not all_desks.faults, "\n".join(all_desks.faults)


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
def test_a_page_of_the_desk_is_accessible(desks: Desks, addresses: Addresses, name: str) -> None:
    with closing(desks.open_page(BY.get(name, "editor"))) as page:
        page.goto(addresses[name])
        assert page.url.endswith(addresses[name])
        assert violations(page) == []


@pytest.mark.parametrize("reach", [read, read_with_an_error, bulk, merge, picker, beside])
def test_what_is_reached_by_doing_something_is_accessible(desks: Desks, addresses: Addresses, reach: Reach) -> None:
    with closing(desks.open_page("editor")) as page:
        reach(page, addresses)
        assert violations(page) == []


def test_the_page_that_asks_who_it_is_is_accessible(page: Page) -> None:
    page.goto("/admin/login/")
    assert violations(page) == []


def test_a_page_that_breaks_a_rule_is_found_out(page: Page) -> None:
    page.goto("/about/")
    page.evaluate("document.querySelector('main').append(new Image())")
    assert violations(page) == ["light: Images must have alternative text: ['img']"]
