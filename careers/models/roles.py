"""Role profiles, and what readers see of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from careers.models.occupations import Occupation
from careers.names import Name, name_of
from images.pictures import freeze
from images.renditions import LANDSCAPE
from publishing.fields import LinesField
from publishing.models import Document, Edition
from publishing.richtext import RichTextField


class Education(models.TextChoices):
    """What is typically needed to enter an occupation: the categories of the US Bureau of Labor Statistics
    (https://www.bls.gov/emp/documentation/education/tech.htm)."""

    NONE = "none", _("No formal educational credential")
    HIGH_SCHOOL = "high_school", _("High school diploma or equivalent")
    SOME_COLLEGE = "some_college", _("Some college, no degree")
    CERTIFICATE = "certificate", _("Postsecondary nondegree award")
    ASSOCIATE = "associate", _("Associate's degree")
    BACHELOR = "bachelor", _("Bachelor's degree")
    MASTER = "master", _("Master's degree")
    DOCTORAL = "doctoral", _("Doctoral or professional degree")


class Fit(models.TextChoices):
    """How well the figures of an occupation describe a role."""

    EXACT = "exact", "Exact: they count these roles and no others"
    CLOSE = "close", "Close: they count a similar role"
    PART = "part", "Part of: they count these roles among others"


class RoleTag(ItemBase):  # type: ignore[misc]
    """A tag of the working copy of a role."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_roles")
    content_object = models.ForeignKey("Role", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="role_tag_once")]


class RoleEditionTag(ItemBase):  # type: ignore[misc]
    """A tag that a role's edition was published with."""

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="tagged_role_editions")
    content_object = models.ForeignKey("RoleEdition", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="role_edition_tag_once")]


class RoleEdition(Edition):
    """What readers see of a role during a window of time."""

    document = models.ForeignKey("Role", on_delete=models.PROTECT, related_name="editions")
    definition = models.CharField(max_length=200)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="role_editions")

    tags = TaggableManager(through=RoleEditionTag, blank=True)

    class Meta(Edition.Meta):
        indexes = [*Edition.Meta.indexes, models.Index(fields=["title"], name="roleedition_title")]

    @property
    def name(self) -> Name:
        """How this edition calls the role."""
        return name_from(self.content)


class SpelledField(models.CharField):  # type: ignore[type-arg]
    """Text as `careers.finding` spells it, compared by code points on every database: what begins with some letters is
    a range, which an ordinary index holds, and the order is Python's."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """Return the column's type, with the collation that SQLite has anyway."""
        return super().db_parameters(connection) | ({"collation": "C"} if connection.vendor == "postgresql" else {})


class RoleTitle(models.Model):
    """One of the words of a name by which readers find a role's edition: a name has a row for each of its words."""

    class Kind(models.IntegerChoices):
        """Whose name it is, the surest first."""

        OWN = 0, "The role's title"
        OTHER = 1, "What the role is also called"
        OCCUPATION = 2, "What people in the role's occupation are called"

    edition = models.ForeignKey(RoleEdition, on_delete=models.CASCADE, related_name="titles")
    key = SpelledField(max_length=120)
    kind = models.PositiveSmallIntegerField(choices=Kind)
    word = SpelledField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "key", "word"], name="role_title_once")]
        # It has all that ranks a name, so that no row is looked up for it.
        indexes = [models.Index(fields=["kind", "word", "key", "edition"], name="role_title_by_word")]

    def __str__(self) -> str:
        return str(self.key)


def name_from(content: dict[str, Any]) -> Name:
    """Return the name that a role's content gives it."""
    return name_of(content["title"], singular=content["singular"], plural=content["plural"], article=content["article"])


class Role(Document):
    """Working copy of a role profile."""

    edition_model = RoleEdition
    url_name = "careers:role"
    schema = 3
    content_fields = (
        *Document.listing_fields,
        "image",
        "title",
        "slug",
        "singular",
        "plural",
        "article",
        "also_called",
        "definition",
        "summary",
        "duties",
        "requirements",
        "environment",
        "skills",
        "education",
        "education_note",
        "certifications",
        "occupation",
        "fit",
    )
    content_rows: ClassVar[dict[str, tuple[str, ...]]] = {
        "figures": (
            "measure",
            "amount",
            "amount_high",
            "unit",
            "period",
            "place",
            "covers",
            "source",
            "source_url",
            "as_of",
        )
    }

    title = models.CharField(
        max_length=120, unique=True, help_text="The job title as a heading writes it: Practice Manager."
    )
    slug = models.SlugField(
        max_length=90,
        unique=True,
        help_text="The address: /roles/practice-manager/. Changing it leaves a redirect when you publish.",
    )
    singular = models.CharField(
        "in a sentence",
        max_length=120,
        blank=True,
        help_text="As it stands inside a sentence, when that is not the title in lower case: Java developer.",
    )
    plural = models.CharField(max_length=120, blank=True, help_text="When it is not formed as usual: heads of data.")
    article = models.CharField(
        "a or an",
        max_length=2,
        blank=True,
        choices=[("a", "a"), ("an", "an")],
        help_text="When it is not what the spelling suggests.",
    )
    also_called = LinesField(help_text="Other titles for the same work, one on each line.")
    definition = models.CharField(
        max_length=200,
        blank=True,
        help_text="One sentence that says what the role is. Lists and tables show it.",
    )
    summary = RichTextField("what is it?", help_text="Answers “What is a …?” here and on every comparison.")
    duties = RichTextField("what they do")
    requirements = RichTextField("what it takes")
    environment = RichTextField("where they work")
    skills = LinesField(
        help_text="Short noun phrases, one on each line; spelled alike across roles, so that they are found."
    )
    education = models.CharField(
        "typical education",
        max_length=20,
        blank=True,
        choices=Education,
        help_text="Typically needed to enter.",
    )
    education_note = models.CharField(max_length=200, blank=True, help_text="One sentence beside it, where needed.")
    certifications = LinesField(help_text="With the body that grants them, one on each line.")
    occupation = models.ForeignKey(
        Occupation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="roles",
        help_text="The one whose published wages and employment the role's page and its comparisons show.",
    )
    fit = models.CharField(
        "how well it fits", max_length=5, blank=True, choices=Fit, help_text="The page says so unless it is exact."
    )
    image = models.ForeignKey("images.Image", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tags = TaggableManager(through=RoleTag, blank=True, help_text="Separated by commas.")

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a slug that would make the address of a comparison ambiguous, and an occupation of which nobody says
        how well it fits."""
        if self.occupation_id and not self.fit:
            raise ValidationError({"fit": "Say how well the occupation fits the role: the page tells readers."})
        if self.fit and not self.occupation_id:
            raise ValidationError({"occupation": "Choose the occupation that this is about, or leave the fit empty."})
        if "-vs-" in f"-{self.slug}-":
            raise ValidationError(
                {"slug": "“-vs-” stands between the two roles in the address of a comparison: leave it out here."}
            )

    @property
    def name(self) -> Name:
        """How the working copy calls the role."""
        return name_of(self.title, singular=self.singular, plural=self.plural, article=self.article)

    @property
    def working_slug(self) -> str:
        """The slug at which the working copy would be published."""
        return self.slug

    def edition_values(self, content: dict[str, Any], *, at: datetime) -> dict[str, Any]:
        """Return the columns of a role's edition."""
        columns = {name: content[name] for name in ("slug", "title", "definition")}
        return columns | {"occupation_id": content["occupation"]}

    def pictures(self, content: dict[str, Any]) -> dict[str, Any]:
        """Return the role's picture, cropped as that of every role."""
        return freeze([content["image"]], wishes=LANDSCAPE)
