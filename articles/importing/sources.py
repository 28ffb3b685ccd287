"""A list of sources: one entry for each line, with its address."""

import re

from bs4 import BeautifulSoup

from .article import Source
from .blocks import Block

ADDRESS = re.compile(r"<?(https?://[^\s<>\"“”]+[^\s<>\"“”.,;:)\]])>?|<?\b(www\.[^\s<>\"“”]+[^\s<>\"“”.,;:)\]])>?")


def sources_in(block: Block) -> list[Source]:
    """The sources of a block: each item of a list, row of a table or line of a paragraph."""
    found = links(block.html)
    return [source for line in _lines(block) for source in _entry(line, found)]


def links(html: str) -> list[tuple[str, str]]:
    """The links of a piece of HTML: their words and their addresses."""
    if "<a " not in html:
        return []
    soup = BeautifulSoup(html, "html.parser")
    return [(" ".join(link.get_text().split()), str(link["href"])) for link in soup.find_all("a", href=True)]


def _lines(block: Block) -> list[str]:
    if block.kind != "text" or "<br>" not in block.html:
        return block.text.split("\n")
    texts = (BeautifulSoup(f"<p>{piece}</p>", "html.parser").get_text() for piece in block.html.split("<br>"))
    return [line for text in texts if (line := " ".join(text.split()))]


def _beside(line: str, linked: list[tuple[str, str]]) -> str:
    """What a line says beside its links, but for "and" and signs."""
    for words, _ in linked:
        line = line.replace(words, "", 1)
    return re.sub(r"\band\b|[\W_]", "", line)


def _entry(line: str, found: list[tuple[str, str]]) -> list[Source]:
    linked = [(words, address) for words, address in found if words and words in line]
    if linked and not _beside(line, linked):
        return [Source(words, address) for words, address in linked]
    if linked:
        return [Source(line, linked[0][1]), *(Source(words, address) for words, address in linked[1:])]
    match = ADDRESS.search(line)
    if match is None:
        return [Source(line, "")]
    before, after = line[: match.start()].strip(" ,:;–—-(<"), line[match.end() :].strip(" .,;)>")
    return [Source(f"{before} {after}".strip() or match[0], match[1] or f"https://{match[2]}")]
