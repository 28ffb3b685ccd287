"""What pages say to machines, as JSON-LD in the vocabulary of https://schema.org: plain dictionaries, of nothing that
the pages do not show.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from taggit.models import Tag

from articles.cards.card import HEIGHT, WIDTH, Card
from articles.models import Category, PageEdition
from articles.reading import ComparisonPage
from publishing.models import Edition

Node = dict[str, Any]
Crumb = tuple[str, str]
"""What a page is called, and its path."""

LISTED = 100
"""How many entries of a list are named; how many there are is said besides."""

ESCAPES = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


class Site(NamedTuple):
    """Scheme and host of the site, and its name."""

    url: str
    name: str

    def at(self, path: str) -> str:
        """Return the whole address of a path."""
        return f"{self.url}{path}"

    @property
    def publisher(self) -> Node:
        """Who publishes everything here, by reference."""
        return {"@id": self.at("/#organization")}

    @property
    def whole(self) -> Node:
        """The site that pages are part of, by reference."""
        return {"@id": self.at("/#website")}


def as_json(site: Site, nodes: Iterable[Node]) -> str:
    """Return all that a page says: the site, who is behind it, and the page's own nodes.

    Nothing in it can end the script element that it stands in, or begin another.
    """
    graph = {"@context": "https://schema.org", "@graph": [_organization(site), _website(site), *nodes]}
    text = json.dumps(graph, ensure_ascii=False)
    for character, escaped in ESCAPES.items():
        text = text.replace(character, escaped)
    return text


def _organization(site: Site) -> Node:
    logo = site.at(static("icons/icon-512.png"))
    return {"@type": "Organization", **site.publisher, "name": site.name, "url": site.at("/"), "logo": logo}


def _website(site: Site) -> Node:
    """Return the site, and how it is searched (https://schema.org/docs/actions.html has `query-input`)."""
    template = site.at(f"{reverse('articles:search')}?q={{search_term_string}}")
    target = {"@type": "EntryPoint", "urlTemplate": template}
    search = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
    return {
        "@type": "WebSite",
        **site.whole,
        "name": site.name,
        "url": site.at("/"),
        "inLanguage": get_language(),
        "publisher": site.publisher,
        "potentialAction": search,
    }


def of_comparison(page: ComparisonPage, site: Site, *, card: Card) -> list[Node]:
    """Return a comparison as an article about two occupations, and the way to it.

    What was made from two profiles, and written by nobody, is no article but a page.
    """
    edition = page.edition
    node = _page(edition, site) | {
        "@type": "Article" if page.is_written else "WebPage",
        "author": {"@type": "Person", "name": edition.byline} if edition.byline else site.publisher,
        "image": _image(card, site),
        "about": [
            {"@type": "Occupation", "name": role.name.title, "url": site.at(role.edition.get_absolute_url())}
            for role in page.both
        ],
        "timeRequired": f"PT{page.minutes}M",
        "keywords": [name for name, _ in edition.topics],
        "citation": [_source(source) for source in page.content["sources"]],
    }
    above = [(gettext("Comparisons"), reverse("articles:comparisons"))]
    if edition.category_id:
        node["articleSection"] = edition.category.title
        above = [_categories(), _crumb(edition.category)]
    return [_without_empty(node), breadcrumbs(site, *above, _crumb(edition))]


def of_page(edition: PageEdition, site: Site) -> list[Node]:
    """Return one of the site's own pages."""
    return [_without_empty(_page(edition, site)), breadcrumbs(site, _crumb(edition))]


def _page(edition: Any, site: Site) -> Node:
    return {
        "@type": "WebPage",
        "url": site.at(edition.get_absolute_url()),
        "headline": edition.title,
        "description": edition.standfirst,
        "datePublished": edition.first_published_at.isoformat(),
        "dateModified": edition.significant_at.isoformat(),
        "inLanguage": get_language(),
        "isPartOf": site.whole,
        "publisher": site.publisher,
    }


def _image(card: Card, site: Site) -> Node:
    url = site.at(card.get_absolute_url())
    return {"@type": "ImageObject", "url": url, "width": WIDTH, "height": HEIGHT, "caption": card.alt}


def _source(source: dict[str, str]) -> Node:
    return _without_empty({"@type": "CreativeWork", "name": source["title"], "url": source["url"]})


def of_list(title: str, entries: Iterable[Edition | Category | Tag], site: Site) -> Node:
    """Return what a list holds, in its order."""
    crumbs = [_crumb(entry) for entry in entries]
    return {
        "@type": "ItemList",
        "name": title,
        "numberOfItems": len(crumbs),
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "url": site.at(path)}
            for position, (name, path) in enumerate(crumbs[:LISTED], start=1)
        ],
    }


def of_category(category: Category, entries: Iterable[Edition], site: Site) -> list[Node]:
    """Return what stands on a shelf, and the way to it."""
    return [of_list(category.title, entries, site), breadcrumbs(site, _categories(), _crumb(category))]


def of_topic(topic: Tag, entries: Iterable[Edition], site: Site) -> list[Node]:
    """Return what carries a tag, and the way to it."""
    topics = (gettext("Topics"), reverse("articles:topics"))
    return [of_list(topic.name, entries, site), breadcrumbs(site, topics, _crumb(topic))]


def breadcrumbs(site: Site, *crumbs: Crumb) -> Node:
    """Return the way from the home page to a page, the page itself last."""
    home = (site.name, reverse("articles:home"))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": site.at(path)}
            for position, (name, path) in enumerate([home, *crumbs], start=1)
        ],
    }


def _categories() -> Crumb:
    return gettext("Categories"), reverse("articles:categories")


def _crumb(each: Any) -> Crumb:
    if isinstance(each, Tag):
        return each.name, reverse("articles:topic", kwargs={"slug": each.slug})
    return each.title, each.get_absolute_url()


def _without_empty(node: Node) -> Node:
    return {name: value for name, value in node.items() if value}
