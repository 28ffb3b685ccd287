"""How a list shows very many documents: it asks once, for the ids of the first of them, and fetches the rows of a page.

The ids say how many there are, up to a bound, and which stand on the page that is asked for. So no list counts every
document, sorts whole rows, or works out how each stands that it does not show.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def in_order(ids: Iterable[int], rows: QuerySet[Any]) -> list[Any]:
    """Return those of the rows that have the ids, in the order of the ids."""
    wanted = list(ids)
    found = rows.in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


class FirstOfMany(Paginator[Any]):
    """The pages of the first `most` documents of a queryset. `rows` is where those that a page shows are fetched."""

    most = 10_000

    def __init__(self, documents: QuerySet[Any], per_page: int, *, rows: QuerySet[Any]) -> None:
        super().__init__(documents, per_page)
        self.rows = rows

    @cached_property
    def _ids(self) -> list[int]:
        return list(self.object_list.values_list("pk", flat=True)[: self.most + 1])  # type: ignore[attr-defined]

    @cached_property
    def count(self) -> int:
        """How many documents the pages show."""
        return min(len(self._ids), self.most)

    @property
    def is_cut(self) -> bool:
        """Whether there are more documents than the pages show."""
        return len(self._ids) > self.most

    def page(self, number: int | str) -> Page[Any]:
        """Return a page with its rows. Raises InvalidPage for one that there is not."""
        number = self.validate_number(number)
        end = min(number * self.per_page, self.count)
        return Page(in_order(self._ids[(number - 1) * self.per_page : end], self.rows), number, self)


class DocumentList(ChangeList):
    """A list of documents. A page beyond the last leads to the last: as the site grows, pages move."""

    def get_results(self, request: HttpRequest) -> None:
        """Fetch the page that was asked for."""
        per_page = self.list_max_show_all if self.show_all else self.list_per_page
        self.paginator = self.model_admin.get_paginator(request, self.queryset, per_page)
        page = self.paginator.get_page(self.page_num)
        self.page_num = page.number
        self.result_list = page.object_list
        self.result_count = self.paginator.count
        # The search box leaves out a number that is equal to this one: the pager says that it is more.
        self.full_result_count = self.result_count if self.paginator.is_cut else None
        self.show_full_result_count = False
        self.show_admin_actions = True
        self.can_show_all = self.result_count <= self.list_max_show_all and not self.paginator.is_cut
        self.multi_page = self.result_count > self.list_per_page
