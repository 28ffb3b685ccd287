"""What a role's editors state in figures, each with its source."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from careers.models.roles import Role


class Figure(models.Model):
    """One stated figure of a role: what was measured, where, when, and who says so."""

    class Measure(models.TextChoices):
        """What was measured."""

        MEDIAN_PAY = "median_pay", _("Median pay")
        MEAN_PAY = "mean_pay", _("Average pay")
        PAY = "pay", _("Pay (not said which kind)")
        EMPLOYMENT = "employment", _("People employed")

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
