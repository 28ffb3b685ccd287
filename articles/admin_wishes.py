"""“What to write next”: comparisons that readers choose or articles wish for, and that nobody has written yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, F, Min, Q, Window
from django.db.models.functions import Lower, RowNumber
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.admin_starting import start_url
from articles.models import ChosenPair, Comparison, Wish
from articles.titles import TooManyRoles, pair_in
from careers.models import Role
from publishing.admin.read_only import ReadOnly

PAGE_SIZE = 50
SHOWN = 5
"""How many of the articles that wish for a comparison are named."""


MONTHS = 12
"""Over how many months, this one among them, the choices of readers are counted."""


@dataclass(frozen=True)
class Wanted:
    """Two roles that readers chose to compare and of which nobody wrote, and how often they were chosen."""

    a: Role
    b: Role
    times: int

    @property
    def start(self) -> str:
        """The address at which their comparison is started."""
        return start_url(self.a, self.b)


def wanted(*, today: date) -> list[Wanted]:
    """Return the pairs that readers chose most often in the last MONTHS months (two queries)."""
    months = today.year * 12 + today.month - MONTHS
    since = date(months // 12, months % 12 + 1, 1)
    rows = list(ChosenPair.objects.unwritten().most_chosen(since=since)[:PAGE_SIZE])
    roles = Role.objects.in_bulk({row[side] for row in rows for side in ("first", "second")})
    pairs = ((roles[row["first"]], roles[row["second"]], row["total"]) for row in rows)
    return [Wanted(a, b, times) for a, b, times in pairs if not (a.put_away_at or b.put_away_at)]


@dataclass(frozen=True)
class Wished:
    """A comparison that is wished for: its title, by how many articles, some of them, and its roles by name, each the
    role or None where there is none yet. `written` is the comparison, if somebody has written it all the same."""

    title: str
    count: int
    wishers: list[Comparison]
    roles: list[tuple[str, Role | None]]
    written: Comparison | None

    @property
    def start(self) -> str:
        """The address at which it is started from both roles; empty while one is missing."""
        found = [role for _, role in self.roles if role]
        return "" if len(found) < 2 or self.written else start_url(*found)


def wished(page: int | str | None = None) -> Any:
    """Return a page of the titles that are wished for, most wished first, with `entries`.

    A title counts once however its letters are cased. What articles wish for that were put away does not count.
    """
    standing = Wish.objects.filter(comparison__put_away_at=None).annotate(key=Lower("title"))
    titles = standing.values("key").annotate(
        count=Count("comparison", distinct=True), shown=Min("title"), first=Min("pk")
    )
    found = Paginator(titles.order_by("-count", "key"), PAGE_SIZE).get_page(page)
    found.entries = _entries([dict(row) for row in found])  # type: ignore[attr-defined]
    return found


def _entries(rows: list[dict[str, Any]]) -> list[Wished]:
    names = {row["key"]: _names(row["shown"]) for row in rows}
    roles = _roles({name for pair in names.values() for name in pair})
    wishers = _wishers([row["key"] for row in rows])
    pairs = {key: [(name, roles.get(name.casefold())) for name in pair] for key, pair in names.items()}
    written = _written([[role.pk for _, role in pair if role] for pair in pairs.values()])
    return [
        Wished(
            row["shown"],
            row["count"],
            wishers[row["key"]],
            pairs[row["key"]],
            written.get(frozenset(role.pk for _, role in pairs[row["key"]] if role)),
        )
        for row in rows
    ]


def _names(title: str) -> list[str]:
    try:
        pair = pair_in(title)
    except TooManyRoles:
        return []
    return [pair.a, pair.b] if pair else []


def _roles(names: set[str]) -> dict[str, Role]:
    """Return the roles of these names that are at hand, by the name in lower case, in one query."""
    called = Q()
    for name in names:
        called |= Q(title__iexact=name)
    at_hand = Role.objects.filter(called, put_away_at=None) if names else ()
    return {role.title.casefold(): role for role in at_hand}


def _wishers(keys: list[str]) -> dict[str, list[Comparison]]:
    """Return up to SHOWN articles that wish for each title, in one query."""
    found: dict[str, list[Comparison]] = defaultdict(list)
    wishes = Wish.objects.annotate(key=Lower("title")).filter(key__in=keys, comparison__put_away_at=None)
    place = Window(RowNumber(), partition_by=F("key"), order_by="pk")
    first = wishes.annotate(place=place).filter(place__lte=SHOWN).order_by("place")
    for wish in first.select_related("comparison__role_a", "comparison__role_b"):
        if wish.comparison not in found[wish.key]:
            found[wish.key].append(wish.comparison)
    return found


def _written(pairs: list[list[int]]) -> dict[frozenset[int], Comparison]:
    """Return the comparisons of these pairs of roles that are at hand, in one query."""
    either = Q()
    for a, b in (pair for pair in pairs if len(pair) == 2):
        either |= Q(role_a=a, role_b=b) | Q(role_a=b, role_b=a)
    at_hand = Comparison.objects.filter(put_away_at=None).select_related("role_a", "role_b")
    found = at_hand.filter(either) if either else ()
    return {frozenset({each.role_a_id, each.role_b_id}): each for each in found}


@admin.register(Wish)
class WishAdmin(ReadOnly, admin.ModelAdmin[Wish]):
    """A list to read: wishes come from imported articles, and go when they are written."""

    def changelist_view(self, request: Any, extra_context: Any = None) -> HttpResponse:
        """Show what to write next."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "What to write next",
            "opts": self.opts,
            "wanted": wanted(today=timezone.localdate()),
            "page": wished(request.GET.get("p")),
        }
        return render(request, "admin/articles/wish/change_list.html", context)
