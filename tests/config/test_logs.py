"""What the server writes: a line for each event, which machines read and which names nobody."""

from __future__ import annotations

import gzip
import json
import logging
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import brotli
import pytest
from django.core.mail import EmailMessage
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from pytest_django import Settings

from config import logs
from config.health import Health
from config.logs import Json, Mail, Plain, RequestLog
from publishing.export.reader import connections_left_open
from publishing.page_cache import PageCache, cached
from tests.answers import Answer
from tests.config.test_settings import read, refusal, start

HEX = re.compile(r"[0-9a-f]{32}")
PERSONAL = {
    "REMOTE_ADDR": "203.0.113.7",
    "HTTP_COOKIE": "sessionid=secret-cookie",
    "HTTP_X_FORWARDED_FOR": "203.0.113.7",
}
HIDDEN = ("203.0.113.7", "secret-cookie", "secret-query", "secret-row")


def fails(request: HttpRequest) -> HttpResponse:
    """Fail as a view does whose row PostgreSQL refuses."""
    row = HIDDEN[-1]  # not in the line itself, which is part of the traceback
    raise ValueError(f"duplicate key value\nDETAIL:  Key (username)=({row}) already exists.")


@cached()
def kept(request: HttpRequest) -> HttpResponse:
    """Answer what the page cache keeps."""
    return HttpResponse("kept")


def token(request: HttpRequest, token: str) -> HttpResponse:
    """Answer at an address that opens a draft."""
    raise Http404("none")


urlpatterns = [path("fails/", fails), path("kept/", kept), path("shared/<str:token>/", token)]


def unmade(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer where there is no page, without the site's templates: they lead to addresses that are not here."""
    return HttpResponse(status=404 if exception else 500)


handler404 = handler500 = unmade


@pytest.fixture
def site(settings: Settings, db: None) -> Iterator[Any]:
    """Return the site as config/wsgi.py puts it together, with the views above."""
    settings.ROOT_URLCONF = __name__
    with connections_left_open():
        yield Health(PageCache(RequestLog(get_wsgi_application())))


@pytest.fixture
def written(caplog: pytest.LogCaptureFixture) -> Iterator[list[dict[str, Any]]]:
    """Return the lines that are written, as a machine reads them."""
    lines: list[dict[str, Any]] = []

    class Reads(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(json.loads(Json().format(record)))

    handler = Reads()
    logging.getLogger().addHandler(handler)
    caplog.set_level(logging.INFO, logger="config.requests")
    yield lines
    logging.getLogger().removeHandler(handler)


def test_a_request_is_one_line_with_its_id_and_nothing_about_who_asked(site: Any, written: list[Any]) -> None:
    answer = Answer(site, "/shared/abc/", "q=secret-query", **PERSONAL)
    [line] = [each for each in written if each["logger"] == "config.requests"]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/shared/…/", 404)
    assert line["request"] == answer.headers["X-Request-ID"]
    assert 0 <= line["ms"] < 60_000
    assert not [each for each in HIDDEN if each in json.dumps(written)]


def test_an_error_has_its_traceback_the_id_of_its_request_and_no_value_of_a_row(site: Any, written: list[Any]) -> None:
    answer = Answer(site, "/fails/", "q=secret-query", **PERSONAL)
    assert answer.status == 500
    [line] = [each for each in written if each["level"] == "ERROR"]
    assert line["request"] == answer.headers["X-Request-ID"]
    assert "ValueError: duplicate key value" in line["error"]
    assert not [each for each in HIDDEN if each in json.dumps(written)]


@pytest.mark.parametrize("formatter", [Json(), Plain()])
def test_an_address_that_opens_a_draft_is_not_written(
    site: Any, caplog: pytest.LogCaptureFixture, formatter: logging.Formatter
) -> None:
    caplog.set_level(logging.INFO, logger="config.requests")
    Answer(site, "/shared/WzEsMl0:abc/")
    text = "\n".join(formatter.format(record) for record in caplog.records)
    assert "/shared/…" in text
    assert "WzEsMl0" not in text


def test_no_path_breaks_a_line(site: Any, written: list[Any]) -> None:
    Answer(site, "/a\nb\xff\u00e9/")
    assert "\n" in next(each["path"] for each in written if "status" in each)  # inside of its string
    assert len(Json().format(logging.makeLogRecord({"msg": "a\nb"})).splitlines()) == 1


def test_a_page_that_is_kept_has_no_id_and_is_written_once(site: Any, written: list[Any]) -> None:
    assert not any("X-Request-ID" in Answer(site, "/kept/").headers for _ in range(3))
    [line] = [each for each in written if each["logger"] == "config.requests"]
    assert HEX.fullmatch(line["request"])


@pytest.mark.parametrize(
    ("given", "trusted", "is_taken"),
    [
        ("5f2b8c1d-0000-4000-8000-123456789abc", True, True),
        ("5f2b8c1d-0000-4000-8000-123456789abc", False, False),
        ("short", True, False),
        ("a" * 101, True, False),
        ('12345678", "level": "forged', True, False),
        ("12345678\r\nSet-Cookie: a=b", True, False),
    ],
)
def test_the_id_of_a_trusted_proxy_is_taken_if_it_is_well_formed(
    site: Any,
    settings: Settings,
    given: str,
    trusted: bool,  # noqa: FBT001
    is_taken: bool,  # noqa: FBT001
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if trusted else None
    said = Answer(site, "/shared/abc/", HTTP_X_REQUEST_ID=given).headers["X-Request-ID"]
    assert (said == given) is is_taken
    assert is_taken or HEX.fullmatch(said)


def test_the_question_of_a_load_balancer_is_not_written(site: Any, written: list[Any]) -> None:
    Answer(site, "/healthz")
    assert written == []


@pytest.mark.django_db
def test_a_slow_query_is_written_without_its_parameters(settings: Settings, written: list[Any]) -> None:
    settings.SLOW_QUERY_MS = 0.0001
    with connection.execute_wrapper(logs._timed), connection.cursor() as cursor:
        cursor.execute("SELECT username FROM publishing_user WHERE username = %s", ["secret-row"])
    assert written[0]["sql"] == "SELECT username FROM publishing_user WHERE username = %s"
    assert written[0]["ms"] > 0
    assert "secret-row" not in json.dumps(written)


@pytest.mark.django_db
def test_a_fast_query_is_not_written(settings: Settings, written: list[Any]) -> None:
    settings.SLOW_QUERY_MS = 60_000
    with connection.execute_wrapper(logs._timed), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert written == []


@pytest.mark.parametrize(("milliseconds", "number"), [("500", 1), ("0", 0)])
def test_a_server_watches_each_connection_once_unless_it_is_told_not_to(milliseconds: str, number: int) -> None:
    ask = "import config.wsgi; from django.db import connection as c; from config.logs import _timed; "
    ask += "c.connect(); c.connect(); print(c.execute_wrappers.count(_timed))"
    said = start(ask, SLOW_QUERY_MS=milliseconds, DATABASE_URL="sqlite://:memory:")
    assert said.stdout.strip() == str(number), said.stderr


def test_errors_are_mailed_to_the_admins_once_a_minute_as_the_log_has_them(
    site: Any, settings: Settings, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ADMINS = [("", "operator@example.org")]
    monkeypatch.setattr(Mail, "next_at", 0.0)
    first, _ = (Answer(site, "/fails/", "q=secret-query", **PERSONAL) for _ in range(2))
    [sent] = mailoutbox
    assert sent.to == ["operator@example.org"]
    assert first.headers["X-Request-ID"] in sent.body
    assert not [each for each in HIDDEN if each in str(sent.message())]


class Sentry(BaseHTTPRequestHandler):
    """A Sentry that keeps what it is sent."""

    received: list[bytes] = []

    def do_POST(self) -> None:
        """Take an event."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        decode = {"br": brotli.decompress, "gzip": gzip.decompress}.get(self.headers["Content-Encoding"], bytes)
        self.received.append(decode(body))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *args: Any) -> None:
        """Write nothing."""


FAIL = """
import django, config.wsgi as w
from django.urls import path
from tests.answers import Answer
from django.conf import settings
settings.ROOT_URLCONF = 'tests.config.test_logs'
from tests.config.test_logs import PERSONAL
from django.core.wsgi import get_wsgi_application
from config.logs import RequestLog
a = Answer(RequestLog(get_wsgi_application()), '/fails/', 'q=secret-query', **PERSONAL)
import sentry_sdk; sentry_sdk.flush(10)
print(a.status, a.headers['X-Request-ID'])
"""


def test_errors_are_told_to_sentry_with_nothing_about_who_asked(tmp_path: Path) -> None:
    Sentry.received.clear()
    with HTTPServer(("127.0.0.1", 0), Sentry) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        dsn = f"http://0123456789abcdef@127.0.0.1:{server.server_port}/7"
        said = start(FAIL, SENTRY_DSN=dsn, DATABASE_URL=f"sqlite:///{tmp_path}/site", PLAIN_HTTP_DEMO="true")
        server.shutdown()
    assert said.stdout.startswith("500 "), said.stderr
    told = b"\n".join(Sentry.received).decode()
    assert "ValueError" in told
    assert said.stdout.split()[1] in told
    assert not [each for each in HIDDEN if each in told]


def test_without_a_sentry_nothing_of_it_is_loaded() -> None:
    assert start("import config.wsgi, sys; print('sentry_sdk' in sys.modules)").stdout.strip() == "False"


@pytest.mark.parametrize("given", ["sentry.example.org", "https://sentry.example.org/7", "https://key@example.org/"])
def test_what_is_no_sentry_is_refused_in_a_sentence(given: str) -> None:
    assert "copy the client key of the project, for instance https://0123" in refusal(SENTRY_DSN=given)


@pytest.mark.parametrize(
    ("environment", "form"),
    [
        ({}, "json"),
        ({"DEBUG": "true"}, "plain"),
        ({"PLAIN_HTTP_DEMO": "true"}, "plain"),
        ({"LOG_FORMAT": "plain"}, "plain"),
    ],
)
def test_machines_read_the_log_of_a_site_and_people_that_of_a_demonstration(
    environment: dict[str, str], form: str
) -> None:
    assert form == read(**environment).LOG_FORMAT


def test_a_server_writes_nothing_but_json_on_stderr(tmp_path: Path) -> None:
    ask = "import config.wsgi as w; from tests.answers import Answer; "
    ask += "Answer(w.application, '/nothing/', 'q=secret-query'); Answer(w.application, '/', HTTP_HOST='evil.example')"
    unhashed = "tests.serving.unhashed"
    here = {"DATABASE_URL": f"sqlite:///{tmp_path}/site", "STATIC_ROOT": str(tmp_path)}
    said = start(ask, DJANGO_SETTINGS_MODULE=unhashed, **here)
    lines = [json.loads(line) for line in said.stderr.splitlines()]
    assert {line["level"] for line in lines} >= {"INFO"}
    assert all({"time", "level", "logger", "message", "request"} <= line.keys() for line in lines)


def test_another_form_is_refused_in_a_sentence() -> None:
    assert "LOG_FORMAT is 'xml': write json or plain." in refusal(LOG_FORMAT="xml")


@pytest.mark.parametrize(
    "given", ['{"reports": 0}', '{"audit": 364}', '{"reports": "a year"}', '{"letters": 3}', '{"reports": true}']
)
def test_days_that_cannot_be_meant_are_refused_in_a_sentence(given: str) -> None:
    said = refusal(RETENTION_DAYS=given)
    assert "RETENTION_DAYS has " in said
    assert "name one of reports, chosen_pairs, open_forms, purges, sessions" in said


def test_single_days_are_replaced() -> None:
    days = read(RETENTION_DAYS='{"reports": 30}').RETENTION_DAYS
    assert (days["reports"], days["sessions"]) == (30, 1)
