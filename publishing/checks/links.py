"""Where links in prose lead, and what is wrong with those that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve

from publishing.checks.passages import Link
from publishing.checks.registry import Content, Draft
from publishing.kinds import document_models
from publishing.models import Document, Edition, Redirect
from publishing.richtext import IDENTITY

Anchors = Callable[[Content], Collection[str]]
Exists = Callable[[Collection[str]], Collection[str]]

_anchors: dict[type[Document], Anchors] = {}
_shelves: dict[str, Exists] = {}

EVERY_PAGE = frozenset({"", "content"})
"""What a link can lead to on each page: its beginning, and what templates/base.html names."""


def page_anchors(model: type[Document]) -> Callable[[Anchors], Anchors]:
    """Register the function that returns the anchors that the page of a content of that kind has."""

    def register(function: Anchors) -> Anchors:
        _anchors[model] = function
        return function

    return register


def pages_by_slug(view_name: str) -> Callable[[Exists], Exists]:
    """Register the function that returns for which of some slugs there is a page of that view, which is no document."""

    def register(function: Exists) -> Exists:
        _shelves[view_name] = function
        return function

    return register


@dataclass
class Targets:
    """What the links of a draft lead to, looked up at once."""

    own: Collection[str]
    standing: dict[int, str] = field(default_factory=dict)  # document id to kind of edition
    known: Collection[int] = ()
    anchors: dict[int, Collection[str]] = field(default_factory=dict)
    paths: Collection[str] = ()

    def objection(self, link: Link) -> str:
        """Return a sentence about what is wrong with the link, or an empty text."""
        address = _split(link)
        if address is None:
            return f"The link “{link.text}” is no address: {link.href}"
        if address.scheme == "doc":
            return self._to_document(link)
        if address.scheme or address.netloc:
            return ""
        if not address.path:
            return "" if _fragment(address) in self.own else self._no_part(link, address, "this page")
        if not address.path.startswith("/"):
            return (
                f"The link “{link.text}” leads nowhere: {link.href} is neither a path (/…) nor an address (https://…)."
            )
        return "" if address.path in self.paths else f"The link “{link.text}” leads nowhere: there is no {address.path}"

    def _to_document(self, link: Link) -> str:
        id_ = _identity(link)
        state = self.standing.get(id_) if id_ is not None else None
        if id_ is None or state is None and id_ not in self.known:
            return f"The link “{link.text}” leads to no document of this site: readers get plain text."
        if state is None:
            return f"The link “{link.text}” leads to a page that is not live: readers get plain text."
        if state != Edition.Kind.PAGE:
            return f"The link “{link.text}” leads to a page that was taken down: readers get plain text."
        address = urlsplit(link.href)
        known = id_ not in self.anchors or _fragment(address) in self.anchors[id_]
        return "" if known else self._no_part(link, address, "the page that it leads to")

    def _no_part(self, link: Link, address: SplitResult, page: str) -> str:
        return f"The link “{link.text}” leads to a part that {page} does not have: #{_fragment(address)}"


def targets_of(draft: Draft) -> Targets:
    """Return what the links of the draft lead to: a few queries, however many links there are."""
    links = [link for passage in draft.passages for link in passage.links]
    addresses = [(link, address) for link in links if (address := _split(link))]
    found = Targets(own=_anchors_of(type(draft.document), draft.content))
    parts: dict[int, bool] = {}
    for link, address in addresses:
        id_ = _identity(link)
        if id_ is not None:
            parts[id_] = parts.get(id_, False) or bool(address.fragment)
    if parts:
        found.standing = _standing(parts)
        found.known = _known(set(parts) - set(found.standing))
        found.anchors = _anchors_at([id_ for id_, has_part in parts.items() if has_part])
    own = {address.path for _, address in addresses if not address.scheme and not address.netloc}
    found.paths = _existing({path for path in own if path.startswith("/")})
    return found


def _split(link: Link) -> SplitResult | None:
    try:
        return urlsplit(link.href)
    except ValueError:
        return None


def _identity(link: Link) -> int | None:
    match = IDENTITY.fullmatch(link.href)
    return int(match[1]) if match else None


def _fragment(address: SplitResult) -> str:
    return unquote(address.fragment)


def _anchors_of(kind: type[Document], content: Content) -> Collection[str]:
    named = _anchors[kind](content) if kind in _anchors else ()
    return EVERY_PAGE.union(named)


def _standing(ids: Collection[int]) -> dict[int, str]:
    """Return what readers get of each document now: the kind of its edition (one query)."""
    first, *others = (
        kind.edition_model.objects.at().filter(document__in=ids).order_by().values_list("document_id", "kind")
        for kind in document_models()
    )
    return dict(first.union(*others))


def _known(ids: Collection[int]) -> Collection[int]:
    return set(Document.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else ()


def _anchors_at(ids: Collection[int]) -> dict[int, Collection[str]]:
    """Return the anchors of those documents that are live (one query for each kind that has anchors)."""
    if not ids:
        return {}
    pages = (kind.edition_model.objects.live().filter(document__in=ids) for kind in document_models())
    return {
        page.document_id: _anchors_of(page.document_model(), page.content)
        for of_kind in pages
        for page in of_kind.select_related("revision")
    }


def _existing(paths: Collection[str]) -> Collection[str]:
    """Return those of the site's paths at which there is something."""
    if not paths:
        return ()
    matches = {path: _match(path) for path in paths}
    found = {path for path, match in matches.items() if _is_file(path) or match and not _asks(match)}
    for view_name, exist in _by_slug().items():
        slugs = {
            path: match.kwargs["slug"] for path, match in matches.items() if match and match.view_name == view_name
        }
        there = exist(set(slugs.values())) if slugs else ()
        found |= {path for path, slug in slugs.items() if slug in there}
    missing = set(paths) - found
    return found | set(Redirect.objects.live().filter(path__in=missing).values_list("path", flat=True))


def _match(path: str) -> ResolverMatch | None:
    for tried in (path, f"{path}/"):
        try:
            return resolve(tried)
        except Resolver404:
            continue
    return None


def _is_file(path: str) -> bool:
    return path.startswith((settings.STATIC_URL, settings.MEDIA_URL))


def _asks(match: ResolverMatch) -> bool:
    """Whether the page is there for some slugs only."""
    return match.view_name in _by_slug()


def _by_slug() -> dict[str, Exists]:
    return {kind.url_name: _live_slugs(kind) for kind in document_models()} | _shelves


def _live_slugs(kind: Any) -> Exists:
    def exist(slugs: Collection[str]) -> Collection[str]:
        return set(kind.edition_model.objects.live().filter(slug__in=slugs).values_list("slug", flat=True))

    return exist
