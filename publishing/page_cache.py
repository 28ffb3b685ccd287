"""Whole answers, kept in the memory of each process and given again before Django is asked.

    application = PageCache(get_wsgi_application())

Only views that say so are kept (`cached`), and only what a reader without a session gets with the status 200. An answer
is found by scheme, host, path and those arguments of the query that its view declares. Twice a second at most, the next
request looks for new purges (publishing.purges); with each of them everything that was kept is given up. A purge that
is due later is remembered until then. If the database cannot be asked, readers go on getting what is kept, however
old it is.
"""

from __future__ import annotations

import gzip
import heapq
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, wraps
from hashlib import blake2b
from http import HTTPStatus
from threading import Lock
from typing import Any, NamedTuple, TypeVar
from urllib.parse import parse_qsl, urlencode

import brotli
from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.db import Error, connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control

from publishing.models import Purge

logger = logging.getLogger(__name__)

CHECK_SECONDS = 0.5
"""How long after a look for purges the next one comes at the earliest."""
LASTS_SECONDS = 600
"""How long an answer is kept at most: what is counted, as what readers compare most, is as old as that."""
MEGABYTE = 1 << 20
WRITTEN_BYTES = 32 * MEGABYTE
OTHER_BYTES = 8 * MEGABYTE
"""How much memory of a process the answers take: those at addresses that somebody made, and all others (pages made from
any two roles, further pages and places, other names of the site, of which there are more than anybody reads)."""
LATE_ROWS = 1000
"""How many purges before the newest one are looked for again: they may have been committed after it."""
RENDERED_AT_ONCE = 64
LONGEST = 500
"""How many characters of a path or a header are remembered: what is longer is no page, and would fill the memory."""

PERSONAL = ("HTTP_COOKIE", "HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")
"""What of a request the site is not told when it makes a page for everybody."""

SHARED = {"public": True, "max_age": 0, "s_maxage": 60, "stale_while_revalidate": 60, "stale_if_error": 86_400}
"""What caches between this site and its readers are told, in seconds; a browser asks each time, and gets 304."""

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
R = TypeVar("R", bound=Any)
Key = tuple[str, str, str, str]
Headers = list[tuple[str, str]]


class Declared(NamedTuple):
    """The arguments of the query that a view reads, and those with which it is always asked."""

    arguments: frozenset[str]
    never_with: frozenset[str]


def cached(*arguments: str, never_with: Iterable[str] = ()) -> Callable[[View], View]:
    """Let caches keep what the decorated view answers, for each value of the query arguments of these names.

    Other arguments change nothing, so that a view must name every one that it reads; with one of `never_with` nothing
    is kept.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.OK and not request.GET.keys() & declared.never_with:
                patch_cache_control(response, **SHARED)
            return response

        declared = Declared(frozenset(arguments), frozenset(never_with))
        answer.cached = declared  # type: ignore[attr-defined]
        return answer  # type: ignore[return-value]

    return decorate


def made(response: R) -> R:
    """Mark the answer as one at an address that nobody made: a page of any two roles."""
    response.is_made = True
    return response


class Kept:
    """One answer, ready to be given: compressed, and with the headers of each form."""

    def __init__(self, status: str, headers: Headers, body: bytes) -> None:
        self.status = status
        self.until = time.monotonic() + LASTS_SECONDS
        self.etag = next((value for name, value in headers if name == "ETag"), f'W/"{_digest(body)}"')
        own = [(name, value) for name, value in headers if name not in {"Content-Length", "ETag", "Vary"}]
        varies = {each.strip() for name, value in headers if name == "Vary" for each in value.split(",")}
        own += [("ETag", self.etag), ("Vary", ", ".join(sorted(varies | {"Accept-Encoding"})))]
        self.not_modified = [(name, value) for name, value in own if name != "Content-Type"]
        self.bodies = {"br": brotli.compress(body, quality=5), "gzip": gzip.compress(body, compresslevel=6, mtime=0)}
        self.headers = {
            coding: [*own, ("Content-Encoding", coding), ("Content-Length", str(len(coded)))]
            for coding, coded in self.bodies.items()
        }
        self.plain = [*own, ("Content-Length", str(len(body)))]
        self.size = sum(map(len, self.bodies.values())) + 2_000  # the headers, about

    def answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """Give the answer in the form that the request asks for."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        is_found = self.status.startswith("200 ")
        if is_found and known and (known == "*" or self.etag.removeprefix("W/") in known):
            start_response("304 Not Modified", self.not_modified[:])
            return []
        coding = _coding(environ.get("HTTP_ACCEPT_ENCODING", "")[:LONGEST])
        start_response(self.status, (self.headers[coding] if coding else self.plain)[:])
        if environ["REQUEST_METHOD"] == "HEAD":
            return []
        return [self.bodies[coding] if coding else gzip.decompress(self.bodies["gzip"])]


def _digest(body: bytes) -> str:
    return blake2b(body, digest_size=12).hexdigest()


@lru_cache(maxsize=256)
def _coding(accepted: str) -> str:
    """Return the best of the codings that the header accepts, or nothing: "br", "gzip"."""
    weights = {}
    for part in accepted.split(","):
        name, _, weight = part.partition(";")
        weights[name.strip().lower()] = weight.replace(" ", "").lower() not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((coding for coding in ("br", "gzip") if weights.get(coding)), "")


class Store:
    """Answers up to a number of bytes; the one that was asked for the longest ago goes first."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self.kept: OrderedDict[Key, Kept] = OrderedDict()

    def get(self, key: Key) -> Kept | None:
        """Return the answer, or None."""
        found = self.kept.get(key)
        if found is not None:
            try:
                self.kept.move_to_end(key)
            except KeyError:
                return None  # another thread gave it up meanwhile
        return found

    def put(self, key: Key, answer: Kept) -> None:
        """Keep the answer, and give up others as long as there are too many bytes."""
        if old := self.kept.pop(key, None):
            self.size -= old.size
        self.kept[key] = answer
        self.size += answer.size
        while self.size > self.most:
            self.size -= self.kept.popitem(last=False)[1].size

    def clear(self) -> None:
        """Give everything up."""
        self.kept.clear()
        self.size = 0


class PageCache:
    """A WSGI application that gives again what the one inside has answered."""

    def __init__(self, application: Any, *, check_seconds: float = CHECK_SECONDS) -> None:
        self.application = application
        self.check_seconds = check_seconds
        self.written, self.others = Store(WRITTEN_BYTES), Store(OTHER_BYTES)
        self.purges = Purges()
        self.generation = 0
        self.check_at = 0.0
        self.checking, self.changing = Lock(), Lock()
        self.rendering = [Lock() for _ in range(RENDERED_AT_ONCE)]
        forwarded = settings.SECURE_PROXY_SSL_HEADER
        self.scheme = forwarded[0] if forwarded else "wsgi.url_scheme"

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        key = self._key(environ)
        if key is None:
            return self.application(environ, start_response)  # type: ignore[no-any-return]
        self._keep_up()
        kept = self._get(key)
        if kept is None:
            with self.rendering[hash(key) % RENDERED_AT_ONCE]:
                kept = self._get(key) or self._render(key, environ)
        return kept.answer(environ, start_response)

    def _key(self, environ: dict[str, Any]) -> Key | None:
        """Return what the answer is found by, or None where none may be kept."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return None
        if settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", ""):
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

    def _get(self, key: Key) -> Kept | None:
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
        kept = Kept(status, headers, body)
        if _may_be_kept(status, headers):
            is_other = key[3] or hasattr(response, "is_made") or not _is_own(key[1])
            store = self.others if is_other else self.written
            with self.changing:
                if self.generation == generation and not self.purges.is_due():
                    store.put(key, kept)
        return kept

    def _keep_up(self) -> None:
        """Give everything up if something was purged, looking for that if the last look is long enough ago."""
        if time.monotonic() >= self.check_at and self.checking.acquire(blocking=False):
            try:
                self.check_at = time.monotonic() + self.check_seconds
                is_stale = self.purges.look()
            finally:
                self.checking.release()
            if is_stale:
                self._clear()
        if self.purges.is_due():
            with self.changing:
                self.purges.pass_due()
            self._clear()

    def _clear(self) -> None:
        with self.changing:
            self.generation += 1
            self.written.clear()
            self.others.clear()


class Purges:
    """The purges that one process knows of, and those of them that are due later."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.coming: list[float] = []

    def look(self) -> bool:
        """Read the new purges; return whether there are any. If the database cannot be asked, there are none."""
        floor = max(self.seen, default=LATE_ROWS) - LATE_ROWS
        try:
            found = Purge.objects.filter(pk__gt=floor).values_list("pk", "due_at")
            rows = [(pk, due_at) for pk, due_at in found if pk not in self.seen]
        except Error:
            logger.warning("The page cache cannot look for purges: readers get what it holds.", exc_info=True)
            connection.close()  # the next look makes a new one
            return False
        now = time.time()
        for _, due_at in rows:
            if due_at.timestamp() > now:
                heapq.heappush(self.coming, due_at.timestamp())
        self.seen = {pk for pk in self.seen if pk > floor} | {pk for pk, _ in rows}
        return bool(rows)

    def is_due(self) -> bool:
        """Whether a purge that was to come has come."""
        return any(moment <= time.time() for moment in self.coming[:1])  # another thread may empty it meanwhile

    def pass_due(self) -> None:
        """Forget those that have come."""
        while self.is_due():
            heapq.heappop(self.coming)


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


def _may_be_kept(status: str, headers: Headers) -> bool:
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
