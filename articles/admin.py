"""Comparisons, categories and the site's own pages in the admin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from taggit.admin import Tag  # the import registers the admin that is replaced below

from articles.admin_importing import ImportsArticles
from articles.admin_searching import holding
from articles.admin_starting import StartsComparisons
from articles.admin_wishes import WishAdmin  # noqa: F401 (registers itself)
from articles.models import STANDARD_SECTIONS, Category, Comparison, Exclusion, Page, Pin, Section, Source, Wish
from articles.reading import comparison_page, page_context
from articles.wishes import fulfil
from careers.admin_figures import QuotesFigures
from careers.names import Name
from careers.quotes import Quotable, of_roles
from images.picker import WithPictures, tiny
from publishing.admin import CommentedInline, DocumentAdmin, OrderedInline, UsedAdmin, bulk
from publishing.admin.put_away import is_list
from publishing.richtext import plain


class SectionForm(forms.ModelForm[Section]):
    """A section; a new one is kept if it has a heading, even while nobody has written it, a text, or a picture."""

    def has_changed(self) -> bool:
        """Whether there is something to save."""
        if self.instance.pk:
            return super().has_changed()
        return bool(self["heading"].value() or plain(self["body"].value() or "") or self["image"].value())


class SectionInline(WithPictures, CommentedInline, OrderedInline):
    """The sections under "A vs. B"."""

    model = Section
    form = SectionForm
    fields = ("position", "heading", "image", "body")


class SourceInline(OrderedInline):
    """What the article rests on."""

    model = Source
    fields = ("position", ("title", "url"))


class PinInline(OrderedInline):
    """Comparisons that stand first among the related ones."""

    model = Pin
    fk_name = "comparison"
    fields = ("position", "target")
    autocomplete_fields = ("target",)
    verbose_name_plural = "related: put first"


class ExclusionInline(OrderedInline):
    """Comparisons that never stand among the related ones."""

    model = Exclusion
    fk_name = "comparison"
    fields = ("position", "target")
    autocomplete_fields = ("target",)
    verbose_name_plural = "related: never show"


class WishInline(OrderedInline):
    """Neighbours that nobody has written yet."""

    model = Wish
    fields = ("position", "title")
    verbose_name_plural = "related: not written yet"


class ShelfForm(bulk.PlainForm):
    """Which category."""

    category = forms.ModelChoiceField(Category.objects.order_by("title"))


def _move(comparison: Comparison, job: bulk.Job) -> str:
    shelf = job["category"]
    stays = f"It stands in “{shelf}” already."
    bulk.change(comparison, job, by_doing=lambda copy: setattr(copy, "category", shelf), nothing=stays)
    return f" to “{shelf}”"


MOVE = bulk.action(bulk.BulkAct("bulk_move", "Move to a category…", "Move to a category", "Moved", ShelfForm, _move))


PICTURED = Prefetch(
    "sections",
    Section.objects.exclude(image=None).defer("body").select_related("image").prefetch_related("image__renditions"),
    to_attr="pictured",
)
"""The sections that have pictures, in their order."""


@admin.register(Comparison)
class ComparisonAdmin(ImportsArticles, StartsComparisons, QuotesFigures, DocumentAdmin[Comparison]):
    """The form follows the page that readers get."""

    fieldsets = (
        (None, {"fields": (("role_a", "role_b"), "title", "standfirst", ("category", "author"), "tags")}),
        ("Which one?", {"fields": (("choose_a", "choose_b"),)}),
        ("The article", {"fields": ("intro",)}),
        (
            "What is …? (only where this article says it differently from the role)",
            {"classes": ("collapse",), "fields": ("summary_a", "summary_b")},
        ),
        ("A vs. B", {"fields": ("versus",)}),
    )
    inlines = (SectionInline, SourceInline, PinInline, ExclusionInline, WishInline)
    actions = (*DocumentAdmin.actions, MOVE)
    autocomplete_fields = ("role_a", "role_b")
    list_display = ("__str__", "picture", "category", "author", "changed_at")
    list_filter = ("category",)
    list_select_related = ("role_a", "role_b", "category", "author")
    ordering = ("-pk",)
    search_fields = ("title", "role_a__title", "role_b__title")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring the pictures along to the list, which shows them."""
        found = super().get_queryset(request)
        return found.prefetch_related(PICTURED) if is_list(request) else found

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Search as Django does by `search_fields`, by way of the roles."""
        at_hand, _ = super().get_search_results(request, queryset, "")
        return holding(at_hand, search_term), False

    @admin.display(description="picture")
    def picture(self, comparison: Any) -> str:
        """Show the article's first picture small."""
        return tiny(comparison.pictured[0].image if comparison.pictured else None)

    def quotable(self, comparison: Comparison) -> tuple[Quotable, Mapping[str, Name]]:
        """Return the figures of both roles, as its checks take them."""
        names = {"a": comparison.role_a.name, "b": comparison.role_b.name}
        return of_roles(comparison.role_a_id, comparison.role_b_id), names

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Start with the person as author."""
        return {"author": request.user.pk, **super().get_changeform_initial_data(request)}

    def get_readonly_fields(self, request: HttpRequest, obj: Comparison | None = None) -> Any:
        """Let nobody choose other roles for an address that readers know."""
        fixed = obj and obj.published_pair() == (obj.role_a_id, obj.role_b_id)
        return ("role_a", "role_b") if fixed else ()

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """Start a new comparison with the standard sections."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, SectionInline) and obj.pk is None:
            kwargs["initial"] = [{"heading": heading, "position": n} for n, heading in enumerate(STANDARD_SECTIONS)]
        return kwargs

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """Give the standard sections of a new comparison their rows."""
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if isinstance(inline, SectionInline) and obj is None:
                formset.extra = len(STANDARD_SECTIONS)
            yield formset, inline

    def save_related(self, request: Any, form: Any, formsets: Any, change: Any) -> None:
        """Pin the article where others have wished for it."""
        super().save_related(request, form, formsets, change)
        for changed in fulfil(form.instance, by=request.user):
            messages.info(request, f"Pinned on “{changed}”, which had named it.")

    def show(self, request: HttpRequest, edition: Any) -> HttpResponse:
        """Return the article, with roles that are not live as their working copies stand."""
        roles = (edition.role_a_id, edition.role_b_id)
        page = comparison_page(edition, at=edition.live_from, drafts=roles)
        return render(request, "articles/comparison.html", {"page": page})


class ShelfAdmin(UsedAdmin[Any]):
    """Base of what comparisons stand on. A subclass says whether pages were published that lead to its address."""

    def is_known(self, obj: Any) -> bool:
        """Return whether something was published under the address."""
        raise TypeError(f"{type(self).__name__} does not say what was published.")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep an address to which published pages lead."""
        return ("slug",) if obj and self.is_known(obj) else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """Make the address from the name while it is free."""
        return {} if obj and self.is_known(obj) else super().get_prepopulated_fields(request, obj)


@admin.register(Category)
class CategoryAdmin(ShelfAdmin):
    """Categories."""

    prepopulated_fields = {"slug": ("title",)}
    list_display = ("title", "slug", "description")
    search_fields = ("title",)

    def is_known(self, obj: Category) -> bool:
        """Return whether a comparison was published in the category."""
        return bool(obj.editions.exists())


admin.site.unregister(Tag)


@admin.register(Tag)
class TagAdmin(ShelfAdmin):
    """Tags: taggit's own admin would merge them in tables that this site does not have."""

    fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    list_display = ("name", "slug")
    ordering = ("name",)
    search_fields = ("name",)

    def is_known(self, obj: Any) -> bool:
        """Return whether a role or a comparison was published with the tag."""
        return any(tagged.exists() for tagged in (obj.tagged_comparison_editions, obj.tagged_role_editions))


@admin.register(Page)
class PageAdmin(DocumentAdmin[Page]):
    """About, how figures are made, corrections, privacy."""

    fields = ("title", "slug", "standfirst", "body")
    prepopulated_fields = {"slug": ("title",)}
    list_display = ("title", "slug", "changed_at")
    search_fields = ("title",)

    def show(self, request: HttpRequest, edition: Any) -> HttpResponse:
        """Return the page."""
        return render(request, "articles/page.html", page_context(edition, at=edition.live_from))
