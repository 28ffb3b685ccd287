"""An answer, ready to be given: compressed, and with the headers of each form."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import brotli

from publishing.models.purges import ANYTHING
from publishing.page_cache.declared import TAGS

LASTS_SECONDS = 600
"""How long an answer is kept at most: what is counted, as what readers compare most, is as old as that."""
LONGEST = 500
"""How many characters of a path or a header are remembered: what is longer is no page, and would fill the memory."""

CODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
    "": bytes,
}
"""How a body is coded, the best first; the last is no coding at all."""

MADE_ANEW = {"Content-Length", "ETag", "Vary", "X-Request-ID"}
"""Headers that are not kept: those of each form are its own, and the id is that of one request."""

Headers = list[tuple[str, str]]


class Kept:
    """One answer in the forms in which it may be asked for."""

    def __init__(self, status: str, headers: Headers, body: bytes, *, codings: Iterable[str]) -> None:
        self.status = status
        self.until = time.monotonic() + LASTS_SECONDS
        said = dict(headers)
        self.tags = frozenset(said.get(TAGS, ANYTHING).split())
        self.etag = said.get("ETag") or f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
        own = [(name, value) for name, value in headers if name not in MADE_ANEW]
        varies = {each.strip() for name, value in headers if name == "Vary" for each in value.split(",")}
        own += [("ETag", self.etag), ("Vary", ", ".join(sorted(varies | {"Accept-Encoding"})))]
        self.not_modified = [(name, value) for name, value in own if name != "Content-Type"]
        self.forms = {coding: _form(CODERS[coding](body), coding, own) for coding in codings}
        self.size = sum(len(coded) for _, coded in self.forms.values()) + 2_000  # the headers, about

    def answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """Give the answer in the form that the request asks for."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and self.status.startswith("200 ") and (known == "*" or self.etag.removeprefix("W/") in known):
            start_response("304 Not Modified", self.not_modified[:])
            return []
        headers, body = self.forms.get(accepted(environ)) or self._plain()
        start_response(self.status, headers[:])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _plain(self) -> tuple[Headers, bytes]:
        """Return the form of a request that takes none of the others: so few that no memory is spent on it."""
        headers, body = self.forms["gzip"]
        plain = gzip.decompress(body)
        own = [(name, value) for name, value in headers if name not in {"Content-Encoding", "Content-Length"}]
        return [*own, ("Content-Length", str(len(plain)))], plain


def _form(body: bytes, coding: str, own: Headers) -> tuple[Headers, bytes]:
    encoded = [("Content-Encoding", coding)] if coding else []
    return [*own, *encoded, ("Content-Length", str(len(body)))], body


def accepted(environ: dict[str, Any]) -> str:
    """Return the best of the codings that the request accepts; "" if it accepts none."""
    return _best(environ.get("HTTP_ACCEPT_ENCODING", "")[:LONGEST])


@lru_cache(maxsize=256)
def _best(header: str) -> str:
    weights = {}
    for part in header.split(","):
        name, _, weight = part.partition(";")
        weights[name.strip().lower()] = weight.replace(" ", "").lower() not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((coding for coding in CODERS if weights.get(coding)), "")


def may_be_kept(status: str, headers: Headers) -> bool:
    """Whether the answer is for everybody, and says that it may be kept."""
    if not status.startswith("200 "):
        return False
    said: Iterator[tuple[str, str]] = ((name.lower(), value.lower()) for name, value in headers)
    control = ""
    for name, value in said:
        if name == "set-cookie" or (name == "vary" and "cookie" in value):
            return False
        if name == "cache-control":
            control = value
    return "public" in control and "no-store" not in control
