"""People at the desk and readers, who ask a server by HTTP and write down what it acknowledged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from itertools import count
from threading import Event, Lock
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from publishing.models import Document, User
from tests.articles.builders import act, form_in

TIMEOUT = 60
"""Seconds after which whoever asks gives up: longer than SQLite waits for a lock."""

COOKIE = "sessionid"
"""What holds the session on a server that speaks plain HTTP."""
OUTAGE = 503
AGAIN = 0.05
"""Seconds until somebody asks again who got no answer."""


class Answer(NamedTuple):
    """What was answered."""

    status: int
    text: str
    headers: dict[str, str]


@dataclass
class Tally:
    """How many requests were answered, what was acknowledged, and whatever should not have been."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def add(self, name: str) -> None:
        """Count one more of that name."""
        with self.lock:
            self.counts[name] += 1

    def table(self) -> Iterator[str]:
        """Yield a line for each kind of thing that was counted, with its sum, and lines for what there was of it."""
        kinds: dict[str, dict[str, int]] = {}
        for name, number in self.counts.items():
            kind, _, what = name.partition(": ")
            kinds.setdefault(kind, {})[what] = number
        for kind, numbers in kinds.items():
            yield f"{kind:50}{sum(numbers.values()):>10,}"
            yield from (f"  {what:48}{number:>10,}" for what, number in numbers.items() if what)

    def complain(self, sentence: str) -> None:
        """Keep what should not have happened."""
        with self.lock:
            self.wrong.append(sentence)


class Browser:
    """Asks one server, with the session of a person if there is one."""

    def __init__(self, port: int, tally: Tally, *, user: User | None = None, timeout: float = TIMEOUT) -> None:
        self.port, self.tally, self.timeout = port, tally, timeout
        self.pause = Event()
        self.cookies: SimpleCookie = SimpleCookie()
        if user:
            client = Client()
            client.force_login(user)
            self.cookies[COOKIE] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def ask(self, path: str, sent: dict[str, Any] | None = None, *, called: str = "reads") -> Answer | None:
        """Return the answer, to a form that is sent if there is one; None if the server went away meanwhile. The tally
        counts requests that are called so."""
        server = HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        headers = {"Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())}
        body: str | bytes | None = None
        if sent is not None and any(isinstance(value, UploadedFile) for value in sent.values()):
            headers |= {"Content-Type": MULTIPART_CONTENT}
            body = encode_multipart(BOUNDARY, sent)
        elif sent is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            body = urlencode(sent, doseq=True)
        try:
            server.connect()
            self.tally.add(f"requests sent: {called}")
            server.request("GET" if sent is None else "POST", path, body=body, headers=headers)
            response = server.getresponse()
            text = response.read().decode()
        except ConnectionRefusedError:
            self.pause.wait(AGAIN)
            return None
        except (OSError, HTTPException):
            self.tally.add(f"requests cut off: {called}")
            return None
        finally:
            server.close()
        self.tally.add("requests answered")
        for value in response.headers.get_all("Set-Cookie") or []:
            self.cookies.load(value)
        return Answer(response.status, text, {name.lower(): value for name, value in response.headers.items()})


class Editor:
    """Somebody who saves and publishes one document again and again, saying another number each time."""

    def __init__(
        self, browser: Browser, document: Document, *, field_name: str, is_told_of_outages: bool = False
    ) -> None:
        self.browser, self.document, self.field_name = browser, document, field_name
        self.is_told_of_outages = is_told_of_outages
        self.numbers = count(1)
        self.saved: set[int] = set()
        self.published: set[int] = set()

    def work(self, is_over: Event) -> None:
        """Save and publish until it is over."""
        while not is_over.is_set():
            number = next(self.numbers)
            if self.save(number):
                self.publish(number)

    def save(self, number: int) -> bool:
        """Save what says the number; return whether that was acknowledged."""
        form = self._form("change", f"form#{self.document._meta.model_name}_form")
        if form is None:
            return False
        sent = form | {self.field_name: said(number), "_continue": "1"}
        answer = self.browser.ask(act(self.document, "change"), sent, called="saves")
        if not self._is_done(answer):
            if answer and answer.status == OUTAGE and f"Said {number} times" not in answer.text:
                self.browser.tally.complain(f"What was typed into {self.document} is not on the page of the outage.")
            return False
        self.saved.add(number)
        self.browser.tally.add("acts acknowledged: saves")
        return True

    def publish(self, number: int) -> bool:
        """Publish the newest revision, which says the number; return whether that was acknowledged."""
        form = self._form("publish", "form.act")
        if form is None:
            return False
        if not self._is_done(self.browser.ask(act(self.document, "publish"), form, called="publications")):
            return False
        self.published.add(number)
        self.browser.tally.add("acts acknowledged: publications")
        return True

    def _form(self, page: str, selector: str) -> dict[str, Any] | None:
        answer = self.browser.ask(act(self.document, page))
        if answer is None:
            return None
        if answer.status == 200:
            return form_in(answer.text, selector)
        if self._is_told(answer):
            return None
        self.browser.tally.complain(f"The page {act(self.document, page)} answered {answer.status}.")
        return None

    def _is_done(self, answer: Answer | None) -> bool:
        if answer is None or self._is_told(answer):
            return False
        if answer.status != 302:
            self.browser.tally.complain(f"An act on {self.document} answered {answer.status}.")
        return answer.status == 302

    def _is_told(self, answer: Answer) -> bool:
        """Whether the answer says that there is an outage, where there may be one."""
        if not self.is_told_of_outages or answer.status != OUTAGE or "ry again" not in answer.text:
            return False
        self.browser.tally.add("outages told")
        return True


def said(number: int) -> str:
    """Return a text that says the number, and is long enough to take several pages of a database."""
    return f"Said {number} times. " + "It goes on and on, so that a save takes its time. " * 3


def read(browser: Browser, paths: list[str], is_over: Event, may_answer: Collection[int] = ()) -> None:
    """Read the pages in turn until it is over; each is there every time the server answers, unless it may answer with
    another status."""
    while not is_over.is_set():
        for path in paths:
            answer = browser.ask(path)
            if answer and answer.status not in {200, *may_answer}:
                browser.tally.complain(f"A reader of {path} got {answer.status}.")
