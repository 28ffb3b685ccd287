"""Pairs of roles that readers choose to compare."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Sum

from articles.models.comparisons import Comparison
from careers.models import Role


class ChosenPairQuerySet(models.QuerySet["ChosenPair"]):
    """Which pairs readers choose."""

    def unwritten(self) -> ChosenPairQuerySet:
        """Leave out the pairs of which there is a comparison, live or a draft."""
        either = Q(role_a=OuterRef("first"), role_b=OuterRef("second")) | Q(
            role_a=OuterRef("second"), role_b=OuterRef("first")
        )
        return self.exclude(Exists(Comparison.objects.filter(either, put_away_at=None)))

    def most_chosen(self, *, since: date) -> Any:
        """Return the ids of both roles of each pair, and how often it was chosen since that month, most often first."""
        chosen = self.filter(month__gte=since).values("first", "second")
        return chosen.annotate(total=Sum("times")).order_by("-total", "first", "second")


class ChosenPair(models.Model):
    """How often readers chose two roles in a month. Of the readers nothing is kept."""

    first = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+")
    month = models.DateField(help_text="Its first day.")
    times = models.PositiveIntegerField(default=0)

    objects = ChosenPairQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second", "month"], name="chosen_pair_once_a_month"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="chosen_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}: {self.times} in {self.month:%B %Y}"
