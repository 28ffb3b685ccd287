"""Nobody is kept out: narrow screens, large type, the keyboard alone, no scripts, no motion, a slow line."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Comparison
from articles.models import Page as SitePage
from careers.models import Role
from publishing.publish import publish
from tests.browser.conftest import Opener
from tests.browser.serving import PHONE, Site
from tests.browser.test_accessibility import violations
from tests.builders import SOURCED, make_category, make_live, make_user, make_withdrawn, revise

LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsbeauftragter for International Standards"
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
COMPARISON = "/compare/practice-manager-vs-office-manager/"
PAIR = "/compare/human-resources-manager-vs-scrum-master/"
PAGES = [
    *("/", "/compare/", "/compare/?a=manager&b=wizard", COMPARISON, PAIR, "/compare/long-vs-longer/"),
    *("/roles/", "/roles/office-manager/", "/roles/long/", "/categories/", "/categories/job-search/"),
    *("/categories/long-shelf/", "/topics/", "/topics/administration/", "/about/", "/saved/", "/report/"),
    *("/report/thanks/", "/search/?q=manager", f"/search/?q={WORD}", "/nothing/", "/notice-of-long/", "/long-gone/"),
    "/compare/long-vs-gone/",
]
"""Every kind of page for readers, and those on which names and words are long."""

SIDEWAYS = """() => {
    const most = document.scrollingElement.scrollWidth;
    if (most <= innerWidth) return [];
    const all = [...document.querySelectorAll("body *")];
    const wide = all.filter((each) => each.getBoundingClientRect().right > innerWidth);
    return [most, ...wide.slice(-3).map((each) => each.outerHTML.slice(0, 120))];
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter((each) => {
    const style = getComputedStyle(each);
    const moves = style.transitionDuration !== "0s" || style.animationName !== "none";
    return moves || style.scrollBehavior === "smooth";
}).map((each) => each.outerHTML.slice(0, 120))"""
FOCUSED = """() => {
    const each = document.activeElement;
    const style = getComputedStyle(each);
    const box = each.getBoundingClientRect();
    const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const seen = box.width > 0 && box.top > -1 && box.bottom < innerHeight + 1 && style.opacity === "1";
    return { what: each.outerHTML.slice(0, 120), ends: each === document.body, fits: ringed && seen };
}"""


def publish_long_names() -> None:
    """Publish roles, a comparison and pages with names and words that are hard to fit (run by `manage.py shell`)."""
    word = f"<p>{WORD}</p><table><tbody><tr><td>{WORD}</td><td>{WORD}</td><td>1</td></tr></tbody></table>"
    lists = {name: [WORD, LONG] for name in ("skills", "certifications", "also_called")}
    texts = dict.fromkeys(("summary", "duties"), word)
    figures = [SOURCED | {"covers": LONG, "source": WORD, "source_url": "https://example.org/"}]
    shelf = make_category(f"{WORD}"[:80], slug="long-shelf", description=LONG)
    a, b, c = (
        make_live(Role, title=title, slug=slug, definition=LONG, figures=figures, tags=[WORD], **texts, **lists)
        for title, slug in ((LONG, "long"), (f"{LONG} and Norms", "longer"), (f"{LONG} and Rules", "gone"))
    )
    fields: dict[str, Any] = {"category": shelf, "choose_a": [WORD], "choose_b": [LONG], "intro": word, "tags": [WORD]}
    comparison = make_live(Comparison, role_a=a, role_b=b, **fields)
    comparison.sections.create(heading=WORD, body=word, position=5)
    comparison.sources.create(title=WORD, url="https://example.org/")
    publish(revise(comparison), by=make_user())
    make_withdrawn(Comparison, role_a=a, role_b=c, category=shelf)
    make_withdrawn(SitePage, title=WORD, slug="notice-of-long", reason=WORD)
    make_withdrawn(SitePage, title=WORD, slug="long-gone")


@pytest.fixture(scope="module", autouse=True)
def _long_names(site: Site) -> None:
    command = "from tests.browser.test_everyone import publish_long_names; publish_long_names()"
    site.manage("shell", "--no-imports", "--command", command)


@pytest.mark.parametrize(
    "screen",
    [
        {"viewport": {"width": 320, "height": 640}},
        {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    ],
    ids=["320 pixels", "1280 pixels at 200%"],
)
def test_no_page_scrolls_sideways(open_page: Opener, screen: dict[str, Any]) -> None:
    page = open_page(**screen)
    wide = {}
    for path in PAGES:
        page.goto(path)
        for summary in page.locator("main summary:visible").all():
            summary.click()
        if found := page.evaluate(SIDEWAYS):
            wide[path] = found
    assert wide == {}


@pytest.mark.parametrize(
    "path", ["/compare/long-vs-longer/", "/compare/long-vs-gone/", "/roles/long/", "/report/", "/saved/"]
)
def test_what_is_long_or_taken_down_is_accessible(page: Page, path: str) -> None:
    page.goto(path)
    assert violations(page) == []


def test_nothing_moves(open_page: Opener) -> None:
    page = open_page(reduced_motion="reduce")
    moving = {}
    for path in PAGES:
        page.goto(path)
        if found := page.evaluate(MOVING):
            moving[path] = found
    assert moving == {}


@pytest.mark.parametrize("path", [COMPARISON, PAIR, "/roles/office-manager/", "/"])
def test_whatever_the_keyboard_reaches_shows_that_it_is_there(page: Page, path: str) -> None:
    page.goto(path)
    reached = []
    for _ in range(200):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["ends"]:
            break
        reached.append(focused)
    assert len(reached) > 20
    assert [each["what"] for each in reached if not each["fits"]] == []


def test_the_first_link_skips_to_the_content(page: Page) -> None:
    page.goto(COMPARISON)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("link").first).to_be_focused()


def test_a_section_has_an_address_and_the_end_leads_back_to_the_top(page: Page) -> None:
    page.goto(COMPARISON)
    link = page.get_by_role("heading", name="What they are paid").get_by_role("link", name="Link to this section")
    expect(link).to_have_css("opacity", "0")
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(link).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    page.wait_for_url("**#pay-chart")
    page.get_by_role("link", name="Back to the top").click()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_the_contents_stay_in_view_on_a_wide_screen_and_fold_on_a_phone(open_page: Opener) -> None:
    wide, phone = open_page(), open_page(**PHONE)
    for page in (wide, phone):
        page.goto(COMPARISON)
    contents = wide.get_by_role("navigation", name="On this page")
    wide.get_by_role("heading", name="Job requirements").scroll_into_view_if_needed()
    expect(contents.get_by_role("link", name="Sources")).to_be_in_viewport()
    folded = phone.get_by_role("navigation", name="On this page")
    expect(folded.get_by_role("link", name="Sources")).to_be_hidden()
    folded.get_by_text("On this page").click()
    folded.get_by_role("link", name="Sources").click()
    expect(phone.get_by_role("heading", name="Sources")).to_be_in_viewport()


def test_without_scripts_a_reader_searches_chooses_a_place_and_reports(open_page: Opener) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/roles/")
    page.get_by_role("searchbox").fill("scrum master")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("main").get_by_role("link", name="Scrum Master", exact=True).first.click()
    page.wait_for_url("**/roles/scrum-master/")
    page.goto(PAIR)
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    page.get_by_label("Pay in").select_option("California")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**?area=california#pay-chart")
    page.goto("/saved/")
    expect(page.get_by_text("it needs a browser that runs scripts")).to_be_visible()
    page.goto("/report/")
    page.get_by_label("Page").fill(PAIR)
    page.get_by_label("What is wrong").fill("The second figure is last year's.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/report/thanks/")


def fetched(page: Page, path: str) -> dict[str, int]:
    """Return what a first visit fetches, with its bytes on the line, headers among them; but for the tab's icon."""
    sizes: dict[str, int] = {}
    names: dict[str, str] = {}
    line = page.context.new_cdp_session(page)
    line.on("Network.requestWillBeSent", lambda sent: names.update({sent["requestId"]: sent["request"]["url"]}))
    line.on(
        "Network.loadingFinished", lambda got: sizes.update({names[got["requestId"]]: int(got["encodedDataLength"])})
    )
    line.send("Network.enable")
    page.goto(path, wait_until="networkidle")
    return {name: size for name, size in sizes.items() if "favicon" not in name}


def test_a_first_visit_costs_25_kilobytes_at_most(page: Page) -> None:
    found = fetched(page, COMPARISON)
    assert sum(found.values()) <= 25_000, found


def test_a_first_visit_costs_three_requests_at_most(page: Page) -> None:
    found = fetched(page, COMPARISON)
    assert len(found) <= 3, found
