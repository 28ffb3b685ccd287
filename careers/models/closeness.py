"""How close roles are to each other."""

from __future__ import annotations

from django.db import models

from careers.models.roles import Role


class ClosenessQuerySet(models.QuerySet["Closeness"]):
    """Which roles are close to which."""

    def closest_to(self, role: int) -> ClosenessQuerySet:
        """Return the neighbours of the role, closest first."""
        return self.filter(role=role).order_by("-score", "other_id")


class Closeness(models.Model):
    """How much a role has in common with one of those that are closest to it, among roles that are live or coming."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="neighbours")
    other = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField(help_text="Share of skills, tags and occupation groups in common, from 0 to 1.")

    objects = ClosenessQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "other"], name="closeness_once")]

    def __str__(self) -> str:
        return f"{self.role_id} – {self.other_id}: {self.score:.2f}"
