"""Widgets of the desk: a date and a time."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils.translation import gettext as _


class MomentWidget(AdminSplitDateTime):
    """The admin's own, with a name on each of its two fields, and with all that its calendar needs."""

    class Media:
        js = ["admin/js/core.js"]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name the fields: the words beside them are no labels."""
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], (_("Date"), _("Time")), strict=True):
            part["attrs"]["aria-label"] = label
        return context
