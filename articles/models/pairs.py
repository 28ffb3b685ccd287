"""Pairs of roles that readers choose to compare."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from careers.models import Role


class ChosenPair(models.Model):
    """How often readers chose two roles in a month. Of the readers nothing is kept."""

    first = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+")
    month = models.DateField(help_text="Its first day.")
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second", "month"], name="chosen_pair_once_a_month"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="chosen_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}: {self.times} in {self.month:%B %Y}"
