"""Answers are compressed on their way, but for pictures."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from publishing.compression import CompressTextMiddleware

pytestmark = pytest.mark.django_db


def test_a_page_is_compressed_for_whoever_takes_it_so(client: Client) -> None:
    answer = client.get("/roles/", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert "Content-Encoding" not in client.get("/roles/")


@pytest.mark.parametrize(("kind", "is_compressed"), [("image/webp", False), ("image/png", False), ("text/css", True)])
def test_a_picture_is_sent_as_it_is(kind: str, is_compressed: bool) -> None:  # noqa: FBT001
    sent = HttpResponse(b"a" * 1000, content_type=kind)
    asked = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    answer = CompressTextMiddleware(lambda _: sent).process_response(asked, sent)
    assert ("Content-Encoding" in answer.headers) is is_compressed
