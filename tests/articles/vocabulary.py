"""The part of the vocabulary that pages use: which properties a type has, what kind of value each takes, and which it
must have.

Types and properties as https://schema.org has them (each at https://schema.org/ and its name). What is required is what
search engines ask for, to show more than a link: articles and lists of crumbs
https://developers.google.com/search/docs/appearance/structured-data/article and …/breadcrumb, estimated salaries
https://developers.google.com/search/docs/appearance/structured-data/estimated-salary, and the search of a site
https://developers.google.com/search/docs/appearance/structured-data/sitelinks-searchbox. `query-input` is described at
https://schema.org/docs/actions.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

Kinds = dict[str, str]
"""Names of properties, and for each what it takes: kinds of plain values below, or names of types, separated by "|"."""

THING: Kinds = {
    "name": "text",
    "alternateName": "text",
    "description": "text",
    "url": "url",
    "image": "ImageObject",
    "mainEntityOfPage": "WebPage",
    "potentialAction": "SearchAction",
}
WORK: Kinds = THING | {
    "headline": "text",
    "datePublished": "moment",
    "dateModified": "moment",
    "author": "Person|Organization",
    "publisher": "Organization",
    "inLanguage": "language",
    "isPartOf": "WebSite",
    "about": "Occupation",
    "keywords": "text",
    "citation": "CreativeWork",
    "timeRequired": "duration",
}
LIST: Kinds = THING | {"itemListElement": "ListItem", "numberOfItems": "number"}
QUANTITIES = ("percentile10", "percentile25", "median", "percentile75", "percentile90")

PROPERTIES: dict[str, Kinds] = {
    "Article": WORK | {"articleSection": "text"},
    "BreadcrumbList": LIST,
    "CategoryCode": THING | {"codeValue": "text", "inCodeSet": "text"},
    "Country": THING,
    "CreativeWork": WORK,
    "AdministrativeArea": THING,
    "EntryPoint": THING | {"urlTemplate": "text"},
    "ImageObject": WORK | {"width": "number", "height": "number", "caption": "text"},
    "ItemList": LIST,
    "ListItem": THING | {"position": "number", "item": "url"},
    "MonetaryAmountDistribution": THING
    | {"currency": "currency", "duration": "duration"}
    | dict.fromkeys(QUANTITIES, "number"),
    "Occupation": THING
    | {
        "educationRequirements": "text",
        "estimatedSalary": "MonetaryAmountDistribution",
        "occupationLocation": "Country|State|AdministrativeArea",
        "occupationalCategory": "CategoryCode",
        "skills": "text",
    },
    "Organization": THING | {"logo": "url"},
    "Person": THING,
    "SearchAction": THING | {"target": "EntryPoint", "query-input": "text"},
    "State": THING,
    "WebPage": WORK | {"lastReviewed": "day"},
    "WebSite": WORK,
}

REQUIRED: dict[str, set[str]] = {
    "Article": {"headline", "image", "datePublished", "dateModified", "author", "publisher"},
    "BreadcrumbList": {"itemListElement"},
    "CreativeWork": {"name"},
    "ImageObject": {"url", "width", "height"},
    "ItemList": {"itemListElement", "numberOfItems"},
    "ListItem": {"position", "name"},
    "MonetaryAmountDistribution": {"name", "currency", "duration"},
    "Occupation": {"name", "url"},
    "Organization": {"name", "url", "logo"},
    "Person": {"name"},
    "SearchAction": {"target", "query-input"},
    "WebSite": {"name", "url", "potentialAction"},
}

PATTERNS = {
    "text": r"\S(.*\S)?",
    "url": r"https?://[^\s<>]+",
    "day": r"\d{4}-\d\d-\d\d",
    "duration": r"P(\d+[YMWD]|T\d+[HM])",
    "currency": r"[A-Z]{3}",
    "language": r"[a-z]{2}(-[a-z]{2})?",
}


def mistakes(node: dict[str, Any], *, ids: dict[str, str], at: str = "") -> Iterator[str]:
    """Yield what is wrong with a node and with all within it; `ids` says the type of each node that has an id."""
    if set(node) == {"@id"}:
        if node["@id"] not in ids:
            yield f"{at}: nothing has the id {node['@id']}"
        return
    kind = node["@type"]
    at = f"{at}/{kind}"
    for name in REQUIRED.get(kind, set()) - set(node):
        yield f"{at}: no {name}"
    for name, value in node.items():
        if not name.startswith("@"):
            for one in value if isinstance(value, list) else [value]:
                yield from _mistakes_of(one, PROPERTIES[kind].get(name), ids=ids, at=f"{at}.{name}")


def _mistakes_of(value: Any, expected: str | None, *, ids: dict[str, str], at: str) -> Iterator[str]:
    if expected is None:
        yield f"{at}: there is no such property"
    elif isinstance(value, dict):
        kind = value.get("@type") or ids.get(value["@id"])
        if kind not in expected.split("|"):
            yield f"{at}: a {kind}, not a {expected}"
        yield from mistakes(value, ids=ids, at=at)
    elif not _is(value, expected):
        yield f"{at}: {value!r} is no {expected}"


def _is(value: Any, expected: str) -> bool:
    if expected == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if expected == "moment":
        return datetime.fromisoformat(value).tzinfo is not None
    pattern = PATTERNS.get(expected)
    return bool(pattern and re.fullmatch(pattern, value, re.DOTALL))
