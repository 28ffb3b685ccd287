"""What became of a document: its revisions, compared and named, and its editions."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse

from publishing import windows
from publishing.admin.pages import do, id_in, render_page, text_in
from publishing.admin.words import with_manner
from publishing.diff import compare
from publishing.errors import Refused

PAGE_SIZE = 25
"""How many revisions, and how many editions, the history shows at a time."""

CHOICE = 100
"""How many of the newest revisions are offered to be compared; any other can be reached from the history."""


def history_page(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Every revision, or those with a name (`?named`), and every edition with its window, some at a time."""
    editions = _page(request, "editions", windows.siblings(document).select_related("issued_by"))
    revisions = document.revisions.select_related("author").defer("content")
    named = "named" in request.GET
    context = {
        "revisions": _page(request, "revisions", revisions.exclude(name="") if named else revisions),
        "named": named,
        "editions": editions,
        "listed": with_manner(editions),
        "newest": document.revisions.defer("content").first(),
    }
    return render_page(admin, request, document, "history", context)


def _page(request: Any, name: str, rows: Any) -> Any:
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get(name))


def compare_page(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Two revisions, word by word: those that the address names, or what readers see and the newest."""
    revisions = document.revisions.select_related("author")
    after = revisions.filter(pk=id_in(request.GET, "after")).first() or admin.revision_asked_for(request, document)
    before = revisions.filter(pk=id_in(request.GET, "before")).first() or _before(document, after)
    choice = {revision.pk: revision for revision in [*revisions.defer("content")[:CHOICE], before, after]}
    context = {
        "revisions": [choice[pk] for pk in sorted(choice, reverse=True)],
        "before": before,
        "after": after,
        "changes": compare(type(document), document.content_of(before), document.content_of(after)),
    }
    return render_page(admin, request, document, "compare", context)


def _before(document: Any, revision: Any) -> Any:
    """Return what readers see if that is another revision, else the one before it, else itself."""
    current = windows.siblings(document).live().select_related("revision__author").first()
    if current and current.revision_id != revision.pk:
        return current.revision
    return document.revisions.select_related("author").filter(pk__lt=revision.pk).first() or revision


def name_post(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Give the revision that the form names a name of its own, or take it away."""
    return do(admin, request, document, _post_name, then="history")


def _post_name(request: Any, document: Any) -> str:
    name = text_in(request.POST, "name")
    if len(name) > 100:
        raise Refused("A name has at most 100 characters.")
    pk = id_in(request.POST, "revision")
    if not document.revisions.filter(pk=pk).update(name=name):
        raise Refused("That revision does not belong to this document.")
    return f"Revision {pk} is called “{name}”." if name else f"Revision {pk} has no name any more."
