"""An article file, read: bytes in, an Article out."""

import re
from collections.abc import Callable
from pathlib import PurePath

from . import docx, frontmatter, markdown, markup, plain
from .article import Article, Note
from .assemble import article_from
from .blocks import Document
from .decode import decode

HTML = re.compile(r"\s*<(?:!doctype html|html|head|body|article|main)\b", re.IGNORECASE)
HTML_TAG = re.compile(r"</(?:p|h[1-6]|div|ul|ol|li|table|section)>", re.IGNORECASE)
TEXT = (".txt", ".text")
MARKDOWN = re.compile(r"^#{1,6} \S|\*\*\S[^*\n]{0,80}\*\*|\[[^\]\n]{1,80}\]\([^)\n]{1,200}\)", re.MULTILINE)


def read_article(data: bytes, *, name: str) -> Article:
    """The article in a file; `name` is the file's, and its ending tells text, Markdown and HTML apart.

    With another ending the text itself tells; a Word file is known by how it begins. Every visible word of the file
    is in a field of the Article or quoted in one of its notes. Raises Unreadable, and nothing else, for a file that
    holds no article over two roles.
    """
    if data.startswith(docx.SIGNATURE):
        return docx.article_in(data)
    text, notes = decode(data)
    return article_from(_document(text, PurePath(name).suffix.lower(), notes))


def _document(text: str, suffix: str, notes: list[Note]) -> Document:
    front, left_out, rest = frontmatter.split(text)
    document = _reader(suffix, rest)(rest)
    document.front = front
    document.notes += notes + left_out
    if suffix in TEXT and HTML.match(rest):
        sentence = f"The file's name ends in {suffix}, but it holds HTML; name it .html to have it read as a page."
        document.notes.append(Note(1, sentence, "guessed"))
    return document


def _reader(suffix: str, text: str) -> Callable[[str], Document]:
    if suffix in (".html", ".htm", ".xhtml"):
        return markup.read_html
    if suffix in (".md", ".markdown", ".mdown", ".mkd"):
        return markdown.read_markdown
    if suffix in TEXT:
        return plain.read
    if HTML.match(text) or len(HTML_TAG.findall(text, 0, 20_000)) > 2:
        return markup.read_html
    return markdown.read_markdown if len(MARKDOWN.findall(text, 0, 20_000)) > 1 else plain.read
