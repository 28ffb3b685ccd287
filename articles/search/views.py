"""Public pages of the search."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles.search.results import KINDS, Offers, offers, search
from articles.search.words import Query
from articles.views import live_categories
from publishing.as_of import as_of
from publishing.limits import limited, no_offers, place_of, seconds_to_wait

KEPT_SECONDS = 60
"""How long a browser may show an answer again, going back to it for instance. Shared caches keep none: what somebody
typed is theirs."""

ON_A_404 = 6
"""How many pages are offered where there is none."""

FILES = (settings.STATIC_URL, settings.MEDIA_URL)


@limited("search")
@require_safe
@cache_control(private=True, max_age=KEPT_SECONDS)
def results(request: HttpRequest) -> HttpResponse:
    """What a query finds: `q`, and where given, of one `kind`, in one `category` (a slug); `page` is a number."""
    at = as_of(request)
    query = Query.of(request.GET.get("q", ""))
    shelves = list(live_categories(at))
    shelf = next((each for each in shelves if each.slug == request.GET.get("category")), None)
    kind = "comparison" if shelf else request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    found = search(query, at=at, kind=kind, shelf=shelf.pk if shelf else None) if query else None
    number = _number(request.GET.get("page", "1"), most=found.pages if found is not None else 1)
    context = {
        "query": query,
        "found": found,
        "results": found.page(number) if found is not None else [],
        "number": number,
        "kinds": KINDS,
        "kind": kind,
        "shelves": shelves,
        "shelf": shelf,
    }
    return render(request, "articles/search.html", context)


def _number(text: str, *, most: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    if not 1 <= number <= most:
        raise Http404("There is no such page of these results.")
    return number


@limited("offers", refuse=no_offers)
@require_safe
@cache_control(private=True, max_age=KEPT_SECONDS)
def offered(request: HttpRequest) -> JsonResponse:
    """What the search field offers below it while somebody types `q`."""
    told = _told(offers(Query.of(request.GET.get("q", "")), at=as_of(request)))
    said = ngettext("%(count)d page", "%(count)d pages", len(told)) % {"count": len(told)}
    return JsonResponse({"offers": told, "said": said})


def _told(found: Offers) -> list[dict[str, str]]:
    """Return the offers as the field shows them."""
    return [
        *({"title": each.title, "about": each.standfirst, "url": each.get_absolute_url()} for each in found.pairs),
        *({"title": each.role.title, "about": each.about, "url": each.role.get_absolute_url()} for each in found.roles),
        *({"title": each.title, "about": "", "url": each.get_absolute_url()} for each in found.comparisons),
    ]


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 with what the words of the address may have meant (the handler of 404). Of what was asked for, nothing
    is shown; a file, which has a dot in its name, is not searched for, nor anything for whoever asks without end."""
    is_file = request.path.startswith(FILES) or "." in request.path
    if is_file or seconds_to_wait("offers", place_of(request)):
        return render(request, "404.html", {"site_pages": ()}, status=404)
    last = request.path.rstrip("/").rpartition("/")[2]
    found = offers(Query.of(last.replace("-", " ")), at=as_of(request))
    return render(request, "404.html", {"offers": _told(found)[:ON_A_404]}, status=404)
