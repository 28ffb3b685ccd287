"""The common form that text, Markdown and HTML are brought into: a list of blocks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Literal

import nh3

from .article import Note

POOR_TAGS = {
    "p", "strong", "em", "a", "br", "h3", "h4", "ul", "ol", "li", "blockquote",
    "table", "tbody", "tr", "th", "td",
}  # fmt: skip
LINK = re.compile(r"(?:https?://|mailto:)[^\s]+|/(?!/)[^\s]*", re.IGNORECASE)

EMPTY = re.compile(r"<(strong|em|a)\b[^>]*>(\s*)</\1>")

AROUND = re.compile(r"\s*(</?(?:p|ul|ol|li|blockquote|table|tbody|tr|td|th)>)\s*")


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list, table or quotation, or a piece of page furniture ("chrome").

    `text` is what a reader sees, items and rows on lines of their own, cells apart by " | ". `level` is 1
    to 6 for a declared heading and 0 otherwise. `gap` counts the blank lines before it; HTML and Markdown,
    where blank lines mean nothing, have 1, and 2 after a rule or an empty paragraph or heading. `bold`
    says that all of a paragraph is. `label` is the kind of chrome, such as "navigation".
    """

    kind: Literal["heading", "text", "list", "table", "quote", "chrome"]
    text: str
    html: str
    line: int
    level: int = 0
    gap: int = 1
    bold: bool = False
    label: str = ""


@dataclass
class Document:
    """The blocks of a file, what it says about itself, and what was left out on the way.

    `front` comes from front matter and is the author's word; `meta` from the head of an HTML page, a
    fallback. Both map a field of the article ("title", "category", "standfirst", "byline", "published",
    "updated", "tags") to text.
    """

    blocks: list[Block] = field(default_factory=list)
    front: dict[str, str] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def poor(html: str) -> str:
    """HTML reduced to the tags an article may have, every element closed."""
    clean = nh3.clean(html, tags=POOR_TAGS, attributes={"a": {"href"}}, link_rel=None)
    return AROUND.sub(r"\1", EMPTY.sub(r"\2", clean)).strip()


def paragraph(text: str) -> str:
    """Plain text as one HTML paragraph."""
    return f"<p>{escape(text, quote=False)}</p>"


def listing(tag: str, items: Iterable[str]) -> str:
    """Plain texts as an HTML list."""
    return f"<{tag}>" + "".join(f"<li>{escape(item, quote=False)}</li>" for item in items) + f"</{tag}>"


def grid(rows: Iterable[list[str]]) -> str:
    """Plain texts as an HTML table whose first row is the head."""
    html = []
    for number, row in enumerate(rows):
        tag = "td" if number else "th"
        html.append("<tr>" + "".join(f"<{tag}>{escape(cell, quote=False)}</{tag}>" for cell in row) + "</tr>")
    return f"<table><tbody>{''.join(html)}</tbody></table>"
