"""An article that was read, as forms in which a person corrects it, and back: nothing of it is in the database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, astuple, replace
from functools import cached_property
from typing import Any

from django import forms
from django.core import signing
from django.forms.utils import ErrorDict
from js_asset import Media

from articles.importing.article import Article, Note, Section, Source, StatedFigure
from articles.importing.store import CORRECTED
from articles.models import Category
from articles.models import Section as SectionRow
from articles.models import Source as SourceRow
from articles.models.comparisons import title_of
from careers.models import Figure, Role
from publishing.fields import LinesFormField
from publishing.richtext import sanitise

SALT = "articles.import"
LONGEST = 500_000
"""How many characters an article may have that is corrected in forms; one of 3,000 words has 20,000."""
MOST = 50
"""How many parts, how many figures, and how many sources fit the form: Django takes 1,000 fields at once."""
KINDS = [
    ("section", "A section, under its heading"),
    ("intro", "The introduction"),
    ("summary_a", "What is role A?"),
    ("summary_b", "What is role B?"),
    ("versus", "A vs. B, above the sections"),
    ("", "Leave it out"),
]
HEADED = {"summary_a": "heading_a", "summary_b": "heading_b", "versus": "heading_versus"}
SIDES = [("a", "role A"), ("b", "role B")]
PROSE = ("intro", "summary_a", "summary_b", "versus")


class WholeForm(forms.Form):
    """What the article says of itself as a whole."""

    role_a = forms.CharField(label="Role A", max_length=Role._meta.get_field("title").max_length)
    role_b = forms.CharField(label="Role B", max_length=Role._meta.get_field("title").max_length)
    title = forms.CharField(
        max_length=200, required=False, help_text="Empty: “… vs. …: What Are the Differences?”, made from the names."
    )
    standfirst = forms.CharField(
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="Up to 300 characters; a longer one becomes the first paragraph of the introduction.",
    )
    category = forms.ChoiceField(required=False)
    tags = forms.CharField(required=False, help_text="Separated by commas.")
    wishes = LinesFormField(
        label="Neighbours",
        required=False,
        help_text="One title on each line. Those that exist are put first among the related ones; the others wait.",
    )
    reading = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, may_add_category: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = list(Category.objects.order_by("title").values_list("title", flat=True))
        read = self.initial.get("category") or self.data.get(self.add_prefix("category"), "")
        known = next((title for title in titles if title.casefold() == read.casefold()), "")
        choices = [("", "None"), *((title, title) for title in titles)]
        if read and not known and may_add_category:
            choices.append((read, f"{read} (a new category)"))
            known = read
        self.fields["category"].choices = choices  # type: ignore[attr-defined]
        if read and not known:
            self.fields["category"].help_text = f"The article says “{read}”: there is none, and editors make them."
        self.initial["category"] = known

    def clean(self) -> dict[str, Any]:
        """Refuse a comparison of a role with itself."""
        cleaned = super().clean() or {}
        names = [cleaned.get(side, "").casefold() for side in ("role_a", "role_b")]
        if all(names) and names[0] == names[1]:
            self.add_error("role_b", "Name two different roles: a role is not compared with itself.")
        return cleaned


class PartForm(forms.Form):
    """A piece of prose, and what it is."""

    kind = forms.ChoiceField(label="What it is", choices=KINDS, required=False)
    heading = forms.CharField(required=False, help_text="Readers see the heading of a section alone.")
    body = SectionRow._meta.get_field("body").formfield(label="Text")

    def clean(self) -> dict[str, Any]:
        """Ask for the heading that a section stands under."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == "section" and not cleaned.get("heading"):
            self.add_error("heading", "A section needs a heading: write one, or say what else this is.")
        return cleaned


class _Kept(forms.Form):
    """A row that is taken over, or left out whatever else is in it."""

    keep = forms.BooleanField(label="Take it over", required=False, initial=True)

    def full_clean(self) -> None:
        """Check only what is taken over."""
        super().full_clean()
        if self.is_bound and not self.cleaned_data.get("keep"):
            self._errors = ErrorDict()


class FigureForm(_Kept, forms.ModelForm[Figure]):
    """A figure that the prose states."""

    role = forms.ChoiceField(label="Of", choices=SIDES)
    source_url = forms.URLField(label="Address", max_length=300, required=False, assume_scheme="https")
    sentence = forms.CharField(widget=forms.HiddenInput, required=False)
    line = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Figure
        fields = ["measure", "amount", "amount_high", "unit", "period", "place", "source", "source_url"]

    field_order = ["keep", "role"]

    def stated(self) -> StatedFigure:
        """Return the figure as the importer has it."""
        names = [*self.Meta.fields, "role", "sentence"]
        values = {name: self.cleaned_data[name] for name in names}
        return StatedFigure(**values, line=self.cleaned_data["line"] or 0)


class SourceForm(_Kept, forms.ModelForm[SourceRow]):
    """An entry of the list of sources."""

    url = forms.URLField(label="Address", max_length=300, required=False, assume_scheme="https")

    class Meta:
        model = SourceRow
        fields = ["title", "url"]

    field_order = ["keep"]

    def source(self) -> Source:
        """Return the source as the importer has it."""
        return Source(self.cleaned_data["title"], self.cleaned_data["url"])


def _rows(form: Any) -> Any:
    return forms.formset_factory(form, extra=0, max_num=MOST + 4, absolute_max=MOST + 4, validate_max=True)


class Correction:
    """The forms of one article: as it was read (`of`), or as somebody sent them back (`sent`)."""

    def __init__(self, *, data: Any, initial: Mapping[str, Any], may_add_category: bool) -> None:
        self.whole = WholeForm(data, initial=dict(initial), may_add_category=may_add_category)
        self.parts = _rows(PartForm)(data, initial=initial.get("parts"), prefix="parts")
        self.figures = _rows(FigureForm)(data, initial=initial.get("figures"), prefix="figures")
        self.sources = _rows(SourceForm)(data, initial=initial.get("sources"), prefix="sources")
        self.refusals: list[str] = []
        self._reading: dict[str, Any] = signing.loads(
            data["reading"] if data is not None else initial["reading"], salt=SALT
        )

    @classmethod
    def of(cls, article: Article, *, note: str, may_add_category: bool) -> Correction:
        """Return the forms of an article that was just read; `note` is its `origin()`."""
        initial = {
            **{name: getattr(article, name) for name in ("role_a", "role_b", "standfirst", "category")},
            "title": "" if article.title == title_of(article.role_a, article.role_b) else article.title,
            "tags": ", ".join(article.tags),
            "wishes": list(article.wishes),
            "parts": list(_parts(article)),
            "figures": [asdict(figure) for figure in article.figures],
            "sources": [asdict(source) for source in article.sources],
            "reading": _carried(article, note),
        }
        return cls(data=None, initial=initial, may_add_category=may_add_category)

    @classmethod
    def sent(cls, data: Any, *, may_add_category: bool) -> Correction:
        """Return the forms with what came back. Raises signing.BadSignature if what it began with was tampered with."""
        return cls(data=data, initial={}, may_add_category=may_add_category)

    @property
    def forms(self) -> list[Any]:
        """All the forms, the formsets among them."""
        return [self.whole, self.parts, self.figures, self.sources]

    @property
    def media(self) -> Any:
        """What the editors of the texts need."""
        return Media(js=["js/admin.js"]) + self.parts.media

    @cached_property
    def notes(self) -> list[Note]:
        """What was guessed or left out when the article was read."""
        return [Note(*note) for note in self._reading["notes"]]

    @property
    def byline(self) -> str:
        """Whom the article names as its author."""
        return str(self._reading["byline"])

    def is_valid(self) -> bool:
        """Whether the article can be put together."""
        return [form.is_valid() for form in self.forms] == [True] * len(self.forms)  # each, to show all that is wrong

    def article(self, read: Article | None = None) -> Article:
        """Return the article as it stands in the forms: not sent yet they hold `read`, and else are valid."""
        if read:
            return replace(read, category=self.whole.initial["category"])
        return self._sent()

    def _sent(self) -> Article:
        whole = self.whole.cleaned_data
        parts = [form.cleaned_data for form in self.parts]
        headings = {
            name: next((part["heading"] for part in parts if part["kind"] == kind), "") for kind, name in HEADED.items()
        }
        sections = [Section(part["heading"], part["body"], 0) for part in parts if part["kind"] == "section"]
        return Article(
            title=whole["title"] or title_of(whole["role_a"], whole["role_b"]),
            **{name: whole[name] for name in ("category", "standfirst", "role_a", "role_b")},
            **headings,
            **{kind: _joined(parts, kind) for kind in PROSE},
            sections=tuple(sections),
            figures=tuple(form.stated() for form in self.figures if form.cleaned_data["keep"]),
            sources=tuple(form.source() for form in self.sources if form.cleaned_data["keep"]),
            tags=tuple(filter(None, (tag.strip() for tag in whole["tags"].split(",")))),
            wishes=tuple(whole["wishes"]),
            byline=self.byline,
            published=None,
            updated=None,
            notes=tuple(self.notes),
        )

    def note(self, article: Article) -> str:
        """Return the note of the revisions that the article leaves: where it is from, and whether it was corrected."""
        is_as_read = fingerprint(article) == self._reading["fingerprint"]
        return str(self._reading["note"]) + ("" if is_as_read else CORRECTED)


def _carried(article: Article, note: str) -> str:
    """Return what the form carries along and nobody changes, signed."""
    return signing.dumps(
        {
            "note": note,
            "byline": article.byline,
            "notes": [astuple(each) for each in article.notes],
            "fingerprint": fingerprint(article),
        },
        salt=SALT,
        compress=True,
    )


def _parts(article: Article) -> Iterator[dict[str, str]]:
    for kind in PROSE:
        if body := getattr(article, kind):
            heading = getattr(article, HEADED[kind]) if kind in HEADED else ""
            yield {"kind": kind, "heading": heading, "body": body}
    for section in article.sections:
        yield {"kind": "section", "heading": section.heading, "body": section.body}


def _joined(parts: list[dict[str, str]], kind: str) -> str:
    return "".join(part["body"] for part in parts if part["kind"] == kind)


def fingerprint(article: Article) -> str:
    """Return what two articles share that make the same draft: SHA-256 of all that is stored of them."""
    texts = {name: _tidy(getattr(article, name)) for name in PROSE}
    sections = tuple(Section(each.heading, _tidy(each.body), 0) for each in article.sections)
    unsaid = dict.fromkeys(HEADED.values(), "") | {"notes": (), "published": None, "updated": None}
    plain: dict[str, Any] = {**texts, "sections": sections, **unsaid}
    return hashlib.sha256(repr(replace(article, **plain)).encode()).hexdigest()


def _tidy(html: str) -> str:
    return sanitise(html).replace("\r\n", "\n").strip()
