"""What a WSGI application answers to a request that no server and no client of Django's stands before."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any
from wsgiref.util import setup_testing_defaults

import brotli


class Answer:
    """What a WSGI application answered to a request, and how."""

    def __init__(self, application: Any, path: str, query: str = "", **environ: str) -> None:
        asked: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost"} | environ
        setup_testing_defaults(asked)
        body = application(asked, self._start)
        self.sent = b"".join(body)
        if hasattr(body, "close"):
            body.close()

    def _start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        self.status, self.headers = int(status[:3]), dict(headers)

    @property
    def text(self) -> str:
        decode: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}
        return decode.get(self.headers.get("Content-Encoding", ""), bytes)(self.sent).decode()
