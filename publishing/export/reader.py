"""Asking the site for what a reader gets, in this process, and as it is at one moment."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from publishing.as_of import ENVIRON
from publishing.models import Document


class Answer(NamedTuple):
    """What the site answered; `location` is where it leads, or empty."""

    status: int
    content_type: str
    location: str
    body: bytes

    @property
    def is_text(self) -> bool:
        """Whether other addresses may stand in it."""
        kind = self.content_type.partition(";")[0]
        return kind.startswith("text/") or kind.endswith(("xml", "json", "javascript"))


class Reader:
    """Somebody without an account or a cookie who asks the site at SITE_URL as it is at the moment."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.scheme, _, self.host = settings.SITE_URL.partition("://")
        self.application = WSGIHandler()

    def ask(self, address: str) -> Answer:
        """Return the answer to a GET of the address: a path, as URLs spell it, and perhaps a query."""
        response: Any = self.application(self._environ(address), lambda status, headers, exc_info=None: str)
        try:
            body = b"".join(response)
        finally:
            response.close()
        return Answer(response.status_code, response.get("Content-Type", ""), response.get("Location", ""), body)

    def _environ(self, address: str) -> dict[str, Any]:
        path, _, query = address.partition("?")
        environ: dict[str, Any] = {
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),  # as PEP 3333 has it
            "QUERY_STRING": query,
            "HTTP_HOST": self.host,
            "wsgi.url_scheme": self.scheme,
            ENVIRON: self.at,
        }
        if settings.SECURE_PROXY_SSL_HEADER:
            environ[settings.SECURE_PROXY_SSL_HEADER[0]] = self.scheme
        setup_testing_defaults(environ)
        return environ


@contextmanager
def one_moment() -> Iterator[datetime]:
    """Let everything within read the database as it stands now, and give the moment.

    The database is only read: whoever publishes meanwhile waits for nothing.
    """
    with connections_left_open(), _snapshot(), _without_warnings():
        Document.objects.exists()  # SQLite and PostgreSQL take the snapshot at the first read
        yield timezone.now()


@contextmanager
def _snapshot() -> Iterator[None]:
    if connection.in_atomic_block:  # how the caller's transaction reads cannot be changed any more
        yield
        return
    connection.ensure_connection()
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # else SQLite would keep out whoever writes
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        connection.close()  # and is opened again as the settings have it


@contextmanager
def connections_left_open() -> Iterator[None]:
    """Keep Django from closing the connection before and after each request, and with it the transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Keep the log free of each page that is gone, as those are expected."""
    log = logging.getLogger("django.request")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)
