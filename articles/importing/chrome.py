"""What stands around an article on a web page: navigation, share buttons, related links, forms."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

TAGS = {
    "nav": "navigation",
    "footer": "page footer",
    "aside": "sidebar",
    "figcaption": "caption",
    "header": "page header",
    "form": "form",
    "button": "button",
    "select": "form",
    "textarea": "form",
    "dialog": "dialog",
    "noscript": "fallback for scripts",
    "iframe": "embedded page",
}
ROLES = {
    "navigation": "navigation",
    "contentinfo": "page footer",
    "complementary": "sidebar",
    "search": "form",
    "dialog": "dialog",
}
CLASSES = {
    "breadcrumb": r"breadcrumbs?",
    "share buttons": r"shar(?:e|ing)(?:-?(?:bar|buttons?|links?))?|social(?:-(?:share|links?|icons?|media|bar))?",
    "related links": r"related(?:-?(?:posts?|articles?|content|links?|stories|reading))?|post-?nav(?:igation)?",
    "newsletter form": r"newsletter(?:-(?:form|signup|box))?",
    "advertisement": r"ads?|advert(?:isement)?s?|ad-(?:slot|unit|container|wrapper|banner)|sponsored",
    "sidebar": r"sidebar",
    "author's portrait": r"(?:about-(?:the-)?)?author-?(?:bio|box|card)",
    "buttons": r"(?:wp-block-)?buttons|cta(?:-(?:box|button))?",
    "dialog": r"cookie-?(?:banner|notice|consent)|popup|modal",
    "comments": r"comments?(?:-(?:section|list|area))?",
    "table of contents": r"toc|table-of-contents",
    "hidden text": r"skip-?link|screen-reader-text|sr-only|visually-hidden",
}
CLASS = {label: re.compile(pattern, re.IGNORECASE) for label, pattern in CLASSES.items()}
CONTAINERS = {"div", "section", "ul", "ol", "p"}
ARTICLE = {"article", "main"}


def label(tag: str, attributes: Mapping[str, str], *, inside: Collection[str]) -> str:
    """The kind of page furniture that an element is, or "" for one that may hold the article.

    `inside` names the elements around it: a header inside an article belongs to the article.
    """
    if "breadcrumb" in attributes.get("aria-label", "").lower():
        return "breadcrumb"
    if tag == "nav" or tag in CONTAINERS:
        named = _named(f"{attributes.get('class', '')} {attributes.get('id', '')}")
        if named:
            return named
    if "hidden" in attributes:
        return "hidden text"
    if tag == "header" and not ARTICLE.isdisjoint(inside):
        return ""
    return TAGS.get(tag) or ROLES.get(attributes.get("role", ""), "")


@lru_cache(maxsize=1024)
def _named(names: str) -> str:
    words = [name.replace("_", "-") for name in names.split()]
    found = (label for label, pattern in CLASS.items() if any(pattern.fullmatch(word) for word in words))
    return next(found, "")
