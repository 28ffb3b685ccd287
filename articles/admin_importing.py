"""Import an article at the desk: paste or upload it, see how it was understood, correct it, make the draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from js_asset import Media

from articles.admin_import_forms import LONGEST, MOST, PROSE, Correction
from articles.importing.article import Article, Unreadable
from articles.importing.store import Stored, origin, store
from articles.models import Comparison
from careers.models import Role
from publishing.limits import seconds_to_wait, too_many
from publishing.models import User

MAX_BYTES = 2 * 1024 * 1024
PASTED = "pasted text"
NEEDED = ("articles.add_comparison", "articles.change_comparison", "careers.add_role")
OUTCOMES = {
    "made": "A new draft is made.",
    "updated": "The draft that came from this file, and that nobody has edited since, is brought up to date.",
    "unchanged": "Nothing: the draft came from this very file.",
    "left alone": "Nothing:",
}


class ReadForm(forms.Form):
    """Where the article is."""

    text = forms.CharField(
        label="Paste the article",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 16, "class": "vLargeTextField"}),
        help_text="Text, Markdown or HTML.",
    )
    file = forms.FileField(
        label="Or choose a file",
        required=False,
        widget=forms.ClearableFileInput({"accept": ".docx,.txt,.md,.markdown,.html,.htm"}),
        help_text="Word (.docx), text, Markdown or HTML, up to 2 MB.",
    )
    article: Article
    note: str

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise ValidationError(
                f"The file has {file.size / 1024 / 1024:.1f} MB, and 2 MB can be read: take out the pictures."
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Read the article into `article`, with the `note` of where it is from."""
        from articles.importing.read import read_article  # it and its libraries take 13 MB, of every server's process

        cleaned = super().clean() or {}
        text, file = cleaned.get("text", ""), cleaned.get("file")
        if self.errors:
            return cleaned
        if bool(text.strip()) == bool(file):
            raise ValidationError("Paste the article or choose a file: one of the two.")
        name, data = (file.name or "", file.read()) if file else (PASTED, text.encode())
        try:
            self.article = read_article(data, name=name)
        except Unreadable as error:
            raise ValidationError(f"The article could not be read, and nothing was stored. {error}") from error
        _refuse_too_much(self.article)
        self.note = origin(name, data)
        return cleaned


def _refuse_too_much(article: Article) -> None:
    """Raise ValidationError for an article that the forms could not send back."""
    length = sum(len(text) for text in _texts(article))
    if length > LONGEST:
        raise ValidationError(
            f"The article has {length:,} characters, and {LONGEST:,} can be corrected here: shorten it, or have it "
            "imported by manage.py import_articles."
        )
    for things, name in ((article.sections, "sections"), (article.figures, "figures"), (article.sources, "sources")):
        if len(things) > MOST:
            raise ValidationError(f"The article has {len(things)} {name}, and {MOST} fit the form: split the article.")


def _texts(article: Article) -> Iterator[str]:
    yield from (*(getattr(article, name) for name in PROSE), *article.wishes)
    yield from (section.heading + section.body for section in article.sections)
    yield from (note.sentence for note in article.notes)


@dataclass(frozen=True)
class Foreseen:
    """What storing the article would do."""

    stored: Stored
    roles: list[tuple[Role, bool]]

    @property
    def outcome(self) -> str:
        """What becomes of the draft, in a sentence."""
        return OUTCOMES[self.stored.outcome]

    @property
    def stands(self) -> bool:
        """Whether there is a draft of these two roles already."""
        return self.stored.outcome != "made"


def foresee(article: Article, *, note: str, by: User) -> Foreseen:
    """Return what `store` would do, by doing it and taking all of it back. Raises ValidationError as `store` does."""
    with transaction.atomic():
        stored = store(article, note=note, by=by)
        transaction.set_rollback(True)
    roles = [stored.comparison.role_a, stored.comparison.role_b]
    standing = set(Role.objects.filter(pk__in=[role.pk for role in roles]).values_list("pk", flat=True))
    return Foreseen(stored, [(role, role.pk in standing) for role in roles])


class ImportsArticles(admin.ModelAdmin[Comparison]):
    """Mixed into the admin of comparisons: adds the page “Import an article”."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page's address."""
        page = path("import/", self.admin_site.admin_view(self.import_page), name="articles_comparison_import")
        return [page, *super().get_urls()]

    def import_page(self, request: Any) -> HttpResponse:
        """Ask for the article; show how it was understood; store it once that is confirmed."""
        if not request.user.has_perms(NEEDED):
            raise PermissionDenied
        if "reading" in request.POST:
            return self._corrected(request)
        # Files are counted wherever they are handed in (publishing.site).
        is_pasted = request.method == "POST" and not request.FILES
        if is_pasted and (wait := seconds_to_wait("uploads", request.session.session_key)):
            return too_many(request, wait)
        form = ReadForm(request.POST or None, request.FILES or None) if request.method == "POST" else ReadForm()
        if form.is_bound and form.is_valid():
            may_add = request.user.has_perm("articles.add_category")
            correction = Correction.of(form.article, note=form.note, may_add_category=may_add)
            return self._show(request, correction, correction.article(form.article), note=form.note)
        return self._page(request, "import", form=form, media=self.media)

    def _corrected(self, request: Any) -> HttpResponse:
        may_add = request.user.has_perm("articles.add_category")
        try:
            correction = Correction.sent(request.POST, may_add_category=may_add)
        except signing.BadSignature:
            messages.error(request, "The form did not come back whole, and nothing was stored: read the article again.")
            return redirect("admin:articles_comparison_import")
        if not correction.is_valid():
            return self._show(request, correction)
        article = correction.article()
        note = correction.note(article)
        if "_store" in request.POST:
            stored = _store(correction, article, note=note, by=request.user)
            if stored:
                return self._stored(request, stored)
        return self._show(request, correction, article, note=note)

    def _stored(self, request: Any, stored: Stored) -> HttpResponse:
        comparison = stored.comparison
        self.log_addition(request, comparison, f"Imported: {stored.outcome}.")
        messages.success(request, f"The draft “{comparison}” was {stored.outcome}. Readers see nothing of it yet.")
        for sentence in stored.sentences:
            messages.info(request, sentence)
        return redirect("admin:articles_comparison_change", comparison.pk)

    def _show(
        self, request: Any, correction: Correction, article: Article | None = None, *, note: str = ""
    ) -> HttpResponse:
        """Show the forms and, of an article that can be put together, what storing it would do."""
        foreseen = None
        try:
            foreseen = foresee(article, note=note, by=request.user) if article else None
        except ValidationError as error:
            correction.refusals = error.messages
        media = Media.from_media(correction.media, nonce=str(request.csp_nonce))
        return self._page(request, "import_correct", correction=correction, foreseen=foreseen, media=media)

    def _page(self, request: HttpRequest, name: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "title": "Import an article", "opts": self.opts}
        return render(request, f"admin/articles/comparison/{name}.html", shared | context)


def _store(correction: Correction, article: Article, *, note: str, by: User) -> Stored | None:
    """Store the article; None, and the reasons in the form, if nothing was."""
    try:
        stored = store(article, note=note, by=by)
    except ValidationError as error:
        correction.refusals = error.messages
        return None
    if stored.outcome in ("made", "updated"):
        return stored
    correction.refusals = ["Nothing was stored: there is a draft of these two roles.", *stored.sentences]
    return None
