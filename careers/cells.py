"""What stands in a cell of a table of roles or figures, and how it is read; what cannot be read is a ValueError."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from io import StringIO
from typing import Any

from django.core.exceptions import ValidationError
from import_export.widgets import CharWidget, DateWidget, Widget

from careers.models import Occupation, Role
from images.models import Image
from publishing.fields import LinesFormField

MAX_TAG = 100


class Text(CharWidget):  # type: ignore[misc]
    """A text."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the text. Raises ValueError for what the spreadsheet made a date of, such as “May 2025”."""
        if isinstance(value, date):
            made = f"The spreadsheet made a date of this ({value:%Y-%m-%d})"
            raise ValueError(f"{made}: format the column as text, and write it again.")
        return super().clean(value, row, **kwargs)


class Lines(Widget):  # type: ignore[misc]
    """A list: one entry on each line of the cell."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        """Return the entries."""
        try:
            return LinesFormField(required=False).clean(value)  # type: ignore[no-any-return]
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the cell."""
        return "\n".join(value or [])


class Tags(Widget):  # type: ignore[misc]
    """Tags: separated by commas; one that has a comma in it stands in double quotes."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        """Return the names, sorted."""
        rows = csv.reader(str(value or "").splitlines(), skipinitialspace=True)
        names = {name for row in rows for cell in row if (name := " ".join(cell.split()))}
        for name in names:
            if len(name) > MAX_TAG:
                raise ValueError(f"This tag has over {MAX_TAG} characters, shorten it: “{name[:60]}…”")
        return sorted(names)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the cell."""
        out = StringIO()
        csv.writer(out, lineterminator="").writerow(value)
        return out.getvalue()


class YesNo(Widget):  # type: ignore[misc]
    """A choice: yes or no."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        """Return the choice."""
        words = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
        try:
            return words[str(value).strip().lower()]
        except KeyError:
            raise ValueError(f"“{value}” is neither yes nor no.") from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the cell."""
        return "yes" if value else "no"


class Number(Widget):  # type: ignore[misc]
    """An amount, with a point before the decimals and nothing between the thousands."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal | None:
        """Return the amount, or None for an empty cell."""
        text = "" if value is None else str(value).strip()
        try:
            number = Decimal(text) if text else None
        except InvalidOperation:
            number = Decimal("NaN")
        if number is not None and not number.is_finite():
            raise ValueError(f"“{text}” is no amount: write it like 65917 or 31.50.")
        return number

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the cell, the same for an amount however many zeros were typed."""
        return "" if value is None else f"{value:.2f}"


class Day(DateWidget):  # type: ignore[misc]
    """A date."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the date, or None for an empty cell. Workbooks hold dates with a time of day."""
        if isinstance(value, datetime):
            return value.date()
        try:
            return super().clean(value, row, **kwargs)
        except ValueError:
            raise ValueError(f"“{value}” is no date: write it like 2026-05-31.") from None


class Picture(Widget):  # type: ignore[misc]
    """A picture of the library, by its number there."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Image | None:
        """Return the picture, or None for an empty cell."""
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        found = Image.objects.filter(pk=text).first() if text.isdecimal() and len(text) <= 18 else None
        if found is None:
            raise ValueError(f"There is no picture “{text}” in the library.")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the cell."""
        return str(value.pk) if value else ""


class SocCode(Widget):  # type: ignore[misc]
    """An occupation, by its SOC code."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Occupation | None:
        """Return the occupation, or None for an empty cell."""
        code = str(value or "").strip()
        if not code:
            return None
        found = Occupation.objects.filter(pk=code).first()
        if found is None:
            raise ValueError(f"There is no occupation “{code}”: write a SOC code like 11-9111.")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the cell."""
        return value.pk if value else ""


class RoleSlug(Widget):  # type: ignore[misc]
    """A role, by its slug."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Role:
        """Return the role."""
        role = Role.objects.filter(slug=str(value or "").strip()).first()
        if role is None:
            raise ValueError(f"There is no role with the slug “{value or ''}”.")
        if role.put_away_at:
            raise ValueError(f"“{role}” was deleted: bring it back first.")
        return role

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the cell."""
        return value.slug if value else ""
