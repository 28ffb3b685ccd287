"""Comparisons for templates of other apps, which know no article."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from articles.models import ComparisonEdition

register = template.Library()


@register.simple_tag
def comparisons_about(role_id: int, *, at: datetime) -> Any:
    """Return every comparison, live at the moment, that the role is in, newest first."""
    return ComparisonEdition.objects.live(at).about([role_id]).newest_first()
