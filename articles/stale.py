"""What pages show of comparisons, as the tags by which caches keep them, and when that goes stale.

A page carries a tag for each document that it shows or leads to, and for the lists that it takes comparisons from:
all that a role is in, a category, the whole corpus. What is new at the end of a list, as a first publication is,
concerns fewer pages than what takes a place between others.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from taggit.models import Tag

from articles.models import Category, ComparisonEdition, PageEdition
from articles.reading import ComparisonPage
from articles.related import SIZE
from careers.stale import comparisons_tag, occupation_tag
from publishing.purges import document_tag, name_tag
from publishing.richtext import document_ids

CORPUS = "corpus"
CATEGORIES = "categories"
"""The tag of the page that lists the categories."""
TOPICS = "topics"
"""The tag of the page that lists the topics."""

SETTLED = timedelta(minutes=1)
"""How long after a first publication another may still come before it: its act took longer, or its clock is behind."""


def category_tag(category_id: int | None) -> str:
    """Return the tag of the pages that list the category, or of those that list comparisons without one."""
    return f"category-{category_id}"


def shelf_tag(category_id: int | None) -> str:
    """Return the tag of the comparisons that stand in the category: they show its name, and who stands beside them."""
    return f"shelf-{category_id}"


def topic_tag(tag_id: int) -> str:
    """Return the tag of the pages that list what carries a topic."""
    return f"topic-{tag_id}"


def pairs_tag(role_id: int) -> str:
    """Return the tag of the comparisons, and pages of any two roles, that lead to others which the role is in."""
    return f"pairs-of-d{role_id}"


def end_of(tag: str) -> str:
    """Return the tag of those among the pages with a tag that show what stands last in the list, or that it ends."""
    return f"{tag}-end"


def shown_by_comparison(page: ComparisonPage) -> set[str]:
    """Return the tags of a comparison's page."""
    edition, roles = page.edition, [role.edition for role in page.both]
    beside = [each for each in page.walk if each]
    editions = [each.edition for each in page.related] + beside
    pinned = [row["target"] for row in page.content["pins"]]
    own = [edition] if page.is_written else []
    return {
        *(document_tag(each.document_id) for each in (*own, *roles)),
        *map(name_tag, {*(each.document_id for each in editions), *page.linked, *pinned}),
        *_lists_of(page),
        *(occupation_tag(role.occupation_id) for role in roles if role.occupation_id),
    }


def shown_by_page(edition: PageEdition) -> set[str]:
    """Return the tags of one of the site's own pages."""
    return {document_tag(edition.document_id), *map(name_tag, document_ids(edition.content["body"]))}


def _lists_of(page: ComparisonPage) -> Iterable[str]:
    """Yield the tags of the lists from which something else could come to the page (articles.related)."""
    edition = page.edition
    shelf = shelf_tag(edition.category_id)
    others = [each.edition for each in page.related if not each.mark]
    is_short = len(page.related) < SIZE
    yield from map(pairs_tag, (edition.role_a_id, edition.role_b_id))
    yield shelf
    if is_short or others or not page.walk.next or _is_new(page.walk.next):
        yield end_of(shelf)
    if is_short or any(each.category_id != edition.category_id for each in others):
        yield from (CORPUS, end_of(CORPUS))


def _is_new(edition: ComparisonEdition) -> bool:
    return edition.first_published_at > timezone.now() - SETTLED


def of_comparison(before: ComparisonEdition | None, after: ComparisonEdition | None) -> set[str]:
    """Return the tags of what goes stale when a comparison's edition takes the place of another
    (publishing.purges.Stale)."""
    there = [each for each in (before, after) if each]
    shelves = _shelves(after) - _shelves(before)
    is_first = after is not None and after.first_published_at == after.live_from
    return {
        *(document_tag(each.document_id) for each in there),
        *(name_tag(each.document_id) for each in there if _named(before) != _named(after)),
        *(comparisons_tag(role) for each in there for role in (each.role_a_id, each.role_b_id)),
        *(category_tag(each.category_id) for each in there),
        *([CATEGORIES] if _shelves(before) != _shelves(after) else ()),
        *(_pairs(after) if _pairs(after) != _pairs(before) else ()),
        *(map(end_of, shelves) if is_first else shelves),
    }


def _named(edition: ComparisonEdition | None) -> tuple[Any, ...] | None:
    """Return what pages that lead to the edition show of it."""
    return (edition.title, edition.slug, edition.category_id) if edition and edition.is_page else None


def _pairs(edition: ComparisonEdition | None) -> set[str]:
    return {pairs_tag(edition.role_a_id), pairs_tag(edition.role_b_id)} if edition and edition.is_page else set()


def _shelves(edition: ComparisonEdition | None) -> set[str]:
    return {shelf_tag(edition.category_id), CORPUS} if edition and edition.is_page else set()


def of_category(category: Category) -> set[str]:
    """Return the tags of what goes stale when a category is called or described otherwise."""
    return {CATEGORIES, category_tag(category.pk), shelf_tag(category.pk)}


def of_topics(before: Any, after: Any) -> set[str]:
    """Return the tags of the lists by topic that go stale when an edition takes the place of another
    (publishing.purges.Stale)."""
    was, is_ = _carried(before), _carried(after)
    return {*map(topic_tag, was | is_), *([TOPICS] if was != is_ else ())}


def _carried(edition: Any) -> set[int]:
    return set(edition.tags.values_list("pk", flat=True)) if edition and edition.is_page else set()


def of_tag(tag: Tag) -> set[str]:
    """Return the tags of what goes stale when a topic is called otherwise. Other pages say the names of topics as they
    were published."""
    return {TOPICS, topic_tag(tag.pk)}
