"""What the checks found, brought in line when facts change: of the roles that they change for, and of those that show
these roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone

from careers.models import Release, Role, RoleEdition
from careers.published import NATION
from publishing.checks import store
from publishing.kinds import working_copies
from publishing.models import Document, Revision
from publishing.uses import ways

FACTS = ("title", "singular", "plural", "article", "also_called", "occupation", "fit", "figures")
"""What of a role's content the prose of others is held against."""


def on_recorded(sender: Any, document: Document, revision: Revision, **kwargs: Any) -> None:
    """Check anew what shows a role whose draft has other facts now, where readers see no page of it
    (receiver of `recorded`)."""
    if not isinstance(document, Role) or RoleEdition.objects.live().filter(document=document.pk).exists():
        return
    before = document.revisions.exclude(pk=revision.pk).first()
    if before and _differ(document.content_of(before), document.content_of(revision)):
        _check(_showing(document))


def on_settled(sender: Any, documents: Iterable[Document], **kwargs: Any) -> None:
    """Check anew what shows a role of which readers see other facts now (receiver of `settled`)."""
    for role in documents:
        if isinstance(role, Role) and _has_other_facts(role):
            _check(_showing(role))


def _has_other_facts(role: Role) -> bool:
    """Whether readers see other facts than on the page before; a first page has those of the draft, which were told."""
    pages = RoleEdition.objects.filter(document=role.pk).pages().select_related("revision")
    live = pages.live().first()
    if live is None:
        return False
    before = pages.before(live.live_from).first()
    return before is not None and _differ(before.content, live.content)


def _differ(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return any(before[name] != after[name] for name in FACTS)


def on_facts_changed(sender: Any, release: Release, **kwargs: Any) -> None:
    """Check anew the roles whose figures a release that is current states or makes older, and what shows them
    (receiver of `facts_changed`)."""
    if release not in Release.objects.current(release.source, timezone.now()):
        return
    counted = Q(occupation__wages__release=release, occupation__wages__area__slug=NATION)
    roles = Role.objects.filter(counted | Q(figures__source=release.source)).distinct()
    ids = set(roles.values_list("pk", flat=True))
    _check(ids.union(*(_showing(role) for role in roles)))


def _showing(role: Role) -> set[int]:
    """Return the documents whose drafts show what the role says."""
    return {pk for way in ways(role) if way.shows for (pk,) in way.drafts.values_list("pk")}


def _check(ids: Iterable[int]) -> None:
    for document in working_copies(ids).values():
        if not document.put_away_at:
            store(document)
