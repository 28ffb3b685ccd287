"""Answers are compressed on their way, but for pictures, which are as small as they get."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressTextMiddleware(GZipMiddleware):
    """Compress what is text. Each answer is made a few random bytes longer, so that lengths tell nothing of what is
    secret in the admin."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return the answer, compressed where that helps."""
        if response.headers.get("Content-Type", "").startswith("image/"):
            return response
        return super().process_response(request, response)
