"""Comments at the desk: beside the form, below each row of it, and on a page of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from publishing import reviews
from publishing.admin.pages import do, done, id_in, render_page
from publishing.errors import Refused
from publishing.models import Comment


class CommentForm(forms.Form):
    """A remark on the whole, or on the row that is named."""

    text = forms.CharField(
        label="Comment", max_length=5000, widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"})
    )
    rows = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    row_id = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Remark:
    """A comment with the present name of the row that it is about: empty, if the row is not there any more."""

    comment: Comment
    row_now: str = ""

    @property
    def is_renamed(self) -> bool:
        """Whether the row has another name by now."""
        return bool(self.row_now) and self.row_now != self.comment.about

    @property
    def is_removed(self) -> bool:
        """Whether the row is gone."""
        return bool(self.comment.rows) and not self.row_now


def remarks(document: Any) -> dict[str, list[Remark]]:
    """Return the comments on a working copy, the oldest first: `open` ones, and `resolved` ones."""
    comments = document.comments.select_related("author", "resolved_by").order_by("pk")
    names = _names(document, comments)
    found = [Remark(each, names.get((each.rows, each.row_id), "")) for each in comments]
    return {
        "open": [each for each in found if each.comment.resolved_at is None],
        "resolved": [each for each in found if each.comment.resolved_at],
    }


def _names(document: Any, comments: Iterable[Comment]) -> dict[tuple[str, int | None], str]:
    """Return what the rows that the comments are about are called now."""
    ids = defaultdict(set)
    for each in comments:
        if each.rows in document.content_rows:
            ids[each.rows].add(each.row_id)
    return {
        (rows, row.pk): reviews.called(row)
        for rows, wanted in ids.items()
        for row in getattr(document, rows).filter(pk__in=wanted)
    }


def comments_page(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Show every comment on the document, and take one on it or on the row that the address names."""
    form = CommentForm(request.POST or None, initial={"rows": request.GET.get("rows"), "row_id": _row_id(request)})
    if request.method == "POST" and form.is_valid():
        try:
            remark = reviews.comment(document, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            done(admin, request, document, f"Commented on “{remark.about or document}”.")
            return redirect(_where(admin, request, document))
    context = {
        "form": form,
        "about": _about(document, request.GET.get("rows", ""), _row_id(request)),
        "remarks": remarks(document),
        "may_comment": reviews.may_comment(request.user, document),
    }
    return render_page(admin, request, document, "comments", context)


def _row_id(request: Any) -> int | None:
    return id_in(request.GET, "row_id")


def _about(document: Any, rows: str, row_id: int | None) -> str:
    """Return what the row that the address names is called, or nothing for the whole."""
    is_row = rows in document.content_rows
    row = getattr(document, rows).filter(pk=row_id).first() if is_row else None
    return reviews.called(row) if row else ""


def resolve_post(admin: Any, request: Any, document: Any) -> HttpResponse:
    """Resolve the comment that the button names, or reopen it."""
    answer = do(admin, request, document, _post_resolve)
    return redirect(_where(admin, request, document)) if request.method == "POST" else answer


def _post_resolve(request: Any, document: Any) -> str:
    settles = "resolve" in request.POST
    remark = document.comments.filter(pk=id_in(request.POST, "resolve" if settles else "reopen")).first()
    if remark is None:
        raise Refused("Nothing was done: that comment does not belong to this document.")
    (reviews.resolve if settles else reviews.reopen)(remark, by=request.user)
    return "Resolved a comment." if settles else "Reopened a comment."


def _where(admin: Any, request: Any, document: Any) -> str:
    """Return where to go on: beside the form, if the button stood there, else to the page of all comments."""
    return f"{admin.act_url('change' if 'panel' in request.POST else 'comments', document)}#comments"


class CommentedInline(admin.options.InlineModelAdmin[Any, Any]):
    """Rows that show the open comments on each, and offer to comment. It is mixed into an OrderedInline."""

    readonly_fields = ("comments",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Add the comments below what can be typed."""
        return [*super().get_fields(request, obj), "comments"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Remember the open comments on these rows, and where one is written."""
        formset: Any = super().get_formset(request, obj, **kwargs)
        self._rows = formset.fk.remote_field.get_accessor_name()
        self._document = obj
        self._open: defaultdict[int | None, list[Comment]] = defaultdict(list)
        if obj and obj.pk:
            for each in obj.comments.filter(rows=self._rows, resolved_at=None).select_related("author").order_by("pk"):
                self._open[each.row_id].append(each)
        return formset

    @admin.display(description="comments")
    def comments(self, row: Any) -> str:
        """Show the open comments on the row, and the way to write one."""
        if row.pk is None:
            return "Once this is saved, it can be commented on."
        context = {
            "rows": self._rows,
            "row": row,
            "name": self.opts.verbose_name,
            "comments": self._open[row.pk],
            "opts": self.parent_model._meta,
            "original": self._document,
        }
        return render_to_string("admin/publishing/_row_comments.html", context)
