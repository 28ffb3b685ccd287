"""What the head of a page says to machines: search engines, networks on which it is shared, readers of feeds."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, to_locale

from articles import structured
from articles.cards.card import HEIGHT, WIDTH, Card
from articles.structured import Node, Site
from careers.reading import RoleProfile
from careers.structured import occupation

register = template.Library()


class Captured(template.Node):
    """A part of a template as plain text, so that it can stand in several places."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> SafeString:
        """Show nothing, and keep the text under the name."""
        context[self.name] = unescape(self.nodelist.render(context)).strip()
        return SafeString()


@register.tag
def captured(parser: Parser, token: Token) -> Captured:
    """Keep what stands up to `endcaptured` under a name: {% captured page_title %}…{% endcaptured %}."""
    _, name = token.split_contents()
    nodelist = parser.parse(("endcaptured",))
    parser.delete_first_token()
    return Captured(nodelist, name)


@register.inclusion_tag("articles/_card.html", takes_context=True)
def card(context: Context, heading: str, *, words: str = "", page: Any = None) -> dict[str, Any]:
    """Show the picture that stands beside a link to the page: of the roles of a comparison's `page`, or of `words`.

    What somebody typed must not be a heading: whatever is one, the site draws.
    """
    roles = tuple(role.name.title for role in page.both) if page else ()
    picture = Card.of(heading, words=words, roles=roles)
    return {
        "card": picture,
        "url": _site(context).at(picture.get_absolute_url()),
        "width": WIDTH,
        "height": HEIGHT,
        "locale": to_locale(get_language() or settings.LANGUAGE_CODE),
    }


@register.simple_tag(takes_context=True)
def data(context: Context) -> SafeString:
    """Say what the site is, and nothing of the page."""
    return _said(context, [])


@register.simple_tag(takes_context=True)
def data_of_comparison(context: Context, page: Any) -> SafeString:
    """Say what a comparison is (articles.reading.ComparisonPage)."""
    roles = tuple(role.name.title for role in page.both)
    picture = Card.of(context["page_title"], roles=roles)
    return _said(context, structured.of_comparison(page, _site(context), card=picture))


@register.simple_tag(takes_context=True)
def data_of_role(context: Context, role: RoleProfile) -> SafeString:
    """Say what a role is, and what it is paid."""
    site, path = _site(context), role.edition.get_absolute_url()
    way = structured.breadcrumbs(site, (gettext("Roles"), reverse("careers:roles")), (role.name.title, path))
    return _said(context, [occupation(role, url=site.at(path)), way])


@register.simple_tag(takes_context=True)
def data_of_page(context: Context, edition: Any) -> SafeString:
    """Say what one of the site's own pages is."""
    return _said(context, structured.of_page(edition, _site(context)))


@register.simple_tag(takes_context=True)
def data_of_list(context: Context, entries: Iterable[Any]) -> SafeString:
    """Say what a list holds: editions, categories or tags."""
    return _said(context, [structured.of_list(context["page_title"], entries, _site(context))])


@register.simple_tag(takes_context=True)
def data_of_home(context: Context, featured: Any, newest: list[Any]) -> SafeString:
    """Say what is new: the featured comparison (articles.reading.Opening, or None), and those that follow."""
    return data_of_list(context, [featured.edition, *newest] if featured else [])


@register.simple_tag(takes_context=True)
def data_of_letters(context: Context, letters: Iterable[tuple[str, list[Any]]]) -> SafeString:
    """Say what a list holds that is parted by letters."""
    return data_of_list(context, [edition for _, editions in letters for edition in editions])


@register.simple_tag(takes_context=True)
def data_of_category(context: Context, category: Any, entries: Iterable[Any]) -> SafeString:
    """Say what stands on a shelf."""
    return _said(context, structured.of_category(category, entries, _site(context)))


@register.simple_tag(takes_context=True)
def data_of_topic(context: Context, topic: Any, comparisons: Iterable[Any], roles: Iterable[Any]) -> SafeString:
    """Say what carries a tag."""
    return _said(context, structured.of_topic(topic, [*comparisons, *roles], _site(context)))


def _site(context: Context) -> Site:
    return Site(context["site_url"], settings.SITE_NAME)


def _said(context: Context, nodes: Iterable[Node]) -> SafeString:
    text = mark_safe(structured.as_json(_site(context), nodes))  # noqa: S308  # it escapes what could end the element
    return format_html('<script type="application/ld+json">{}</script>', text)
