"""What the server says of itself: one line on stderr for each event, and errors to whoever is to know of them.

No line names a person: of a request it says the path, never the query, the address, the account or a cookie. What
belongs to one request has its id, which is sent back as `X-Request-ID`.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import mail_admins
from django.db.backends.signals import connection_created

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,100}")
"""What an id of the proxy in front looks like: nginx's has 32 hexadecimal digits, others make a UUID."""
SECRET = re.compile(r"(/shared/)[^/\s?]+")
"""A part of a path that opens what is not public (publishing.shared)."""
VALUES = re.compile(r"\n\s*DETAIL:.*")
"""Where PostgreSQL repeats the values of a row that it refuses."""
LONGEST = 2000
"""How many characters of a path or of SQL are written."""
MAIL_SECONDS = 60
"""How long after a mail about an error a process sends the next one at the earliest: the log has them all."""

requests = logging.getLogger("config.requests")
queries = logging.getLogger("config.queries")

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that this thread answers."""


class Plain(logging.Formatter):
    """Writes an event for people."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 (the name is logging's)
        """Return the traceback, without the values of rows."""
        return VALUES.sub("", super().formatException(ei))

    def format(self, record: logging.LogRecord) -> str:
        """Return the event, without what opens a draft."""
        return SECRET.sub(r"\1…", super().format(record))


class Json(Plain):
    """Writes an event for machines: one JSON object in one line, with what `extra={"fields": …}` adds."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        moment = datetime.fromtimestamp(record.created, tz=UTC)
        said = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": SECRET.sub(r"\1…", record.getMessage()),
            "request": request_id.get(),
        }
        said |= getattr(record, "fields", {})
        if record.exc_info:
            said["error"] = SECRET.sub(r"\1…", self.formatException(record.exc_info))
        return json.dumps(said, ensure_ascii=False)


class Mail(logging.Handler):
    """Mails an error to ADMINS as the log has it: Django's own handler would add cookies, addresses and forms."""

    next_at = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        """Send the mail, unless one was sent just now."""
        if settings.ADMINS and time.monotonic() >= self.next_at:
            self.next_at = time.monotonic() + MAIL_SECONDS
            mail_admins(f"{record.levelname}: {record.name}", self.format(record), fail_silently=True)


class RequestLog:
    """A WSGI application that gives each request an id, and writes what it was answered and how long that took.

    It stands inside the page cache, which gives a page again in less time than writing a line takes: a page for
    everybody has no id, and is written when it is made.
    """

    def __init__(self, application: Any) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        begun, answered = time.perf_counter(), "500"
        id_ = _given(environ) or uuid4().hex
        entered = request_id.set(id_)

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            nonlocal answered
            answered = status
            return start_response(status, [*headers, (HEADER, id_)], exc_info)

        try:
            return self.application(environ, start)  # type: ignore[no-any-return]
        finally:
            if requests.isEnabledFor(logging.INFO):
                _write(environ, status=int(answered[:3]), seconds=time.perf_counter() - begun)
            request_id.reset(entered)


def _given(environ: dict[str, Any]) -> str:
    """Return the id that the proxy gave the request, if there is a proxy that is trusted, and it is well-formed."""
    given: str = environ.get("HTTP_X_REQUEST_ID", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return given if WELL_FORMED.fullmatch(given) else ""


def _write(environ: dict[str, Any], *, status: int, seconds: float) -> None:
    # WSGI hands bytes over as if they were Latin-1: https://peps.python.org/pep-3333/#unicode-issues
    path = SECRET.sub(r"\1…", environ["PATH_INFO"].encode("latin-1").decode(errors="replace")[:LONGEST])
    fields = {"method": environ["REQUEST_METHOD"], "path": path, "status": status, "ms": round(seconds * 1000, 1)}
    requests.info("%s %s: %s", fields["method"], path, status, extra={"fields": fields})


def watch_queries() -> None:
    """Write every query that takes SLOW_QUERY_MS or longer, of whatever connection is opened from now on."""
    connection_created.connect(_watch, dispatch_uid=__name__)


def _watch(sender: Any, connection: Any, **kwargs: Any) -> None:
    if settings.SLOW_QUERY_MS and _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)


def _timed(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
    """Run a query; write its SQL if it is slow. Its parameters are what people typed, and are not written."""
    begun = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        took = (time.perf_counter() - begun) * 1000
        if took >= settings.SLOW_QUERY_MS:
            fields = {"ms": round(took, 1), "sql": str(sql)[:LONGEST]}
            queries.warning("A query took %.1f ms: %s", took, fields["sql"], extra={"fields": fields})


def tell_sentry() -> None:
    """Send errors to the Sentry of SENTRY_DSN, if there is one: which code failed, and for which path.

    It is imported only then: it takes memory in every process.
    """
    if not settings.SENTRY_DSN:
        return
    import sentry_sdk

    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=_without_people,
    )


def _without_people(event: Any, hint: Any) -> Any:
    """Return Sentry's event without what a request says beyond its path."""
    for failed in event.get("exception", {}).get("values", ()):
        failed["value"] = VALUES.sub("", failed["value"])
    asked = event.pop("request", {})
    event.pop("user", None)
    if "url" in asked:
        event["request"] = {"method": asked.get("method"), "url": SECRET.sub(r"\1…", asked["url"].partition("?")[0])}
    event.setdefault("tags", {})["request_id"] = request_id.get()
    return event
