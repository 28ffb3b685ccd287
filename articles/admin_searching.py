"""How a list finds comparisons among very many: by way of the roles, which are few, instead of reading every one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from math import prod
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import smart_split, unescape_string_literal

from articles.models import Comparison
from careers.models import Role
from publishing.slices import ids_of

RARE = 40
"""Words that one in more roles than this has, all of them together, lead from the roles to their comparisons. With
commoner ones, enough comparisons for a list are found sooner by walking through them, the newest first."""


def holding(comparisons: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Return those of the comparisons in which every word stands that was typed: in their own title, if they have one,
    or in that of either role. A phrase in quotation marks is one word, as everywhere in the admin.
    """
    roles = {word: _roles(word) for word in map(_unquoted, smart_split(typed))}
    if roles and prod(map(len, roles.values())) * RARE < Role.objects.count() ** len(roles):
        rarest = min(roles, key=lambda word: len(roles[word]))
        some = _led_to(rarest, roles.pop(rarest))
        return comparisons.filter(pk__in=ids_of(*(_holding(roles, each) for each in some)))
    return _holding(roles, comparisons)


def _holding(roles: Mapping[str, Collection[int]], comparisons: QuerySet[Any]) -> QuerySet[Any]:
    """Return those of the comparisons that hold every word, of which it is known which roles do."""
    for word, ids in roles.items():
        comparisons = comparisons.filter(Q(title__icontains=word) | Q(role_a__in=ids) | Q(role_b__in=ids))
    return comparisons


def _unquoted(word: str) -> str:
    is_phrase = word.startswith(('"', "'")) and word[0] == word[-1]
    return unescape_string_literal(word) if is_phrase else word


def _roles(word: str) -> list[int]:
    return list(Role.objects.order_by().filter(title__icontains=word).values_list("pk", flat=True))


def _led_to(word: str, roles: Collection[int]) -> Iterator[QuerySet[Any]]:
    """Yield the comparisons that hold the word, each part of them read from an index."""
    every = Comparison.objects.order_by()
    yield every.filter(role_a__in=roles)
    yield every.filter(role_b__in=roles)
    yield every.filter(title__gt="", title__icontains=word)
