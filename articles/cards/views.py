"""Serving cards."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.cards.card import signed
from articles.cards.keeping import picture_of


@require_safe
def card(request: HttpRequest, token: str) -> HttpResponse:
    """Send a card, to be kept by every cache for ever: what is drawn otherwise has another address."""
    asked = signed(token)
    if asked is None:
        raise Http404("This card was not made here.")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(picture_of(asked), content_type="image/png", headers=headers)
