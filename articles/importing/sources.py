"""A list of sources: one entry for each item, with its address."""

import re

from bs4 import BeautifulSoup, Tag

from .article import Source
from .blocks import Block

ADDRESS = re.compile(r"<?(https?://[^\s<>\"“”]+[^\s<>\"“”.,;:)\]])>?|<?\b(www\.[^\s<>\"“”]+[^\s<>\"“”.,;:)\]])>?")


def sources_in(block: Block) -> list[Source]:
    """The sources of a block: each item of a list, each row of a table, or the paragraph."""
    soup = BeautifulSoup(block.html, "html.parser")
    items = [item for item in soup.find_all(["li", "tr"]) if not item.find(["li", "tr"])] or [soup]
    return [source for item in items for source in _entry(item)]


def _entry(item: Tag) -> list[Source]:
    links = [(" ".join(link.get_text().split()), str(link["href"])) for link in item.find_all("a", href=True)]
    text = " ".join(item.get_text(" " if item.name == "tr" else "").split())
    if links and " ".join(title for title, _ in links) == text:
        return [Source(title, address) for title, address in links]
    if links:
        return [Source(text, links[0][1]), *(Source(title, address) for title, address in links[1:])]
    match = ADDRESS.search(text)
    if match is None:
        return [Source(text, "")] if text else []
    title = f"{text[: match.start()]}{text[match.end() :]}".strip(" ,:;–—-(")
    return [Source(title or match[0], match[1] or f"https://{match[2]}")]
