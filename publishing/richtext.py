"""Rich text: what an editor may write, what is stored, and how links in it stay true.

One configuration serves the editor and the sanitiser: what cannot be written there is not stored either.

A link to a document of this site is stored by identity, as `doc:12` or `doc:12#part`. Editors see and paste
ordinary paths; readers get the path at which the document is live at that moment, or plain text when it is not.

A figure is quoted by identity too: `<a href="figure:a/median_pay">median pay of practice managers</a>`. Its words name
it for editors; readers get what the record says in their place. Which figures there are is no matter of this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.html import escape, strip_tags
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField, create_sanitizer

from publishing import addresses

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "doc", "figure"]},
    "QuotedFigure": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "HardBreak": True,
    "History": True,
    "NoSpellCheck": False,
}

# The sanitiser writes attributes as name="value" and never nests links, which is what makes these safe to use.
LINK = re.compile(
    r'<a(?P<before>(?: (?!href)[a-z]+="[^"]*")*) href="(?P<href>[^"]*)"(?P<after>(?: [a-z]+="[^"]*")*)>'
    r"(?P<text>.*?)</a>",
    re.DOTALL,
)
IDENTITY = re.compile(r"doc:([0-9]{1,18})(#.*)?")
DOCUMENT_IDS = re.compile(r' href="doc:([0-9]{1,18})["#]')
OWN_PATH = re.compile(r"/(?!/)")
QUOTE = re.compile(r"figure:([a-z]+/[a-z_]+)")
PART_ENDS = re.compile(r"</(p|li|h\d|t[dhr]|blockquote)>|<br>")
TAG = re.compile(r'</?[a-z][a-z0-9]*(?: [a-z]+="[^"]*")*>')
"""A tag as the sanitiser writes it; `strip_tags` reads whatever else there is, with a parser that takes its time."""
IGNORED = re.compile(r"[\x00-\x20]")
"""What is left out when an address is read."""

LONGEST = 100_000
"""How many characters of HTML a rich text has at most; an article of 3,000 words has 25,000 in all its parts."""
MOST_LINKS = 200
"""How many links: where each of them leads is looked up."""
MOST_TAGS = 5_000
DEEPEST = 100
"""How many elements are open at once: the sanitiser asks each whether those above it go together."""
OPENED = re.compile(r"<(/?)(?!(?:br|hr|img|li|p|t[dhr])[\s/>])[a-z]", re.IGNORECASE)
"""Where an element begins or ends that another one does not end."""

_clean: Callable[[str], str] = create_sanitizer(EXTENSIONS)


def sanitise(html: str) -> str:
    """Return the HTML with only what the editor can write in it: no scripts, handlers, styles, or odd links.

    A quoted figure has words and no markup; an address that only begins like one is no link.
    """

    def tidy(match: re.Match[str]) -> str:
        href = unescape(match["href"])
        if not IGNORED.sub("", href).lower().startswith("figure:"):
            return match[0]
        name = QUOTE.fullmatch(href)
        return quote(name[1], plain(match["text"])) if name else match["text"]

    clean = _clean(html)
    while (tidied := _clean(LINK.sub(tidy, clean))) != clean:  # what is taken out may have held something else apart
        clean = tidied
    return clean


def excess(html: str) -> str:
    """Return a sentence that says that this is more than a rich text holds, or nothing."""
    if len(html) > LONGEST:
        return f"This text has {len(html):,} characters, and one text may have {LONGEST:,}: split it."
    links = html.lower().count("<a")
    if links > MOST_LINKS:
        return f"This text has {links:,} links, and one text may have {MOST_LINKS}: split it."
    if html.count("<") > MOST_TAGS:
        return f"This text has more than {MOST_TAGS:,} paragraphs and signs of markup: split it."
    return "Too much stands in one another in this text: take lists out of lists." if _is_deep(html) else ""


def _is_deep(html: str) -> bool:
    depth = 0
    for tag in OPENED.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEEPEST:
            return True
    return False


def quote(name: str, words: str) -> str:
    """Return the HTML in which a figure with that name ("a/median_pay") is quoted; the words are what editors read."""
    return f'<a href="figure:{name}">{escape(words)}</a>'


def quotes(html: str) -> list[tuple[str, str]]:
    """Return the figures that the HTML quotes, in their order: the name of each, and its words."""
    return [(name[1], plain(link["text"])) for link in LINK.finditer(html) if (name := QUOTE.fullmatch(link["href"]))]


def with_quotes(html: str, write: Callable[[str, str], str]) -> str:
    """Return the HTML with what the function writes, HTML too, in place of each figure; it gets its name and words."""

    def resolve(match: re.Match[str]) -> str:
        name = QUOTE.fullmatch(match["href"])
        return write(name[1], plain(match["text"])) if name else match[0]

    return LINK.sub(resolve, html)


def plain(html: str) -> str:
    """Return the words of the HTML as one line of text."""
    text = TAG.sub("", PART_ENDS.sub(" ", html))
    return " ".join(unescape(strip_tags(text)).split())


def to_identities(html: str) -> str:
    """Return the HTML with each link to a document of this site stored by identity; other links stay as they are."""

    def identify(match: re.Match[str]) -> str:
        if not OWN_PATH.match(unescape(match["href"])):
            return match[0]
        href = urlsplit(unescape(match["href"]))
        document_id = addresses.document_at(href.path)
        if document_id is None:
            return match[0]
        fragment = f"#{href.fragment}" if href.fragment else ""
        return _link(match, f"doc:{document_id}{fragment}")

    return LINK.sub(identify, html)


def document_ids(html: str) -> set[int]:
    """Return the ids of the documents that the HTML links to."""
    return {int(found) for found in DOCUMENT_IDS.findall(html)}


def with_paths(html: str, paths: Mapping[int, str]) -> str:
    """Return the HTML with each link to a document led to its path; a document without one becomes plain text."""

    def resolve(match: re.Match[str]) -> str:
        href = unescape(match["href"]).strip()
        if not href.lower().startswith("doc:"):
            return match[0]
        identity = IDENTITY.fullmatch(href)
        path = paths.get(int(identity[1])) if identity else None
        if identity is None or path is None:
            return match["text"]
        return _link(match, path + (identity[2] or ""))

    return LINK.sub(resolve, html)


def _link(match: re.Match[str], href: str) -> str:
    return f'<a{match["before"]} href="{escape(href)}"{match["after"]}>{match["text"]}</a>'


class RichTextFormField(ProseEditorFormField):  # type: ignore[misc]
    """The editor. It shows identities as the paths of the working copies."""

    def prepare_value(self, value: Any) -> Any:
        """Return the HTML with paths in place of identities."""
        if not isinstance(value, str) or "doc:" not in value:
            return value
        return with_paths(value, addresses.working_paths(document_ids(value)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what would be stored: an identity shown as a path is no change, and what is too long is one."""
        data = data or ""
        return bool(excess(data) or (initial or "") != to_identities(sanitise(data)))


class RichTextField(ProseEditorField):  # type: ignore[misc]
    """HTML that passed the sanitiser, with links by identity. Writers other than forms call `full_clean()`.

    `headings` are the levels that the editor offers: those below the heading that the page puts above the field.
    """

    def __init__(self, *args: Any, headings: tuple[int, ...] = (3, 4), **kwargs: Any) -> None:
        extensions = EXTENSIONS | {"Heading": {"levels": list(headings)}}
        super().__init__(*args, **{"extensions": extensions, "sanitize": sanitise, "blank": True} | kwargs)

    def clean(self, value: Any, instance: Any) -> str:
        """Return what is stored for the HTML. Raises ValidationError where that is too long."""
        if said := excess(value or ""):
            raise ValidationError(said)
        return to_identities(super().clean(value, instance))

    def formfield(self, **kwargs: Any) -> Any:
        """Return the editor."""
        return super().formfield(**{"form_class": RichTextFormField} | kwargs)
