"""The change form while people type: it is kept, offered back, and never saved over what somebody else saved."""

from __future__ import annotations

import json
from copy import copy
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from publishing import open_forms
from publishing.admin.pages import number_in
from publishing.admin.preview import content_if_saved
from publishing.admin.put_away import say_who_holds_it
from publishing.diff import compare
from publishing.models import Document, OpenForm, Revision
from publishing.outages import Outage, answer_unavailable

BASE = "_base"
"""The name of the hidden field that says from which revision the form began."""

NOT_TYPED = frozenset({"csrfmiddlewaretoken", BASE})
LARGEST = 2_000_000
"""How many characters of a form are kept at most."""


class DocumentForm(forms.ModelForm[Any]):
    """The form of a working copy. It is not saved over a revision that its writer has not seen.

    `is_offer` marks a form that shows what was kept: it is shown again, and never saved.
    """

    is_offer = False
    stale: Revision | None = None

    def is_valid(self) -> bool:
        """Whether the form can be saved."""
        return super().is_valid() and not self.is_offer

    def clean(self) -> dict[str, Any] | None:
        """Refuse a form that began before the newest revision."""
        cleaned = super().clean()
        if self.instance.pk and not self.is_offer:
            self._refuse_stale()
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        say_who_holds_it(self)

    def _refuse_stale(self) -> None:
        Document.objects.select_for_update().get(pk=self.instance.pk)  # two who save at once come one after the other
        newest = self.instance.revisions.select_related("author").first()
        if newest is None or self.data.get(BASE) == str(newest.pk):
            return
        self.stale = newest
        when = date_format(localtime(newest.created_at), "DATETIME_FORMAT")
        raise ValidationError(
            f"{newest.author} saved this on {when}, after you opened it. Nothing that you typed is lost, and nothing "
            "of it is saved yet: compare the two below; saving now puts yours in place of theirs.",
            code="stale",
        )


@require_POST
def keep_page(request: Any, admin: Any, document_id: int | None) -> HttpResponse:
    """Answer a sign of life of an open form: who else has it open, and whether something newer was saved.

    With `typed`, a JSON list of [name, value] pairs, it is kept; with `discard` what was kept is given up.
    """
    kind, user = admin.model, request.user
    document = admin.get_object(request, str(document_id)) if document_id else None
    if document_id and document is None:
        raise Http404("There is no such document.")
    if not (admin.has_change_permission(request, document) if document else admin.has_add_permission(request)):
        raise PermissionDenied
    if "discard" in request.POST:
        open_forms.let_go(user, kind, document_id)
    elif "typed" in request.POST:
        base = Revision.objects.filter(document=document_id, pk=number_in(request.POST.get(BASE, "")) or 0).first()
        open_forms.keep(user, kind, document_id, typed=_typed(request.POST["typed"]), base=base)
    else:
        open_forms.seen(user, kind, document_id)
    return JsonResponse(_state(user, document))


def _typed(text: str) -> open_forms.Typed:
    if len(text) > LARGEST:
        raise BadRequest("This form is too large to be kept: save it.")
    try:
        pairs = json.loads(text)
        json.dumps(pairs, ensure_ascii=False).encode()  # half a character, which no browser sends, is in no encoding
    except (ValueError, RecursionError) as error:
        raise BadRequest("What was typed is no JSON.") from error
    is_pairs = isinstance(pairs, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair) for pair in pairs
    )
    if not is_pairs:
        raise BadRequest("What was typed is no list of names and values.")
    # PostgreSQL takes no NUL in a text, nor does any field of the form.
    return [[part.replace("\0", "") for part in pair] for pair in pairs if pair[0] not in NOT_TYPED]


def _state(user: Any, document: Document | None) -> dict[str, Any]:
    if document is None:
        return {"others": [], "newest": None}
    newest = document.revisions.select_related("author").defer("content").first()
    return {
        "others": [str(each.user) for each in OpenForm.objects.of_others(document, than=user)],
        "newest": newest and {"id": newest.pk, "by": str(newest.author)},
    }


def offered(admin: Any, request: HttpRequest, object_id: str | None) -> HttpResponse | None:
    """Return the change form with what was kept in it, as if it had been sent and turned away; None if nothing is."""
    kept = open_forms.kept(request.user, admin.model, number_in(object_id or ""))  # type: ignore[arg-type]
    if kept is None:
        return None
    again = _sent_again(request, _as_sent(kept))
    again.is_offer = True
    with transaction.atomic():
        response: HttpResponse = admin._changeform_view(again, object_id, "", None)
    return response


def not_saved(admin: Any, request: HttpRequest, object_id: str | None, outage: Outage) -> HttpResponse:
    """Return the change form as it was sent, with the sentence that says why it was not saved. Nothing is written."""
    again = _sent_again(request, request.POST)
    again.is_offer = True
    messages.error(again, f"Nothing was saved. {outage.sentence} What you typed is still here: try again in a minute.")
    response = admin._changeform_view(again, object_id, "", None)
    response.render()  # while what it asks of the database is still an outage, and not a fault
    return answer_unavailable(response)


def _sent_again(request: HttpRequest, data: Any) -> Any:
    """Return the request as if this had been sent with it."""
    again: Any = copy(request)
    again.method = "POST"
    again.POST, again._files = data, MultiValueDict()  # Django reads both anew where one is missing
    return again


def _as_sent(kept: OpenForm) -> Any:
    data = QueryDict(mutable=True)
    for name, value in kept.typed or []:
        data.appendlist(name, value)
    data[BASE] = str(kept.base_id or "")
    return data


def context(admin: Any, request: Any, document: Any, form: Any, *, newest: Revision | None) -> dict[str, Any]:
    """Return what the change form's template needs: where the form is kept, from which revision it began, what is
    offered (nothing, where the form holds already what was typed) and, if it was turned away for a newer revision,
    what saving it would change there. `newest` is the document's newest revision.
    """
    document_id = document and document.pk
    stale = getattr(form, "stale", None)
    begun = request.POST.get(BASE) if form.is_bound and not stale else newest and newest.pk
    return {
        "base": begun or "",
        "keep_url": admin.act_url("keep", document) if document else reverse(f"admin:{admin.prefix}_keep_new"),
        "store_key": f"{request.user.pk} {admin.prefix} {document_id or 'new'}",
        "is_offer": getattr(request, "is_offer", False),
        "kept": None if form.is_bound else open_forms.kept(request.user, admin.model, document_id),
        "stale": stale and _beside(admin, request, document, stale),
    }


def _beside(admin: Any, request: Any, document: Any, theirs: Revision) -> dict[str, Any]:
    sent = request.POST.copy()
    sent[BASE] = str(theirs.pk)
    again = _sent_again(request, sent)
    mine = content_if_saved(admin, again, document)
    changes = compare(type(document), document.content_of(theirs), mine) if mine else None
    return {"theirs": theirs, "changes": changes}


def without_lost_rows(data: QueryDict, prefix: str, rows: Any) -> QueryDict:
    """Return a formset's data in which rows that somebody else removed meanwhile are new ones. `rows` are its model's.

    A formset tells rows that stand from new ones by their place: those that stand come first.
    """
    numbers = range(number_in(data.get(f"{prefix}-TOTAL_FORMS", "")) or 0)
    posted = {n: number_in(data.get(f"{prefix}-{n}-id", "")) for n in numbers}
    standing = set(rows.filter(pk__in=[id_ for id_ in posted.values() if id_]).values_list("pk", flat=True))
    if standing.issuperset(id_ for id_ in posted.values() if id_):
        return data
    order = sorted(numbers, key=lambda n: posted[n] not in standing)
    place = {str(n): new for new, n in enumerate(order)}
    renumbered = QueryDict(mutable=True)
    for name, values in data.lists():
        renumbered.setlist(_renamed(name, prefix, place), values)
    for new in range(len(standing), len(order)):
        renumbered[f"{prefix}-{new}-id"] = ""
    renumbered[f"{prefix}-INITIAL_FORMS"] = str(len(standing))
    return renumbered


def _renamed(name: str, prefix: str, place: dict[str, int]) -> str:
    number, _, field = name.removeprefix(f"{prefix}-").partition("-")
    if not name.startswith(f"{prefix}-") or number not in place:
        return name
    return f"{prefix}-{place[number]}-{field}"
