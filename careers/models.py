"""Role profiles, their stated figures, and what readers see of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from careers.names import Name, name_of
from images.pictures import freeze
from images.renditions import LANDSCAPE
from publishing.fields import LinesField
from publishing.models import Document, Edition
from publishing.richtext import RichTextField


class Education(models.TextChoices):
    """What is typically needed to enter an occupation: the categories of the US Bureau of Labor Statistics
    (https://www.bls.gov/emp/documentation/education/tech.htm)."""

    NONE = "none", "No formal educational credential"
    HIGH_SCHOOL = "high_school", "High school diploma or equivalent"
    SOME_COLLEGE = "some_college", "Some college, no degree"
    CERTIFICATE = "certificate", "Postsecondary nondegree award"
    ASSOCIATE = "associate", "Associate's degree"
    BACHELOR = "bachelor", "Bachelor's degree"
    MASTER = "master", "Master's degree"
    DOCTORAL = "doctoral", "Doctoral or professional degree"


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

    tags = TaggableManager(through=RoleEditionTag, blank=True)

    class Meta(Edition.Meta):
        indexes = [*Edition.Meta.indexes, models.Index(fields=["title"], name="roleedition_title")]

    @property
    def name(self) -> Name:
        """How this edition calls the role."""
        return name_from(self.content)


def name_from(content: dict[str, Any]) -> Name:
    """Return the name that a role's content gives it."""
    return name_of(content["title"], singular=content["singular"], plural=content["plural"], article=content["article"])


class Role(Document):
    """Working copy of a role profile."""

    edition_model = RoleEdition
    url_name = "careers:role"
    schema = 2
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
    image = models.ForeignKey("images.Image", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tags = TaggableManager(through=RoleTag, blank=True, help_text="Separated by commas.")

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a slug that would make the address of a comparison ambiguous."""
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
        return {name: content[name] for name in ("slug", "title", "definition")}

    def pictures(self, content: dict[str, Any]) -> dict[str, Any]:
        """Return the role's picture, cropped as that of every role."""
        return freeze([content["image"]], wishes=LANDSCAPE)


class Figure(models.Model):
    """One stated figure of a role: what was measured, where, when, and who says so."""

    class Measure(models.TextChoices):
        """What was measured."""

        MEDIAN_PAY = "median_pay", "Median pay"
        MEAN_PAY = "mean_pay", "Average pay"
        PAY = "pay", "Pay (not said which kind)"
        EMPLOYMENT = "employment", "People employed"

    class Unit(models.TextChoices):
        """Of what the amount is: US dollars for a stretch of time, or people."""

        YEAR = "year", "US dollars a year"
        MONTH = "month", "US dollars a month"
        WEEK = "week", "US dollars a week"
        HOUR = "hour", "US dollars an hour"
        PEOPLE = "people", "people"

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField(default=0)
    measure = models.CharField(max_length=20, choices=Measure)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    amount_high = models.DecimalField(
        "up to", max_digits=14, decimal_places=2, null=True, blank=True, help_text="Only for a range."
    )
    unit = models.CharField(max_length=10, choices=Unit)
    period = models.CharField(max_length=60, blank=True, help_text="What it was measured for: May 2025.")
    place = models.CharField(max_length=120, blank=True, help_text="Where: United States.")
    covers = models.CharField(
        max_length=200,
        blank=True,
        help_text="Whom it counts, when that is wider than the role: Medical managers, who include practice managers.",
    )
    source = models.CharField(max_length=200, blank=True, help_text="Who published it. Needed before the role can be.")
    source_url = models.URLField("address", max_length=300, blank=True)
    as_of = models.DateField("as of", null=True, blank=True, help_text="When the source published it.")

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["source", "as_of"], name="figure_release")]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}: {self.amount}"

    def clean(self) -> None:
        """Refuse a range that runs backwards, and a unit that does not measure what is measured."""
        if self.amount is not None and self.amount_high is not None and self.amount_high <= self.amount:
            raise ValidationError({"amount_high": "The upper end of a range lies above its lower end."})
        counts_people = self.measure == self.Measure.EMPLOYMENT
        if self.unit and counts_people != (self.unit == self.Unit.PEOPLE):
            raise ValidationError({"unit": "People employed are counted in people, and pay in dollars."})


class ClosenessQuerySet(models.QuerySet["Closeness"]):
    """Which roles are close to which."""

    def closest_to(self, role: int) -> ClosenessQuerySet:
        """Return the neighbours of the role, closest first."""
        return self.filter(role=role).order_by("-score", "other_id")


class Closeness(models.Model):
    """How much a role has in common with one of those that are closest to it, among roles that are live or coming."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="neighbours")
    other = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField(help_text="Share of skills and tags in common, from 0 to 1.")

    objects = ClosenessQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "other"], name="closeness_once")]

    def __str__(self) -> str:
        return f"{self.role_id} – {self.other_id}: {self.score:.2f}"
