"""Cancel: what is scheduled does not happen."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from publishing import needs, windows
from publishing.errors import Refused
from publishing.guards import edition_models
from publishing.models import FOREVER, Redirect, User
from publishing.publish import require_publisher, settle


@transaction.atomic
def cancel(edition: Any, *, by: User) -> None:
    """Empty the window of a coming edition, and of everything scheduled in the same act; what it would have
    followed stays live instead.

    Raises PermissionDenied if `by` may not publish, and Refused if the window has opened already or if a
    scheduled page needs what would be cancelled.
    """
    require_publisher(by)
    act = [each for model in edition_models() for each in model.objects.filter(act=edition.act)]
    documents = {each.document_id: each.document for each in act}
    windows.lock(documents)
    now = timezone.now()
    coming = [each for model in edition_models() for each in model.objects.filter(act=edition.act).coming(now)]
    if edition.pk not in {each.pk for each in coming if type(each) is type(edition)}:
        raise Refused(f"“{edition.title}” is live already, or was cancelled: there is nothing to cancel.")
    for each in coming:
        _close(each)
    settle(documents.values(), at=now)
    needs.verify(needs.dependents(list(documents), at=now), at=now)


def _close(edition: Any) -> None:
    """Empty the window, and let the edition before it go on until the next one."""
    before = windows.siblings(edition.document).opened().filter(live_until=edition.live_from).first()
    windows.empty(edition)
    Redirect.objects.filter(
        path__in=edition.document.paths_of(edition.slug), live_from=edition.live_from, is_manual=True
    ).update(live_until=edition.live_from)
    after = windows.siblings(edition.document).coming(edition.live_from).first()
    if before:
        windows.move_end(before, to=after.live_from if after else FOREVER)
