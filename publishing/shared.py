"""Links that show one draft to somebody without an account, for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from publishing.models import Revision, User

SALT = "publishing.shared"
LASTS = timedelta(days=14)


@dataclass(frozen=True)
class Shared:
    """What a link shows, who made it, and until when it does."""

    revision: Revision
    by: User
    until: datetime


def link(revision: Revision, *, by: User) -> str:
    """Return the path at which whoever has it sees the revision for LASTS."""
    until = timezone.now() + LASTS
    token = signing.dumps([revision.pk, by.pk, int(until.timestamp())], salt=SALT)
    return reverse("publishing:shared", kwargs={"token": token})


def opened(token: str) -> Shared:
    """Return what the link shows. Raises Http404 for one that is forged, has expired, or whose maker has left, and
    where the document was put away."""
    try:
        revision_id, user_id, timestamp = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise Http404("This link was not made here.") from error
    until = datetime.fromtimestamp(timestamp, tz=timezone.get_current_timezone())
    by = User.objects.filter(pk=user_id, is_active=True, is_staff=True).first()
    if until <= timezone.now() or by is None:
        raise Http404("This link has expired.")
    revision = Revision.objects.select_related("document").get(pk=revision_id)
    if revision.document.put_away_at:
        raise Http404("This draft was deleted.")
    return Shared(revision, by, until)
