"""The whole site as files: which addresses there are, and how pages read that have no server behind them.

Every address of an edition is asked for, and a few that the site always has; what these show or lead to is found in the
answers: shelves, feeds, the sitemap's files, pictures, cards, static files, pages made from any two roles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from publishing.export.folder import Folder
from publishing.export.reader import one_moment
from publishing.export.site import PAGE, Pages, Site
from publishing.kinds import document_models
from publishing.models import Edition, Redirect

NEED_SERVER = ("/search/", "/report/", "/shared/", "/api/", f"/{settings.ADMIN_PATH}", "/roles/found.json")
"""How addresses begin at which something is looked up, sent, or edited."""
LASTING = ("/cards/", "/media/")
"""How those begin that are made of what is there: another picture has another address."""

EXPECTED = {
    Edition.Kind.PAGE: PAGE,
    Edition.Kind.NOTICE: PAGE,
    Edition.Kind.GONE: frozenset({301, 410}),
}
ALWAYS = ("home", "comparisons", "categories", "topics", "saved", "robots", "sitemap", "manifest")
NOWHERE = "/-/"
"""An address without a word in it, so that its 404 offers nothing that a reader might have meant."""

ROWS = 2000
"""How many rows are fetched at once."""

FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
HOLLOW = re.compile(r"<(details|section)\b[^>]*>\s*<(summary|h2)\b(?:(?!</?\2\b).)*</\2>\s*</\1>", re.DOTALL)
SERVICE = re.compile(r'<link rel="service-desc"[^>]*>')
SEARCH = re.compile(r', "potentialAction": \{"@type": "SearchAction".*?"query-input": "[^"]*"\}')
CHOOSER = '<form class="compare"'
ABOUT_CHOOSER = re.compile(rf'<p class="standfirst">[^<]*</p>(?=\s*</header>\s*{CHOOSER})')
CHOICE = r'<a href="/compare/\?a=([^"&]+)">'
ONLY_CHOICE = re.compile(rf"<p>{CHOICE}[^<]*</a></p>")

Counted = Callable[[Iterable["Address"]], Iterable["Address"]]


class Address(NamedTuple):
    """An address of the site, and with which statuses it may answer."""

    path: str
    expected: frozenset[int] = PAGE


class Exported(NamedTuple):
    """How many files there are, how many of them are as they were, and what a reader should know of: addresses that
    pages lead to in vain, and addresses that no file can have."""

    files: int
    unchanged: int
    dead: list[str]
    without_file: list[str]


def export(place: Path, *, counted: Counted = iter) -> Exported:
    """Write the site as readers see it now into the folder at the place, whole or not at all.

    `counted` gets the addresses that are listed, and gives each of them on. Raises ExportError.
    """
    with Folder(place) as folder, one_moment() as at:
        site = Site(folder, Pages(NEED_SERVER, LASTING, without_server), at=at)
        for address in counted(addresses(at)):
            site.page(*address)
        site.led_to()
        site.not_found(NOWHERE)
        for path in _old_paths(at):
            site.old_path(path)
        site.led_to()
        site.write_redirects()
        folder.finish()
    return Exported(folder.files, folder.unchanged, site.dead, site.without_file)


def how_many() -> int:
    """Return about how many addresses are listed."""
    editions: int = sum(kind.edition_model.objects.at().count() for kind in document_models())
    return editions + len(ALWAYS)


def addresses(at: datetime) -> Iterator[Address]:
    """Yield the address of everything that stands at one of its own at the moment, and those that are always there."""
    for kind in document_models():
        editions = kind.edition_model.objects.at(at).order_by("document_id").values_list("slug", "kind")
        for slug, edition_kind in editions.iterator(ROWS):
            yield Address(kind.path_of(slug), EXPECTED[edition_kind])
    for name in ALWAYS:
        yield Address(reverse(f"articles:{name}"))
    yield Address(reverse("careers:roles"))
    if settings.SECURITY_CONTACT:
        yield Address(reverse("articles:security"))


def _old_paths(at: datetime) -> Iterator[str]:
    paths = Redirect.objects.live(at).order_by("path").values_list("path", flat=True).distinct()
    return paths.iterator(ROWS)


def without_server(page: str) -> str:
    """Return a page without what only a server answers: forms, the search, the API. Nothing in it leads nowhere.

    In the place of the form that compares any two roles it says how to go on.
    """
    page = ABOUT_CHOOSER.sub("", page)
    page = FORM.sub(_in_place_of, page)
    page = HOLLOW.sub("", page)
    page = SERVICE.sub("", SEARCH.sub("", page))
    return re.sub(CHOICE, r'<a href="/roles/\1/#comparisons">', ONLY_CHOICE.sub("", page))


def _in_place_of(form: re.Match[str]) -> str:
    if not form[0].startswith(CHOOSER):
        return ""
    sentence = _(
        "This copy of the site cannot look for what somebody writes. Choose one of "
        '<a href="{roles}">all roles</a>: its page leads to every comparison that it is in.'
    )
    return f'<p class="empty">{sentence.format(roles=reverse("careers:roles"))}</p>'
