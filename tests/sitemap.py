"""What the sitemap lists, read as a crawler does: the index, then each file that it names."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.test import Client

ENTRY = re.compile(r"<loc>([^<]+)</loc>\s*<lastmod>([^<]+)</lastmod>")


def files(client: Client) -> dict[str, str]:
    """Return the address of each file, and when it changed."""
    return dict(ENTRY.findall(client.get("/sitemap.xml").content.decode()))


def listed(client: Client) -> dict[str, str]:
    """Return the address of each page, and the day of its change."""
    answers = [client.get(urlsplit(address).path).content.decode() for address in files(client)]
    return dict(entry for answer in answers for entry in ENTRY.findall(answer))


def listed_paths(client: Client) -> set[str]:
    """Return the path of each page."""
    return {urlsplit(address).path for address in listed(client)}
