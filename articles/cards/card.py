"""What a card says, and the address at which it is had.

The address holds what is drawn, signed with the site's key: so nobody else can have something drawn, another title has
another address, and an old address goes on working.
"""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

WIDTH, HEIGHT = 1200, 630
"""Pixels: 1.91 to 1, what networks ask for that show a picture as wide as the post
(https://developers.facebook.com/docs/sharing/webmasters/images)."""

DESIGN = 1
"""Counted up when cards are drawn otherwise, so that they have other addresses."""

LONGEST = 160
"""Characters of a text that a card may have to find room for."""

_signer = Signer(salt="articles.cards")


class Card(NamedTuple):
    """A heading, the words below it or the names of the roles that are compared, and the site's name."""

    heading: str
    words: str = ""
    roles: tuple[str, ...] = ()
    site: str = ""

    @classmethod
    def of(cls, heading: str, *, words: str = "", roles: tuple[str, ...] = ()) -> Card:
        """Return the card with texts of one line each, none longer than LONGEST."""
        return cls(_line(heading), _line(words), tuple(map(_line, roles)), _line(settings.SITE_NAME))

    def get_absolute_url(self) -> str:
        """Return the path of the picture."""
        token = _signer.sign_object([DESIGN, *self], compress=True)
        return reverse("articles:card", kwargs={"token": token})

    @property
    def alt(self) -> str:
        """What the picture shows, in words."""
        return " · ".join(filter(None, [self.heading, self.site]))


def _line(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def signed(token: str) -> Card | None:
    """Return the card that an address asks for, or None if the address was not made here."""
    try:
        _, heading, words, roles, site = _signer.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return Card(heading, words, tuple(roles), site)
