"""Going from address to address, and writing what is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import datetime
from hashlib import sha256
from html import escape, unescape
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from publishing.export.folder import LONGEST_NAME, NOT_FOUND, REDIRECTS, ExportError, Folder, name_of
from publishing.export.reader import Answer, Reader
from publishing.models.redirects import normalised

QUOTED = r'"((?:{site})?/[^"\s<>]*)(?=["\s])'
"""An address of this site where HTML, JSON and Atom have one: between quotes."""
FURTHER = r", (/[^\s,\"]+) \d+w|<loc>({site}/[^<]*)</loc>|url\([\"']?(?!data:)([^\"')]+)"
"""Where srcset, sitemaps and stylesheets have one."""
PLAIN = re.compile(rf"[\w%-][\w.%-]{{,{LONGEST_NAME - 1}}}", re.ASCII)
"""Names of files that every host takes: some keep back what begins with a dot, or know no colon."""
FILE = re.compile(r"[^?#]+\.\w+")
OLDER, NEWER = (re.compile(rf'href="(\?{side}=[^"#]+)') for side in ("older", "newer"))
OLDEST = "?newer=00010101T000000000000-0"
"""Asks a list (publishing.keyset) for what came after everything: what is oldest."""

MOVED = """<!doctype html>
<html lang="{language}">
<head>
  <meta charset="utf-8">
  <title>{title}</title>
  <link rel="canonical" href="{site}{target}">
  <meta http-equiv="refresh" content="0; url={target}">
</head>
<body><p><a href="{target}">{title}</a></p></body>
</html>
"""
PAGE, NOT_THERE = frozenset({HTTPStatus.OK}), frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
LEADS_ON = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND})
FOUND = PAGE | LEADS_ON | NOT_THERE
"""What may be at an address that was found somewhere."""


class Pages(NamedTuple):
    """What else must be known of the site: how paths begin that need a server, and those at which there is always the
    same, and how a page reads that has no server behind it."""

    need_server: tuple[str, ...]
    lasting: tuple[str, ...]
    adapted: Callable[[str], str]


class Site:
    """The site as far as it is written: each address once, with all that its page shows or leads to.

    What an address leads to is known by its file; only the addresses of pages that were led to and are not written yet
    are held in memory, and the lines of `_redirects`.
    """

    def __init__(self, folder: Folder, pages: Pages, *, at: datetime) -> None:
        self.folder, self.pages, self.reader = folder, pages, Reader(at)
        self.waiting: set[str] = set()
        self.dead: list[str] = []
        self.redirects: list[str] = []
        self.without_file: list[str] = []
        site = re.escape(settings.SITE_URL)
        self.quoted, self.further = (re.compile(pattern.format(site=site)) for pattern in (QUOTED, FURTHER))

    def page(self, address: str, expected: Collection[int] = PAGE) -> None:
        """Write what is at the address, unless it is written already.

        Raises ExportError if the site answers otherwise than with one of the expected statuses.
        """
        self.waiting.discard(address)
        name = name_of(address)
        if name is None:
            raise ExportError(_("No file can be named for {address}: give it another address.").format(address=address))
        if not self.folder.has(name):
            self._write(address, name, self._ask(address, expected))

    def led_to(self) -> None:
        """Write the pages that others lead to and nobody listed, until there are none left."""
        while self.waiting:
            for address in sorted(self.waiting):
                self._found(address)

    def old_path(self, path: str) -> None:
        """Write where a path leads that a redirect has, as a reader asks for it: nothing, if nothing is there."""
        address = quote(path)
        name = name_of(address)
        if name and self.folder.has(name):
            return
        answer = self._ask(address, FOUND)
        if answer.location:
            self._lead(address, name, answer)
        elif answer.status == HTTPStatus.OK and name:
            self._write(address, name, answer)

    def not_found(self, address: str) -> None:
        """Write what readers get where there is nothing, as at the address: hosts look for it in 404.html."""
        self._write_text(address, NOT_FOUND, self._text(address, {HTTPStatus.NOT_FOUND}))

    def write_redirects(self) -> None:
        """Write the redirects in the form that Netlify and Cloudflare Pages read."""
        self.folder.write(REDIRECTS, "".join(sorted(self.redirects)).encode())

    def _ask(self, address: str, expected: Collection[int]) -> Answer:
        answer = self.reader.ask(address)
        if answer.status not in expected:
            raise ExportError(
                _("{address} answers {status}, and {expected} was to be expected. Nothing was exported.").format(
                    address=address, status=answer.status, expected="/".join(map(str, sorted(map(int, expected))))
                )
            )
        return answer

    def _text(self, address: str, expected: Collection[int] = PAGE) -> str:
        return self.pages.adapted(self._ask(address, expected).body.decode())

    def _found(self, address: str) -> None:
        """Write what is at an address that was found in a page. One that leads nowhere does so on the site as well."""
        self.waiting.discard(address)
        name = name_of(self._short(address))
        if name is None:
            self.without_file.append(address)
            return
        if self.folder.has(name) or (address.startswith(self.pages.lasting) and self.folder.keep(name)):
            return
        answer = self._ask(address, FOUND)
        if answer.status in NOT_THERE:
            self.dead.append(address)
        else:
            self._write(address, name, answer)

    def _write(self, address: str, name: str, answer: Answer) -> None:
        if answer.status in LEADS_ON:
            self._lead(address, name, answer)
        elif answer.content_type.startswith("text/html"):
            self._write_page(address, name, self.pages.adapted(answer.body.decode()))
        else:
            self.folder.write(name, answer.body)
            if answer.is_text:
                self._follow(answer.body.decode(), address)

    def _write_page(self, address: str, name: str, text: str) -> None:
        """Write a page and, if it begins a list, the further pages of that."""
        older = OLDER.search(text)
        if older:
            last = self._write_further(address)
            text = _with_leads(text, address, {older[1]: _further(address, last)})
        self._write_text(address, name, text)

    def _write_further(self, address: str) -> int:
        """Write the further pages of a list, with as many entries as the site shows, and return how many these are.

        They are counted from the oldest, so that what is published new changes none of them but the last. What fills no
        page is on the first one, which shows the newest; so that and the last may have entries in common.
        """
        second = self._text(address + self._link(NEWER, self._text(address + OLDEST), address))
        query = self._link(OLDER, second, address)
        number, text = 1, self._text(address + query)
        while newer := NEWER.search(text):
            following = self._text(address + newer[1])
            leads = {query: _further(address, number)}
            leads[newer[1]] = _further(address, number + 1) if NEWER.search(following) else address
            if older := OLDER.search(text):
                leads[older[1]] = _further(address, number - 1)
            here = _further(address, number)
            self._write_text(here, f"{here.removeprefix('/')}index.html", _with_leads(text, address, leads))
            number, query, text = number + 1, newer[1], following
        return number - 1

    def _link(self, pattern: re.Pattern[str], text: str, address: str) -> str:
        found = pattern.search(text)
        if found is None:
            raise ExportError(
                _("The pages of the list at {address} do not lead to each other.").format(address=address)
            )
        return found[1]

    def _write_text(self, address: str, name: str, text: str) -> None:
        for long in sorted({each for each in self.quoted.findall(text) if self._short(each) != each}):
            self._found(self._path(long, address))
            text = text.replace(f'"{long}"', f'"{self._short(long)}"')
        self.folder.write(name, text.encode())
        self._follow(text, address)

    def _follow(self, text: str, address: str) -> None:
        """Write the files that a text speaks of, and remember the pages."""
        found = {*self.quoted.findall(text), *("".join(groups) for groups in self.further.findall(text))}
        for path in sorted({self._path(each, address) for each in found if not each.startswith("//")}):
            if path.startswith(self.pages.need_server):
                continue
            name = name_of(self._short(path))
            if name and self.folder.has(name):
                continue
            if path.endswith("/"):
                self.waiting.add(path)
            else:
                self._found(path)

    def _path(self, found: str, address: str) -> str:
        """Return the path that something found in the page at the address means: hosts of files know no query."""
        return normalised(urlsplit(urljoin(address, unescape(found))).path)

    def _short(self, address: str) -> str:
        """Return the address, with a digest for the name of a file that not every host takes."""
        start, slash, last = address.rpartition("/")
        if PLAIN.fullmatch(last) or not FILE.fullmatch(last):
            return address
        return f"{start}{slash}{sha256(last.encode()).hexdigest()}{PurePosixPath(last).suffix}"

    def _lead(self, address: str, name: str | None, answer: Answer) -> None:
        target = answer.location.removeprefix(settings.SITE_URL)
        self.redirects.append(f"{address} {target} {answer.status}\n")
        if name is None or PurePosixPath(name).suffix not in {".html", ".htm"}:
            self.without_file.append(address)
            return
        values = {"language": get_language(), "title": _("This page has another address"), "site": settings.SITE_URL}
        self.folder.write(name, MOVED.format(target=escape(target), **values).encode())
        if target.startswith("/"):
            self._follow(f'"{target}"', address)


def _further(address: str, number: int) -> str:
    return f"{address}pages/{number}/"


def _with_leads(text: str, address: str, leads: dict[str, str]) -> str:
    """Return the page with what stands for each of the queries of a list, there and in its canonical address."""
    for query, target in leads.items():
        text = text.replace(f'{address}{query}"', f'{target}"').replace(f'"{query}', f'"{target}')
    return text
