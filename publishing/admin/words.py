"""How the desk says what an edition is to readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from publishing.kinds import working_copies
from publishing.models import Edition, Redirect


def with_manner(editions: Iterable[Any]) -> list[Any]:
    """Return the editions, each with `manner`: how the page was taken down, to follow “taken down” (a page: empty)."""
    found = list(editions)
    acts = {edition.act for edition in found if edition.kind == Edition.Kind.GONE}
    leads = dict(Redirect.objects.filter(act__in=acts).values_list("act", "document")) if acts else {}
    copies = working_copies(leads.values())
    targets = {act: copies[document] for act, document in leads.items()}
    for edition in found:
        edition.manner = _manner(edition, targets)
    return found


def _manner(edition: Any, targets: dict[Any, Any]) -> str:
    if edition.is_page:
        return ""
    if edition.kind == Edition.Kind.NOTICE:
        return "with a notice"
    if edition.act in targets:
        return f"leading to “{targets[edition.act]}”"
    return "as gone"
