"""What pages show of roles and of facts, as the tags by which caches keep them, and when that goes stale."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from careers.models import Release, RoleEdition
from publishing.models import EVERYTHING
from publishing.purges import document_tag, name_tag, purge_at

ROLES = "roles"
"""The tag of pages that show roles which nobody chose: those that are close to one."""
FACTS = "facts"
"""The tag of pages that show what is published of occupations which nobody chose."""


def comparisons_tag(role_id: int) -> str:
    """Return the tag of the pages that list the comparisons which the role is in."""
    return f"comparisons-of-d{role_id}"


def occupation_tag(code: str) -> str:
    """Return the tag of the pages that show what is published of the occupation."""
    return f"o{code}"


def shown_by_role(edition: RoleEdition, linked: Collection[int]) -> set[str]:
    """Return the tags of a role's page, of which the prose links to these documents."""
    codes = [edition.occupation_id] if edition.occupation_id else []
    own = {document_tag(edition.document_id), comparisons_tag(edition.document_id)}
    return {*own, *map(name_tag, linked), *map(occupation_tag, codes), ROLES, FACTS}


def of_role(before: RoleEdition | None, after: RoleEdition | None) -> set[str]:
    """Return the tags of what goes stale when a role's edition takes the place of another (publishing.purges.Stale)."""
    there = [each for each in (before, after) if each]
    names = there if _named(before) != _named(after) else []
    return {
        ROLES,
        *(document_tag(each.document_id) for each in there),
        *(name_tag(each.document_id) for each in names),
    }


def _named(edition: RoleEdition | None) -> tuple[str, str] | None:
    """Return what pages that lead to the edition show of it."""
    return (edition.title, edition.slug) if edition and edition.is_page else None


def of_release(release: Release) -> set[str]:
    """Return the tags of what goes stale when the site shows another release: nearly every page says of which one its
    figures are."""
    return {EVERYTHING}


def on_facts_changed(sender: Any, release: Release, codes: Collection[str] | None = None, **kwargs: Any) -> None:
    """Purge now, and again when the site begins to show the release (receiver of `facts_changed`)."""
    tags = of_release(release) if codes is None else {FACTS, *map(occupation_tag, codes)}
    moments = {timezone.now(), max(release.current_from, timezone.now())}
    purge_at(dict.fromkeys(moments, tags))
