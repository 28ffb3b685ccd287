"""What people get while the database cannot do what they ask: a sentence that says so, and what they typed.

A page that the page cache holds is given all the same (publishing.page_cache). Nothing has to be done once the
database is there again: the next request opens a new connection.
"""

from __future__ import annotations

import errno
import sqlite3
import sys
from enum import Enum
from http import HTTPStatus
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.defaults import server_error

RETRY_SECONDS = 60
"""When machines may ask again."""
NOT_REPEATED = ("csrfmiddlewaretoken", "password")
"""What no page repeats of what was typed: fields whose name contains one of these."""


class Outage(Enum):
    """Why the database does not do what was asked, as a sentence for whoever asked."""

    FULL = _("There is no room left on the site's disk, so nothing new can be saved.")
    READ_ONLY = _("The site can be read just now, but nothing can be saved.")
    BUSY = _("Something else has been changing the site for so long that this could not be saved.")
    GONE = _("The site's database does not answer just now.")

    @property
    def sentence(self) -> Promise:
        """The sentence."""
        return self.value


SQLITE = {
    sqlite3.SQLITE_BUSY: Outage.BUSY,
    sqlite3.SQLITE_LOCKED: Outage.BUSY,
    sqlite3.SQLITE_READONLY: Outage.READ_ONLY,
    sqlite3.SQLITE_IOERR: Outage.GONE,
    sqlite3.SQLITE_CORRUPT: Outage.GONE,
    sqlite3.SQLITE_FULL: Outage.FULL,
    sqlite3.SQLITE_CANTOPEN: Outage.GONE,
    sqlite3.SQLITE_PROTOCOL: Outage.BUSY,
    sqlite3.SQLITE_NOTADB: Outage.GONE,
    sqlite3.SQLITE_IOERR_SHMSIZE: Outage.FULL,
}
"""Outages by SQLite's result codes, the whole or the primary one (https://www.sqlite.org/rescode.html)."""
POSTGRES = {
    "08": Outage.GONE,
    "25006": Outage.READ_ONLY,
    "53100": Outage.FULL,
    "53": Outage.GONE,
    "55P03": Outage.BUSY,
    "57014": Outage.BUSY,
    "57": Outage.GONE,
    "58": Outage.GONE,
    "42P01": Outage.GONE,
}
"""Outages by how PostgreSQL's SQLSTATE begins (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""
NO_TABLES = "no such table"
"""What SQLite says of the empty file that a command makes in place of one that was moved away."""
FILES = {errno.ENOSPC: Outage.FULL, errno.EDQUOT: Outage.FULL, errno.EROFS: Outage.READ_ONLY}
"""Outages of the folders in which pictures lie, uploads arrive, and what people send is counted."""


def outage_in(error: BaseException | None) -> Outage | None:
    """Return why the database could not be asked, or a file not be written; None if the error is of another kind."""
    if isinstance(error, OSError):
        return FILES.get(error.errno or 0)
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    cause = error.__cause__
    if (code := getattr(cause, "sqlite_errorcode", None)) is not None:
        return SQLITE.get(code) or SQLITE.get(code & 0xFF) or (Outage.GONE if NO_TABLES in str(error) else None)
    if (state := getattr(cause, "sqlstate", None)) is not None:
        return next((outage for begins, outage in POSTGRES.items() if state.startswith(begins)), None)
    # A server that went away leaves no state behind; in the midst of an answer, not even the kind of error.
    is_of_no_kind = cause is not None and type(error) is DatabaseError
    return Outage.GONE if is_of_no_kind or isinstance(error, OperationalError | InterfaceError) else None


def failed(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed (the handler of 500): 503 if the database could not be asked or a file not be
    written, else that the fault is ours."""
    outage = outage_in(sys.exception())
    return unavailable(request, outage) if outage else server_error(request)


def unavailable(request: HttpRequest, outage: Outage) -> HttpResponse:
    """Return the page that says so, with a form that holds what was sent and sends it again.

    It is rendered without the request: what asks the database is in its context.
    """
    if not connection.in_atomic_block:
        connection.close()  # the next request opens a new one, where the database may be again
    typed = [] if request.method != "POST" else _typed(request)
    context = {
        "outage": outage.sentence,
        "address": request.get_full_path(),
        "was_sent": request.method == "POST",
        "typed": typed,
        "has_files": bool(typed and request.FILES),
        "token": get_token(request) if typed else "",
    }
    return answer_unavailable(HttpResponse(render_to_string("outage.html", context)))


def _typed(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the fields that were sent; those with words are shown."""
    return [
        {"name": name, "label": name.strip("_").replace("_", " ").replace("-", " "), "text": text, "shown": " " in text}
        for name, texts in request.POST.lists()
        for text in texts
        if not any(secret in name for secret in NOT_REPEATED)
    ]


def answer_unavailable(response: HttpResponse) -> HttpResponse:
    """Return the page as one of an outage: for now, and for nobody else."""
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response["Retry-After"] = str(RETRY_SECONDS)
    add_never_cache_headers(response)
    return response
