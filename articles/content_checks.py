"""What must be right before readers see a comparison or a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from articles.models import Category, Comparison, Page
from careers.content_checks import figure_amounts, unbacked_money
from careers.models import Role
from publishing.checks import Content, Finding, Level, content_check
from publishing.content import snapshot
from publishing.richtext import plain

PROSE = ("intro", "summary_a", "summary_b", "versus")


@content_check(Comparison)
def is_complete(comparison: Comparison, content: Content) -> Iterator[Finding]:
    """A comparison stands on a shelf, says something, and helps to choose."""
    if not Category.objects.filter(pk=content["category"]).exists():
        yield Finding(Level.ERROR, "Choose a category: it is the way back for readers.", "category")
    if not plain(content["intro"]):
        yield Finding(Level.ERROR, "Write an introduction.", "intro")
    if not any(plain(section["body"]) for section in content["sections"]):
        yield Finding(Level.ERROR, "Write at least one section.", "sections")
    for side, name in (("choose_a", comparison.role_a), ("choose_b", comparison.role_b)):
        if not content[side]:
            yield Finding(Level.WARNING, f"Nothing says who should choose {name}.", side)


@content_check(Comparison)
def sections_are_filled(comparison: Comparison, content: Content) -> Iterator[Finding]:
    """An empty section is not shown to readers; the editor is told."""
    for section in content["sections"]:
        if not plain(section["body"]):
            yield Finding(Level.WARNING, f"The section “{section['heading']}” is empty, and is left out.", "sections")


@content_check(Comparison)
def money_in_prose_is_backed(comparison: Comparison, content: Content) -> Iterable[Finding]:
    """Amounts in the prose stand among the figures of one of the roles."""
    roles = Role.objects.filter(pk__in=[content["role_a"], content["role_b"]])
    backed = set().union(*(figure_amounts(snapshot(role)) for role in roles))
    prose = {field: content[field] for field in PROSE}
    prose["sections"] = " ".join(section["body"] for section in content["sections"])
    return unbacked_money(prose, backed)


@content_check(Page)
def page_is_complete(page: Page, content: Content) -> Iterator[Finding]:
    """A page says something."""
    if not plain(content["body"]):
        yield Finding(Level.ERROR, "Write the page's text.", "body")
