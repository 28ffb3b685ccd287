"""The whole site is written into files, in which nothing leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import StringIO
from pathlib import Path
from shutil import copytree
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from articles.export import NEED_SERVER
from articles.models import Comparison, ComparisonEdition, Page
from articles.views import ON_A_PAGE
from careers.models import Role
from publishing.export.folder import MANIFEST
from publishing.models import Redirect
from publishing.publish import publish
from tests.articles.builders import Corpus, Entry
from tests.builders import make_draft, make_live, make_user, make_withdrawn, revise
from tests.images.builders import gradient, make_image

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

URL = "https://careers.example.org"
ROLES = 12
WRITTEN = 2 * ON_A_PAGE + 3
PAIRS = [(a, b) for a in range(ROLES) for b in range(a + 1, ROLES)]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for pictures and cards, which stay from test to test."""
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module")
def corpus(django_db_setup: None, django_db_blocker: DjangoDbBlocker, pictures: Path) -> Iterator[Corpus]:
    """Give a site with lists of several pages, a page of each kind, and some that were taken down or moved."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=pictures), transaction.atomic():
        yield _corpus()
        transaction.set_rollback(True)


def _corpus() -> Corpus:
    corpus = Corpus()
    corpus.add_shelves(1)
    corpus.add_roles(ROLES, skills=["Tact"])
    corpus.add([Entry(a, b, age=n) for n, (a, b) in enumerate(PAIRS[:WRITTEN])])
    corpus.set_closeness({PAIRS[WRITTEN]: 0.9})
    make_live(Role, title="Lamp Keeper", image=make_image(gradient(800, 300)), tags=["café"])
    make_live(Page, title="About")
    make_live(Page, title="Slipped", body='<p><a href="/nothing-here/">A slip of an editor</a></p>')
    make_draft(Page, title="Not yet")
    make_withdrawn(Page, title="Outdated", reason="The law has changed.")
    make_withdrawn(Page, title="Gone")
    moved = make_live(Page, title="Moved", slug="old")
    publish(revise(moved, slug="new"), by=make_user())
    for path in ("/about.html", "/old.pdf", "/a b/"):
        Redirect.objects.create(path=path, document=moved.document_ptr)
    return corpus


@pytest.fixture(scope="module")
def host(pictures: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give the settings that an export needs."""
    static = tmp_path_factory.mktemp("static") / "files"
    copytree(settings.BASE_DIR / "static", static)
    return {"MEDIA_ROOT": pictures, "STATIC_ROOT": static, "SITE_URL": URL, "ALLOWED_HOSTS": ["careers.example.org"]}


@pytest.fixture(autouse=True)
def _as_a_host(host: dict[str, Any], corpus: Corpus, media_root: Path) -> Iterator[None]:
    with override_settings(**host):
        yield


class Exported(NamedTuple):
    """A folder, and what the command said of it."""

    place: Path
    said: list[str]


@pytest.fixture(scope="module")
def exported(
    host: dict[str, Any], corpus: Corpus, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Exported:
    """Give an export, for all tests that only look at it."""
    place = tmp_path_factory.mktemp("export") / "site"
    with django_db_blocker.unblock(), override_settings(**host):
        return Exported(place, export(place))


@pytest.fixture
def place(exported: Exported) -> Path:
    """Give the folder of the export."""
    return exported.place


@pytest.fixture
def own(place: Path, tmp_path: Path) -> Path:
    """Give a copy of the export, which the test may write over."""
    return copytree(place, tmp_path / "site")


def export(place: Path) -> list[str]:
    """Run the command; return the lines that it printed."""
    out = StringIO()
    call_command("export_site", place, stdout=out, stderr=StringIO())
    return out.getvalue().splitlines()


def files(place: Path) -> dict[str, bytes]:
    """Return what every file holds, by its name."""
    found = (file for file in place.rglob("*") if file.is_file() and file.name != MANIFEST)
    return {str(file.relative_to(place)): file.read_bytes() for file in found}


def times(place: Path) -> dict[str, int]:
    """Return when every file was written, by its name."""
    return {name: (place / name).stat().st_mtime_ns for name in files(place)}


def page(place: Path, path: str) -> BeautifulSoup:
    """Return the page that a host serves at the path."""
    return BeautifulSoup(served(place, path).read_bytes(), "html.parser")


def served(place: Path, path: str) -> Path:
    file = place / unquote(path).removeprefix("/")
    return file / "index.html" if path.endswith("/") else file


LINK = re.compile(r'(?:href|src|content)="([^"]+)"|(?<="|,) ?(/media/\S+) \d+w|<loc>([^<]+)|"(?:url|item)": "([^"]+)"')


def links(text: str, *, at: str) -> set[str]:
    """Return the paths of this site that a page, a feed or a file of the sitemap leads to, and whether with a query."""
    found = {unescape("".join(groups)) for groups in LINK.findall(text)}
    whole = [urljoin(f"{URL}{at}", each) for each in found if re.match(r"[/?]|https?://", each)]
    return {urlsplit(each).path + (urlsplit(each).query and "?…") for each in whole if each.startswith(f"{URL}/")}


def test_whatever_a_page_leads_to_is_there(place: Path) -> None:
    moved = {line.split()[0] for line in (place / "_redirects").read_text().splitlines()}
    lost = {
        (name, link)
        for name, body in files(place).items()
        if name.endswith((".html", ".xml"))
        for link in links(body.decode(), at=f"/{name.removesuffix('index.html')}")
        if not (served(place, link).is_file() or link in moved or link.startswith(NEED_SERVER))
    }
    assert lost == {("slipped/index.html", "/nothing-here/")}


def test_no_page_asks_for_what_only_a_server_answers(place: Path) -> None:
    for name, body in files(place).items():
        if name.endswith(".html"):
            text = body.decode()
            found = [part for part in ("<form", "SearchAction", *NEED_SERVER, 'href="?', "/?") if part in text]
            assert found == [], name


def test_addresses_that_are_no_files_stay_as_they_are(place: Path) -> None:
    home = (place / "index.html").read_text()
    assert f'"@id": "{URL}/#organization"' in home
    assert f'"url": "{URL}/"' in home


def test_the_page_of_all_comparisons_says_how_to_go_on_without_the_form(place: Path) -> None:
    said = page(place, "/compare/").select_one("main .empty")
    assert said
    assert "cannot look for what somebody writes" in said.text
    assert [link["href"] for link in said.select("a")] == ["/roles/"]


def test_everything_live_is_there_and_nothing_else(place: Path, corpus: Corpus) -> None:
    for edition in ComparisonEdition.objects.live():
        assert edition.title in page(place, edition.get_absolute_url()).text
    a, b = (corpus.roles[n].slug for n in PAIRS[WRITTEN])
    for path in ("/", "/roles/lamp-keeper/", "/about/", "/topics/caf%C3%A9/", "/saved/", f"/compare/{a}-vs-{b}/"):
        assert served(place, path).is_file(), path
    for path in ("/not-yet/", "/search/", "/report/", "/admin/"):
        assert not served(place, path).exists(), path
    assert list((place / "media" / "renditions").glob("*.avif"))


def test_every_file_has_a_name_that_hosts_take(place: Path) -> None:
    cards = [file.name for file in (place / "cards").iterdir()]
    assert [name for name in cards if not re.fullmatch(r"[0-9a-f]{64}\.png", name)] == []
    assert [name for name in files(place) if re.search(r"(^|/)\.|:", name)] == []


def test_what_was_taken_down_says_so(place: Path) -> None:
    assert "The law has changed." in page(place, "/outdated/").text
    gone = page(place, "/gone/")
    assert "This page is gone" in gone.text
    assert gone.select_one('meta[name="robots"][content="noindex"]')
    assert "There is no page here" in page(place, "/404.html").text


def test_an_old_address_leads_to_the_new_one_on_any_host(place: Path) -> None:
    for path in ("/old/", "/about.html", "/a b/"):
        old = page(place, path)
        refresh, canonical = old.select_one("meta[http-equiv=refresh]"), old.select_one("link[rel=canonical]")
        assert refresh and canonical
        assert (refresh["content"], canonical["href"]) == ("0; url=/new/", f"{URL}/new/")
    expected = ["/a%20b/ /new/ 301", "/about.html /new/ 301", "/old.pdf /new/ 301", "/old/ /new/ 301"]
    assert (place / "_redirects").read_text().splitlines() == expected
    assert not (place / "old.pdf").exists()


@pytest.mark.parametrize("path", ["/compare/", "/categories/{shelf}/"])
def test_every_comparison_is_reached_from_the_first_page_of_a_list(place: Path, corpus: Corpus, path: str) -> None:
    here: str | None = path.format(shelf=corpus.shelves[0].slug)
    reached: list[str] = []
    back: list[str] = []
    while here:
        soup = page(place, here)
        reached += [str(link["href"]) for link in soup.select(".entries a[href^='/compare/']")]
        back += [str(link["href"]) for link in soup.select(".pager a[rel=prev]")]
        canonical, older = soup.select_one("link[rel=canonical]"), soup.select_one(".pager a[rel=next]")
        assert canonical
        assert canonical["href"] == f"{URL}{here}"
        here = str(older["href"]) if older else None
    assert set(reached) == {edition.get_absolute_url() for edition in ComparisonEdition.objects.live()}
    base = path.format(shelf=corpus.shelves[0].slug)
    assert back == [base, f"{base}pages/2/"]


def test_the_same_site_gives_the_same_bytes_and_files_keep_their_time(own: Path) -> None:
    before, moments = files(own), times(own)
    assert f"{len(before):,} of them unchanged" in export(own)[0]
    assert files(own) == before
    assert times(own) == moments


def test_a_publication_changes_only_what_shows_it(own: Path, corpus: Corpus) -> None:
    before, moments = files(own), times(own)
    a, b = (corpus.roles[n] for n in PAIRS[-1])
    new = make_live(Comparison, role_a=a, role_b=b, category=corpus.shelves[0]).working_path()
    export(own)
    after = files(own)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {name for name, moment in times(own).items() if moment != moments.get(name)}
    assert set(before) <= set(after)
    assert {"index.html", "compare/index.html", f"{new[1:]}index.html", f"roles/{a.slug}/index.html"} <= changed
    shown = {name for name in changed if name.endswith((".html", ".xml")) and not name.startswith("sitemap")}
    assert {name for name in shown if new not in after[name].decode()} == set()
    assert not {name for name in changed if "/pages/" in name}


def test_an_address_that_fails_ends_the_export_and_leaves_the_last_one(own: Path, corpus: Corpus) -> None:
    before = files(own)
    [broken] = corpus.add([Entry(*PAIRS[-1], content={"intro": None})])
    with pytest.raises(CommandError, match=f"{broken.get_absolute_url()} answers 500, and 200 was to be expected"):
        export(own)
    assert files(own) == before
    assert [each.name for each in own.parent.iterdir() if each.name.startswith("site")] == ["site"]


def test_the_command_says_what_is_not_there(exported: Exported) -> None:
    count, dead, without, left_out = exported.said
    assert f"{len(files(exported.place)):,} files in {exported.place}, 0 of them unchanged" in count
    assert dead == "Pages lead to 1 addresses where the site has nothing: /nothing-here/"
    assert without == "1 addresses have no file; old ones among them stand in _redirects alone: /old.pdf"
    assert "Left out, since they need a server: the search" in left_out


def test_what_stands_in_the_way_is_said(tmp_path: Path) -> None:
    def refused(**values: Any) -> str:
        with override_settings(**values), pytest.raises(CommandError) as refusal:
            export(tmp_path / "site")
        return str(refusal.value)

    manifest = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    storages = settings.STORAGES | {"staticfiles": manifest}
    assert "SITE_URL is not set" in refused(SITE_URL="")
    assert "add it to ALLOWED_HOSTS" in refused(ALLOWED_HOSTS=["example.org"])
    assert "DEBUG is on" in refused(DEBUG=True)
    assert "run manage.py collectstatic" in refused(STORAGES=storages)
    assert "answers 503" in refused(MAINTENANCE=True)
    assert not (tmp_path / "site").exists()
