"""How something is done to several documents of a list: asked on one page, done to each on its own, told by name.

A `BulkAct` says what is asked and what is done to one document; `action()` makes of it an action of a change list.
Those that every kind of document has stand in `publishing.admin.bulk_acts`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join

from publishing import windows
from publishing.checks import errors
from publishing.errors import Refused
from publishing.models import CheckResult, Document, Revision, User
from publishing.put_away import refuse_put_away
from publishing.revisions import record

LIMIT = 200
"""How many documents are done at a time."""

SPELLED_OUT = 20
"""For how many documents with errors the page says what these are; of the others it says how many."""


@dataclass
class Row:
    """A document of the list, with its newest revision and what the checks found in it when it was saved."""

    document: Any
    revision: Revision | None
    found: CheckResult | None
    sentences: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Job:
    """What an editor asked for: the valid form, and the revisions that the page showed."""

    form: Any
    shown: Collection[str]
    by: User

    def __getitem__(self, name: str) -> Any:
        """Return what was answered, or None where it was not asked."""
        return self.form.cleaned_data.get(name)

    def newest(self, document: Document) -> Revision:
        """Return the document's newest revision. Raises Refused unless the page showed it: nobody decides unseen."""
        revision = document.revisions.first()
        if revision is None:
            raise Refused(f"Nothing of “{document}” was saved here yet: open and save it first.")
        if str(revision.pk) not in self.shown:
            raise Refused(f"“{document}” was saved since you were asked: look at it, then do this again.")
        return revision


@dataclass(frozen=True)
class BulkAct:
    """What can be done to several documents. `do` does it to one and returns what there is to say beyond `past`."""

    name: str
    menu: str
    title: str
    past: str
    form: Callable[..., forms.Form]
    """Called with the data, and the `rows` to which it is to be done."""
    do: Callable[[Any, Job], str]
    permission: str = "change"
    is_checked: bool = False
    """Whether an error of the checks stops it."""


def action(act: BulkAct) -> Any:
    """Return the act as an action of a change list."""

    @admin.action(description=act.menu, permissions=[act.permission])
    def run(model_admin: Any, request: Any, queryset: Any) -> HttpResponse | None:
        related = model_admin.get_list_select_related(request) or ()
        documents = list(queryset.select_related(*related)[: LIMIT + 1])
        if len(documents) > LIMIT:
            messages.error(request, f"Nothing was done: at most {LIMIT} documents at a time. Choose fewer.")
            return None
        return _ask_or_do(act, model_admin, request, documents)

    run.__name__ = act.name
    return run


def _ask_or_do(act: BulkAct, model_admin: Any, request: Any, documents: Sequence[Any]) -> HttpResponse:
    rows = _rows(documents)
    is_answered = "answered" in request.POST
    form = act.form(request.POST if is_answered else None, rows=rows)
    if is_answered and form.is_valid():
        job = Job(form, set(request.POST.getlist("shown")), request.user)
        _do(act, model_admin, request, documents, job)
        return redirect(request.get_full_path())
    along = _rows(getattr(form, "along", ()))
    if act.is_checked:
        _spell_out([*rows, *along])
    context = {
        "act": act,
        "form": form,
        "rows": rows,
        "stopped_along": [row for row in along if row.sentences],
        "shown": [row.revision for row in [*rows, *along] if row.revision],
        "opts": model_admin.opts,
        "media": model_admin.media,
        "title": f"{act.title}: {_counted(len(rows), model_admin.opts)}",
    }
    return model_admin.admin_site.render(request, "bulk", context)  # type: ignore[no-any-return]


def _counted(number: int, opts: Any) -> str:
    return f"{number} {opts.verbose_name if number == 1 else opts.verbose_name_plural}"


def _rows(documents: Iterable[Any]) -> list[Row]:
    """Return a row for each document; two queries, whatever their number."""
    ids = [document.pk for document in documents]
    last = Revision.objects.filter(document__in=ids).order_by().values("document").annotate(Max("pk"))
    newest = Revision.objects.filter(pk__in=last.values("pk__max")).select_related("author")
    revisions = {revision.document_id: revision for revision in newest}
    found = CheckResult.objects.in_bulk(ids)
    return [Row(document, revisions.get(document.pk), found.get(document.pk)) for document in documents]


def _spell_out(rows: Iterable[Row]) -> None:
    """Say what the errors are, of the first few documents that have any."""
    wrong = [row for row in rows if row.revision and row.found and row.found.errors]
    for row in wrong[:SPELLED_OUT]:
        row.sentences = errors(row.document, row.document.content_of(row.revision))


def _do(act: BulkAct, model_admin: Any, request: Any, documents: Iterable[Any], job: Job) -> None:
    """Do it to one document after the other, and tell of each what became of it."""
    done: list[tuple[str, str]] = []
    refused: list[tuple[str, str]] = []
    for document in documents:
        name = str(document)
        try:
            beyond = act.do(document, job)
        except (Refused, ValidationError) as error:
            reasons = error.reasons if isinstance(error, Refused) else error.messages
            refused.append((name, " ".join(reason.removeprefix(f"{name}: ") for reason in reasons)))
        else:
            model_admin.log_change(request, document, f"{act.past}{beyond}.")
            done.append((name, beyond))
    if done:
        listed = format_html_join("", "<br>“{}”{}", done)
        messages.success(request, format_html("{} ({}):{}", act.past, len(done), listed))
    if refused:
        listed = format_html_join("", "<br>“{}”: {}", refused)
        messages.error(request, format_html("Not done ({}):{}", len(refused), listed))


class PlainForm(forms.Form):
    """A form about the documents of the rows, of which it need not know."""

    def __init__(self, *args: Any, rows: Sequence[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


@transaction.atomic
def change(document: Any, job: Job, *, by_doing: Callable[[Any], None], nothing: str) -> str:
    """Change the working copy and leave a revision by the person. Raises Refused with `nothing` if it stays the same,
    if it was put away, or if somebody has saved it since the person was asked."""
    windows.lock([document.pk])
    refuse_put_away({document.pk})
    before, copy = job.newest(document), document.kind.objects.get(pk=document.pk)
    by_doing(copy)
    copy.full_clean(exclude=["document_ptr"])
    copy.save()
    if record(copy, by=job.by) == before:
        raise Refused(nothing)
    return ""
