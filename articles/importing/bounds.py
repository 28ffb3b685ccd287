"""How much an article may be: one of 3,000 words has 20,000 characters in 100 paragraphs.

Ten times that is read; what is more would keep a process busy for longer than anybody waits.
"""

from .article import Unreadable
from .blocks import Document

MAX_CHARACTERS = 200_000
MAX_LINES = MAX_BLOCKS = 5_000
MAX_TAGS = 30_000
"""Of an HTML page, whose furniture has most of them."""
MAX_WORD_ELEMENTS = 100_000
"""Of a Word file, which has several for each word that is set apart."""


def refuse_long_text(text: str) -> None:
    """Raise Unreadable for a text or a Markdown file that is more than an article."""
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(
            f"The text has {len(text):,} characters, and an article may have {MAX_CHARACTERS:,}: split it, and take "
            "out pictures that stand in it as text."
        )
    _refuse(sum(map(bool, map(str.strip, text.split("\n")))), MAX_LINES, "lines", "the text")


def refuse_many_tags(html: str) -> None:
    """Raise Unreadable for HTML that has more tags than the page of an article."""
    _refuse(html.count("<"), MAX_TAGS, "tags", "the page")


def refuse_many_elements(*, paragraphs: int, elements: int) -> None:
    """Raise Unreadable for a Word file with so many paragraphs, or so many elements of any kind."""
    _refuse(paragraphs, MAX_BLOCKS, "paragraphs", "the file")
    _refuse(elements, MAX_WORD_ELEMENTS, "elements", "the file")


def refuse_long_document(document: Document) -> None:
    """Raise Unreadable for a document that is more than an article."""
    _refuse(len(document.blocks), MAX_BLOCKS, "paragraphs", "the file")
    _refuse(sum(len(block.text) for block in document.blocks), MAX_CHARACTERS, "characters", "the file")


def _refuse(number: int, most: int, what: str, where: str) -> None:
    if number > most:
        raise Unreadable(
            f"There are {number:,} {what} in {where}, and an article may have {most:,}: copy the article alone into a "
            "new file, or split it."
        )
