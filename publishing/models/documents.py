"""Working copies and their revisions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import get_script_prefix, reverse


class Document(models.Model):
    """The identity of something that can be published, shared by all kinds.

    A kind of document (a role, a comparison, a page) is a subclass with its own table: the working copy.
    Revisions and redirects point here, so that they hold whatever the kind is.

    A subclass says what its content is and how it becomes an edition:

    - `content_fields`: names of the fields that a revision keeps;
    - `content_rows`: names of reverse relations whose ordered rows belong to the content, each with its fields;
    - `edition_model`, `url_name`: what readers see of it, and where;
    - `edition_values()`: the columns of an edition made from a revision's content.
    """

    schema: ClassVar[int] = 1
    content_fields: ClassVar[tuple[str, ...]] = ()
    content_rows: ClassVar[dict[str, tuple[str, ...]]] = {}
    edition_model: ClassVar[Any]  # a subclass of publishing.models.Edition
    url_name: ClassVar[str]

    listing_fields: ClassVar[tuple[str, ...]] = ("search_title", "search_description", "is_indexable", "canonical_url")

    model_label = models.CharField(max_length=100, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    put_away_at = models.DateTimeField(null=True, editable=False)

    search_title = models.CharField(
        "title in search results",
        max_length=120,
        blank=True,
        help_text="Empty: the title. Search engines cut at about 60 characters.",
    )
    search_description = models.CharField(
        "description in search results",
        max_length=300,
        blank=True,
        help_text="Empty: the first sentences. Search engines cut at about 155 characters.",
    )
    is_indexable = models.BooleanField(
        "search engines may list it", default=True, help_text="Off: the page says noindex and stays out of the sitemap."
    )
    canonical_url = models.URLField(
        "canonical address",
        max_length=300,
        blank=True,
        help_text="Only for a text that appeared elsewhere first: its address there.",
    )

    class Meta:
        permissions = [("publish_document", "Can decide what readers see: publish, schedule, withdraw")]

    def __str__(self) -> str:
        return f"{self.model_label} {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the working copy, remembering which kind it is."""
        if type(self) is not Document:
            self.model_label = self._meta.label
        super().save(*args, **kwargs)

    @property
    def kind(self) -> type[Document]:
        """The model of the working copy."""
        model: type[Document] = apps.get_model(self.model_label)
        return model

    @property
    def kind_name(self) -> str:
        """How people call this kind of document."""
        return str(self.kind._meta.verbose_name)

    @property
    def edit_path(self) -> str:
        """Where somebody of the desk edits the working copy."""
        return self.kind.edit_path_of(self.pk)

    @property
    def working_copy(self) -> Document:
        """The row that editors change: this very one, when it is of a kind already."""
        if type(self) is self.kind:
            return self
        return self.kind.objects.get(pk=self.pk)

    def edition_values(self, content: dict[str, Any], *, at: Any) -> dict[str, Any]:
        """Return the columns of the edition that `content` becomes at the moment `at`: at least slug and title."""
        raise TypeError(f"{type(self).__name__} does not say what its edition holds.")

    @classmethod
    def content_of(cls, revision: Revision) -> dict[str, Any]:
        """Return what the revision of such a document holds, as the present schema has it.

        What has been added since stands at its default: old revisions are upgraded when read, and never rewritten.
        """
        if revision.schema == cls.schema:
            return revision.content  # type: ignore[no-any-return]
        content = _defaults(cls, cls.content_fields) | revision.content
        for relation, fields in cls.content_rows.items():
            blank = _defaults(cls._meta.get_field(relation).related_model, fields)
            content[relation] = [blank | row for row in content.get(relation, [])]
        return content  # type: ignore[no-any-return]

    def pictures(self, content: dict[str, Any]) -> dict[str, Any]:
        """Return what readers see of the pictures in `content`, as JSON: an edition keeps it as it is now."""
        return {}

    def rivals(self) -> models.QuerySet[Any]:
        """Return the other documents that hold what this one alone may hold, as it stands: its title, its slug."""
        unique = [field for field in self._meta.concrete_fields if field.unique and not field.primary_key]
        held = Q(pk__in=())
        for field in unique:
            held |= Q(**{field.attname: getattr(self, field.attname)})
        return type(self).objects.filter(held).exclude(pk=self.pk)

    def needs(self, content: dict[str, Any]) -> tuple[int, ...]:
        """Return the ids of the documents that must be live wherever this content is."""
        return ()

    @property
    def working_slug(self) -> str:
        """The slug at which the working copy would be published as it stands."""
        raise TypeError(f"{type(self).__name__} does not say its slug.")

    def working_path(self) -> str:
        """Return the path at which the working copy would be published as it stands."""
        return self.path_of(self.working_slug)

    @classmethod
    def with_working_slug(cls, slug: str) -> int | None:
        """Return the id of the working copy that would be published at the slug, or None."""
        return cls.objects.filter(slug=slug).values_list("pk", flat=True).first()

    @classmethod
    def edit_path_of(cls, pk: int) -> str:
        """Return where somebody of the desk edits the working copy of that id."""
        return reverse(f"admin:{cls._meta.app_label}_{cls._meta.model_name}_change", args=[pk])

    @classmethod
    def path_of(cls, slug: str) -> str:
        """Return the public path at which readers find the slug."""
        before, after = _around_slug(cls.url_name, get_script_prefix())
        return f"{before}{slug}{after}"

    @classmethod
    def paths_of(cls, slug: str) -> list[str]:
        """Return every path that leads readers to the slug, the canonical one first."""
        return [cls.path_of(slug)]


@lru_cache
def _around_slug(url_name: str, prefix: str) -> tuple[str, str]:
    """Return what stands before and after the slug in addresses of that name: a page has dozens of them."""
    before, _, after = reverse(url_name, kwargs={"slug": "any-slug"}).rpartition("any-slug")
    return before, after


def _defaults(model: Any, fields: Iterable[str]) -> dict[str, Any]:
    return {name: model._meta.get_field(name).get_default() for name in fields}


class AppearedElsewhere(models.Func):
    """Whether a content names the address at which its text appeared first. No value of it is a parameter, so that
    databases know the condition again as that of an index."""

    template = "(JSON_EXTRACT(%(expressions)s, '$.canonical_url') > '')"
    output_field = models.BooleanField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """Return the condition as PostgreSQL knows it."""
        return self.as_sql(compiler, connection, template="((%(expressions)s ->> 'canonical_url') > '')")


class Revision(models.Model):
    """What a working copy held when it was saved. Insert-only; the database refuses a change of its content."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="revisions")
    content = models.JSONField()
    schema = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical JSON of schema and content.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="revisions")
    created_at = models.DateTimeField(auto_now_add=True)
    note = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=100, blank=True, help_text="Given by a person, so that it is found again.")

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["id"], condition=Q(AppearedElsewhere("content")), name="revision_appeared_elsewhere")
        ]

    def __str__(self) -> str:
        return f"Revision {self.pk} of {self.document_id}"
