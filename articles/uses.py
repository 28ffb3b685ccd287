"""Where roles, comparisons, categories and tags are used (publishing.uses)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model, Q
from taggit.models import Tag

from articles.models import Category, Comparison, ComparisonEdition
from careers.models import Role, RoleEdition
from publishing.uses import Way, by_reference


def of_role(subject: Model) -> Iterable[Way]:
    """Yield who compares a role, and who puts such a comparison first among the related ones."""
    if isinstance(subject, Role):
        compared = Comparison.objects.filter(Q(role_a=subject.pk) | Q(role_b=subject.pk)).values("pk")
        pages = [ComparisonEdition.objects.about([subject.pk])]
        yield Way("compares it", compared, pages, shows=True)
        yield by_reference("puts a comparison of it first", compared, rows="pins")


def of_comparison(subject: Model) -> Iterable[Way]:
    """Yield who names a comparison among the related ones."""
    if isinstance(subject, Comparison):
        yield by_reference("puts it first among the related ones", [subject.pk], rows="pins")
        yield by_reference("never shows it among the related ones", [subject.pk], rows="exclusions")


def of_category(subject: Model) -> Iterable[Way]:
    """Yield what stands on a shelf."""
    if isinstance(subject, Category):
        standing = Comparison.objects.filter(category=subject.pk).values("pk")
        yield Way("stands on it", standing, [ComparisonEdition.objects.filter(category=subject.pk)], shows=True)


def of_tag(subject: Model) -> Iterable[Way]:
    """Yield what carries a tag."""
    if isinstance(subject, Tag):
        for kind, edition in ((Comparison, ComparisonEdition), (Role, RoleEdition)):
            carrying = kind.objects.filter(tags=subject.pk).values("pk")
            yield Way("carries it", carrying, [edition.objects.filter(tags=subject.pk)], shows=True)
