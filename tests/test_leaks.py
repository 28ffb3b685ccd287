"""The leak walk: documents of every kind in every state, then every public address, and no text that is not live.

Each text is marked: `veiled-…` must appear nowhere, `shown-…` must appear somewhere, `notice-…` only in the notice that
stands in the place of a page that was taken down.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from articles.cards.card import Card, signed
from articles.models import Category, Comparison, Page
from careers.models import Role
from publishing.accounts.middleware import OWN
from publishing.models import Document, Edition, Redirect, Revision
from publishing.publish import publish, schedule
from publishing.withdraw import withdraw
from tests.builders import ahead, make_live, make_user, revise
from tests.sitemap import files

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

KINDS: tuple[type[Document], ...] = (Role, Comparison, Page)
HIDDEN = "veiled"
OPENS = ahead(days=3)


def marked(prefix: str, *parts: str) -> str:
    """Return a text that says what it is: "veiled-draft-role-summary"."""
    return "-".join((prefix, *parts))


def words_of(prefix: str, state: str, kind: type[Document], *names: str) -> dict[str, str]:
    return {name: marked(prefix, state, kind.__name__.lower(), name.replace("_", "")) for name in names}


ROLE_TEXTS = ("singular", "plural", "definition", "education_note", "title", "slug")
ROLE_PROSE = ("summary", "duties", "requirements", "environment")
ROLE_LISTS = ("also_called", "skills", "certifications")
COMPARISON_PROSE = ("intro", "versus", "summary_a", "summary_b")


def role_texts(prefix: str, state: str) -> dict[str, Any]:
    """Return a marked text for every field of a role that takes one."""
    prose = {name: f"<p>{text}</p>" for name, text in words_of(prefix, state, Role, *ROLE_PROSE).items()}
    lists = {name: [text] for name, text in words_of(prefix, state, Role, *ROLE_LISTS).items()}
    return words_of(prefix, state, Role, *ROLE_TEXTS) | prose | lists


def comparison_texts(prefix: str, state: str) -> dict[str, Any]:
    """Return a marked text for every field of a comparison that takes one, with a byline and a category of its own."""
    prose = {name: f"<p>{text}</p>" for name, text in words_of(prefix, state, Comparison, *COMPARISON_PROSE).items()}
    lists = {name: [text] for name, text in words_of(prefix, state, Comparison, "choose_a", "choose_b").items()}
    person = words_of(prefix, state, Comparison, "byline", "about")
    shelf = {name: marked(prefix, state, "category", name) for name in ("title", "slug", "description")}
    owners = {"author": make_user("writer", **person), "category": Category.objects.create(**shelf)}
    return words_of(prefix, state, Comparison, "title", "standfirst") | prose | lists | owners


def page_texts(prefix: str, state: str) -> dict[str, Any]:
    """Return a marked text for every field of a page."""
    texts = words_of(prefix, state, Page, "title", "slug", "standfirst", "body")
    return texts | {"body": f"<p>{texts['body']}</p>"}


def fill(document: Any, prefix: str, state: str, **fields: Any) -> Revision:
    """Write marked texts into every field, row and tag of the working copy, and save it with a marked note."""
    texts = TEXTS[type(document)]
    fill_rows = ROWS.get(type(document))
    for name, value in (texts(prefix, state) | fields).items():
        setattr(document, name, value)
    document.full_clean(exclude=["document_ptr"])
    document.save()
    if fill_rows:
        fill_rows(document, prefix, state)
        document.tags.set([marked(prefix, state, type(document).__name__.lower(), "tag")])
    revision = revise(document)
    Revision.objects.filter(pk=revision.pk).update(note=marked(HIDDEN, state, "note"))
    return revision


def fill_role_rows(role: Role, prefix: str, state: str) -> None:
    role.figures.all().delete()
    names = ("period", "place", "covers", "source")
    role.figures.create(
        measure="median_pay",
        amount="50000",
        unit="year",
        source_url=f"https://example.org/{marked(prefix, state, 'figure', 'url')}",
        **{name: marked(prefix, state, "figure", name) for name in names},
    )


def fill_comparison_rows(comparison: Comparison, prefix: str, state: str) -> None:
    comparison.sections.all().delete()
    comparison.sources.all().delete()
    texts = {name: marked(prefix, state, "section", name) for name in ("heading", "body")}
    comparison.sections.create(heading=texts["heading"], body=f"<p>{texts['body']}</p>")
    url = f"https://example.org/{marked(prefix, state, 'source', 'url')}"
    comparison.sources.create(title=marked(prefix, state, "source", "title"), url=url)
    comparison.wishes.create(title=marked(HIDDEN, state, "wish"))


TEXTS: dict[type[Document], Callable[[str, str], dict[str, Any]]] = {
    Role: role_texts,
    Comparison: comparison_texts,
    Page: page_texts,
}
ROWS: dict[type[Document], Callable[[Any, str, str], None]] = {Role: fill_role_rows, Comparison: fill_comparison_rows}


def blank(kind: type[Document], state: str) -> Any:
    """Return a working copy of the kind that `fill` can fill."""
    if kind is not Comparison:
        return kind(education="bachelor") if kind is Role else kind()
    title = f"Neighbour of {state}".title()
    return Comparison(role_a=make_live(Role, title=f"{title} A"), role_b=make_live(Role, title=f"{title} B"))


@dataclass
class Site:
    """A document of each kind in each state, and the slugs at which each is, was, will be, or would be."""

    documents: dict[tuple[str, type[Document]], Any] = field(default_factory=dict)
    slugs: dict[type[Document], set[str]] = field(default_factory=dict)

    def add(self, state: str, kind: type[Document], document: Any) -> None:
        self.documents[state, kind] = document
        self.slugs.setdefault(kind, set()).add(document.working_slug)


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """Give a site with everything in it that readers must not see, and something of each kind that they do."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_site()
        transaction.set_rollback(True)


def make_site() -> Site:
    site = Site()
    by = make_user()
    for kind in KINDS:
        new = {state: blank(kind, state) for state in ("draft", "scheduled", "gone", "notice")}
        fill(new["draft"], HIDDEN, "draft")
        schedule(fill(new["scheduled"], HIDDEN, "scheduled"), by=by, at=OPENS)
        publish(fill(new["gone"], HIDDEN, "gone"), by=by)
        withdraw([new["gone"]], by=by)
        title, reason = (marked("notice", kind.__name__.lower(), name) for name in ("title", "reason"))
        publish(fill(new["notice"], HIDDEN, "notice", title=title), by=by)
        withdraw([new["notice"]], by=by, kind=Edition.Kind.NOTICE, reason=reason)
        for state, document in new.items():
            site.add(state, kind, document)
    add_live(site, by)
    for state in ("draft", "scheduled", "gone"):
        Redirect.objects.create(path=f"/once-was-{state}/", document=site.documents[state, Role].document_ptr)
        site.slugs[Page].add(f"once-was-{state}")
    return site


def add_live(site: Site, by: Any) -> None:
    """Add live documents that link to and pin all that is hidden, then change every field of their working copies."""
    links = "".join(f'<p><a href="doc:{document.pk}">shown-link</a></p>' for document in site.documents.values())
    role_a, role_b, page = Role(education="bachelor"), Role(education="bachelor"), Page()
    publish(fill(role_a, "shown", "live", summary=f"<p>shown-live-role-summary</p>{links}"), by=by)
    publish(fill(role_b, "shown", "other"), by=by)
    publish(fill(page, "shown", "live", body=f"<p>shown-live-page-body</p>{links}"), by=by)
    comparison = Comparison(role_a=role_a, role_b=role_b)
    fill(comparison, "shown", "live", versus=f"<p>shown-live-comparison-versus</p>{links}")
    for position, state in enumerate(("draft", "scheduled", "gone", "notice")):
        comparison.pins.create(target=site.documents[state, Comparison], position=position)
    publish(revise(comparison), by=by)
    for document, kind in ((role_a, Role), (role_b, Role), (page, Page), (comparison, Comparison)):
        site.slugs[kind].add(document.working_slug)
        state = "live" if document is not role_b else "other"
        fill(document, HIDDEN, f"edited{state}")
        site.add(f"edited{state}", kind, document)


def shown_texts() -> set[str]:
    """Return every marked text that readers must find."""
    role = [*ROLE_TEXTS, *ROLE_PROSE, *ROLE_LISTS, "tag"]
    comparison = ["title", "standfirst", *COMPARISON_PROSE, "choose_a", "choose_b", "byline", "about", "tag"]
    return {
        *(marked("shown", state, "role", name.replace("_", "")) for state in ("live", "other") for name in role),
        *(marked("shown", "live", "comparison", name.replace("_", "")) for name in comparison),
        *(marked("shown", "live", "page", name) for name in ("title", "slug", "standfirst", "body")),
        *(marked("shown", "live", "category", name) for name in ("title", "slug", "description")),
        *(marked("shown", "live", "figure", name) for name in ("period", "place", "covers", "source", "url")),
        *(marked("shown", "live", "section", name) for name in ("heading", "body")),
        *(marked("shown", "live", "source", name) for name in ("title", "url")),
        "shown-link",
    }


def public_names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """Yield the name of every address outside the admin, where people sign in as well."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            if not str(pattern.name).startswith(OWN):
                yield f"{namespace}{pattern.name}"
        elif pattern.namespace != "admin":
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from public_names(pattern, inner)


def turned(slug: str) -> str:
    return "-vs-".join(reversed(slug.split("-vs-")))


def cases(site: Site) -> dict[str, set[str]]:
    """Return what to ask for, for each public address by its name."""

    def at(name: str, slugs: set[str]) -> set[str]:
        return {reverse(name, kwargs={"slug": slug}) for slug in {*slugs, "nothing-is-here"}}

    comparisons = site.slugs[Comparison]
    pairs = {f"{a}-vs-{b}" for a in site.slugs[Role] for b in site.slugs[Role]}
    asked = {f"/compare/?a={word}&b={word}" for word in (HIDDEN[:3], "shown")}
    # Without the word that marks what is hidden: the page says again what was typed.
    searched = {f"{state}+{kind}" for _, state in STATES for kind in ("role", "comparison", "page")} | {"shown", "tag"}
    kinds = ("", "role", "comparison", "page")
    tags = {f"{prefix}-{state}-{kind}-tag" for prefix, state in STATES for kind in ("role", "comparison")}
    return {
        "api:api-root": {"/api/v1/", "/api/v1/drafts"},
        "api:openapi-json": {"/api/v1/openapi.json"},
        "api:roles": {"/api/v1/roles", "/api/v1/roles?size=1"},
        "api:role": at("api:role", site.slugs[Role]),
        "api:comparisons": {"/api/v1/comparisons", "/api/v1/comparisons?size=1"},
        "api:comparison": at("api:comparison", comparisons | pairs),
        "api:compare": {f"/api/v1/compare?a={a}&b={b}" for a in site.slugs[Role] for b in site.slugs[Role]},
        "api:occupations": {"/api/v1/occupations", "/api/v1/occupations?q=hidden"},
        "api:areas": {"/api/v1/areas"},
        "api:wages": {"/api/v1/wages/11-9111"},
        "api:wage": {"/api/v1/wages/11-9111/united-states"},
        "articles:home": {"/"},
        "articles:comparisons": {
            "/compare/",
            "/compare/?older=19990101T000000000000-1",
            "/compare/?newer=nonsense",
            *asked,
        },
        "articles:comparison": at("articles:comparison", comparisons | pairs | {turned(slug) for slug in comparisons}),
        "articles:categories": {"/categories/"},
        "articles:category": at("articles:category", set(Category.objects.values_list("slug", flat=True))),
        "articles:topics": {"/topics/"},
        "articles:topic": at("articles:topic", tags),
        "articles:saved": {"/saved/"},
        "articles:offered": {f"/search/offered.json?q={typed}" for typed in searched},
        "articles:search": {"/search/", *(f"/search/?q={typed}&kind={kind}" for typed in searched for kind in kinds)},
        "articles:card": {"/cards/made-up.png", Card.of("shown").get_absolute_url()},
        "articles:feed": {"/feeds/comparisons.xml"},
        "articles:category-feed": at("articles:category-feed", set(Category.objects.values_list("slug", flat=True))),
        "articles:role-feed": at("articles:role-feed", site.slugs[Role]),
        "articles:manifest": {"/site.webmanifest"},
        "articles:robots": {"/robots.txt"},
        "articles:security": {"/.well-known/security.txt"},
        "articles:sitemap": {"/sitemap.xml", "/sitemap.xml?p=99"},
        "articles:sitemap-lists": {"/sitemap-lists.xml"},
        "articles:sitemap-part": {urlsplit(address).path for address in files(Client())},
        "articles:page": at("articles:page", site.slugs[Page] | site.slugs[Role]),
        "careers:roles": {"/roles/"},
        "careers:found": {f"/roles/found.json?q={HIDDEN}", "/roles/found.json?q=shown"},
        "careers:role": at("careers:role", site.slugs[Role]),
        "publishing:report": {"/report/", "/report/?path=/roles/"},
        "publishing:shared": {reverse("publishing:shared", kwargs={"token": "made-up"})},
        "publishing:thanks": {"/report/thanks/"},
        "images:rendition": {reverse("images:rendition", kwargs={"name": "a_160x120.webp"})},
    }


STATES = [(HIDDEN, state) for state in ("draft", "scheduled", "gone", "notice", "editedlive", "editedother")]
STATES += [("shown", "live"), ("shown", "other")]


def said(response: Any) -> str:
    """Return all that the response tells: status, headers, body, as a person would read it."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return unquote(unescape(f"{response.status_code}\n{headers}\n{body.decode(errors='replace')}"))


LINK = re.compile(
    r"""(?:(?:href|src)=\\?"|<loc>|^Location: |"(?:page|url|article|next|src)": ")([^"<\s\\]+)""", re.MULTILINE
)


def links_in(text: str, *, at: str) -> set[str]:
    """Return every address of this site that an answer at the address leads to."""
    found = (urlsplit(urljoin(f"http://testserver{at}", link)) for link in LINK.findall(text))
    return {f"{part.path}{part.query and '?'}{part.query}" for part in found if part.netloc == "testserver"}


def walk(client: Client, addresses: Iterable[str]) -> dict[str, str]:
    """Ask for each address, and for each that the answers lead to; return what was answered."""
    answers: dict[str, str] = {}
    waiting = set(addresses)
    while waiting:
        address = waiting.pop()
        answers[address] = said(client.get(address))
        waiting |= {link for link in links_in(answers[address], at=address) if not link.startswith("/static/")}
        waiting -= set(answers)
    return answers


@pytest.fixture(scope="module")
def answers(site: Site) -> dict[str, str]:
    """Give what a reader is told at every public address, by address."""
    return walk(Client(), {address for group in cases(site).values() for address in group})


def test_every_public_address_is_walked(site: Site) -> None:
    assert set(public_names(get_resolver())) == set(cases(site))


def test_nothing_that_is_not_live_is_told_to_readers(answers: dict[str, str]) -> None:
    leaks = {
        address: re.findall(rf".{{0,60}}{HIDDEN}.{{0,60}}", answer, re.IGNORECASE)[:3]
        for address, answer in answers.items()
        if HIDDEN in answer.lower()
    }
    assert leaks == {}


def test_no_card_shows_what_is_not_live(answers: dict[str, str]) -> None:
    tokens = {token for answer in answers.values() for token in re.findall(r"/cards/([^\s\"]+)\.png", answer)}
    cards = [card for card in map(signed, tokens) if card]
    assert any("shown" in card.heading.lower() for card in cards)
    assert [card for card in cards if HIDDEN in str(card).lower()] == []


def test_all_that_is_live_is_told_to_programs(answers: dict[str, str]) -> None:
    told = "\n".join(answer for address, answer in answers.items() if address.startswith("/api/v1/")).lower()
    apart = {text for text in shown_texts() if "-live-page-" in text or "-role-tag" in text}
    assert {text for text in shown_texts() - apart if text not in told} == set()


def test_all_that_is_live_is_told_to_readers(answers: dict[str, str]) -> None:
    told = "\n".join(answers.values()).lower()
    assert {text for text in shown_texts() if text not in told} == set()


def test_a_notice_is_told_at_its_own_address_alone(site: Site, answers: dict[str, str]) -> None:
    for kind in KINDS:
        at = {site.documents["notice", kind].working_path()}
        for text in (f"notice-{kind.__name__.lower()}-title", f"notice-{kind.__name__.lower()}-reason"):
            assert {address for address, answer in answers.items() if text in answer.lower()} == at


def test_strangers_are_told_nothing_by_the_admin(client: Client, site: Site) -> None:
    for document in site.documents.values():
        name = f"admin:{document._meta.app_label}_{document._meta.model_name}"
        acts = ("change", "preview", "publish", "withdraw", "cancel", "restore", "history", "delete")
        addresses = [reverse(f"{name}_changelist"), *(reverse(f"{name}_{act}", args=[document.pk]) for act in acts)]
        for address in addresses:
            response = client.get(address)
            assert response.status_code == 302
            assert HIDDEN not in said(response)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_scheduled_is_live_from_its_moment_on(site: Site, kind: type[Document]) -> None:
    document = site.documents["scheduled", kind]
    editions = kind.edition_model.objects
    assert not editions.live(at=OPENS - timedelta(microseconds=1)).filter(document=document).exists()
    assert editions.live(at=OPENS).get(document=document).title == document.title
    hidden = editions.live(at=OPENS + timedelta(days=9)).filter(title__contains=HIDDEN)
    assert [edition.document_id for edition in hidden] == [document.pk]


def test_no_redirect_gives_away_where_something_will_be(client: Client, site: Site) -> None:
    for state in ("draft", "scheduled", "gone"):
        assert client.get(f"/once-was-{state}/").status_code == 404
