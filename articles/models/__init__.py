"""Comparisons, the shelves they stand on, and the site's own pages."""

from articles.models.categories import Category
from articles.models.comparisons import (
    STANDARD_SECTIONS,
    Comparison,
    ComparisonEdition,
    ComparisonEditionQuerySet,
    ComparisonEditionTag,
    ComparisonTag,
    Exclusion,
    Pin,
    Section,
    Source,
    Wish,
)
from articles.models.pages import Page, PageEdition
from articles.models.pairs import ChosenPair
from articles.models.words import ComparisonWords, PageWords, RoleWords

__all__ = [
    "STANDARD_SECTIONS",
    "Category",
    "ChosenPair",
    "Comparison",
    "ComparisonEdition",
    "ComparisonEditionQuerySet",
    "ComparisonEditionTag",
    "ComparisonTag",
    "ComparisonWords",
    "Exclusion",
    "Page",
    "PageEdition",
    "PageWords",
    "RoleWords",
    "Pin",
    "Section",
    "Source",
    "Wish",
]
