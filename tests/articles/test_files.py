"""Small files at fixed addresses: robots.txt, security.txt, the manifest, the icons and the description of the API."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

CONTACT = "mailto:security@example.org"


def test_crawlers_may_read_everything_but_the_desk_and_searches(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://careers.example.org"
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(answer.content.decode().splitlines())
    asked = ("/", "/roles/weaver/", "/feeds/comparisons.xml", "/cards/a.png", "/admin/", "/search/?q=rope")
    assert {path for path in asked if not rules.can_fetch("*", path)} == {"/admin/", "/search/?q=rope"}
    assert rules.site_maps() == ["https://careers.example.org/sitemap.xml"]


def test_whoever_finds_a_weakness_learns_whom_to_tell(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT, settings.SITE_URL = CONTACT, "https://careers.example.org"
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    said = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert said["Contact"] == CONTACT
    assert said["Canonical"] == "https://careers.example.org/.well-known/security.txt"
    until = datetime.fromisoformat(said["Expires"])
    assert timezone.now() + timedelta(days=30) < until < timezone.now() + timedelta(days=365)


@pytest.mark.django_db
def test_where_nobody_is_named_there_is_no_such_file(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


def test_the_manifest_names_icons_of_the_sizes_that_it_says(client: Client, settings: Settings) -> None:
    answer = client.get("/site.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    assert answer.json()["name"] == settings.SITE_NAME
    sizes = {}
    for icon in answer.json()["icons"]:
        with Image.open(str(finders.find(icon["src"].removeprefix("/static/")))) as picture:
            sizes[icon["sizes"]] = f"{picture.width}x{picture.height}"
    assert sizes == {"192x192": "192x192", "512x512": "512x512"}


@pytest.mark.django_db
def test_every_page_leads_to_the_icons_and_the_manifest(client: Client) -> None:
    page = client.get("/").content.decode()
    links = dict(re.findall(r'<link rel="(icon|apple-touch-icon|manifest)" href="([^"]+)"', page))
    assert set(links) == {"icon", "apple-touch-icon", "manifest"}
    assert client.get(links["manifest"]).status_code == 200
    with Image.open(str(finders.find(links["apple-touch-icon"].removeprefix("/static/")))) as picture:
        assert picture.size == (180, 180)


@pytest.mark.django_db
def test_every_page_leads_to_the_description_of_the_api(client: Client) -> None:
    page = client.get("/").content.decode()
    [(address, media_type)] = re.findall(r'<link rel="service-desc" href="([^"]+)" type="([^"]+)">', page)
    description = client.get(address)
    assert description["Content-Type"].partition(";")[0] == media_type
    assert description.json()["openapi"].startswith("3.")
