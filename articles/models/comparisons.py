"""Comparison articles and what readers see of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from articles.models.categories import Category
from careers.models import Role, RoleEdition
from images.pictures import freeze
from publishing.fields import LinesField
from publishing.models import Document, Edition, EditionQuerySet, User
from publishing.richtext import RichTextField

STANDARD_SECTIONS = ("Job duties", "Job requirements", "Work environment", "Skills", "Salary")
"""The headings that a new comparison starts with."""


class ComparisonTag(ItemBase):  # type: ignore[misc]
    """A tag of the working copy of a comparison."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_comparisons")
    content_object = models.ForeignKey("Comparison", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="comparison_tag_once")]


class OfTheEdition(models.DateTimeField):  # type: ignore[type-arg]
    """A moment of the tagged edition, which never changes: it stands at the tag too, so that an index holds the
    editions of a tag in its order."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001
        """Return the moment of the same name, as the tag is put at the edition."""
        moment = getattr(model_instance.content_object, self.attname)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, moment)
        return moment


class ComparisonEditionTag(ItemBase):  # type: ignore[misc]
    """A tag that a comparison's edition was published with."""

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="tagged_comparison_editions")
    content_object = models.ForeignKey("ComparisonEdition", on_delete=models.CASCADE, related_name="tagged")
    first_published_at = OfTheEdition()
    significant_at = OfTheEdition()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="comparison_edition_tag_once")]
        indexes = [
            models.Index(fields=["tag", "first_published_at"], name="comparison_tag_newest"),
            models.Index(fields=["tag", "significant_at"], name="comparison_tag_changed"),
        ]


class ComparisonEditionQuerySet(EditionQuerySet["ComparisonEdition"]):
    """Editions of comparisons by role."""

    def about(self, ids: Collection[int]) -> Self:
        """Return the editions that compare one of the roles."""
        return self.filter(Q(role_a__in=ids) | Q(role_b__in=ids))

    def on_topic(self, tag: Tag) -> Self:
        """Return the editions with the tag, each with `listed_at`: its first publication, as the tag's index has it."""
        return self.filter(tagged__tag=tag).annotate(listed_at=F("tagged__first_published_at"))

    def newest_first(self) -> Self:
        """Return the editions in the order of every list: first published last comes first."""
        return self.order_by("-first_published_at", "-document_id")


class ComparisonEdition(Edition):  # type: ignore[django-manager-missing]
    """What readers see of a comparison during a window of time."""

    document = models.ForeignKey("Comparison", on_delete=models.PROTECT, related_name="editions")
    standfirst = models.CharField(max_length=500)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="editions")
    role_a = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    role_b = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    byline = models.CharField(max_length=120, blank=True)
    byline_about = models.CharField(max_length=240, blank=True)
    topics = models.JSONField(default=list, help_text="The tags as [name, slug], so that a page links them.")

    derived = (*Edition.derived, "standfirst")

    tags = TaggableManager(through=ComparisonEditionTag, blank=True)

    objects: ClassVar[ComparisonEditionQuerySet] = ComparisonEditionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Edition.Meta):
        indexes = [
            *Edition.Meta.indexes,
            models.Index(fields=["category", "first_published_at", "document"], name="comparison_walk"),
            models.Index(fields=["category", "significant_at"], name="comparison_changed"),
            models.Index(fields=["role_a", "role_b"], name="comparison_pair"),
            models.Index(fields=["role_a", "first_published_at", "document"], name="comparison_about_a"),
            models.Index(fields=["role_b", "first_published_at", "document"], name="comparison_about_b"),
            models.Index(fields=["first_published_at", "document"], name="comparison_newest"),
        ]

    @classmethod
    def needing(cls, ids: Collection[int], at: datetime) -> models.QuerySet[ComparisonEdition]:
        """Return the pages, current at the moment or coming after it, that need one of the roles."""
        return cls.objects.pages().unfinished(at).about(ids).select_related("document", "revision")


class Comparison(Document):
    """Working copy of an "A vs. B" article over two roles."""

    edition_model = ComparisonEdition
    url_name = "articles:comparison"
    schema = 2
    content_fields = (
        *Document.listing_fields,
        "role_a",
        "role_b",
        "title",
        "standfirst",
        "category",
        "author",
        "choose_a",
        "choose_b",
        "intro",
        "summary_a",
        "summary_b",
        "versus",
    )
    content_rows: ClassVar[dict[str, tuple[str, ...]]] = {
        "sections": ("heading", "body", "image"),
        "sources": ("title", "url"),
        "pins": ("target",),
        "exclusions": ("target",),
        "wishes": ("title",),
    }

    role_a = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="comparisons_as_a", verbose_name="role A")
    role_b = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="comparisons_as_b", verbose_name="role B")
    title = models.CharField(
        max_length=200,
        blank=True,
        help_text="Empty: “Practice Manager vs. Office Manager: What Are the Differences?”",
    )
    standfirst = models.CharField(
        max_length=300,
        blank=True,
        help_text="One or two sentences below the title. Empty: one made from the names.",
    )
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="comparisons", null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Whose byline the article carries.",
    )
    choose_a = LinesField("choose A if you …", help_text="One reason on each line: like working with patients.")
    choose_b = LinesField("choose B if you …", help_text="One reason on each line.")
    intro = RichTextField("introduction")
    summary_a = RichTextField("what is an A?", help_text="Empty: the role's own text.")
    summary_b = RichTextField("what is a B?", help_text="Empty: the role's own text.")
    versus = RichTextField("A vs. B", help_text="What stands above the sections.")

    tags = TaggableManager(through=ComparisonTag, blank=True, help_text="Separated by commas.")

    class Meta:
        # A search for a word reads every title that somebody wrote: few, and all of them in this index.
        indexes = [models.Index(fields=["title", "document_ptr"], name="comparison_titled")]
        constraints = [
            models.UniqueConstraint(
                Least("role_a", "role_b"),
                Greatest("role_a", "role_b"),
                name="one_comparison_for_a_pair",
                violation_error_message="There is a comparison of these two roles already.",
            ),
            models.CheckConstraint(
                condition=~Q(role_a=F("role_b")),
                name="not_a_role_with_itself",
                violation_error_message="Choose two different roles: a role is not compared with itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.title or title_of(self.role_a.title, self.role_b.title)

    def clean(self) -> None:
        """Refuse a pair that has a comparison already, naming it, and another pair than readers know."""
        standing = Comparison.of_pair(self.role_a_id, self.role_b_id)
        if standing and standing.pk != self.pk:
            raise ValidationError(f"There is a comparison of these two roles already: “{standing}”.")
        published = self.published_pair()
        if published and published != (self.role_a_id, self.role_b_id):
            a, b = (Role.objects.get(pk=role) for role in published)
            raise ValidationError(
                f"This article was published as “{a} vs. {b}”, and its address says so: keep both roles in that order, "
                "and write another comparison about others."
            )

    def published_pair(self) -> tuple[int, int] | None:
        """Return the ids of the roles with which the comparison was last published or scheduled, or None."""
        edition = ComparisonEdition.objects.filter(document=self.pk).opened().first()
        return (edition.role_a_id, edition.role_b_id) if edition else None

    def rivals(self) -> models.QuerySet[Any]:
        """Return the other comparison of these two roles."""
        standing = Comparison.of_pair(self.role_a_id, self.role_b_id)
        return Comparison.objects.filter(pk__in=[standing.pk] if standing else []).exclude(pk=self.pk)

    @classmethod
    def of_pair(cls, a: int | None, b: int | None) -> Comparison | None:
        """Return the comparison of the two roles, whatever their order, or None."""
        if a is None or b is None:
            return None
        return cls.objects.filter(Q(role_a=a, role_b=b) | Q(role_a=b, role_b=a)).first()

    @property
    def working_slug(self) -> str:
        """The slug at which the working copy would be published."""
        return slug_of(self.role_a.slug, self.role_b.slug)

    @classmethod
    def with_working_slug(cls, slug: str) -> int | None:
        """Return the id of the comparison that would be published at the slug, in either order, or None."""
        a, _, b = slug.partition("-vs-")
        pairs = Q(role_a__slug=a, role_b__slug=b) | Q(role_a__slug=b, role_b__slug=a)
        return cls.objects.filter(pairs).values_list("pk", flat=True).first()

    @classmethod
    def paths_of(cls, slug: str) -> list[str]:
        """Return the path, and the path of "B vs. A"."""
        return [cls.path_of(slug), cls.path_of(turned(slug))]

    def needs(self, content: dict[str, Any]) -> tuple[int, ...]:
        """Return both roles: they are live wherever the comparison is."""
        return (content["role_a"], content["role_b"])

    def edition_values(self, content: dict[str, Any], *, at: datetime) -> dict[str, Any]:
        """Return the columns of a comparison's edition; slug and default title follow the roles live then."""
        a, b = (_role_at(content[side], at) for side in ("role_a", "role_b"))
        author = User.objects.filter(pk=content["author"]).first()
        return {
            "slug": slug_of(a.slug, b.slug),
            "title": content["title"] or title_of(a.title, b.title),
            "standfirst": content["standfirst"] or standfirst_of(a.name.plural, b.name.plural),
            "category_id": content["category"],
            "role_a_id": content["role_a"],
            "role_b_id": content["role_b"],
            "byline": author.byline if author else "",
            "byline_about": author.about if author else "",
            "topics": topics_of(content["tags"]),
        }

    def pictures(self, content: dict[str, Any]) -> dict[str, Any]:
        """Return the pictures of the sections."""
        return freeze(section["image"] for section in content["sections"])


def topics_of(names: list[str]) -> list[list[str]]:
    """Return those of the tags that readers can be led to, as [name, slug]."""
    tags = Tag.objects.filter(name__in=names).exclude(slug="").order_by("name")
    return [[tag.name, tag.slug] for tag in tags]


def _role_at(role_id: int, at: datetime) -> RoleEdition | Role:
    """Return the role's page at the moment, or its working copy when it has none."""
    page = RoleEdition.objects.live(at).filter(document=role_id).select_related("revision").first()
    return page or Role.objects.get(pk=role_id)


def slug_of(a: str, b: str) -> str:
    """Return the slug of the comparison of two roles, from theirs."""
    return f"{a}-vs-{b}"


def turned(slug: str) -> str:
    """Return the slug of "B vs. A" for that of "A vs. B"."""
    a, _, b = slug.partition("-vs-")
    return slug_of(b, a)


def title_of(a: str, b: str) -> str:
    """Return the title of a comparison for which nobody wrote one."""
    return f"{a} vs. {b}: What Are the Differences?"


def standfirst_of(a: str, b: str) -> str:
    """Return the standfirst of a comparison for which nobody wrote one, from the plurals of both roles."""
    return f"What {a} and {b} do, what each job asks for and pays, and how to tell which one suits you."


class Row(models.Model):
    """One of several things that belong to a comparison, in an order."""

    comparison: Any
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class Section(Row):
    """A part of the article, with its heading."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="sections")
    heading = models.CharField(max_length=120)
    body = RichTextField()
    image = models.ForeignKey("images.Image", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.heading


class Source(Row):
    """What the article rests on."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(max_length=200)
    url = models.URLField("address", max_length=300, blank=True)

    def __str__(self) -> str:
        return self.title


class Pin(Row):
    """A comparison that the editors put first among the related ones."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="pins")
    target = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="pinned_by")

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["comparison", "target"], name="pin_once"),
            models.CheckConstraint(
                condition=~Q(comparison=F("target")),
                name="no_pin_to_itself",
                violation_error_message="An article is not related to itself: choose another one.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.target)


class Exclusion(Row):
    """A comparison that never stands among the related ones."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="exclusions")
    target = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="excluded_by")

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["comparison", "target"], name="exclude_once")]

    def __str__(self) -> str:
        return str(self.target)


class Wish(Row):
    """A neighbour that an imported article named and that nobody has written yet; it becomes a pin once it exists."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="wishes")
    title = models.CharField(max_length=200)

    class Meta(Row.Meta):
        verbose_name_plural = "wishes"

    def __str__(self) -> str:
        return self.title
