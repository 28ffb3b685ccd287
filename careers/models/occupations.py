"""What is published about occupations: which there are, where, and what they earn in one release of a source."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models.functions import Concat
from django.utils import timezone

OEWS = "US Bureau of Labor Statistics, Occupational Employment and Wage Statistics"
ONET = "US Department of Labor, O*NET Database"

ANNUAL = ("annual_mean", "annual_10", "annual_25", "annual_median", "annual_75", "annual_90")
HOURLY = ("hourly_mean", "hourly_10", "hourly_25", "hourly_median", "hourly_75", "hourly_90")


class Occupation(models.Model):
    """An occupation or a group of them, in the Standard Occupational Classification of 2018 as the Bureau of Labor
    Statistics uses it for wages (https://www.bls.gov/soc/2018/)."""

    class Level(models.TextChoices):
        """How fine the grouping is. It is stated, and not to be read from the code: some detailed codes end in 0."""

        TOTAL = "total", "All occupations"
        MAJOR = "major", "Major group"
        MINOR = "minor", "Minor group"
        BROAD = "broad", "Broad occupation"
        DETAILED = "detailed", "Detailed occupation"

    code = models.CharField("SOC code", max_length=7, primary_key=True)
    title = models.CharField(max_length=200)
    level = models.CharField(max_length=8, choices=Level)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="The group it is in.",
    )

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"


class Area(models.Model):
    """A place that figures are published for."""

    class Kind(models.TextChoices):
        """What kind of place."""

        NATION = "nation", "Nation"
        STATE = "state", "State or territory"
        METRO = "metro", "Metropolitan area"
        NONMETRO = "nonmetro", "Nonmetropolitan area"

    code = models.CharField(
        max_length=7,
        primary_key=True,
        help_text="As in the Bureau's flat files: 0000000 the nation, 0600000 a state, 0031080 a metropolitan area.",
    )
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="areas",
        help_text="The state that an area within a state is listed under: the first, where it lies in several.",
    )

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Which release is current when."""

    def current(self, source: str, at: datetime) -> ReleaseQuerySet:
        """Return the release of the source that is current at the moment: the newest of those that were there."""
        return self.filter(source=source, current_from__lte=at).order_by("-reference")[:1]


class Release(models.Model):
    """One publication of a source: for what period, when, and from when on the site shows it."""

    source = models.CharField(max_length=200)
    period = models.CharField(max_length=60, help_text="For what period, as readers see it: May 2025.")
    reference = models.DateField(help_text="The first day of that period's month: the later, the newer.")
    published_on = models.DateField(help_text="When the source published it.")
    url = models.URLField("address", max_length=300, blank=True)
    current_from = models.DateTimeField(
        default=timezone.now, help_text="From when on the site shows it, where no newer release is there."
    )
    top_annual = models.PositiveIntegerField(
        null=True, blank=True, help_text="US dollars a year from which on the source states no figure, only “or more”."
    )
    top_hourly = models.DecimalField(
        max_digits=7, decimal_places=2, null=True, blank=True, help_text="The same in US dollars an hour."
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["source", "-reference"]
        constraints = [models.UniqueConstraint(fields=["source", "reference"], name="release_once")]

    def __str__(self) -> str:
        return f"{self.source}, {self.period}"


class WageQuerySet(models.QuerySet["Wage"]):
    """Wages of the release that is current."""

    def current(self, at: datetime) -> WageQuerySet:
        """Return the wages of the release that is current at the moment."""
        return self.filter(release=models.Subquery(Release.objects.current(OEWS, at).values("pk")))

    def with_skills(self, at: datetime) -> WageQuerySet:
        """Annotate each with `onet_skills`, how important skills are in the occupation, and `onet_period`, the release
        of O*NET that says so: those of the occupation as a whole, which has the code's own number there."""
        code = Concat(models.OuterRef("occupation_id"), models.Value(".00"))
        whole = OnetOccupation.objects.current(at).filter(code=code)
        return self.annotate(
            onet_skills=models.Subquery(whole.values("content__skills")[:1]),
            onet_period=models.Subquery(whole.values("release__period")[:1]),
        )


class Wage(models.Model):
    """What a release says of one occupation in one area. What has no number has a mark that says why, or nothing was
    said of it: an empty field is never zero.

    Wages are in US dollars, a year and an hour: the mean, and the 10th, 25th, 50th (median), 75th and 90th percentile.
    """

    class Mark(models.TextChoices):
        """Why there is no number."""

        TOP = "top", "At or above the highest wage that the source states"
        SUPPRESSED = "suppressed", "Not released by the source"
        NOT_APPLICABLE = "not_applicable", "Not stated in this unit"

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="wages")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="wages")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="wages")
    employment = models.PositiveIntegerField(null=True, help_text="People employed; the self-employed are not counted.")
    employment_rse = models.DecimalField(
        max_digits=5, decimal_places=1, null=True, help_text="Relative standard error of employment, in percent."
    )
    wage_rse = models.DecimalField(
        max_digits=5, decimal_places=1, null=True, help_text="Relative standard error of the mean wage, in percent."
    )
    annual_mean = models.PositiveIntegerField(null=True)
    annual_10 = models.PositiveIntegerField(null=True)
    annual_25 = models.PositiveIntegerField(null=True)
    annual_median = models.PositiveIntegerField(null=True)
    annual_75 = models.PositiveIntegerField(null=True)
    annual_90 = models.PositiveIntegerField(null=True)
    hourly_mean = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    hourly_10 = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    hourly_25 = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    hourly_median = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    hourly_75 = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    hourly_90 = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    marks = models.JSONField(default=dict, help_text="Field by field, why it has no number.")

    objects = WageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "occupation", "area"], name="wage_once")]

    def __str__(self) -> str:
        return f"{self.occupation_id} in {self.area_id}"

    def mark(self, name: str) -> str:
        """Return why the field has no number, or an empty text."""
        mark: str = self.marks.get(name, "")
        return mark


class OnetQuerySet(models.QuerySet["OnetOccupation"]):
    """Occupations of the O*NET release that is current."""

    def current(self, at: datetime) -> OnetQuerySet:
        """Return those of the release that is current at the moment."""
        return self.filter(release=models.Subquery(Release.objects.current(ONET, at).values("pk")))


class OnetOccupation(models.Model):
    """What a release of O*NET says of one occupation of its own, finer than the classification of wages.

    `content` holds `description`; `alternate_titles`, those first that people reported; `tasks` (text, type); `skills`
    (name, importance from 1 to 5); `education` (category from 1 to 12, name, share of the answers in percent);
    `job_zone` (zone, name, education) or null; `related` (O*NET-SOC codes, closest first); and `technology` (name,
    kind, is_hot, is_in_demand).
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="onet_occupations")
    code = models.CharField("O*NET-SOC code", max_length=10)
    title = models.CharField(max_length=200)
    occupation = models.ForeignKey(
        Occupation,
        on_delete=models.PROTECT,
        null=True,
        related_name="onet_occupations",
        help_text="Where its wages are.",
    )
    content = models.JSONField(default=dict)

    objects = OnetQuerySet.as_manager()

    class Meta:
        verbose_name = "O*NET occupation"
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["release", "code"], name="onet_occupation_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"
