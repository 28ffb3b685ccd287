"""The pictures of the guide for editors: `script/screenshots` makes them anew, on a site of its own.

They are shown as if it were 24 November 2026, half past nine: so a second run changes what has changed, and no more.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image as Pillow
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.desk import press, preview, read_article, rich_text, signed_in
from tests.browser.serving import ROOT, Site, chromium, served, staged

FOLDER = ROOT / "docs/images"
SCREEN: Any = {"width": 1280, "height": 1000}
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
REPLACE = """(pairs) => {
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.data;
        const shown = pairs.reduce((all, [from, to]) => all.replace(new RegExp(from, "g"), to), text);
        if (shown !== text) walker.currentNode.data = shown;
    }
}"""

Addresses = dict[str, str]
Take = Callable[[Page, Addresses], Locator]


@dataclass(frozen=True)
class Picture:
    """How a picture is taken: `take` brings a page of `by` there, and returns the part that matters.

    It is shown with a margin, and at most so many pixels of its width and height.
    """

    take: Take
    by: str = "editor"
    width: int = 1280
    height: int = 800
    margin: int = 0


PICTURES: dict[str, Picture] = {}


def shot(name: str, **how: Any) -> Callable[[Take], Take]:
    """Register how the picture of that name is taken; `how` are fields of `Picture`."""

    def register(take: Take) -> Take:
        PICTURES[name] = Picture(take, **how)
        return take

    return register


@shot("desk")
def _desk(page: Page, at: Addresses) -> Locator:
    page.goto(at["index"])
    return page.locator("#container")


@shot("kept", by="writer", height=300)
def _kept(page: Page, at: Addresses) -> Locator:
    page.goto(at["draft"])
    page.get_by_label("Definition:").press_sequentially(" It")
    expect(page.get_by_text("Kept at")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(at["draft"])
    return page.locator("#content")


@shot("preview", height=720)
def _preview(page: Page, at: Addresses) -> Locator:
    page.goto(at["role"])
    rich_text(page, "id_summary")
    expect(preview(page).get_by_role("heading", level=1)).to_be_visible()
    return page.locator("html")


@shot("preview-phone", width=430)
def _preview_phone(page: Page, at: Addresses) -> Locator:
    page.goto(at["comparison"])
    shown = preview(page)
    press(page, "Phone")
    expect(shown.get_by_role("heading", level=1)).to_be_visible()
    return page.locator("aside.preview")


@shot("search-results", margin=12)
def _search_results(page: Page, at: Addresses) -> Locator:
    page.goto(at["comparison"])
    panel = page.locator("fieldset.listing")
    panel.locator("summary").click()
    page.locator("#id_search_title").fill("Delivery Manager or Scrum Master: Who Answers for What, and to Whom?")
    return panel


@shot("checks", height=650, margin=12)
def _checks(page: Page, at: Addresses) -> Locator:
    page.goto(at["role"])
    return page.locator("aside.panel")


@shot("publish")
def _publish(page: Page, at: Addresses) -> Locator:
    page.goto(at["rename"])
    return page.locator("#content")


@shot("schedule", height=265)
def _schedule(page: Page, at: Addresses) -> Locator:
    page.goto(at["schedule"])
    return page.locator("#content")


@shot("moment", height=420)
def _moment(page: Page, at: Addresses) -> Locator:
    page.goto(at["schedule"])
    page.get_by_role("button", name="See the site at that moment").first.click()
    return page.locator("html")


@shot("compare", height=620)
def _compare(page: Page, at: Addresses) -> Locator:
    page.goto(at["compare"])
    return page.locator("#content")


@shot("uses")
def _uses(page: Page, at: Addresses) -> Locator:
    page.goto(at["uses"])
    return page.locator("#content")


@shot("picture", margin=12)
def _picture(page: Page, at: Addresses) -> Locator:
    page.goto(at["picture"])
    expect(page.get_by_role("slider", name="Focal point")).to_be_visible()
    return page.locator(".focal")


@shot("queue")
def _queue(page: Page, at: Addresses) -> Locator:
    page.goto(at["queue"])
    return page.locator("#content")


@shot("review")
def _review(page: Page, at: Addresses) -> Locator:
    page.goto(at["decide"])
    return page.locator("#content")


@shot("submissions", by="writer")
def _submissions(page: Page, at: Addresses) -> Locator:
    page.goto(at["my submissions"])
    return page.locator("#content")


@shot("import", height=540)
def _import(page: Page, at: Addresses) -> Locator:
    read_article(page, at["import"])
    return page.locator("#content")


@shot("import-part", margin=12)
def _import_part(page: Page, at: Addresses) -> Locator:
    _import(page, at)
    rich_text(page, "id_parts-1-body")
    return page.locator(".read-part").nth(1)


@shot("conflict", by="writer", height=640)
def _conflict(page: Page, at: Addresses) -> Locator:
    page.goto(at["draft"])
    before = page.context.new_page()
    before.goto(at["draft"])
    page.get_by_label("Definition:").fill("An archivist decides which records stay, and helps people to find them.")
    press(page, "Save draft")
    before.get_by_label("Definition:").fill("An archivist decides which records are kept, and who may see them.")
    press(before, "Save draft")
    page.close()
    return before.locator("#content")


@shot("bulk", height=600)
def _bulk(page: Page, at: Addresses) -> Locator:
    page.goto(at["roles"])
    for title in ("Archivist", "Scrum Master", "Office Administrator"):
        page.get_by_role("row", name=title).get_by_role("checkbox").check()
    page.get_by_label("Action:").select_option(label="Publish…")
    press(page, "Go")
    press(page, "Publish now")
    return page.locator("html")


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the pictures that are named, or all of them."""
    parser = ArgumentParser(prog="script/screenshots", description=__doc__)
    parser.add_argument("names", nargs="*", help="which pictures; without any, all of them")
    names = parser.parse_args(arguments).names
    unknown = set(names) - set(PICTURES)
    if unknown:
        parser.error(f"There is no picture {', '.join(sorted(unknown))}. There are: {', '.join(PICTURES)}.")
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, served(Path(folder), "--reload") as site, chromium() as browser:
        take_all(browser, site, names or list(PICTURES))


def take_all(browser: Browser, site: Site, names: Sequence[str]) -> None:
    """Take the pictures, in the order in which they are registered: the last ones change the site."""
    addresses = staged(site)
    contexts = {
        name: browser.new_context(base_url=site.url, color_scheme="light", timezone_id="UTC", viewport=SCREEN)
        for name in ("editor", "writer")
    }
    for name, context in contexts.items():
        with closing(context.new_page()) as page:
            signed_in(page, name)
    for name, picture in PICTURES.items():
        if name in names:
            part = picture.take(contexts[picture.by].new_page(), addresses)
            size = save(taken(part, picture), FOLDER / f"{name}.webp")
            sys.stdout.write(f"{name}: {size:,} bytes\n")
            part.page.close()


def taken(part: Locator, picture: Picture) -> bytes:
    """Return the part of its page as PNG."""
    page, margin = part.page, picture.margin
    page.wait_for_load_state("networkidle")
    for frame in page.frames:
        frame.evaluate(REPLACE, moments())
    part.evaluate("(element, margin) => { element.scrollIntoView(); scrollBy(0, -margin); }", margin)
    box: Any = part.bounding_box()
    left, top = max(box["x"] - margin, 0), max(box["y"] - margin, 0)
    clip: Any = {
        "x": left,
        "y": top,
        "width": min(box["width"] + 2 * margin, picture.width, SCREEN["width"] - left),
        "height": min(box["height"] + 2 * margin, picture.height, SCREEN["height"] - top),
    }
    return page.screenshot(clip=clip, animations="disabled", caret="hide")


def moments() -> list[tuple[str, str]]:
    """Return what is different in every run (days, times, the port) as regular expressions, and what is shown."""
    today = datetime.now(UTC)
    days = [(today + timedelta(days=ahead), NOW + timedelta(days=ahead)) for ahead in (0, 1)]
    return [
        *((f"{day:%A}, {_long(day)}", f"{shown:%A}, {_long(shown)}") for day, shown in days),
        *((rf"\b{_long(day)}", _long(shown)) for day, shown in days),
        (rf"({_long(NOW)}, |at )\d\d:\d\d( [AP]M)?", f"$1{NOW:%H:%M}"),
        (r"\d+\xa0minutes?", "5 minutes"),
        (r"127\.0\.0\.1:\d+", "careers.example.org"),
    ]


def _long(day: datetime) -> str:
    return f"{day.day} {day:%B %Y}"


def save(png: bytes, path: Path) -> int:
    """Write the picture as WebP, in the 256 colours that say most, which nobody sees; return how many bytes it has."""
    picture = Pillow.open(BytesIO(png)).convert("RGB").quantize(dither=Pillow.Dither.NONE)
    picture.convert("RGB").save(path, lossless=True, quality=100, method=6)
    return path.stat().st_size


if __name__ == "__main__":
    main()
