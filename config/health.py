"""What load balancers and supervisors ask: whether this process is alive, and whether it can do its work.

    application = Health(application)

Both are answered before anything else: whoever asks knows no host name of the site, speaks plain HTTP, and must not be
told what some cache has kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.signals import request_started
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

ALIVE, READY = "/healthz", "/readyz"


class Health:
    """A WSGI application that answers at ALIVE and READY, and asks the one inside for everything else."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.is_migrated = False

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        path = environ["PATH_INFO"]
        if path not in {ALIVE, READY}:
            return self.application(environ, start_response)  # type: ignore[no-any-return]
        missing = self._missing() if path == READY else ""
        status = HTTPStatus.SERVICE_UNAVAILABLE if missing else HTTPStatus.OK
        body = f"{missing or 'ok'}\n".encode()
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        headers += [("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
        start_response(f"{status.value} {status.phrase}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _missing(self) -> str:
        """Return what keeps this process from its work, or nothing. While the site is being worked on, its work is to
        say so, and the database is left alone."""
        if settings.MAINTENANCE:
            return ""
        try:
            request_started.send(sender=type(self))  # gives up a connection that the database has closed meanwhile
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            # Once is enough: the code of a process does not change, and nobody takes migrations back under it.
            self.is_migrated = self.is_migrated or _is_migrated()
        except Error:
            connection.close()
            return "The database does not answer."
        return "" if self.is_migrated else "Migrations are not applied: run `manage.py migrate`."


def _is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
