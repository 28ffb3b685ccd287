"""What tests of the search ask."""

from __future__ import annotations

from datetime import datetime
from io import StringIO
from typing import Any

from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import timezone

from articles.models import Category
from articles.search.results import Results, search
from articles.search.words import Query
from careers.finding import titles_of
from careers.models import RoleEdition, RoleTitle


def searched(typed: str, *, at: datetime | None = None, kind: str = "", shelf: Category | None = None) -> Results:
    """Return what the query finds, now or at the moment."""
    return search(Query.of(typed), at=at or timezone.now(), kind=kind, shelf=shelf.pk if shelf else None)


def titles(typed: str, **options: Any) -> list[str]:
    """Return the titles on the first page of what is found, leads first."""
    found = searched(typed, **options)
    return [text(result.title) for result in [*found.leads, *found.page(1)]]


def text(html: str) -> str:
    """Return the text of some HTML."""
    return BeautifulSoup(html, "html.parser").get_text()


def find_corpus() -> None:
    """Keep names and words of what was put there past the press (tests.articles.builders.Corpus)."""
    nameless = RoleEdition.objects.filter(titles=None).select_related("revision")
    RoleTitle.objects.bulk_create(title for edition in nameless for title in titles_of(edition))
    call_command("index_search", verbosity=0, stdout=StringIO())
