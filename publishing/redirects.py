"""Old paths: how they are left behind, and how they are found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from publishing import windows
from publishing.addresses import live_paths
from publishing.as_of import as_of
from publishing.models import FOREVER, Document, Edition, Redirect

NOT_HERE = frozenset({404, 410})


def follow(document: Document, *, after: datetime) -> None:
    """Bring the document's automatic redirects in line with its windows from the moment `after` on.

    Where an edition is followed by a page with another slug, the old paths lead to the document from that moment on. A
    path that a person leads elsewhere is left alone. Redirects that came with a withdrawal last as long as it does.
    """
    _last_with_withdrawals(document, after)
    wanted = {
        (path, later.live_from)
        for earlier, later in pairwise(windows.siblings(document).unfinished_or_ended_at(after))
        if later.is_page and earlier.slug != later.slug
        for path in document.paths_of(earlier.slug)
    }
    standing = Redirect.objects.filter(document=document.pk, is_manual=False, live_from__gte=after)
    for redirect in standing:
        if (redirect.path, redirect.live_from) not in wanted:
            redirect.live_until = redirect.live_from
            redirect.save(update_fields=["live_until"])
    for path, moment in sorted(wanted):
        if not Redirect.objects.live(moment).filter(path=path, is_manual=True).exists():
            Redirect.objects.update_or_create(
                path=path,
                document_id=document.pk,
                live_from=moment,
                is_manual=False,
                defaults={"live_until": FOREVER},
            )


def _last_with_withdrawals(document: Document, after: datetime) -> None:
    taken_down = windows.siblings(document).exclude(kind=Edition.Kind.PAGE)
    # One that was issued anew has an emptied double of the same act: the one that is in force comes last.
    for edition in taken_down.ending_from(after).order_by("live_until"):
        Redirect.objects.filter(act=edition.act, path__in=document.paths_of(edition.slug)).update(
            live_until=edition.live_until
        )


class RedirectAfter404Middleware:
    """Lead readers from an old path to where its document is live now; asked only when nothing is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response, or a permanent redirect in place of a 404 or 410."""
        response = self.get_response(request)
        if response.status_code not in NOT_HERE or request.method not in {"GET", "HEAD"}:
            return response
        return _redirect(request.path, at=as_of(request)) or response


def _redirect(path: str, *, at: datetime) -> HttpResponse | None:
    redirect = Redirect.objects.asked(path, at=at)
    if redirect is None:
        return None
    target = live_paths([redirect.document_id], at=at).get(redirect.document_id)
    return HttpResponsePermanentRedirect(target) if target and target != path else None
