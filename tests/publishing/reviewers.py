"""People who review each other's work at the desk."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from publishing.models import Document, Submission, User
from publishing.reviews import submit
from tests.articles.builders import form_in, sign_in


class Person:
    """Somebody at the desk, with a browser."""

    def __init__(self, group: Any) -> None:
        self.browser = Client()
        self.user: User = sign_in(self.browser, group)

    def sees(self, address: str) -> str:
        response = self.browser.get(address)
        assert response.status_code == 200, address
        return response.content.decode()

    def text(self, address: str) -> str:
        """Return what a page says, without its markup."""
        return " ".join(BeautifulSoup(self.sees(address), "html.parser").get_text(" ").split())

    def sends(self, address: str, **values: Any) -> Any:
        """Fill in the form of the page, and press its button."""
        return self.browser.post(address, form_in(self.sees(address), "form.act") | values)

    def told(self) -> list[str]:
        return [str(message) for message in self.browser.get("/admin/").context["messages"]]


def waiting(document: Document, writer: Person, note: str = "") -> Submission:
    revision = document.revisions.first()
    assert revision
    return submit(revision, by=writer.user, note=note)
