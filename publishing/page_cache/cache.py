"""The WSGI application that gives again what the one inside has answered.

Only views that say so are kept (`declared.cached`), and only what a reader without a session gets with the status 200.
An answer is found by scheme, host, path and those arguments of the query that its view declares. Twice a second at
most, the next request looks for new purges; what carries one of their tags is given up. If the database cannot be
asked, readers go on getting what is kept, however old it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.urls import Resolver404, resolve

from publishing.page_cache.declared import Declared
from publishing.page_cache.kept import LONGEST, Headers, Kept, accepted, may_be_kept
from publishing.page_cache.pending import Pending
from publishing.page_cache.store import Key, Store

CHECK_SECONDS = 0.5
"""How long after a look for purges the next one comes at the earliest."""
MEGABYTE = 1 << 20
WRITTEN_BYTES = 16 * MEGABYTE
OTHER_BYTES = 4 * MEGABYTE
"""How much memory of a process the answers take: those at addresses that somebody made, and all others (pages made from
any two roles, further pages and places, other names of the site, of which there are more than anybody reads)."""
RENDERED_AT_ONCE = 64
KEPT_CODINGS = ("br", "gzip")

PERSONAL = ("HTTP_COOKIE", "HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")
"""What of a request the site is not told when it makes a page for everybody."""


class PageCache:
    """A WSGI application that gives again what the one inside has answered."""

    def __init__(self, application: Any, *, check_seconds: float = CHECK_SECONDS) -> None:
        self.application = application
        self.check_seconds = check_seconds
        self.written, self.others = Store(WRITTEN_BYTES), Store(OTHER_BYTES)
        self.purges = Pending()
        self.generation = 0
        self.check_at = 0.0
        self.checking, self.changing = Lock(), Lock()
        self.rendering = [Lock() for _ in range(RENDERED_AT_ONCE)]
        forwarded = settings.SECURE_PROXY_SSL_HEADER
        self.scheme = forwarded[0] if forwarded else "wsgi.url_scheme"
        self.session_cookie = settings.SESSION_COOKIE_NAME

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        key = self._key(environ)
        if key is None:
            return self.application(environ, start_response)  # type: ignore[no-any-return]
        self._keep_up()
        answer = self._fresh(key)
        if answer is None:
            with self.rendering[hash(key) % RENDERED_AT_ONCE]:
                answer = self._fresh(key) or self._render(key, environ)
        return answer.answer(environ, start_response)

    def _key(self, environ: dict[str, Any]) -> Key | None:
        """Return what the answer is found by, or None where none may be kept."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return None
        if self.session_cookie in environ.get("HTTP_COOKIE", ""):
            return None
        path = environ["PATH_INFO"]
        declared = _declared(path) if len(path) <= LONGEST else None
        if declared is None:
            return None
        query = environ["QUERY_STRING"]
        if query:
            asked = parse_qsl(query, keep_blank_values=True)
            if any(name in declared.never_with for name, _ in asked):
                return None
            last = {name: value for name, value in asked if name in declared.arguments}  # of two, Django takes it too
            query = urlencode(sorted(last.items()))
        return environ.get(self.scheme, ""), environ.get("HTTP_HOST", ""), path, query

    def _fresh(self, key: Key) -> Kept | None:
        kept = self._found(key)
        return kept if kept and kept.until > time.monotonic() else None

    def _found(self, key: Key) -> Kept | None:
        return self.written.get(key) or self.others.get(key)

    def _render(self, key: Key, environ: dict[str, Any]) -> Kept:
        """Ask the application, and keep what it answers unless something was purged meanwhile. If it fails, return what
        was kept, if anything was."""
        generation = self.generation
        asked = environ | {"REQUEST_METHOD": "GET", "QUERY_STRING": key[3]}
        for name in PERSONAL:
            asked.pop(name, None)
        said: list[tuple[str, Headers]] = []
        response = self.application(asked, lambda status, headers, exc_info=None: said.append((status, headers)))
        try:
            body = b"".join(response)
        finally:
            if hasattr(response, "close"):
                response.close()
        status, headers = said[-1]
        if status.startswith("5") and (old := self._found(key)):
            return old
        if not may_be_kept(status, headers):
            return Kept(status, headers, body, codings=[accepted(environ)])
        kept = Kept(status, headers, body, codings=KEPT_CODINGS)
        is_other = key[3] or hasattr(response, "is_made") or not _is_own(key[1])
        with self.changing:
            if self.generation == generation and not self.purges.is_due():
                (self.others if is_other else self.written).put(key, kept)
        return kept

    def _keep_up(self) -> None:
        """Give up what is stale, looking for new purges if the last look is long enough ago."""
        if time.monotonic() >= self.check_at and self.checking.acquire(blocking=False):
            try:
                self.check_at = time.monotonic() + self.check_seconds
                self.purges.look()
            finally:
                self.checking.release()
        if self.purges.is_due():
            with self.changing:
                stale = self.purges.due()
                self.generation += 1
                self.written.purge(stale)
                self.others.purge(stale)


@lru_cache(maxsize=8192)
def _declared(path: str) -> Declared | None:
    """Return what the view at the path declares, or None if it may not be kept."""
    try:
        view = resolve(get_path_info({"PATH_INFO": path})).func
    except (Resolver404, UnicodeDecodeError):
        return None
    return getattr(view, "cached", None)


def _is_own(host: str) -> bool:
    """Whether the host is the site's own name; of others, as with any port, there are more than anybody reads."""
    return not settings.SITE_URL or settings.SITE_URL.partition("//")[2] == host
