"""Rich text and pictures as programs get them: nothing in them depends on the page that they would stand on."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

from django.utils.html import escape
from pydantic import BaseModel, Field

from careers.reading import Part as PagePart
from images.pictures import Picture as PagePicture
from publishing.richtext import LINK, OWN_PATH, plain


class Prose(BaseModel):
    """Rich text, as HTML and as words."""

    html: str = Field(description="Sanitised HTML: paragraphs, lists, tables, links. Every link is absolute.")
    text: str = Field(description="The words alone, on one line.")

    @classmethod
    def of(cls, html: str, *, page: str) -> Prose:
        """Return rich text that readers find on the page (its absolute address)."""
        return cls(html=absolute(html, page=page), text=plain(html))


class Picture(BaseModel):
    """A picture. Sides are in pixels."""

    src: str
    width: int
    height: int
    alt: str
    credit: str

    @classmethod
    def of(cls, picture: PagePicture, *, page: str) -> Picture:
        """Return a picture that readers find on the page (its absolute address)."""
        said = {name: getattr(picture, name) for name in ("width", "height", "alt", "credit")}
        return cls(src=urljoin(page, picture.src), **said)


class Part(BaseModel):
    """A piece of an article."""

    anchor: str = Field(description="Where it stands on the page: what follows # in its address.")
    heading: str
    body: Prose
    picture: Picture | None

    @classmethod
    def of(cls, part: PagePart, *, page: str) -> Part:
        """Return a part of the page (its absolute address)."""
        picture = Picture.of(part.picture, page=page) if part.picture else None
        return cls(anchor=part.anchor, heading=part.heading, body=Prose.of(part.body, page=page), picture=picture)


def absolute(html: str, *, page: str) -> str:
    """Return the HTML of a page (its absolute address) with every link absolute."""

    def lead(match: re.Match[str]) -> str:
        href = unescape(match["href"])
        if OWN_PATH.match(href):
            href = _site(page) + href
        elif href.startswith("#"):
            href = page + href
        return f'<a{match["before"]} href="{escape(href)}"{match["after"]}>{match["text"]}</a>'

    return LINK.sub(lead, html)


def _site(page: str) -> str:
    return "/".join(page.split("/", 3)[:3])
